"""Which returns a set of fields explains: with those fields freed, no rule fails any more.

Pure. For the returns of one situation. A set explains a return when every rule that fails reads one of its
fields, and one way to fulfil the rules that read them leaves nothing unfulfilled among the fields that stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from wenpan.economy.quality.edits.systems import RecordSituation, System
from wenpan.economy.quality.edits.tables import Array, WholeNumbers

SLIGHT = 1e-9  # weights that differ by less are equal


@dataclass
class Suspects:
    system: System
    situation: RecordSituation
    numbers: WholeNumbers
    weights: dict[str, float]  # of the fields that may be suspected
    at: Array  # the places of the returns
    fails: Array = field(init=False)  # returns × rules
    failing: Array = field(init=False)  # places of returns that fail, exactly
    undecided: set[tuple[str, ...]] = field(default_factory=set)  # sets with too many ways to be tried
    _place: Array = field(init=False)  # place → row of `fails`

    def __post_init__(self) -> None:
        rules = range(len(self.system.rules))
        self.fails = (
            np.column_stack([self._fails(rule) for rule in rules])
            if rules
            else np.zeros((len(self.at), 0), dtype=bool)
        )
        self.failing = self.at[self.fails.any(axis=1)]
        missing = [
            name for name, held in zip(self.system.texts, self.situation.texts, strict=True) if held is None
        ]
        self.weights = {name: weight for name, weight in self.weights.items() if name not in missing}
        self._place = np.zeros(len(self.numbers.values), dtype=np.int64)
        self._place[self.at] = np.arange(len(self.at))

    def explained(self, fields: tuple[str, ...], at: Array) -> Array:
        """Those of the places that the set explains."""
        touched = self.system.touched(fields)
        outside = [n for n in range(len(self.system.rules)) if n not in touched]
        kept = (
            at[~self.fails[np.ix_(self._place[at], np.array(outside, dtype=np.int64))].any(axis=1)]
            if len(at)
            else at
        )
        for name in fields:
            if name in self.system.values or not len(kept):
                continue
            kept = kept[~self.numbers.missing[kept, self.numbers.fields.index(name)]]
        if not len(kept):
            return kept
        branches = self.system.branches(self.situation, fields)
        if branches is None:
            self.undecided.add(fields)
            return kept[:0]
        good = np.zeros(len(kept), dtype=bool)
        for rows in branches:
            good |= self.numbers.holds(rows, kept)
        return kept[good]

    def failed_rules(self, place: int) -> list[int]:
        return np.flatnonzero(self.fails[self._place[place]]).tolist()

    def candidates(self, names: Sequence[str], place: int) -> list[str]:
        """Those of the fields that may be suspected in this return."""
        return [
            name for name in names
            if name in self.weights
            and (name in self.system.values
                 or not self.numbers.missing[place, self.numbers.fields.index(name)])
        ]  # fmt: skip

    def _fails(self, rule: int) -> Array:
        if rule in self.situation.silent:
            return np.zeros(len(self.at), dtype=bool)
        good = np.zeros(len(self.at), dtype=bool)
        for rows in self.system.asked(rule, self.situation.texts):
            good |= self.numbers.holds(rows, self.at)
        return ~good
