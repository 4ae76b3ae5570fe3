"""One indicator: its judgement, history, rivals, parts, targets and how it was judged before.

Figures come from the ledger at today's versions, with the number of the figure that opens its
origin; the judgement and the fan come as stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit
from wenpan.district.indicators import words
from wenpan.district.indicators.judged import Judged
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.indicators.outlook import Growth, Outlook, outlook
from wenpan.district.indicators.parts import Decomposition, Part, decompose
from wenpan.district.indicators.queries.board import judged, latest_judged, visible
from wenpan.district.observations import queries as ledger
from wenpan.district.observations.models import Estimate, Region
from wenpan.district.ui.templatetags.ui import month as month_label
from wenpan.economy.indicators import BASES, Indicator, Measure
from wenpan.economy.periods import Month, parse_month, parse_period
from wenpan.economy.ranks import rank_table

Key = tuple[str, str, str, str, str]  # region, indicator, period, measure, basis
LEVEL_OF = {"ytd_growth": "ytd", "month_growth": "month", "balance_growth": "balance"}
HEAT_PERIODS = 13


@dataclass(frozen=True)
class Point:
    """One published figure; `value` None: not reported."""

    period: str
    label: str
    value: float | None
    id: int | None


@dataclass(frozen=True)
class HeatCell:
    value: float | None
    id: int | None
    rank: int | None
    tone: int  # 1 best fifth … 5 worst fifth, 0 unknown


@dataclass(frozen=True)
class HeatRow:
    region: str
    name: str
    home: bool
    city: bool
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class Heat:
    periods: tuple[str, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True)
class Column:
    measure: str
    basis: str
    label: str
    unit: str
    decimals: int


@dataclass(frozen=True)
class FigureRow:
    period: str
    label: str
    cells: tuple[Point, ...]


@dataclass(frozen=True)
class EstimatePoint:
    period: str
    value: float
    unit_name: str
    measure: str
    note: str
    made_at: datetime


@dataclass(frozen=True)
class Past:
    """One stored judgement of the board, as judged then."""

    as_of: str
    label: str
    light: str
    reasons: tuple[str, ...]
    actual: float | None
    target: float | None
    gap: float | None
    gap_unit: str
    rule_set: str
    rule_version: str
    judged_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True)
class IndicatorPage:
    item: Indicator
    owner_name: str
    as_of: Month | None
    main: Judged | None  # the judgement on the board
    all: tuple[Judged, ...]  # one per target
    fan: tuple[tuple[str, float, float, float, float, float], ...]
    months: tuple[Month, ...]
    history: tuple[Point, ...]  # headline of home, oldest first
    city: tuple[Point, ...]
    levels: tuple[Point, ...]
    other_bases: tuple[tuple[str, tuple[Point, ...]], ...]  # (扣除留抵退税, points)
    ranks: tuple[tuple[str, int | None, int], ...]  # (period, rank, reported)
    heat: Heat
    parts: Decomposition | None
    parts_period: str
    outlook: Outlook | None  # the year's end from the parts and from the whole
    columns: tuple[Column, ...]
    figures: tuple[FigureRow, ...]
    estimates: tuple[EstimatePoint, ...]
    record: tuple[Past, ...]
    targets: tuple[Target, ...]
    city_name: str
    region_name: str


class Figures:
    """The ledger's frame of one indicator and its parts, looked up by key."""

    def __init__(self, codes: list[str], until: Month | None) -> None:
        frame = ledger.frame(indicators=codes, until=until)
        self.at: dict[Key, tuple[float | None, int]] = {
            (r, i, p, m, b): (v, n)
            for r, i, p, m, b, v, n in frame.select(
                "region", "indicator", "period", "measure", "basis", "value", "id"
            ).iter_rows()
        }
        self.periods = sorted(frame["period"].unique().to_list(), key=lambda p: parse_period(p).end)
        self.frame = frame

    def of(self, *key: str) -> tuple[float | None, int | None]:
        return self.at.get(key, (None, None))  # type: ignore[arg-type]

    def series(self, region: str, code: str, measure: str, basis: str) -> tuple[Point, ...]:
        """The figures from the first to the last that is published, oldest first; gaps are kept."""
        found = [Point(p, label(p), *self.of(region, code, p, measure, basis)) for p in self.periods]
        known = [i for i, point in enumerate(found) if point.id is not None]
        return tuple(found[known[0] : known[-1] + 1]) if known else ()


def label(period: str) -> str:
    """2022年1—9月 for the axis of a table."""
    return words.long_period(period)


def may_see(code: str, *, user: Any, year: int) -> bool:
    item = policy.catalogue().get(code)
    return item is not None and bool(visible(user, year)(item))


