"""Decisions about targets and about which months must be judged anew.

Pure. A target's version counts from its effective date on: a budget lawfully lowered in August does
not excuse July. Of several targets one is primary: the first in the place's order of who set it.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.time.periods import Month, parse_period

MONTHS_AFTER_A_REVISION = 13  # a figure stands in its own month and, as last year's, a year later


class TargetVersion(Protocol):
    """What a target's version must tell."""

    version: int
    effective_from: date

    @property
    def promise(self) -> Hashable: ...


V = TypeVar("V", bound=TargetVersion)


def month_end(month: Month) -> date:
    return date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])


def in_force(versions: Iterable[V], as_of: Month) -> tuple[V, ...]:
    """Of every promise the newest version that is effective by the end of `as_of`; none if none is."""
    chosen: dict[Hashable, V] = {}
    for v in sorted(versions, key=lambda v: v.version):
        if v.effective_from <= month_end(as_of):
            chosen[v.promise] = v
    return tuple(chosen.values())


def primary(rows: Sequence[Mapping[str, object]], priority: Sequence[str], basis: str) -> int:
    """Index of the judgement that the board shows: by who set it, then the indicator's own basis."""

    def order(i: int) -> tuple[int, bool, int]:
        who = str(rows[i]["set_by"] or "")
        return (priority.index(who) if who in priority else len(priority), rows[i]["basis"] != basis, i)

    return min(range(len(rows)), key=order)


def months_to_judge(
    changed: Iterable[tuple[str, str]], catalogue: Mapping[str, Indicator], latest: Month | None
) -> dict[Month, set[str]]:
    """Which indicators to judge anew at which months, after figures (indicator, period) changed.

    A figure counts from the month in which it is expected to be out; it still shows a year later as
    last year's figure; the newest month always shows the truth of today.
    """
    due: dict[Month, set[str]] = {}
    if latest is None:
        return due
    for code, period in set(changed):
        lag = catalogue[code].lag_months if code in catalogue else 0
        first = parse_period(period).end.plus(lag)
        last = min(latest, first.plus(MONTHS_AFTER_A_REVISION))
        for index in {*range(first.index, last.index + 1), latest.index}:
            due.setdefault(Month.from_index(index), set()).add(code)
    return due


def curve_problem(curve: Sequence[float]) -> str:
    """Why these cumulative shares are no curve of a year; empty if they are one."""
    if len(curve) != 12:
        return "指定曲线要有12个累计比例，1月到12月各一个。"
    if any(later < earlier for earlier, later in pairwise(curve)):
        return "累计比例不能后月小于前月。"
    if curve[0] < 0 or abs(curve[-1] - 1) > 1e-9:
        return "累计比例从不小于0开始，12月为100%。"
    return ""


def sees(owner: str, code: str, own_unit: str | None, unit_targets: Collection[str]) -> bool:
    """May a person bound to `own_unit` (None: not bound) see this indicator?"""
    return own_unit is None or owner == own_unit or code in unit_targets
