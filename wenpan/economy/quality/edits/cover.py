"""The smallest sets of fields of one return, of any size: a cover problem, solved by HiGHS, checked exactly.

Pure. Each rule that fails must have one of its fields in the set. A set so found is checked by the implied
edits; if it does not explain the return, one unfulfilled implied edit of each way says of which further
fields one is needed, and the cover is solved again. No large constant stands for "any value", so that no
tolerance of the solver lets a field move for free.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from wenpan.economy.quality.edits.suspects import SLIGHT, Suspects
from wenpan.economy.quality.edits.tables import Array

MOST_SETS = 40
_MOST_ROUNDS = 400

NONE = "没有一组可疑栏能使其成立"
TOO_MANY = "组合过多, 未能判定"


def minimal_sets(suspects: Suspects, place: int) -> tuple[list[tuple[tuple[str, ...], float]], str]:
    """All minimal sets with their weight (MOST_SETS at most), or none and the reason."""
    names = suspects.candidates(list(suspects.weights), place)
    number = {name: n for n, name in enumerate(names)}
    weights = np.array([suspects.weights[name] for name in names])
    needed: list[frozenset[int]] = []  # of each, one field at least
    barred: list[frozenset[int]] = []  # of each, one field at most is left out: these were seen
    for rule in suspects.failed_rules(place):
        read = suspects.candidates(list(suspects.system.rules[rule].kinds), place)
        needed.append(frozenset(number[name] for name in read))
    sets: list[tuple[tuple[str, ...], float]] = []
    undecided = False
    for _ in range(_MOST_ROUNDS):
        chosen = _cover(weights, needed, barred)
        if chosen is None:
            break
        weight = float(sum(weights[n] for n in chosen))
        if sets and weight > sets[0][1] + SLIGHT:
            break
        fields = tuple(sorted(names[n] for n in chosen))
        more = _further(suspects, fields, place, number)
        if more is None:
            undecided = True
        if more:
            needed.append(more)
            continue
        if more is not None and len(suspects.explained(fields, np.array([place]))):
            sets.append((fields, weight))
        elif more is not None:
            break  # nothing further can help
        barred.append(frozenset(chosen))
        if len(sets) >= MOST_SETS:
            break
    else:
        undecided = True
    return sets, "" if sets else (TOO_MANY if undecided else NONE)


def _further(
    suspects: Suspects, fields: tuple[str, ...], place: int, number: dict[str, int]
) -> frozenset[int] | None:
    """Fields of which one more is needed; empty where the set explains the return; None where it cannot be
    said."""
    system = suspects.system
    branches = system.branches(suspects.situation, fields)
    if branches is None:
        return None
    at, needed = np.array([place]), set[str]()
    for rows in branches:
        unfulfilled = (
            [row for row, good in zip(rows, suspects.numbers.each(rows, at)[0], strict=True) if not good]
            if rows
            else []
        )
        if not unfulfilled:
            return frozenset()
        needed |= {name for name, _ in min(unfulfilled, key=lambda row: len(row.terms)).terms}
    touched = system.touched(fields) - suspects.situation.silent
    needed |= {name for rule in touched for name in system.rules[rule].kinds if name in system.values}
    return frozenset(number[name] for name in needed - set(fields) if name in number)


def _cover(weights: Array, needed: list[frozenset[int]], barred: list[frozenset[int]]) -> list[int] | None:
    """The lightest choice that has one of each `needed` and not all of any `barred`."""
    if not len(weights) or any(not clause for clause in needed):
        return None
    matrix = np.zeros((len(needed) + len(barred), len(weights)))
    low, high = np.full(len(matrix), -np.inf), np.full(len(matrix), np.inf)
    for n, clause in enumerate(needed):
        matrix[n, list(clause)], low[n] = 1, 1
    for n, clause in enumerate(barred, start=len(needed)):
        matrix[n, list(clause)], high[n] = 1, len(clause) - 1
    solved = milp(
        weights,
        constraints=LinearConstraint(matrix, low, high),
        integrality=np.ones(len(weights)),
        bounds=Bounds(0, 1),
    )
    return None if solved.x is None else np.flatnonzero(solved.x > 0.5).tolist()