def indicator_page(code: str, *, as_of: Month | None = None) -> IndicatorPage:
    """KeyError for a code that is not in the catalogue. `as_of` None: the newest month judged."""
    item = policy.catalogue()[code]
    home = Region.objects.select_related("parent").filter(home=True).first()
    if home is None:
        raise KeyError(code)
    months = tuple(
        parse_month(m)
        for m in Judgement.objects.filter(region=home, superseded_at__isnull=True)
        .order_by("-as_of")
        .values_list("as_of", flat=True)
        .distinct()
    )
    as_of = as_of or latest_judged(home)
    figures = Figures([code, *item.parts], as_of)
    main, rest, fan = _judged(home, item, as_of)
    regions = (
        list(Region.objects.filter(parent=home.parent_id).order_by("order")) if home.parent_id else [home]
    )
    city = home.parent.code if home.parent else ""
    headline, basis = str(item.headline), item.basis
    columns = _columns(item, figures, home.code)
    return IndicatorPage(
        item=item,
        owner_name=dict(Unit.objects.values_list("code", "short_name")).get(item.owner, item.owner),
        as_of=as_of,
        main=main,
        all=tuple(j for j in (main, *rest) if j is not None),
        fan=fan,
        months=months,
        history=figures.series(home.code, code, headline, basis),
        city=figures.series(city, code, headline, basis),
        levels=figures.series(home.code, code, LEVEL_OF.get(headline, headline), "natural")
        if item.headline.is_growth
        else (),
        other_bases=tuple(
            (str(words.BASES[b]), figures.series(home.code, code, headline, b)) for b in item.extra_bases
        ),
        ranks=_ranks(item, figures, regions, home.code),
        heat=_heat(item, figures, regions, home),
        parts=_parts(item, figures, home.code, main),
        parts_period=main.period if main else "",
        outlook=_outlook(item, figures, home, main),
        columns=columns,
        figures=_table(item, figures, home.code, columns),
        estimates=_estimates(code, as_of),
        record=_record(home, code),
        targets=tuple(_targets(home, code)),
        city_name=home.parent.name if home.parent else "",
        region_name=home.name,
    )


def _judged(
    home: Region, item: Indicator, as_of: Month | None
) -> tuple[Judged | None, tuple[Judged, ...], Any]:
    kept: list[Any] = list(
        Judgement.objects.filter(
            region=home, indicator=item.code, as_of=str(as_of), superseded_at__isnull=True
        )
        .order_by("-primary", "pk")
        .values("pk", "indicator", "primary", "light", "facts", "reasons", "fan", "rule_set", "rule_version")
    )
    if not kept:
        return None, (), ()
    units = dict(Unit.objects.values_list("code", "short_name"))
    rows = tuple(judged(k, item, units, kept[1:] if i == 0 else None) for i, k in enumerate(kept))
    drawn = (
        k["fan"]
        for k, j in zip(kept, rows, strict=True)
        if (j.measure, j.basis) == (item.headline, item.basis)
    )
    return rows[0], rows[1:], tuple(tuple(point) for point in next(drawn, []))


def _at(period: str) -> int:
    return parse_period(period).end.index


def _published(figures: Figures, item: Indicator) -> list[str]:
    """Periods in which anybody has a headline figure of this indicator."""
    mine = figures.frame.filter(
        (pl.col("indicator") == item.code) & (pl.col("measure") == str(item.headline))
    )
    return sorted(mine["period"].unique().to_list(), key=_at)


def _values(figures: Figures, item: Indicator, regions: list[Region], period: str) -> dict[str, float | None]:
    return {r.code: figures.of(r.code, item.code, period, str(item.headline), item.basis)[0] for r in regions}


def _ranks(
    item: Indicator, figures: Figures, regions: list[Region], home: str
) -> tuple[tuple[str, int | None, int], ...]:
    out = []
    for period in _published(figures, item)[-37:]:
        values = _values(figures, item, regions, period)
        reported = sum(v is not None for v in values.values())
        out.append((period, rank_table(values, item.direction)[home] if len(regions) > 1 else None, reported))
    return tuple(out)


