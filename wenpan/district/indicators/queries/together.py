"""All targets together: the chance that all are met, that at least so many are, and whose push helps most.

From the stored judgements of one month: each target's chance, and where the truths of earlier years lay in
the forecasts of this month (`AnnualForecast.ranks`), which says how far misses of one year come together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from wenpan import rules as policy
from wenpan.district.indicators.models import Judgement
from wenpan.economy.forecast.scenario import AnnualForecast, Places, places
from wenpan.economy.time.periods import Month

CITY = "city"  # Target.SetBy: handed down by the city
PUSHES = 3  # named
RISKS = 5  # named
SURE = (0.9, 0.5, 0.1)  # how many are met with these chances is said
WITHIN_REACH = 0.01  # below it P(all) says nothing of a push
LAST = 0.1  # from this chance of the last place on an indicator is named


@dataclass(frozen=True)
class TargetAhead:
    """One target of the month with what is known of its year's end."""

    code: str
    name: str
    set_by: str
    primary: bool
    comparison: str
    target: float
    probability: float | None
    ahead: AnnualForecast

    @property
    def floor(self) -> bool:
        return self.comparison == ">="


@dataclass(frozen=True)
class Push:
    """If this one target were certain, at least `JointPage.event` would be met with the chance `if_met`."""

    code: str
    name: str
    probability: float
    if_met: float


@dataclass(frozen=True)
class PlaceRisk:
    code: str
    name: str
    last: float
    first_third: float
    regions: int


@dataclass(frozen=True)
class JointPage:
    """`targets` many count (`left_out`: no chance yet); `years` of record behind how they hang together."""

    of_city: bool  # of what the city handed down; else of each indicator's own target
    targets: int
    left_out: tuple[str, ...]
    all_met: float
    independent: float  # the same, if misses had nothing in common
    expected: float
    at_least: tuple[tuple[int, float], ...]
    sure: int  # so many are met with nine tenths of a chance
    even: int  # and with one half
    event: int  # how many met the pushes are measured by: all, or what is within reach
    event_chance: float
    pushes: tuple[Push, ...]
    years: int
    ranked: int  # indicators with a forecast of every place
    none_last: float | None
    risks: tuple[PlaceRisk, ...]


def targets_ahead(region: Any, as_of: Month) -> tuple[TargetAhead, ...]:
    """Every target of the month's judgements, in the order of the catalogue; codes out of it are left out."""
    catalogue = policy.catalogue()
    kept = Judgement.objects.filter(
        region=region, as_of=str(as_of), superseded_at__isnull=True, target__isnull=False
    ).order_by("pk")
    found = [
        _target(code, catalogue[code].short, primary, facts)
        for code, primary, facts in kept.values_list("indicator", "primary", "facts")
        if code in catalogue and facts.get("target") is not None
    ]
    order = {code: i for i, code in enumerate(catalogue)}
    return tuple(sorted(found, key=lambda t: order[t.code]))


def _target(code: str, name: str, primary: bool, facts: dict[str, Any]) -> TargetAhead:
    comparison = facts.get("comparison") or ">="
    chance = facts.get("probability")
    if facts.get("months_left") == 0 and facts.get("gap") is not None:  # the year is over
        chance = float(facts["gap"] >= 0 if comparison == ">=" else facts["gap"] <= 0)
    ahead = AnnualForecast.from_kept(facts.get("ahead"))
    return TargetAhead(
        code, name, facts.get("set_by") or "", primary, comparison, facts["target"], chance, ahead
    )


def chosen(found: Sequence[TargetAhead]) -> tuple[bool, tuple[TargetAhead, ...]]:
    """The city's targets; where it set none, each indicator's own."""
    city = tuple(t for t in found if t.set_by == CITY)
    return (True, city) if city else (False, tuple(t for t in found if t.primary))


def joint_page(region: Any, as_of: Month) -> JointPage | None:
    """None without two targets that have a chance, or when nothing of the year is open any more."""
    found = targets_ahead(region, as_of)
    of_city, mine = chosen(found)
    known = [t for t in mine if t.probability is not None]
    if len(known) < 2 or all(t.probability in (0.0, 1.0) for t in known):
        return None
    joint = _joint(known)
    n = len(known)
    reached = [max(k for k in range(n + 1) if joint.at_least[k] >= chance) for chance in SURE]
    event = n if joint.all_met >= WITHIN_REACH else min(reached[1] + 1, n)
    pushes = sorted(
        (
            Push(t.code, t.name, t.probability or 0.0, float(c))
            for t, c in zip(known, joint.pushed[:, event], strict=True)
        ),
        key=lambda p: -p.if_met,
    )
    ranked = [(t, places(t.ahead)) for t in found if t.primary and t.ahead.rivals]
    ranked = [(t, p) for t, p in ranked if p.chance]
    risks = sorted((_risk(t, p) for t, p in ranked if p.chance[-1] >= LAST), key=lambda r: -r.last)
    return JointPage(
        of_city=of_city,
        targets=n,
        left_out=tuple(t.name for t in mine if t.probability is None),
        all_met=joint.all_met,
        independent=math.prod(t.probability or 0.0 for t in known),
        expected=joint.expected,
        at_least=tuple((k, float(joint.at_least[k])) for k in sorted(set(reached)) if 0 < k < n),
        sure=reached[0],
        even=reached[1],
        event=event,
        event_chance=float(joint.at_least[event]),
        pushes=tuple(pushes[:PUSHES]),
        years=joint.years,
        ranked=len(ranked),
        none_last=_none_last(ranked),
        risks=tuple(risks[:RISKS]),
    )


def _risk(t: TargetAhead, p: Places) -> PlaceRisk:
    return PlaceRisk(t.code, t.name, p.chance[-1], p.first_third, len(p.chance))


def _none_last(ranked: Sequence[tuple[TargetAhead, Places]]) -> float | None:
    """P(last in none): the same common factor, good figures being good places."""
    if not ranked:
        return None
    sure = [replace(t, probability=p.not_last, comparison=_good(t.ahead)) for t, p in ranked]
    return _joint(sure).all_met if len(sure) > 1 else sure[0].probability


def _good(ahead: AnnualForecast) -> str:
    return ">=" if ahead.more_is_better else "<="


def _joint(targets: Sequence[TargetAhead]) -> Any:
    import numpy as np

    from wenpan.economy.forecast.joint import joint_chance

    years = max((len(t.ahead.ranks) for t in targets), default=0) or 1
    ranks = np.full((len(targets), years), np.nan)
    for i, t in enumerate(targets):
        for back, rank in enumerate(reversed(t.ahead.ranks), start=1):
            if rank is not None:
                ranks[i, -back] = rank
    chances = np.array([t.probability for t in targets], dtype=np.float64)
    return joint_chance(chances, ranks, np.array([t.floor for t in targets], dtype=bool))


def all_met_with(targets: Sequence[TargetAhead], code: str, set_by: str, probability: float) -> float | None:
    """P(all) when one target's chance is another; None where that target is not among them."""
    known = [t for t in targets if t.probability is not None]
    moved = [
        replace(t, probability=probability) if (t.code, t.set_by) == (code, set_by) else t for t in known
    ]
    if len(known) < 2 or not any((t.code, t.set_by) == (code, set_by) for t in known):
        return None
    return float(_joint(moved).all_met)


def all_met(targets: Sequence[TargetAhead]) -> float | None:
    known = [t for t in targets if t.probability is not None]
    return float(_joint(known).all_met) if len(known) > 1 else None
