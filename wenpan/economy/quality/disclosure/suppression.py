"""Suppression: which sums of a table may not be printed, so that no firm's and no project's amount can be
worked out.

Pure. `members`: contributors × cells, who counts in which cell; cells may overlap and contain each other, as
the lines of a project table do. `amounts`: contributors × measures, none negative; all measures of a cell
are printed or none.

Primary: a cell to which fewer than `least` contribute, or of which the largest makes up more than
`dominance`. Secondary: further cells, until whoever knows every printed sum, and that no amount is negative,
cannot narrow a small group's sum down to ± `protection`. Groups are what the cells tell apart: contributors
that stand in the very same cells. The narrowing is computed by linear programmes (HiGHS), both ends of every
interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog

Array = np.ndarray[Any, Any]
_SURE = 1e-6


@dataclass(frozen=True)
class DisclosureRule:
    """`least` contributors; `dominance` and `protection` as shares (0.85, 0.1)."""

    least: int
    dominance: float
    protection: float


@dataclass(frozen=True)
class Suppression:
    """Numbers of the cells (columns of `members`) that are not printed."""

    primary: frozenset[int]
    secondary: frozenset[int]

    @property
    def cells(self) -> frozenset[int]:
        return self.primary | self.secondary


def suppress(members: Array, amounts: Array, rule: DisclosureRule) -> Suppression:
    """ValueError for a negative or missing amount, or for shapes that do not fit."""
    members = np.asarray(members, dtype=bool)
    amounts = np.asarray(amounts, dtype=float)
    if members.ndim != 2 or amounts.ndim != 2 or len(members) != len(amounts):
        raise ValueError("每个单位一行: 所在各格与各项数额")
    if not np.isfinite(amounts).all() or (amounts < 0).any():
        raise ValueError("数额不能为负或缺失")
    cells = range(members.shape[1])
    primary = frozenset(cell for cell in cells if _small(amounts[members[:, cell]], rule))
    if not primary and not len(members):
        return Suppression(frozenset(), frozenset())
    groups = _Groups.of(members, amounts, rule, primary)
    return Suppression(primary, frozenset(groups.protected(set(primary)) - primary))


def _small(amounts: Array, rule: DisclosureRule) -> bool:
    """Whether a sum of any measure tells of fewer than `least`, or mostly of one."""
    count = (amounts > 0).sum(axis=0)
    total = amounts.sum(axis=0)
    largest = amounts.max(axis=0, initial=0.0)
    few = (count > 0) & (count < rule.least)
    return bool((few | ((total > 0) & (largest > rule.dominance * total))).any())


@dataclass
class _Groups:
    """Contributors that stand in the same cells, as one unknown each."""

    rule: DisclosureRule
    rows: Array  # cells × groups: which groups a cell sums
    sums: Array  # groups × measures
    sizes: Array  # contributors in each cell
    targets: list[Array]  # the groups whose joint sum must not be narrowed down

    @classmethod
    def of(cls, members: Array, amounts: Array, rule: DisclosureRule, primary: frozenset[int]) -> _Groups:
        patterns, group = np.unique(members, axis=0, return_inverse=True)
        group = group.reshape(-1)
        sums = np.zeros((len(patterns), amounts.shape[1]))
        np.add.at(sums, group, amounts)
        seen = np.asarray(patterns.any(axis=1))
        targets = [
            np.array([number])
            for number in range(len(patterns))
            if seen[number] and _small(amounts[group == number], rule)
        ]
        targets += [np.flatnonzero(patterns[:, cell]) for cell in sorted(primary)]
        return cls(rule, patterns.T.astype(float), sums, members.sum(axis=0), targets)

    def protected(self, hidden: set[int]) -> set[int]:
        """`hidden` and what must be hidden besides; of the cells hidden in addition, none without need."""
        first = set(hidden)
        while (binding := self._narrowed(hidden)) is not None:
            open_ = [cell for cell in binding if cell not in hidden]
            if not open_:
                open_ = [cell for cell in range(len(self.rows)) if cell not in hidden]
            hidden.add(min(open_, key=lambda cell: (self.sizes[cell], cell)))
        for cell in sorted(hidden - first, key=lambda cell: -self.sizes[cell]):
            if self._narrowed(hidden - {cell}) is None:
                hidden.discard(cell)
        return hidden

    def _narrowed(self, hidden: set[int]) -> list[int] | None:
        """The printed cells that narrow some target down too far; None where none is."""
        printed = [cell for cell in range(len(self.rows)) if cell not in hidden]
        for target in self.targets:
            for measure in range(self.sums.shape[1]):
                true = float(self.sums[target, measure].sum())
                if true > 0 and (binding := self._binding(target, measure, true, printed)) is not None:
                    return binding
        return None

    def _binding(self, target: Array, measure: int, true: float, printed: list[int]) -> list[int] | None:
        if not printed:
            return None
        rows, totals = self.rows[printed], self.rows[printed] @ self.sums[:, measure]
        price = np.zeros(self.rows.shape[1])
        price[target] = 1.0
        touched: set[int] = set()
        for sign, limit in ((-1.0, 1 + self.rule.protection), (1.0, 1 - self.rule.protection)):
            found = linprog(sign * price, A_eq=rows, b_eq=totals / true, bounds=(0, None), method="highs")
            if found.status == 3:  # without an end
                return None
            end = float(sign * found.fun)
            if (sign < 0 and end > limit - _SURE) or (sign > 0 and end < limit + _SURE):
                return None
            touched |= {
                cell
                for cell, price_of in zip(printed, found.eqlin.marginals, strict=True)
                if abs(price_of) > 1e-12
            }
        return sorted(touched)
