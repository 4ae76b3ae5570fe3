"""Reads of the intake: the list of submissions, one submission with its findings and preview, samples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.intake import change_cache, columns
from wenpan.district.intake.grid import PreviewGrid, PreviewSheet, excerpt, grid, headed
from wenpan.district.intake.models import Finding, Submission
from wenpan.district.intake.sight import visible
from wenpan.district.intake.transitions import OPEN
from wenpan.rules import workbook_kinds

State = Submission.State
TONES = {
    State.CHECKING: "is-accent",
    State.UNKNOWN: "is-yellow",
    State.READY: "is-yellow",
    State.REFUSED: "is-red",
    State.ACCEPTED: "is-green",
    State.UNDONE: "",
    State.WITHDRAWN: "",
    State.RETURNED: "is-red",
}


def kind_names() -> dict[str, str]:
    return {code: kind.name for code, kind in workbook_kinds().items()}


def holds_single_returns(_request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """Rows of single projects or firms; of a file of no known kind nobody knows, so it may."""
    kind = Submission.objects.filter(pk=arguments["pk"]).values_list("kind", flat=True).first()
    known = workbook_kinds()
    return kind not in known or known[kind].produces == "records"


def listing(user: User, *, state: str = "", kind: str = "", q: str = "") -> QuerySet[Submission]:
    """Submissions that the person may see, newest first, with who sent and decided them."""
    rows = visible(user).select_related("uploaded_by", "decided_by", "original", "unit")
    if state in State.values:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(filename__icontains=q) if q else rows


@dataclass(frozen=True)
class FindingLine:
    """One finding for the page."""

    key: str
    place: str  # 表1!C5, or empty
    subject: str
    found: str
    expected: str
    advice: str
    reason: str  # that was given, or empty
    answered_in: Submission | None = None  # the earlier file in which the same was explained


@dataclass(frozen=True)
class CheckGroup:
    """Findings of one check; one reason may answer them all."""

    code: str
    lines: tuple[FindingLine, ...]
    total: int


@dataclass(frozen=True)
class SeverityCount:
    code: str  # hard | soft | note
    label: str
    checks: tuple[CheckGroup, ...]
    total: int


@dataclass(frozen=True)
class IntakeStep:
    label: str
    state: str  # is-done | is-current | ""


@dataclass(frozen=True)
class SubmissionPage:
    submission: Submission
    kind_name: str
    tone: str
    steps: tuple[IntakeStep, ...]
    findings: tuple[SeverityCount, ...]
    counts: dict[str, int]
    grid: PreviewGrid
    released: date
    show: str  # all | revised | new
    unexplained: int  # soft findings without a reason
    tables: int  # tables of which 各列是什么 can be said
    left_out: str  # one line on what was not read

    @property
    def state(self) -> str:
        return self.submission.state

    @property
    def open_of_unit(self) -> bool:
        """Did a unit hand it in, and may it still go back?"""
        return self.submission.unit_id is not None and self.state in OPEN


READ = (State.UNKNOWN, State.READY, State.REFUSED, State.ACCEPTED)  # of these the columns can be said
LINES = 30  # of one check that are shown; the marked workbook has them all


def submission_page(pk: int, *, show: str = "all", page: int = 1) -> SubmissionPage:
    """Raises Submission.DoesNotExist. Two queries; the preview comes from its own file."""
    submission = Submission.objects.select_related(
        "uploaded_by", "decided_by", "original", "layout", "unit"
    ).get(pk=pk)
    findings = list(submission.findings.select_related("answered_in__uploaded_by"))
    marks: dict[str, str] = {}
    for finding in findings:  # ordered: the worst first
        marks.setdefault(f"{finding.sheet}!{finding.cell}", finding.severity)
    tables = columns.tables_for(submission) if submission.state in READ else []
    return SubmissionPage(
        submission=submission,
        kind_name=kind_names().get(submission.kind, ""),
        tone=TONES[State(submission.state)],
        steps=_steps(submission),
        findings=tuple(_severities(findings, submission.reasons)),
        counts=_counts(submission),
        grid=headed(
            grid(_shown(change_cache.fetch(submission), show), marks, page=page), columns.headings(tables)
        ),
        released=submission.released or timezone.localdate(submission.uploaded_at),
        show=show,
        unexplained=sum(f.severity == "soft" and not submission.reasons.get(f.key) for f in findings),
        tables=len(tables),
        left_out=columns.left_out_words(tables),
    )


_COUNTS = ("rows", "figures", "new", "revised", "unchanged", "hard", "soft", "note")


def _counts(submission: Submission) -> dict[str, int]:
    counts = {key: submission.counts.get(key, 0) for key in _COUNTS}
    return counts | {"figures": counts["new"] + counts["revised"] + counts["unchanged"]}


def _shown(changes: pl.DataFrame, show: str) -> pl.DataFrame:
    return changes.filter(pl.col("kind") == show) if show in {"revised", "new"} else changes


def _severities(findings: list[Finding], reasons: dict[str, str]) -> list[SeverityCount]:
    groups = []
    for severity in Finding.Severity:
        mine = [f for f in findings if f.severity == severity]
        by_check: dict[str, list[FindingLine]] = {}
        for finding in mine:
            by_check.setdefault(finding.check_code, []).append(_line(finding, reasons))
        checks = tuple(CheckGroup(code, tuple(ls[:LINES]), len(ls)) for code, ls in by_check.items())
        if mine:
            groups.append(SeverityCount(str(severity), str(severity.label), checks, len(mine)))
    return groups


def _line(finding: Finding, reasons: dict[str, str]) -> FindingLine:
    place = "!".join(part for part in (finding.sheet, finding.cell) if part)
    return FindingLine(finding.key, place, finding.subject, finding.found, finding.expected, finding.advice,
                reasons.get(finding.key, ""), finding.answered_in)  # fmt: skip


def _steps(submission: Submission) -> tuple[IntakeStep, ...]:
    """上传→识别→核对→确认→入账; the current one is where the file waits."""
    labels = (_("上传"), _("识别"), _("核对"), _("确认"), _("入账"))
    at = {
        State.CHECKING: 1,
        State.UNKNOWN: 1,
        State.REFUSED: 2,
        State.READY: 3,
        State.WITHDRAWN: 3,
        State.RETURNED: 3,
    }
    current = at.get(State(submission.state), 5)
    return tuple(
        IntakeStep(label, "is-done" if i < current else "is-current" if i == current else "")
        for i, label in enumerate(labels)
    )


def excerpt_of(submission: Submission, sheet: str, cell: str) -> PreviewSheet | None:
    """The rows of the table around a cell, as they were read; None if the preview is gone."""
    return excerpt(change_cache.fetch(submission), sheet, cell)


@dataclass(frozen=True)
class Sample:
    file: str
    title: str
    description: str
    size: int  # bytes


def samples() -> list[Sample]:
    """Workbooks to try the intake with, as `samples/index.json` of this place lists them."""
    folder = samples_folder()
    index = folder / "index.json"
    entries: list[dict[str, Any]] = json.loads(index.read_text("utf-8")) if index.exists() else []
    return [
        Sample(
            e["file"],
            e.get("title", e["file"]),
            e.get("description", e.get("about", "")),
            (folder / e["file"]).stat().st_size,
        )
        for e in entries
        if (folder / Path(e["file"]).name).is_file()
    ]


def samples_folder() -> Path:
    return Path(settings.WENPAN_HOME) / "samples"
