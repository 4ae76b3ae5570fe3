"""预测成绩单: what the judgements said of each year's end, as they said it first, and what came.

Of every target and month the first judgement counts, whether or not it was made anew since, its target was
withdrawn or its indicator left the catalogue: nothing can be taken out of the report. What came is December's
figure as it was first judged. Nothing is computed but means.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from wenpan import rules as policy
from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import own_unit_only
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.queries.board import set_by_label, visible
from wenpan.district.observations.models import Region
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.judging.scorecard import (
    Bin,
    SaidRow,
    Score,
    bin_of,
    reliability,
    score,
    scores_by,
)
from wenpan.economy.time.periods import parse_month, parse_period

KEEP = 600  # seconds
LATE = timedelta(days=70)  # after its month a judgement is one from hindsight
RECENT = 5  # years of the sentence on an indicator's page
ENOUGH = 10  # things said, below which the sentence names only their number

Lineage = tuple[str, str, str, str]  # indicator, who set it, measure, basis


@dataclass(frozen=True)
class ScorecardPage:
    """`rows` of one year or of all; `years` that are over, newest first; `live` what is said of this year."""

    rows: tuple[SaidRow, ...]
    years: tuple[int, ...]
    year: int | None
    total: Score | None
    by_year: tuple[Score, ...]
    by_indicator: tuple[Score, ...]
    by_light: tuple[Score, ...]
    bins: tuple[Bin, ...]
    afterwards: int
    live: int  # things said of years that are not over: they are kept and will be counted


def said_rows() -> tuple[tuple[SaidRow, ...], int]:
    """Every row of years whose December is known, oldest first; and how many wait for theirs."""
    home = Region.objects.filter(home=True).first()
    if home is None:
        return (), 0
    kept = Judgement.objects.filter(region=home)
    key = f"scorecard:{home.pk}:{kept.aggregate(n=Max('pk'))['n'] or 0}"
    found: tuple[tuple[SaidRow, ...], int] | None = cache.get(key)
    if found is None:
        columns = ("indicator", "as_of", "light", "facts", "judged_at")
        found = _rows(kept.order_by("as_of", "pk").values_list(*columns), policy.catalogue())
        cache.set(key, found, KEEP)
    return found


def _rows(
    kept: Iterable[tuple[str, str, str, dict[str, Any], Any]], catalogue: Mapping[str, Indicator]
) -> tuple[tuple[SaidRow, ...], int]:
    came: dict[tuple[str, str, str, int], float] = {}
    first: dict[tuple[Lineage, str], tuple[str, str, dict[str, Any], Any]] = {}
    for code, as_of, light, facts, judged_at in kept:
        figure = (code, facts["measure"], facts["basis"], facts["year"])
        if str(facts["period"]).endswith(("-12", "-Q4")) and facts.get("actual") is not None:
            came.setdefault(figure, facts["actual"])
        elif facts.get("target") is not None and facts.get("gap") is not None:
            lineage = (code, facts.get("set_by") or "", facts["measure"], facts["basis"])
            first.setdefault((lineage, as_of), (light, as_of, facts, judged_at))
    out, waiting = [], 0
    for (lineage, _as_of), (light, as_of, facts, judged_at) in first.items():
        code, whose, measure, basis = lineage
        end = came.get((code, measure, basis, facts["year"]))
        if end is None:
            waiting += 1
            continue
        out.append(_row(code, whose, as_of, light, facts, end, _late(as_of, judged_at), catalogue))
    return tuple(out), waiting


def _late(as_of: str, judged_at: Any) -> bool:
    month = parse_month(as_of)
    last = date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])
    return bool(judged_at.date() > last + LATE)


def _row(
    code: str, whose: str, as_of: str, light: str, facts: Mapping[str, Any], came: float, late: bool,
    catalogue: Mapping[str, Indicator],
) -> SaidRow:  # fmt: skip
    item = catalogue.get(code) or Indicator(code, code)
    measure = Measure(facts["measure"])
    comparison = facts.get("comparison") or ">="
    return SaidRow(
        indicator=code,
        name=item.short,
        whose=set_by_label(whose),
        year=facts["year"],
        as_of=as_of,
        comparison=comparison,
        target=facts["target"],
        unit=item.unit_of(measure),
        decimals=item.decimals if measure.is_growth else item.level_decimals,
        light=facts.get("raw_light") or light,
        below=facts["gap"] < 0 if comparison == ">=" else facts["gap"] > 0,
        probability=facts.get("probability"),
        p10=facts.get("p10"),
        p50=facts.get("p50"),
        p90=facts.get("p90"),
        carried=_carried(facts, growth=measure.is_growth),
        came=came,
        afterwards=late,
    )


def _carried(facts: Mapping[str, Any], *, growth: bool) -> float | None:
    """The growth so far at the year's end; of an amount last December's, grown as the year so far."""
    if growth:
        return facts.get("actual")
    trend, period = facts.get("trend") or (), parse_period(str(facts["period"]))
    back = period.end.month if facts.get("months_left") is not None else 0
    back = back // 3 if "Q" in str(facts["period"]) else back
    december = trend[-1 - back] if 0 < back < len(trend) else None
    last = facts.get("last_year")
    if not last or december is None or facts.get("actual") is None:
        return None
    return float(facts["actual"] * december / last)


def scorecard_page(*, year: int | None, user: User) -> ScorecardPage:
    """Of one year, or of all that are over. A liaison officer's holds what their unit may see."""
    everything, live = said_rows()
    if user is not None and own_unit_only(user):
        catalogue = policy.catalogue()
        sees = {y: visible(user, y) for y in {r.year for r in everything}}
        everything = tuple(
            r for r in everything if r.indicator in catalogue and sees[r.year](catalogue[r.indicator])
        )
    years = tuple(sorted({r.year for r in everything}, reverse=True))
    year = year if year in years else None
    rows = tuple(r for r in everything if year is None or r.year == year)
    return ScorecardPage(
        rows=rows,
        years=years,
        year=year,
        total=score(rows) if rows else None,
        by_year=scores_by(everything, lambda r: r.year, lambda r: str(r.year)),
        by_indicator=scores_by(
            rows, lambda r: (r.indicator, r.whose, r.unit), lambda r: f"{r.name}（{r.whose}）", one_unit=True
        ),
        by_light=scores_by(_by_severity(rows), lambda r: r.light, lambda r: r.light),
        bins=reliability(rows),
        afterwards=sum(r.afterwards for r in rows),
        live=live,
    )


