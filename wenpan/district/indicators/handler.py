"""Target workbooks (年度目标表) through the intake: preview and acceptance read the same plan.

A line of the file is new, changed (old → new version) or as it stands. Targets of other regions than
ours, and of units that the place does not know, are findings; a file that names no document takes
its own title as the ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.refused import Difference, Refused
from wenpan.district.indicators import actions
from wenpan.district.indicators.models import Target
from wenpan.district.indicators.queries.board import COMPARISONS, set_by_label
from wenpan.district.intake.handlers import Change, Examination
from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Region
from wenpan.documents.tables.interpret import Reading, TargetFigure
from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS, Measure
from wenpan.economy.quality.finding import CheckFinding, Severity

KIND = "annual_targets"


@dataclass(frozen=True)
class TargetChange:
    """One target of the file beside the version that holds now."""

    figure: TargetFigure
    subject: str
    document: str
    unit: Unit | None
    current: Target | None

    @property
    def changes(self) -> bool:
        now = self.current
        return now is None or (now.value, now.comparison) != (self.figure.value, self.figure.comparison)

    @property
    def change(self) -> Change:
        kind = "new" if self.current is None else "revised" if self.changes else "unchanged"
        old = _promise(self.current.comparison, self.current.value) if self.current else ""
        return Change(
            self.subject,
            f"{self.figure.sheet}!{self.figure.cell}",
            old,
            _promise(self.figure.comparison, self.figure.value),
            kind,  # type: ignore[arg-type]
            row=self.subject.split(" · ")[0],
            column=set_by_label(self.figure.set_by),
        )


class TargetHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = _plan(reading, submission)
        changes = [line.change for line in lines]
        counts = {kind: sum(c.kind == kind for c in changes) for kind in ("new", "revised", "unchanged")}
        return Examination(findings, changes, {"rows": reading.rows, "targets": len(lines), **counts}, lines)

    def store(self, submission: Submission, plan: Sequence[TargetChange], *, by: User, at: datetime) -> None:
        for line in plan:
            if line.changes:
                _set(line, submission, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        try:
            actions.undo_targets(submission=submission, by=by, reason=reason, at=at)
        except actions.ClashError as clash:
            theirs = clash.theirs
            raise Refused(
                "later_batch",
                "这份目标表里的目标后来又改过，不能整批撤回；请在目标页逐项改正。",
                [Difference(str(theirs), "本表所定", _promise(theirs.comparison, theirs.value))]
                if theirs
                else [],
            ) from clash


def _set(line: TargetChange, submission: Submission, *, by: User, at: datetime) -> None:
    figure, now = line.figure, line.current
    actions.set_target(
        indicator=figure.indicator,
        year=figure.year,
        value=figure.value,
        set_by=figure.set_by,
        document=line.document,
        by=by,
        measure=figure.measure,
        basis=figure.basis,
        comparison=figure.comparison,
        unit=line.unit,
        expected_version=now.version if now else 0,
        schedule=now.schedule if now else "linear",
        curve=now.curve if now else (),
        submission=submission,
        sheet=figure.sheet,
        cell=figure.cell,
        at=at,
    )


def _promise(comparison: str, value: Any) -> str:
    return f"{COMPARISONS.get(comparison, comparison)}{value.normalize():f}"


def _plan(reading: Reading, submission: Submission) -> tuple[list[TargetChange], list[CheckFinding]]:
    home = Region.objects.filter(home=True).first()
    units = {unit.code: unit for unit in Unit.objects.all()}
    current = _current(reading.targets)
    lines: list[TargetChange] = []
    findings: list[CheckFinding] = []
    for figure in reading.targets:
        subject = _subject(figure, units)
        if home is None or figure.region not in ("", home.code):
            findings.append(
                _finding("targets.other_region", figure, subject, figure.region, "本区或本区单位的目标")
            )
        elif figure.unit and figure.unit not in units:
            findings.append(
                _finding("targets.unknown_unit", figure, subject, figure.unit, "已登记的部门、镇街、园区")
            )
        else:
            document = figure.document or submission.title or submission.filename
            key = (figure.unit, figure.indicator, figure.year, figure.measure, figure.basis, figure.set_by)
            lines.append(
                TargetChange(figure, subject, document[:200], units.get(figure.unit), current.get(key))
            )
    findings += _twice(lines)
    return list({line.subject: line for line in reversed(lines)}.values())[::-1], findings


def _current(figures: Iterable[TargetFigure]) -> dict[tuple[object, ...], Target]:
    years = {figure.year for figure in figures}
    kept = Target.objects.filter(region__home=True, year__in=years, superseded_at__isnull=True)
    return {
        (t.unit.code if t.unit else "", t.indicator, t.year, t.measure, t.basis, t.set_by): t
        for t in kept.select_related("unit")
    }


def _subject(figure: TargetFigure, units: dict[str, Unit]) -> str:
    item = policy.catalogue().get(figure.indicator)
    parts = [item.short if item else figure.indicator]
    if figure.unit:
        parts.append(units[figure.unit].short_name if figure.unit in units else figure.unit)
    measure = MEASURE_LABELS[Measure(figure.measure)]
    basis = "" if figure.basis == "natural" else f"({BASES.get(figure.basis, figure.basis)})"
    return " · ".join([*parts, f"{figure.year}年", f"{measure}{basis}", set_by_label(figure.set_by)])


def _finding(check: str, figure: TargetFigure, subject: str, found: str, expected: str) -> CheckFinding:
    return CheckFinding(
        check,
        Severity.HARD,
        found,
        expected,
        "请核实后删去或改正这一行。",
        figure.sheet,
        figure.cell,
        subject,
    )


def _twice(lines: list[TargetChange]) -> list[CheckFinding]:
    """The same target twice with different values: nobody can say which one was meant."""
    seen: dict[str, TargetFigure] = {}
    findings = []
    for line in lines:
        first = seen.setdefault(line.subject, line.figure)
        if first is not line.figure and first.value != line.figure.value:
            findings.append(
                _finding(
                    "targets.twice",
                    line.figure,
                    line.subject,
                    line.figure.text,
                    f"与{first.cell}的{first.text}一致",
                )
            )
    return findings


def register() -> None:
    from wenpan.district.intake import handlers

    handlers.register(KIND, TargetHandler())
