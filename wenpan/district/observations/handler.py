"""The ledger's handler: a workbook of figures becomes new versions in the ledger, or none at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import polars as pl
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.intake.handlers import Examination
from wenpan.district.intake.models import Submission
from wenpan.district.observations import actions
from wenpan.district.observations.changes import changes
from wenpan.district.observations.frames import frame
from wenpan.district.observations.hooks import planned
from wenpan.district.observations.ledger_changes import (
    KEY,
    LedgerChanges,
    figure_words,
    ledger_changes,
    region_names,
)
from wenpan.district.observations.models import Region
from wenpan.documents.tables.frames import compared_frame, figures_frame, ranks_frame
from wenpan.documents.tables.reading import Figure, Reading
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.quality import CheckContext, CheckFinding, Severity, examine
from wenpan.economy.time.periods import parse_period
from wenpan.rules import catalogue, quality_limits

MONTHS_BACK = 36  # of the ledger that the checks may compare with


class FigureHandler:
    """`needs_period`: a table of one month asks for its month; a long table carries periods in its rows."""

    def __init__(self, *, needs_period: bool = True) -> None:
        self.needs_period = needs_period

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        known, names = dict(catalogue()), region_names()
        planned = ledger_changes(reading.figures)
        findings = [*_quality(reading, known, names), *_own(planned, known, names)]
        counts = {"rows": reading.rows, "figures": planned.rows.height, **planned.counts}
        told = changes(planned, reading, known, names)
        return Examination(findings, told, counts, planned, _about(planned, [*reading.findings, *findings]))

    def store(self, submission: Submission, plan: LedgerChanges, *, by: User, at: datetime) -> None:
        actions.store_batch(submission=submission, planned=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        actions.undo_batch(submission=submission, by=by, reason=reason, at=at)


def _about(planned: LedgerChanges, findings: Iterable[CheckFinding]) -> dict[str, str]:
    """Place → the figure and its value, of the places with a soft finding."""
    places = {f"{f.sheet}!{f.cell}" for f in findings if f.severity is Severity.SOFT}
    if not places:
        return {}
    rows = planned.rows.with_columns(pl.concat_str("sheet", pl.lit("!"), "cell").alias("place"))
    rows = rows.filter(pl.col("place").is_in(list(places)))
    return {
        row["place"]: "|".join([*(row[name] for name in KEY), f"{row['value']:.10g}"])
        for row in rows.iter_rows(named=True)
        if row["value"] is not None
    }


def _quality(reading: Reading, known: Mapping[str, Indicator], names: dict[str, str]) -> list[CheckFinding]:
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
        compared=compared_frame(reading.compared) if reading.compared else None,
        year_plans=_year_plans(reading),
    )
    figures = figures_frame(reading.figures)
    return examine(figures, _ledger(figures, every_region=bool(reading.ranks or reading.compared)), context)


def _year_plans(reading: Reading) -> dict[tuple[str, str, int], tuple[float, ...]]:
    """Targets for the rows that print a progress and not what it is of."""
    asked = [n for n in reading.compared if n.kind == "progress" and n.against is None]
    return planned({n.indicator for n in asked}, {int(n.period[:4]) for n in asked}) if asked else {}


def _ledger(figures: pl.DataFrame, *, every_region: bool) -> pl.DataFrame:
    months = [parse_period(p).end for p in figures["period"].unique()]
    return frame(
        indicators=figures["indicator"].unique().to_list(),
        regions=None if every_region else figures["region"].unique().to_list(),
        since=min(months).plus(-MONTHS_BACK) if months else None,
        until=max(months) if months else None,
    )


def _own(
    planned: LedgerChanges, known: Mapping[str, Indicator], names: dict[str, str]
) -> Iterator[CheckFinding]:
    """What only the ledger can see: a figure twice in the file, numbers it cannot hold, gaps over numbers."""
    for first, second in planned.twice:
        yield CheckFinding(
            "ledger.figure_twice",
            Severity.HARD,
            _("与 %(cell)s 是同一个数，却写着 %(found)s")
            % {"cell": f"{first.sheet}!{first.cell}", "found": second.text},
            _("一个数只出现一次，或两处相同（%(text)s）") % {"text": first.text},
            _("请向制表单位核实哪一处是对的，改好后重新上传。"),
            second.sheet,
            second.cell,
            _subject(second, known, names),
        )
    for figure in planned.too_large:
        yield CheckFinding(
            "ledger.too_large",
            Severity.HARD,
            figure.text,
            _("小数点前不超过 11 位"),
            _("请核对计量单位。"),
            figure.sheet,
            figure.cell,
            _subject(figure, known, names),
        )
    for row in planned.of_kind("kept").iter_rows(named=True):
        yield CheckFinding(
            "ledger.gap_over_number",
            Severity.NOTE,
            _("本表没有数"),
            _("台账里已有 %(held)s")
            % {"held": figure_words(row["held_status"], row["held_value"], row["held_unit"])},
            _("保留台账里的数，不会被空格替代。"),
            row["sheet"],
            row["cell"],
            _name(row["indicator"], row["region"], known, names),
        )


def _subject(figure: Figure, known: Mapping[str, Indicator], names: dict[str, str]) -> str:
    return _name(figure.indicator, figure.region, known, names)


def _name(code: str, region: str, known: Mapping[str, Indicator], names: dict[str, str]) -> str:
    indicator = known.get(code)
    return f"{indicator.name if indicator else code} · {names.get(region, region)}"
