"""Project lists, returns and ratings through the intake: preview and acceptance read the same plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from wenpan.district.accounts.models import User
from wenpan.district.intake.handlers import Change, Examination
from wenpan.district.intake.models import Submission
from wenpan.district.projects import returns
from wenpan.district.projects.base.scope import Scope
from wenpan.district.projects.library import list_changes
from wenpan.district.projects.library.list_lines import KEY, STATISTICS, ListLine
from wenpan.district.projects.ratings import changes as ratings
from wenpan.district.projects.returns.lines import RETURNS
from wenpan.district.projects.returns.prefilled_form import STATUS
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.figures.quantities import as_given
from wenpan.rules import normalised


def _counts(reading: Reading, kinds: Sequence[str]) -> dict[str, int]:
    found = Counter(kinds)
    return {"rows": reading.rows, **{k: found.get(k, 0) for k in ("new", "revised", "unchanged")}}


@dataclass(frozen=True)
class ProjectListPlan:
    """What a list would change: `lines` in the order of its rows."""

    kind: str
    period: str
    lines: Sequence[ListLine]


class ListHandler:
    needs_period = False

    def lacks_period(self, reading: Reading, submission: Submission) -> bool:
        return reading.kind == KEY and list_changes.year_of(reading) is None

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = list_changes.list_changes(reading)
        changes = [change for line in lines for change in line.changes]
        counts = _counts(reading, [c.kind for c in changes])
        about = _by_name(reading, [(line.record, line.code) for line in lines])
        return Examination(
            findings, changes, counts, ProjectListPlan(reading.kind, reading.period or "", lines), about
        )

    def store(self, submission: Submission, plan: ProjectListPlan, *, by: User, at: datetime) -> None:
        from wenpan.district.projects import actions

        actions.store_list(
            submission=submission, kind=plan.kind, period=plan.period, lines=plan.lines, by=by, at=at
        )

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.projects import actions

        actions.undo_list(submission=submission, by=by, reason=reason, at=at)


class ReturnHandler:
    """A unit hands in the return of its own projects: rows of other units' projects are refused."""

    needs_period = True
    by_units = True

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        plan = _returns_of(submission, reading)
        changes = [change for row in plan.rows for change in _changes(*row)]
        counts = _counts(reading, [line.kind for line in plan.lines])
        named = _by_name(reading, [(record, project.code) for record, project, _lines in plan.rows])
        return Examination(plan.findings, changes, counts, plan.lines, {**_about(plan), **named})

    def store(
        self, submission: Submission, plan: Sequence[returns.ReturnLine], *, by: User, at: datetime
    ) -> None:
        from wenpan.district.projects import actions

        actions.store_returns(submission=submission, lines=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.projects import actions

        actions.undo_returns(submission=submission, by=by, reason=reason, at=at)


def _by_name(reading: Reading, rows: Sequence[tuple[Record, str]]) -> dict[str, str]:
    """The name's cell of a row without a code → the project that it was taken for.

    A person confirms it once; the next file is not asked again.
    """
    nameless = {(record.sheet, record.row) for record in reading.records if not record["code"]}
    return {
        f"{record.sheet}!{record.cell('name')}": f"name|{normalised(str(record['name']))}|{code}"
        for record, code in rows
        if (record.sheet, record.row) in nameless
    }


def _about(plan: returns.ReturnChanges) -> dict[str, str]:
    """Every cell of a month's return → the return and what it says."""
    found = {}
    for record, project, lines in plan.rows:
        if len(lines) == 1:
            word = f"return|{project.pk}|{lines[0].period}|{lines[0].values[0]}|{lines[0].values[1]}"
            for letter in record.letters.values():
                found[f"{record.sheet}!{letter}{record.row}"] = word
    return found


def _returns_of(submission: Submission, reading: Reading) -> returns.ReturnChanges:
    if submission.unit_id is None:
        return returns.return_changes(reading)
    return returns.return_changes_of_unit(reading, Scope(False, submission.unit_id), submission.period)


class RatingHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = ratings.rating_changes(reading)
        counts = _counts(reading, [line.kind for line in lines])
        return Examination(findings, [line.change for line in lines], counts, lines)

    def store(
        self, submission: Submission, plan: Sequence[ratings.RatingLine], *, by: User, at: datetime
    ) -> None:
        from wenpan.district.projects import actions

        actions.store_ratings(submission=submission, lines=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.projects import actions

        actions.undo_ratings(submission=submission, by=by, reason=reason, at=at)


def _changes(record: Any, project: Any, lines: Sequence[returns.ReturnLine]) -> list[Change]:
    """One change a month's return; of a table of many months one a project, with the sum of what it says."""
    if len(lines) != 1:
        return [_of_many(record, project, lines)] if lines else []
    line = lines[0]
    old = "" if line.current is None else _said(line.current.values)
    return [
        Change(
            f"{project.code} {project.name} · {line.period}",
            f"{line.sheet}!{line.cell}",
            old,
            _said(line.values),
            cast(Any, line.kind),
            row=project.name,
            column="自开工累计完成投资",
        )
    ]


def _of_many(record: Any, project: Any, lines: Sequence[returns.ReturnLine]) -> Change:
    kinds = Counter(line.kind for line in lines)
    kind = "revised" if kinds["revised"] else "new" if kinds["new"] else "unchanged"
    last = max(lines, key=lambda line: line.period)
    total = sum(line.values[0] or 0.0 for line in lines)
    words = f"{len(lines)}个月，{last.period}累计{_number(last.values[0])}（各月合计{total:.2f}）"
    held = sum(line.current is not None for line in lines)
    return Change(
        f"{project.code} {project.name}",
        f"{record.sheet}!{last.cell}",
        f"{held}个月" if held else "",
        words,
        cast(Any, kind),
        row=project.name,
        column=last.period,
    )


def _said(values: tuple[Any, ...]) -> str:
    cumulative, this_year, *words = values
    more = f"（本年{_number(this_year)}）" if this_year is not None else ""
    told = " ".join(STATUS.get(w, w) for w in words if w)
    return f"{_number(cumulative)}{more} {told}".strip()


def _number(value: float | None) -> str:
    return "未报" if value is None else as_given(value)


def register() -> None:
    from wenpan.district.intake import handlers

    for kind in (STATISTICS, KEY):
        handlers.register(kind, ListHandler())
    handlers.register(RETURNS, ReturnHandler())
    handlers.register(ratings.KIND, RatingHandler())
