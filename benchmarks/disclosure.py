"""An attacker on the analysis tables of 100 districts over 12 months, who solves for both ends of every
amount.

    .venv/bin/python benchmarks/disclosure.py [DISTRICTS]

Every group of projects that stand on the very same lines is an unknown, every printed sum an equation; the
attacker knows who stands on which line. Of two projects in one group each may be nothing, so that only a
project that stands alone in its group can be recovered: where both ends lie within ± 10 % of the truth.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from scipy.optimize import linprog

from tests.economy.quality.disclosure.test_suppression import RULE, lines
from wenpan.economy.quality.disclosure.suppression import suppress


def attacked(members: np.ndarray, amounts: np.ndarray, hidden: frozenset[int]) -> int:
    """How many projects are recovered.

    Most are shown safe without a programme: the amounts may move from the truth along a direction that no
    printed sum sees, and where that alone takes a project's own beyond ± 10 % the attacker cannot tell.
    Whatever that does not settle is solved for both of its ends.
    """
    patterns, group = np.unique(members, axis=0, return_inverse=True)
    group = group.reshape(-1)
    printed = [cell for cell in range(members.shape[1]) if cell not in hidden]
    if not printed:
        return 0
    rows, found = patterns[:, printed].T.astype(float), 0
    alone = np.flatnonzero(np.bincount(group) == 1)
    safe = np.ones((len(alone), amounts.shape[1]), dtype=bool)
    for m in range(amounts.shape[1]):
        sums = np.bincount(group, weights=amounts[:, m])
        safe[:, m] = (sums[alone] <= 0) | _can_move(rows, sums)[alone]
    for place, one in enumerate(alone):
        who = int(np.flatnonzero(group == one)[0])
        found += any(
            _narrow(rows, group, amounts[:, m], int(one), amounts[who, m])
            for m in np.flatnonzero(~safe[place])
        )
        SOLVED[0] += int((~safe[place]).sum())
    TRIED[0] += safe.size
    return found


SOLVED, TRIED = [0], [0]


def _can_move(rows: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Whether each group's sum can leave ± 10 % along the direction nearest to it that leaves every printed
    sum as it is and no sum below nothing: a sufficient proof, never the other way."""
    _u, sizes, base = np.linalg.svd(rows)
    rank = int((sizes > 1e-9 * max(sizes.max(), 1.0)).sum())
    free = base[rank:]
    if not len(free):
        return np.zeros(len(sums), dtype=bool)
    moves = free.T @ free  # row g: the direction nearest to "more of g"
    moves[np.abs(moves) < 1e-9] = 0.0
    own = np.diag(moves)
    with np.errstate(divide="ignore", invalid="ignore"):
        down = np.where(moves > 0, sums[None, :] / moves, np.inf).min(axis=1)  # the step against it
        up = np.where(moves < 0, sums[None, :] / -moves, np.inf).min(axis=1)
    reach = np.where(own > 0, np.maximum(up, down), 0.0) * own
    return (own > 0) & (reach > 0.1 * sums * (1 + 1e-6))


def _narrow(rows: np.ndarray, group: np.ndarray, amounts: np.ndarray, alone: int, true: float) -> bool:
    if true <= 0:
        return False
    sums = np.bincount(group, weights=amounts)
    for sign, limit in ((1.0, 0.9), (-1.0, 1.1)):
        price = np.zeros(len(sums))
        price[alone] = sign
        solved = linprog(price, A_eq=rows, b_eq=rows @ sums / true, bounds=(0, None), method="highs")
        end = sign * solved.fun if solved.status == 0 else np.inf
        if (sign > 0 and end < limit - 1e-6) or (sign < 0 and end > limit + 1e-6):
            return False
    return True


@dataclass
class Attacked:
    """What an attack gave: projects recovered; sums hidden and printed; tables that told of a project with
    primary suppression alone; seconds of processor that the suppression took."""

    recovered: int = 0
    open_before: int = 0
    hidden: int = 0
    printed: int = 0
    seconds: float = 0.0


def attack(districts: int, seed: int = 0) -> Attacked:
    """Every table of 12 months of so many districts."""
    found = Attacked()
    for district in range(districts):
        dice = np.random.default_rng(seed + district)
        for _month in range(12):
            members, amounts = lines(dice, int(dice.integers(6, 60)))
            begun = time.process_time()
            hidden = suppress(members, amounts, RULE)
            found.seconds += time.process_time() - begun
            found.recovered += attacked(members, amounts, hidden.cells)
            found.open_before += bool(attacked(members, amounts, hidden.primary))
            found.hidden += len(hidden.cells)
            found.printed += members.shape[1] - len(hidden.cells)
    return found


if __name__ == "__main__":
    districts = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    started = time.perf_counter()
    found = attack(districts)
    print(f"{districts} districts × 12 months: {found.recovered} projects recovered")
    print(f"{found.hidden} sums hidden, {found.printed} printed")
    print(
        f"with primary suppression alone, {found.open_before} of the {districts * 12} tables told "
        "of a project"
    )
    print(f"{TRIED[0]} amounts of projects that stand alone attacked, {SOLVED[0]} by linear programmes")
    print(f"attacked in {time.perf_counter() - started:.0f} s with everything")
    print(f"suppression: {1000 * found.seconds / (districts * 12):.0f} ms CPU a table")
