"""Returns as whole numbers, and which of them fulfil a list of rows: all at once, without rounding.

Pure. A value is counted in 10^-decimals, so that it is a whole number; sums of whole numbers below 2⁵³ are
exact in binary floats. A return whose sums would be larger, or whose values have more than six decimals, is
worked out in fractions instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl

from wenpan.economy.quality.edits.projection import ImpliedEdit

_MOST_DECIMALS = 6
_EXACT = 2.0**53
Array = np.ndarray[Any, Any]


@dataclass
class WholeNumbers:
    """`values` (returns × fields, 0 where missing), `missing`, `odd`: returns that floats do not hold
    exactly."""

    fields: tuple[str, ...]
    decimals: int
    given: Array  # as reported
    values: Array
    missing: Array
    odd: Array
    _largest: Array = field(init=False)
    _compiled: dict[int, _Compiled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._largest = np.abs(self.values).max(axis=1, initial=0.0)

    @classmethod
    def of(cls, frame: pl.DataFrame, fields: Sequence[str]) -> WholeNumbers:
        """The number fields of a frame; the decimals are the most that a value has, six at most."""
        columns = [frame[name].to_numpy() for name in fields]
        given = np.column_stack(columns).astype(float) if columns else np.zeros((frame.height, 0))
        missing = np.isnan(given)
        held = np.where(missing, 0.0, given)
        for decimals in range(_MOST_DECIMALS + 1):
            scaled = held * 10.0**decimals
            values = np.rint(scaled)
            whole = (np.abs(scaled - values) <= 4 * np.spacing(np.abs(scaled))) & (np.abs(values) < _EXACT)
            if whole.all():
                break
        return cls(tuple(fields), decimals, given, values, missing, np.asarray(~whole.all(axis=1)))

    def holds(self, rows: list[ImpliedEdit], at: Array) -> Array:
        """Of the returns at these places, which fulfil every row; a row that reads a missing field is
        fulfilled."""
        if not rows or not len(at):
            return np.ones(len(at), dtype=bool)
        return np.asarray(self.each(rows, at).all(axis=1))

    def each(self, rows: list[ImpliedEdit], at: Array) -> Array:
        """returns × rows: fulfilled or not to be judged."""
        compiled = self._compiled.get(id(rows))
        if compiled is None or compiled.rows is not rows:
            compiled = self._compiled[id(rows)] = _Compiled.of(rows, self.fields)
        values = self.values[at] @ compiled.terms + compiled.constants
        fulfilled = np.where(compiled.strict, values < 0, values <= 0)
        big = self.odd[at] | (compiled.norm * self._largest[at] + compiled.largest_constant >= _EXACT)
        for place in np.flatnonzero(big):
            fulfilled[place] = self._in_fractions(rows, int(at[place]))
        missing = self.missing[at]
        if missing.any():
            fulfilled |= (missing.astype(np.float32) @ compiled.reads) > 0
        return fulfilled

    def _in_fractions(self, rows: list[ImpliedEdit], place: int) -> list[bool]:
        scale = 10**self.decimals
        held = {
            name: Fraction(0) if missing else Fraction(repr(float(value))) * scale
            for name, value, missing in zip(self.fields, self.given[place], self.missing[place], strict=True)
        }
        sums = [
            sum((held[name] * value for name, value in row.terms), Fraction(row.constant)) for row in rows
        ]
        return [value < 0 or (value == 0 and not row.strict) for value, row in zip(sums, rows, strict=True)]


@dataclass(frozen=True)
class _Compiled:
    rows: list[ImpliedEdit]
    terms: Array  # fields × rows
    constants: Array
    strict: Array
    reads: Array  # fields × rows
    norm: float
    largest_constant: float

    @classmethod
    def of(cls, rows: list[ImpliedEdit], fields: tuple[str, ...]) -> _Compiled:
        place = {name: n for n, name in enumerate(fields)}
        terms, reads = (
            np.zeros((len(fields), len(rows))),
            np.zeros((len(fields), len(rows)), dtype=np.float32),
        )
        for n, row in enumerate(rows):
            for name, value in row.terms:
                terms[place[name], n] = value
            for name in row.fields:
                reads[place[name], n] = 1
        constants = np.array([float(row.constant) for row in rows])
        strict = np.array([row.strict for row in rows])
        norm = float(np.abs(terms).sum(axis=0).max(initial=0.0))
        return cls(rows, terms, constants, strict, reads, norm, float(np.abs(constants).max(initial=0.0)))
