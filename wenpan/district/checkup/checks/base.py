"""What the check-up of a kind gives: tallies by aspect, and the list behind each from the same condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from wenpan.district.accounts.models import User
from wenpan.district.checkup.policy import ASPECTS, CheckedObject


@dataclass(frozen=True)
class CheckupTally:
    """`concerned`: the denominator; `lacking`: of them, those that do not hold."""

    concerned: int
    lacking: int

    @property
    def holding(self) -> int:
        return self.concerned - self.lacking

    @property
    def share(self) -> float | None:
        """0 to 1; None where nobody is concerned."""
        return self.holding / self.concerned if self.concerned else None


@dataclass(frozen=True)
class CheckupGap:
    """One object that lacks something: why, and since when as far as it is known."""

    name: str
    url: str
    unit: str
    reason: str
    since: date | None = None
    detail: str = ""


@dataclass(frozen=True)
class SortPaths:
    """By which fields the list is sorted and searched."""

    name: str
    unit: str
    since: str = ""


@dataclass(frozen=True)
class CheckupCondition:
    """`concerned`: whom the sentence concerns (an empty Q: all); `lacking`: which of them lack it."""

    lacking: Q
    concerned: Q = field(default_factory=Q)


@dataclass(frozen=True)
class QueryCheck:
    """The check-up of one kind of object that the database holds. `rows(None)` are the district's."""

    code: str
    may: Callable[[User], bool]
    rows: Callable[[User | None], QuerySet[Any]]
    conditions: Callable[[datetime, CheckedObject], Mapping[str, CheckupCondition]]
    gap: Callable[[Any, str, datetime, CheckedObject], CheckupGap]
    paths: SortPaths
    related: tuple[str, ...] = ()

    def tallies(self, user: User | None, at: datetime, rules: CheckedObject) -> dict[str, CheckupTally]:
        """One query."""
        wanted: dict[str, Any] = {}
        for aspect, condition in self.conditions(at, rules).items():
            wanted[f"{aspect}_all"] = Count("pk", filter=condition.concerned or None)
            wanted[f"{aspect}_out"] = Count("pk", filter=condition.concerned & condition.lacking)
        found = self.rows(user).order_by().aggregate(**wanted)
        return {a: CheckupTally(found[f"{a}_all"], found[f"{a}_out"]) for a in ASPECTS}

    def gaps(self, user: User | None, aspect: str, at: datetime, rules: CheckedObject) -> Any:
        """The rows that lack it, as a queryset that pages in the database."""
        condition = self.conditions(at, rules)[aspect]
        rows = self.rows(user).filter(condition.concerned & condition.lacking)
        order = [path for path in (self.paths.since, self.paths.name) if path]
        return rows.select_related(*self.related).order_by(*order, "pk")


@dataclass(frozen=True)
class WholeCheck:
    """The same of objects that are few and are read whole. `examine` gives by aspect (concerned, gaps)."""

    code: str
    may: Callable[[User], bool]
    examine: Callable[[User | None, datetime, CheckedObject], Mapping[str, tuple[int, Sequence[CheckupGap]]]]
    paths: SortPaths = SortPaths("name", "unit", "since")

    def tallies(self, user: User | None, at: datetime, rules: CheckedObject) -> dict[str, CheckupTally]:
        return {a: CheckupTally(n, len(gaps)) for a, (n, gaps) in self.examine(user, at, rules).items()}

    def gaps(self, user: User | None, aspect: str, at: datetime, rules: CheckedObject) -> Any:
        return list(self.examine(user, at, rules)[aspect][1])

    def gap(self, row: CheckupGap, _aspect: str, _at: datetime, _rules: CheckedObject) -> CheckupGap:
        return row
