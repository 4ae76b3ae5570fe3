"""From lines to a unit's score: the mean of its points, its place, its 功效系数. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from wenpan.district.supervision.scoring.policy import Scoring
from wenpan.district.supervision.scoring.records import PointLine


@dataclass(frozen=True)
class UnitScore:
    """One unit's month. `rank` None: too few matters. Points as summed; `score` as it counts."""

    unit: str
    matters: int
    plus: Decimal
    minus: Decimal
    score: Decimal
    utility: Decimal | None
    rank: int | None
    bounded: bool  # cut at the floor or the ceiling


def unit_scores(
    found: Iterable[PointLine],
    matters: Mapping[str, int],
    policy: Scoring,
    taken: frozenset[str] = frozenset(),
) -> list[UnitScore]:
    """By unit, best first, unranked last. `matters`: how many each had; `taken`: keys of struck lines."""
    plus: dict[str, Decimal] = {}
    minus: dict[str, Decimal] = {}
    for line in found:
        if line.key not in taken:
            side = plus if line.points > 0 else minus
            side[line.unit] = side.get(line.unit, Decimal(0)) + line.points
    units = sorted({*matters, *plus, *minus})
    made = [_unit_score(u, matters.get(u, 0), plus.get(u), minus.get(u), policy) for u in units]
    return _ranked(made, policy)


def _unit_score(
    unit: str, count: int, plus: Decimal | None, minus: Decimal | None, policy: Scoring
) -> UnitScore:
    gain, loss = plus or Decimal(0), minus or Decimal(0)
    exact = policy.base + policy.per * (gain + loss) / max(count, 1)
    score = min(max(exact, policy.floor), policy.ceiling).quantize(Decimal("0.1"))
    return UnitScore(unit, count, gain, loss, score, None, None, not policy.floor <= exact <= policy.ceiling)


def _ranked(made: list[UnitScore], policy: Scoring) -> list[UnitScore]:
    """Equal scores share the better place; 功效系数 = base + spread × (x − min) ÷ (max − min)."""
    able = sorted((m for m in made if m.matters >= policy.least_matters), key=lambda m: (-m.score, m.unit))
    scores = [m.score for m in able]
    out = []
    for mark in able:
        span = scores[0] - scores[-1]
        part = (mark.score - scores[-1]) / span if span else Decimal(1)
        utility = (policy.utility_base + policy.utility_spread * part).quantize(Decimal("0.1"))
        out.append(replace(mark, rank=scores.index(mark.score) + 1, utility=utility))
    few = sorted((m for m in made if m.matters < policy.least_matters), key=lambda m: m.unit)
    return out + few
