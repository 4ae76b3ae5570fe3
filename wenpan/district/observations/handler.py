"""The ledger's handler: a workbook of figures becomes new versions in the ledger, or none at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.intake.handlers import Change, Examination
from wenpan.district.intake.models import Submission
from wenpan.district.observations import actions
from wenpan.district.observations.frames import frame
from wenpan.district.observations.models import Region
from wenpan.district.observations.plan import Plan, Planned, plan, region_names, shown
from wenpan.documents.figures import Figure, Reading
from wenpan.documents.frames import figures_frame, ranks_frame
from wenpan.economy.indicators import BASES, MEASURE_LABELS, Indicator, Measure
from wenpan.economy.periods import parse_period
from wenpan.economy.quality import CheckContext, Finding, Severity, examine
from wenpan.rules import catalogue, quality_limits

MONTHS_BACK = 36  # of the ledger that the checks may compare with


class Figures:
    """`needs_period`: a table of one month asks for its month; a long table carries periods in its rows."""

    def __init__(self, *, needs_period: bool = True) -> None:
        self.needs_period = needs_period

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        known, names = dict(catalogue()), region_names()
        planned = plan(reading.figures)
        findings = [*_quality(reading, known, names), *_own(planned, known, names)]
        changes = [_change(row, reading, known, names) for row in planned.rows]
        counts = {"rows": reading.rows, "figures": len(planned.rows)}
        for kind in ("new", "revised", "unchanged"):
            counts[kind] = sum(change.kind == kind for change in changes)
        return Examination(findings, changes, counts)

    def store(self, submission: Submission, reading: Reading, *, by: Any, at: datetime) -> None:
        actions.store_batch(submission=submission, planned=plan(reading.figures), by=by, at=at)

    def undo(self, submission: Submission, *, by: Any, reason: str, at: datetime) -> None:
        actions.undo_batch(submission=submission, by=by, reason=reason, at=at)


def _quality(reading: Reading, known: Mapping[str, Indicator], names: dict[str, str]) -> list[Finding]:
    home = Region.objects.select_related("parent").filter(home=True).first()
    rivals = list(home.parent.children.values_list("code", flat=True)) if home and home.parent else []
    context = CheckContext(
        catalogue=known,
        regions=names,
        home=home.code if home else "",
        period=reading.period,
        expected_regions=rivals if reading.kind == "city_table" else (),
        limits=quality_limits(),
        ranks=ranks_frame(reading.ranks) if reading.ranks else None,
        city=home.parent.code if home and home.parent else "",
    )
    return examine(figures_frame(reading.figures), _ledger(reading), context)


def _ledger(reading: Reading) -> Any:
    months = [parse_period(p).end for p in {f.period for f in reading.figures}]
    return frame(
        indicators={f.indicator for f in reading.figures},
        regions=None if reading.ranks else {f.region for f in reading.figures},
        since=min(months).plus(-MONTHS_BACK) if months else None,
        until=max(months) if months else None,
    )


def _own(planned: Plan, known: Mapping[str, Indicator], names: dict[str, str]) -> Iterator[Finding]:
    """What only the ledger can see: a figure twice in the file, numbers it cannot hold, gaps over numbers."""
    for first, second in planned.twice:
        yield Finding(
            "ledger.figure_twice",
            Severity.HARD,
            _("与 %(cell)s 是同一个数, 却写着 %(found)s")
            % {"cell": f"{first.sheet}!{first.cell}", "found": second.text},
            _("一个数只出现一次, 或两处相同 (%(text)s)") % {"text": first.text},
            _("请向制表单位核实哪一处是对的, 改好后重新上传."),
            second.sheet,
            second.cell,
            _subject(second, known, names),
        )
    for figure in planned.too_large:
        yield Finding(
            "ledger.too_large",
            Severity.HARD,
            figure.text,
            _("小数点前不超过 11 位"),
            _("请核对计量单位."),
            figure.sheet,
            figure.cell,
            _subject(figure, known, names),
        )
    for row in planned.of_kind("kept"):
        held = row.held
        assert held is not None
        yield Finding(
            "ledger.gap_over_number",
            Severity.NOTE,
            _("本表没有数"),
            _("台账里已有 %(held)s") % {"held": shown(held.status, held.value, held.unit)},
            _("保留台账里的数, 不会被空格替代."),
            row.figure.sheet,
            row.figure.cell,
            _subject(row.figure, known, names),
        )


def _subject(figure: Figure, known: Mapping[str, Indicator], names: dict[str, str]) -> str:
    indicator = known.get(figure.indicator)
    name = indicator.name if indicator else figure.indicator
    return f"{name} · {names.get(figure.region, figure.region)}"


def _change(row: Planned, reading: Reading, known: Mapping[str, Indicator], names: dict[str, str]) -> Change:
    figure, held = row.figure, row.held
    measure = _measure(figure.measure, figure.basis)
    subject = f"{_subject(figure, known, names)} · {figure.period} {measure}"
    heading = _headings(figure, reading, known, names, measure)
    old = shown(held.status, held.value, held.unit) if held else ""
    kept = row.kind == "kept"
    new = old if kept else shown(figure.status, figure.value, figure.unit)
    kind = "unchanged" if kept else row.kind
    return Change(subject, f"{figure.sheet}!{figure.cell}", old, new, kind, *heading)  # type: ignore[arg-type]


@cache
def _measure(measure: str, basis: str) -> str:
    label = MEASURE_LABELS[Measure(measure)]
    return label if basis == "natural" else f"{label} ({BASES.get(basis, basis)})"


def _headings(
    figure: Figure, reading: Reading, known: Mapping[str, Indicator], names: dict[str, str], measure: str
) -> tuple[str, str]:
    """Row and column headings of the preview, as the sheet itself is laid out."""
    indicator = known.get(figure.indicator)
    region = names.get(figure.region, figure.region)
    if reading.kind == "city_table":
        return region, f"{indicator.short if indicator else figure.indicator} {measure}"
    name = indicator.name if indicator else figure.indicator
    if reading.kind == "indicator_table":
        basis = "" if figure.basis == "natural" else f" ({BASES.get(figure.basis, figure.basis)})"
        plain = _measure(figure.measure, "natural")
        return f"{name}{basis}", plain if figure.period == reading.period else f"{figure.period} {plain}"
    return f"{region} · {name} · {figure.period}", measure
