"""What remains of linear inequalities when some fields may take any value: Fourier–Motzkin, exact.

Pure. From Σa·x + c ≤ 0 with a > 0 and Σb·x + d ≤ 0 with b < 0 on the freed field follows one without it;
a return can be made right by the freed fields if and only if all that follows holds for the fields that
stay (Fellegi and Holt 1976: these are the implied edits). Coefficients are whole numbers, the fields are
whole numbers too (the return's values × 10^decimals), so that nothing is rounded. After k eliminations a
row that rests on more than k + 1 of the first ones is implied by others (Chernikov) and left out. As no
row is used for substitution, the rows that rest only on some of the inequalities are the projection of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd, lcm

from wenpan.economy.quality.edits.alternatives import Inequality

MOST_ROWS = 4000


class TooManyRowsError(ValueError):
    """The projection would hold more than MOST_ROWS rows."""


@dataclass(frozen=True)
class ImpliedEdit:
    """Σ terms + constant ≤ 0 (< 0 strict) in whole numbers. `fields`: all that its first inequalities read;
    it says nothing where one of them is missing."""

    terms: tuple[tuple[str, int], ...]
    constant: int
    strict: bool
    fields: frozenset[str]
    history: frozenset[int]


def rows(inequalities: Iterable[Inequality], decimals: int) -> list[ImpliedEdit]:
    """The inequalities over fields counted in 10^-decimals."""
    found = []
    for number, one in enumerate(dict.fromkeys(inequalities)):
        constant = one.constant * 10**decimals
        scale = lcm(constant.denominator, *(value.denominator for _, value in one.terms))
        terms = tuple((name, int(value * scale)) for name, value in one.terms)
        found.append(
            _reduced(dict(terms), int(constant * scale), one.strict, one.fields, frozenset((number,)))
        )
    return found


def project(first: Sequence[ImpliedEdit], freed: Sequence[str]) -> list[ImpliedEdit]:
    """The rows without the freed fields. TooManyRowsError beyond the limit."""
    held = list(first)
    for step, name in enumerate(freed, start=1):
        held = _without(held, name, step + 1)
    return held


def _without(held: list[ImpliedEdit], name: str, deepest: int) -> list[ImpliedEdit]:
    upper: list[tuple[int, ImpliedEdit]] = []
    lower: list[tuple[int, ImpliedEdit]] = []
    rest: list[tuple[int, ImpliedEdit]] = []
    for row in held:
        value = dict(row.terms).get(name, 0)
        (rest if value == 0 else upper if value > 0 else lower).append((value, row))
    found = {_key(row): row for _, row in rest}
    for a, above in upper:
        for b, below in lower:
            history = above.history | below.history
            if len(history) > deepest:
                continue
            row = _sum(above, -b, below, a, history)
            if not row.terms and (row.constant < 0 or (row.constant == 0 and not row.strict)):
                continue  # holds always
            found.setdefault(_key(row), row)
        if len(found) > MOST_ROWS:
            raise TooManyRowsError(name)
    return list(found.values())


def _sum(one: ImpliedEdit, times: int, other: ImpliedEdit, by: int, history: frozenset[int]) -> ImpliedEdit:
    terms = {name: value * times for name, value in one.terms}
    for name, value in other.terms:
        terms[name] = terms.get(name, 0) + value * by
    constant = one.constant * times + other.constant * by
    return _reduced(terms, constant, one.strict or other.strict, one.fields | other.fields, history)


def _reduced(
    terms: dict[str, int], constant: int, strict: bool, fields: frozenset[str], history: frozenset[int]
) -> ImpliedEdit:
    common = gcd(constant, *terms.values()) or 1
    kept = tuple(sorted((name, value // common) for name, value in terms.items() if value))
    return ImpliedEdit(kept, constant // common, strict, fields, history)


def _key(row: ImpliedEdit) -> tuple[object, ...]:
    return row.terms, row.constant, row.strict, row.history  # another history may allow what this one forbids
