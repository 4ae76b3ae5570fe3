"""What would have to happen: the months left, or one part, grow so fast. Answered from what is kept.

Nothing is forecast here: the judgement keeps the forecast's quantiles and what one point of growth moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenpan import rules as policy
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.queries.together import all_met, all_met_with, chosen, targets_ahead
from wenpan.district.observations import queries as ledger
from wenpan.economy.forecast.scenario import (
    AnnualForecast,
    Places,
    Scenario,
    expected_growth,
    places,
    scenario,
    shifted,
)
from wenpan.economy.time.periods import parse_month

REACH = 15.0  # points of growth to either side of what is expected or needed that the slider goes
LONGEST = 400.0


@dataclass(frozen=True)
class PartChoice:
    """A part of the whole by whose year's growth the answer may be asked."""

    code: str
    name: str
    expected: float  # its own forecast, percent
    share: float  # of the whole's base, 0 to 1


@dataclass(frozen=True)
class SliderRange:
    """What may be asked of this judgement; `expected` growth of the months left, `needed` for the target."""

    expected: float
    needed: float | None
    low: float
    high: float
    parts: tuple[PartChoice, ...]


@dataclass(frozen=True)
class WhatIf:
    """The answer; `all_before`, `all_after` P(all targets), None where this target is not among them."""

    of: str  # code of the part; "" the months left
    name: str
    answer: Scenario
    probability_before: float | None
    places_before: Places
    all_before: float | None
    all_after: float | None
    targets: int


def question(main: JudgementRow | None) -> SliderRange | None:
    """None where the year's end does not follow from the months left: no forecast, or the year is over."""
    if main is None or not main.ahead or not main.months_left:
        return None
    ahead = AnnualForecast.from_kept(main.ahead)
    if ahead.expected is None or ahead.weight is None:
        return None
    needed = expected_growth(ahead, main.target) if main.target is not None else None
    ends = [ahead.expected] if needed is None or abs(needed) > LONGEST else [ahead.expected, needed]
    low, high = max(min(ends) - REACH, -100.0), max(ends) + REACH
    return SliderRange(ahead.expected, needed, round(low), round(high), parts_of(main))


def parts_of(main: JudgementRow) -> tuple[PartChoice, ...]:
    """Parts with a forecast of their own growth and an amount of last year."""
    item = policy.catalogue().get(main.indicator)
    if item is None or not item.parts or not main.measure.endswith("_growth"):
        return ()
    kept: dict[str, Any] = dict(
        Judgement.objects.filter(
            region__code=main.region, as_of=main.as_of, indicator__in=item.parts, primary=True,
            superseded_at__isnull=True,
        ).values_list("indicator", "facts")
    )  # fmt: skip
    bases = _bases(main, tuple(item.parts))
    total = sum(bases.values())
    catalogue = policy.catalogue()
    return tuple(
        PartChoice(code, catalogue[code].short, kept[code]["p50"], bases[code] / total)
        for code in item.parts
        if code in bases and _growth(kept.get(code)) and total > 0
    )


def _growth(facts: Mapping[str, Any] | None) -> bool:
    return facts is not None and facts.get("p50") is not None and facts.get("measure") == "ytd_growth"


def _bases(main: JudgementRow, parts: tuple[str, ...]) -> dict[str, float]:
    december = parse_month(f"{main.year - 1}-12")
    frame = ledger.frame(indicators=list(parts), regions=[main.region], since=december, until=december)
    rows = frame.filter((frame["measure"] == "ytd") & (frame["basis"] == "natural"))
    return {
        code: value for code, value in rows.select("indicator", "value").iter_rows() if value and value > 0
    }


def what_if(main: JudgementRow, growth: float, part: str = "") -> WhatIf | None:
    """`growth` in percent of the months left, or of the part's whole year. None: cannot be said."""
    ahead = AnnualForecast.from_kept(main.ahead)
    name, answer = "", None
    if part:
        found = next((p for p in parts_of(main) if p.code == part), None)
        if found is None or not ahead.quantiles:
            return None
        by = found.share * (growth - found.expected)
        name = found.name
        answer = shifted(ahead, by, growth=growth, comparison=main.comparison, target=main.target)
    else:
        answer = scenario(ahead, growth, comparison=main.comparison, target=main.target)
    if answer is None:
        return None
    home = ledger.home()
    _of_city, targets = chosen(targets_ahead(home, parse_month(main.as_of)))
    mine = [t for t in targets if t.probability is not None]
    after = None
    if answer.probability is not None:
        after = all_met_with(mine, main.indicator, main.set_by or "", answer.probability)
    before = all_met(mine) if after is not None else None
    return WhatIf(part, name, answer, main.probability, places(ahead), before, after, len(mine))
