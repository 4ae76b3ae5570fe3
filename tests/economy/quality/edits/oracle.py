"""An exact solver of its own kind: every set of fields by weight, each tried as a linear programme over
fractions that HiGHS solves on small whole numbers. Slow, and nothing of ours in it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from scipy.optimize import linprog

Rule = tuple[dict[str, float], float, str]  # terms, constant, "=" or "<=": Σ terms + constant (=, <=) 0


def least_weight(
    record: dict[str, float], rules: list[Rule], weights: dict[str, float]
) -> tuple[float, set[frozenset[str]]]:
    """The least weight of a set that can make the record right, and every set of that weight."""
    names = list(weights)
    sets = sorted(
        (frozenset(chosen) for size in range(len(names) + 1) for chosen in combinations(names, size)),
        key=lambda chosen: sum(weights[name] for name in chosen),
    )
    least, found = np.inf, set()
    for chosen in sets:
        weight = sum(weights[name] for name in chosen)
        if weight > least + 1e-9:
            break
        if feasible(record, rules, sorted(chosen)):
            least = weight
            found.add(chosen)
    return least, found


def feasible(record: dict[str, float], rules: list[Rule], freed: list[str]) -> bool:
    equal, below = [], []
    for terms, constant, op in rules:
        rest = constant + sum(value * record[name] for name, value in terms.items() if name not in freed)
        row = [terms.get(name, 0.0) for name in freed]
        if not any(row):
            if (op == "=" and abs(rest) > 1e-7) or (op == "<=" and rest > 1e-7):
                return False
            continue
        (equal if op == "=" else below).append((row, -rest))
    if not freed:
        return True
    solved = linprog(
        np.zeros(len(freed)),
        A_ub=[row for row, _ in below] or None, b_ub=[rest for _, rest in below] or None,
        A_eq=[row for row, _ in equal] or None, b_eq=[rest for _, rest in equal] or None,
        bounds=[(None, None)] * len(freed), method="highs",
    )  # fmt: skip
    return solved.status == 0
