"""Checks in the field (双随机): a draw that anyone can repeat, and the error rate as the regulation defines
it.

Pure. A draw is a seed and a population: each unit's code is hashed with the seed (SHA-256), and the units
with the smallest hashes are drawn. Whoever has the list and the seed draws the same; the order of the list
does not matter. The population's own hash says which list it was. Facts only: no penalty follows from
anything here.

    违法比例 = |reported − actual| / actual, in percent; what was not reported counts as 0
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass


class DrawError(ValueError):
    """A draw that cannot be made; a Chinese sentence."""


@dataclass(frozen=True)
class FieldCheckDraw:
    seed: str
    population: int
    population_hash: str
    drawn: tuple[str, ...]  # in the order in which they were drawn


def draw(population: Collection[str], count: int, seed: str) -> FieldCheckDraw:
    """`count` of the population; all of it where it has no more. DrawError for a unit named twice, for no
    seed, or none to draw."""
    units = list(population)
    if not seed.strip():
        raise DrawError("抽签须有随机号码, 当众确定并记录")
    if count < 1:
        raise DrawError(f"抽取数应不小于1, 实为{count}")
    if len(set(units)) < len(units):
        twice = sorted({unit for unit in units if units.count(unit) > 1})
        raise DrawError(f"总体中单位重复: {twice[0]}")
    if any("\n" in unit or not unit for unit in units):
        raise DrawError("单位代码为空或含换行")
    ranked = sorted(units, key=lambda unit: (_hash(f"{seed}\n{unit}"), unit))
    return FieldCheckDraw(seed, len(units), population_hash(units), tuple(ranked[:count]))


def draw_by_group(groups: Sequence[tuple[str, Collection[str], int]], seed: str) -> dict[str, FieldCheckDraw]:
    """Each group (a town, a trade) with its own count; the group's name is part of its seed."""
    return {name: draw(units, count, f"{seed}/{name}") for name, units, count in groups}


def population_hash(population: Collection[str]) -> str:
    """The same for the same units in any order."""
    return _hash("\n".join(sorted(population)))


def error_rate(reported: float | None, actual: float) -> float | None:
    """Percent; None where the actual value is 0 and something was reported: the definition gives no rate
    then."""
    given = 0.0 if reported is None else reported
    if actual == 0:
        return 0.0 if given == 0 else None
    return 100 * abs(given - actual) / abs(actual)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