def _by_severity(rows: Iterable[SaidRow]) -> list[SaidRow]:
    order = {"RED": 0, "YELLOW": 1, "GREEN": 2}
    return sorted(rows, key=lambda r: order.get(r.light, 3))


@dataclass(frozen=True)
class OneSentence:
    """For an indicator's page: how what is said now did before."""

    years: int
    low: int  # percent
    high: int
    n: int
    met: int  # of ten
    own_n: int
    own_error: float | None
    own_naive_error: float | None
    unit: str
    decimals: int


def one_sentence(code: str, probability: float | None) -> OneSentence | None:
    """None where nothing was said yet of a year that is over."""
    everything, _live = said_rows()
    if not everything:
        return None
    newest = max(r.year for r in everything)
    recent = [r for r in everything if r.year > newest - RECENT]
    own = [r for r in recent if r.indicator == code]
    if probability is None and not own:
        return None
    bins = reliability(recent)
    mine = bin_of(probability, bins) if probability is not None else None
    own_score = score(own, one_unit=len({r.unit for r in own}) == 1) if own else None
    enough = mine is not None and mine.n >= ENOUGH and mine.met is not None
    return OneSentence(
        years=len({r.year for r in recent}),
        low=round(100 * mine.low) if mine else 0,
        high=round(100 * mine.high) if mine else 0,
        n=mine.n if mine and enough else 0,
        met=round(10 * (mine.met or 0)) if mine and enough else 0,
        own_n=len(own),
        own_error=own_score.error if own_score else None,
        own_naive_error=own_score.naive_error if own_score else None,
        unit=own[-1].unit if own else "",
        decimals=own[-1].decimals if own else 1,
    )


def year_forecasts(year: int) -> dict[str, Any] | None:
    """The year's report for the bulletin, as plain values; None where nothing was said or nothing came."""
    rows = [r for r in said_rows()[0] if r.year == year]
    if not rows:
        return None
    total = score(rows)
    return {
        "year": year,
        "said": total.n,
        "missed": total.missed,
        "indicators": len({r.indicator for r in rows}),
        "mean_said": total.said,
        "met": total.met,
        "covered": total.covered,
        "closer": total.closer,
        "brier": total.brier,
        "naive_brier": total.naive_brier,
        "hits": total.hits,
        "false_alarms": total.false_alarms,
        "naive_hits": total.naive_hits,
        "naive_false_alarms": total.naive_false_alarms,
        "bins": [[round(100 * b.low), round(100 * b.high), b.n, b.met] for b in reliability(rows) if b.n],
    }
