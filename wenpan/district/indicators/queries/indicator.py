"""One indicator: its judgement, history, rivals, parts, targets and how it was judged before.

Figures come from the ledger at today's versions, with the number of the figure that opens its
origin; the judgement and the fan come as stored. `stamp` tells without reading them whether any of
it changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Count, Max

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit, User
from wenpan.district.indicators import words
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.indicators.outlook import YearEndOutlook
from wenpan.district.indicators.parts import Decomposition
from wenpan.district.indicators.queries import judgement_history
from wenpan.district.indicators.queries.board import judged_months, visible
from wenpan.district.indicators.queries.composition import outlook_of, parts_of
from wenpan.district.indicators.queries.figures import (
    LEVEL_OF,
    FigureColumn,
    FigureRow,
    Point,
    columns,
    compared,
    table,
)
from wenpan.district.indicators.queries.rivals import Heat, Rivals
from wenpan.district.observations import queries as ledger
from wenpan.district.observations.models import Estimate, Region
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class Chosen:
    """What is asked for: an indicator of the home district at a month (None: nothing is judged yet)."""

    item: Indicator
    home: Region
    as_of: Month | None
    months: tuple[Month, ...]  # that may be asked for, newest first


@dataclass(frozen=True)
class IndicatorPage:
    item: Indicator
    owner_name: str
    as_of: Month | None
    main: JudgementRow | None  # the judgement on the board
    all: tuple[JudgementRow, ...]  # one per target
    fan: tuple[tuple[str, float, float, float, float, float], ...]
    history: tuple[Point, ...]  # headline of home, oldest first
    city: tuple[Point, ...]
    levels: tuple[Point, ...]
    other_bases: tuple[tuple[str, tuple[Point, ...]], ...]  # (扣除留抵退税, points)
    ranks: tuple[tuple[str, int | None, int], ...]  # (period, rank, reported)
    heat: Heat
    other_heats: tuple[tuple[str, Heat], ...]  # (扣除留抵退税, the same among rivals)
    parts: Decomposition | None
    parts_period: str
    outlook: YearEndOutlook | None  # the year's end from the parts and from the whole
    columns: tuple[FigureColumn, ...]
    figures: tuple[FigureRow, ...]
    estimates: tuple[judgement_history.EstimatePoint, ...]
    record: tuple[judgement_history.PastJudgement, ...]
    targets: tuple[Target, ...]
    city_name: str
    region_name: str

    @property
    def other_rates(self) -> tuple[tuple[str, float, int | None], ...]:
        """The judged period's growth on the other bases, as published: (扣除留抵退税, 7.6, figure)."""
        if self.main is None:
            return ()
        return tuple(
            (name, point.value, point.id)
            for name, points in self.other_bases
            for point in points
            if point.period == self.main.period and point.value is not None
        )


def may_see(code: str, *, user: User, year: int) -> bool:
    item = policy.catalogue().get(code)
    return item is not None and bool(visible(user, year)(item))


def choose(code: str, as_of: Month | None = None) -> Chosen:
    """KeyError for a code that is not in the catalogue. `as_of` None: the newest month judged."""
    item = policy.catalogue()[code]
    home = Region.objects.select_related("parent").filter(home=True).first()
    if home is None:
        raise KeyError(code)
    months = judged_months(home)
    return Chosen(item, home, as_of or (months[0] if months else None), months)


def stamp(chosen: Chosen) -> str:
    """Changes whenever a figure, a judgement, a target or an estimate on the page does."""
    code, home = chosen.item.code, chosen.home
    said = Judgement.objects.filter(region=home, indicator__in=[code, *chosen.item.parts])
    told = said.aggregate(n=Max("pk"), at=Max("judged_at"), gone=Count("superseded_at"))
    aims = Target.objects.filter(region=home, indicator=code).aggregate(
        n=Max("pk"), gone=Count("superseded_at"), back=Count("withdrawn_at")
    )
    hopes = Estimate.objects.filter(indicator=code).aggregate(n=Max("pk"), gone=Count("superseded_at"))
    parts = (*told.values(), *aims.values(), *hopes.values())
    return f"{home.pk}:{code}:{chosen.as_of}:{ledger.stamp()}:" + "/".join(str(part or 0) for part in parts)


def indicator_page(chosen: Chosen) -> IndicatorPage:
    item, home, as_of = chosen.item, chosen.home, chosen.as_of
    code, headline = item.code, str(item.headline)
    regions = (
        tuple(Region.objects.filter(parent=home.parent_id).order_by("order")) if home.parent_id else (home,)
    )
    figures = compared(item, home, regions, as_of)
    units = dict(Unit.objects.values_list("code", "short_name"))
    rows, fan = judgement_history.judgements(home, item, as_of, units)
    main = rows[0] if rows else None
    city = home.parent.code if home.parent else ""
    shown = columns(item, figures, home.code)
    rivals = Rivals.of(item, figures, home, regions, as_of)
    level = figures.series(home.code, code, LEVEL_OF.get(headline, headline), "natural")
    return IndicatorPage(
        item=item,
        owner_name=units.get(item.owner, item.owner),
        as_of=as_of,
        main=main,
        all=rows,
        fan=fan,
        history=figures.series(home.code, code, headline, item.basis),
        city=figures.series(city, code, headline, item.basis),
        levels=level if item.headline.is_growth else (),
        other_bases=tuple(
            (str(words.BASES[b]), figures.series(home.code, code, headline, b)) for b in item.extra_bases
        ),
        ranks=rivals.over_time(),
        heat=rivals.heat(),
        other_heats=tuple(
            (str(words.BASES[b]), heat)
            for b in item.extra_bases
            if (heat := Rivals.of(replace(item, basis=b), figures, home, regions, as_of).heat()).told
        ),
        parts=parts_of(item, figures, home.code, main),
        parts_period=main.period if main else "",
        outlook=outlook_of(item, figures, home, main),
        columns=shown,
        figures=table(item, figures, home.code, shown),
        estimates=judgement_history.estimates(code, as_of),
        record=judgement_history.record(home, code),
        targets=judgement_history.targets(home, code),
        city_name=home.parent.name if home.parent else "",
        region_name=home.name,
    )
