"""What became of a figure or a project after its matter was closed, beside like ones that had no matter.

Pure. A series is the value at the closure and one, two, three periods later, signed so that higher is
better; None is "not known". A case is compared with the series of the same start whose named features are
equal and about which nothing was supervised from the start to the last period.

    change_k       value_k − value_0
    difference_k   change_k − median of the changes of its likes
    interval       of the median difference, by order statistics: x_(j) … x_(n+1−j) with the largest j for
                   which 1 − 2·P(B ≤ j − 1) ≥ level, B ~ Bin(n, ½)  (Conover, section 3.2; no distribution
                   assumed)

It describes and claims no cause: who is supervised is not drawn by lot, and what was bad tends to come back
by itself. Below `least_cases` nothing is said but the number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from statistics import median

Value = float | None


@dataclass(frozen=True)
class ClosureRules:
    """`like`: names of the features that must be equal. `level`: of the interval, as a share."""

    periods: int
    least_cases: int
    least_likes: int
    level: float
    like: tuple[str, ...]

    @property
    def level_percent(self) -> int:
        return round(100 * self.level)


@dataclass(frozen=True)
class FollowedSeries:
    """`start`: the period of the closure on any whole scale; `values[0]` and `lights[0]` are of that
    period."""

    subject: str
    start: int
    features: Mapping[str, str]
    values: tuple[Value, ...]
    lights: tuple[str, ...] = ()

    def change(self, k: int) -> Value:
        """None where either end is not known."""
        if k >= len(self.values):
            return None
        first, last = self.values[0], self.values[k]
        return None if first is None or last is None else last - first


@dataclass(frozen=True)
class MatchedCase:
    """`likes`: what it stands beside, by subject."""

    case: FollowedSeries
    likes: tuple[FollowedSeries, ...]

    def like_change(self, k: int, least: int) -> Value:
        """The median of what is known; None for fewer than `least`."""
        known = [c for c in (like.change(k) for like in self.likes) if c is not None]
        return median(known) if len(known) >= least else None

    def difference(self, k: int, least: int) -> Value:
        own, other = self.change(k), self.like_change(k, least)
        return None if own is None or other is None else own - other

    def change(self, k: int) -> Value:
        return self.case.change(k)


@dataclass(frozen=True)
class PeriodEffect:
    """After k periods. `n`: cases that are compared; `unknown`: whose figure is not there (yet); `alone`:
    with too few likes. `median`, `like_median`, `difference`, `low`, `high`: None where `withheld`; an
    interval may be missing alone, where n is too small for the level."""

    periods: int
    n: int
    unknown: int
    alone: int
    likes: int
    better: int
    median: Value = None
    like_median: Value = None
    difference: Value = None
    low: Value = None
    high: Value = None
    withheld: bool = True


def first_of_each(cases: Iterable[FollowedSeries], periods: int) -> list[FollowedSeries]:
    """One case a subject within the periods that are watched: a second one would count the same figures
    twice."""
    found: list[FollowedSeries] = []
    last: dict[str, int] = {}
    for case in sorted(cases, key=lambda c: (c.start, c.subject)):
        if case.subject in last and case.start - last[case.subject] <= periods:
            continue
        last[case.subject] = case.start
        found.append(case)
    return found


def match(
    cases: Iterable[FollowedSeries],
    others: Iterable[FollowedSeries],
    rules: ClosureRules,
    supervised: Mapping[str, Collection[tuple[int, int]]],
) -> list[MatchedCase]:
    """`supervised`: by subject the spans (first, last period) in which a matter was open. A feature that is
    not known ("") is like nothing."""
    by_key: dict[tuple[int, tuple[str, ...]], list[FollowedSeries]] = defaultdict(list)
    for other in others:
        if (key := _key(other, rules)) is not None and not _touched(other, rules.periods, supervised):
            by_key[key].append(other)
    found = []
    for case in cases:
        key = _key(case, rules)
        likes = by_key.get(key, []) if key is not None else []
        found.append(MatchedCase(case, tuple(like for like in likes if like.subject != case.subject)))
    return found


def _key(series: FollowedSeries, rules: ClosureRules) -> tuple[int, tuple[str, ...]] | None:
    features = tuple(series.features.get(name, "") for name in rules.like)
    return (series.start, features) if all(features) else None


def _touched(
    series: FollowedSeries, periods: int, supervised: Mapping[str, Collection[tuple[int, int]]]
) -> bool:
    spans = supervised.get(series.subject, ())
    return any(first <= series.start + periods and series.start <= last for first, last in spans)


def describe(matched: Sequence[MatchedCase], rules: ClosureRules) -> tuple[PeriodEffect, ...]:
    """One line for each period after the closure."""
    return tuple(_after(matched, k, rules) for k in range(1, rules.periods + 1))


def _after(matched: Sequence[MatchedCase], k: int, rules: ClosureRules) -> PeriodEffect:
    known = [m for m in matched if m.change(k) is not None]
    rows = [m for m in known if m.like_change(k, rules.least_likes) is not None]
    own = [c for m in rows if (c := m.change(k)) is not None]
    likes = {(like.subject, like.start) for m in rows for like in m.likes if like.change(k) is not None}
    counts = (k, len(rows), len(matched) - len(known), len(known) - len(rows), len(likes))
    better = sum(1 for change in own if change > 0)
    if len(rows) < rules.least_cases:
        return PeriodEffect(*counts, better)
    differences = [d for m in rows if (d := m.difference(k, rules.least_likes)) is not None]
    other = [c for m in rows if (c := m.like_change(k, rules.least_likes)) is not None]
    low, high = interval(differences, rules.level)
    return PeriodEffect(
        *counts, better, median(own), median(other), median(differences), low, high, withheld=False
    )


def interval(values: Sequence[float], level: float) -> tuple[Value, Value]:
    """Of the median; (None, None) where no two order statistics reach the level: under 6 values at 95 %."""
    n = len(values)
    below, j = 0.0, 0
    while j < n // 2 and 1 - 2 * (below + comb(n, j) / 2**n) >= level:
        below += comb(n, j) / 2**n
        j += 1
    if j == 0:
        return None, None
    ordered = sorted(values)
    return ordered[j - 1], ordered[n - j]