def _heat(item: Indicator, figures: Figures, regions: list[Region], home: Region) -> Heat:
    periods = _published(figures, item)[-HEAT_PERIODS:]
    ranks = {p: rank_table(_values(figures, item, regions, p), item.direction) for p in periods}
    shown = [*regions, *([home.parent] if home.parent else [])]

    def cell(region: Region, period: str) -> HeatCell:
        value, number = figures.of(region.code, item.code, period, str(item.headline), item.basis)
        rank = ranks[period].get(region.code)
        reported = sum(r is not None for r in ranks[period].values())
        tone = 1 + min(4, (rank - 1) * 5 // reported) if rank else 0
        return HeatCell(value, number, rank, tone)

    last = periods[-1] if periods else ""
    rows = [
        HeatRow(r.code, r.name, r.home, r == home.parent, tuple(cell(r, p) for p in periods)) for r in shown
    ]
    rows.sort(key=lambda r: (r.city, (ranks[last].get(r.region) or 99) if last else 0))
    return Heat(tuple(periods), tuple(rows))


def _parts(item: Indicator, figures: Figures, home: str, main: Judged | None) -> Decomposition | None:
    if not item.parts or main is None:
        return None
    catalogue = policy.catalogue()

    def part(code: str) -> Part:
        level, level_id = figures.of(home, code, main.period, "ytd", "natural")
        growth, growth_id = figures.of(home, code, main.period, "ytd_growth", catalogue[code].basis)
        return Part(code, catalogue[code].short, level, growth, None, None, level_id, growth_id)

    whole, _id = figures.of(home, item.code, main.period, "ytd_growth", item.basis)
    return decompose(whole, [part(code) for code in item.parts])


def _outlook(item: Indicator, figures: Figures, home: Region, main: Judged | None) -> Outlook | None:
    """From the stored judgements of the parts; None where a part has no forecast or no amount last year."""
    if not item.parts or main is None or main.p50 is None or main.p10 is None or main.p90 is None:
        return None
    kept = Judgement.objects.filter(
        region=home, as_of=main.as_of, indicator__in=item.parts, primary=True, superseded_at__isnull=True
    )
    forecasts = dict(kept.values_list("indicator", "facts"))
    catalogue, parts = policy.catalogue(), []
    for code in item.parts:
        facts = forecasts.get(code, {})
        base, _id = figures.of(home.code, code, f"{main.year - 1}-12", "ytd", "natural")
        if base is None or facts.get("p50") is None or facts.get("measure") != "ytd_growth":
            return None
        parts.append(Growth(catalogue[code].short, base, facts["p10"], facts["p50"], facts["p90"]))
    return outlook((main.p10, main.p50, main.p90), parts, item.level_decimals)


def _columns(item: Indicator, figures: Figures, home: str) -> tuple[Column, ...]:
    mine = figures.frame.filter(
        (pl.col("indicator") == item.code) & (pl.col("region") == home) & pl.col("value").is_not_null()
    )
    have = {(m, b) for m, b in mine.select("measure", "basis").unique().iter_rows()}
    order = [(str(m), b) for m in Measure for b in BASES if (str(m), b) in have]
    return tuple(
        Column(
            m,
            b,
            words.measure_of(m, b),
            item.unit_of(Measure(m)),
            item.decimals if Measure(m).is_growth else item.level_decimals,
        )
        for m, b in order
    )


def _table(
    item: Indicator, figures: Figures, home: str, columns: tuple[Column, ...]
) -> tuple[FigureRow, ...]:
    """Newest first; periods without any figure of ours are left out."""
    rows = []
    for period in reversed(figures.periods):
        cells = tuple(
            Point(period, c.label, *figures.of(home, item.code, period, c.measure, c.basis)) for c in columns
        )
        if any(cell.id is not None for cell in cells):
            rows.append(FigureRow(period, label(period), cells))
    return tuple(rows)


def _estimates(code: str, as_of: Month | None) -> tuple[EstimatePoint, ...]:
    kept = Estimate.objects.filter(indicator=code, superseded_at__isnull=True).select_related("unit")
    if as_of is not None:
        kept = kept.filter(period__gte=f"{as_of.year}-01")
    return tuple(
        EstimatePoint(e.period, float(e.value), e.unit.short_name, e.measure, e.note, e.made_at)
        for e in kept.order_by("period", "unit__order")
    )


def _record(home: Region, code: str) -> tuple[Past, ...]:
    kept = Judgement.objects.filter(region=home, indicator=code, primary=True).order_by("-as_of", "-pk")[:60]
    return tuple(
        Past(
            k.as_of,
            month_label(parse_month(k.as_of)),
            k.light,
            tuple(k.reasons),
            k.facts.get("actual"),
            k.facts.get("target"),
            k.facts.get("gap"),
            k.facts.get("gap_unit") or "",
            k.rule_set,
            k.rule_version,
            k.judged_at,
            k.superseded_at,
        )
        for k in kept
    )


def _targets(home: Region, code: str) -> Any:
    return (
        Target.objects.filter(region=home, indicator=code)
        .select_related("unit", "recorded_by")
        .order_by("-year", "unit__order", "set_by", "-version")
    )
