"""Departments' lists of units through the intake: new units come on the list, known ones are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from wenpan.district.accounts.models import Unit, User
from wenpan.district.entries.actions import CandidateDraft
from wenpan.district.entries.models import EntryCandidate
from wenpan.district.intake import handlers
from wenpan.district.intake.handlers import Change, Examination
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.funnel.identity import normal_uscc, uscc_fault
from wenpan.economy.quality.finding import CheckFinding, Severity

KIND = "entry_candidates"


class CandidatesHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        findings: list[CheckFinding] = []
        drafts, changes = candidate_changes(reading, findings)
        counts = Counter(change.kind for change in changes)
        shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
        return Examination(findings, changes, shown, drafts)

    def store(
        self, submission: Submission, plan: Sequence[CandidateDraft], *, by: User, at: datetime
    ) -> None:
        from wenpan.district.entries import actions

        actions.store_candidates(submission=submission, drafts=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.entries import actions

        actions.undo_candidates(submission=submission, by=by, reason=reason, at=at)


def candidate_changes(
    reading: Reading, findings: list[CheckFinding]
) -> tuple[list[CandidateDraft], list[Change]]:
    """Known units are left as they are: a department that names one again changes nothing."""
    codes = [normal_uscc(str(record["code"] or "")) for record in reading.records]
    known = {one.uscc: one.name for one in EntryCandidate.objects.filter(uscc__in=codes)}
    towns = {unit.code: unit for unit in Unit.objects.all()}
    drafts, changes = [], []
    for record, code in zip(reading.records, codes, strict=True):
        if fault := uscc_fault(code):
            findings.append(_finding(record, fault))
            continue
        if not record["name"] or record["trade"] is None or not isinstance(record["listed_on"], date):
            continue  # the reader has told what is missing
        place, name = f"{record.sheet}!{record.cell('code')}", str(record["name"])
        if code in known:
            changes.append(
                Change(f"{code} {known[code]}", place, known[code], known[code], "unchanged", row=name)
            )
            continue
        drafts.append(
            CandidateDraft(
                code,
                name,
                record["trade"],
                towns.get(str(record["town"] or "")),
                str(record["origin"] or ""),
                record["listed_on"],
                _fact(record),
                "营业收入",
            )
        )
        changes.append(Change(f"{code} {name}", place, "", str(record["origin"]), "new", row=name))
    return drafts, changes


def _fact(record: Record) -> str:
    if record["revenue"] is None:
        return ""
    return f"{record['revenue_of'] or ''} {record['revenue'].normalize():f}万元".strip()


def _finding(record: Record, fault: str) -> CheckFinding:
    return CheckFinding(
        "entries.bad_code",
        Severity.HARD,
        fault,
        "18位统一社会信用代码",
        "请向提供部门核实",
        record.sheet,
        record.cell("code"),
        str(record["name"] or ""),
    )


def register() -> None:
    handlers.register(KIND, CandidatesHandler())
