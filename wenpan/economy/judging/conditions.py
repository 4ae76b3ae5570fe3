"""Conditions: one comparison of one fact with one limit, in a stated unit.

Pure. "Below schedule by 20%" may mean points (Yinchuan) or a ratio (Wuhan), so `behind_schedule`
and `of_schedule` are worked out by the unit that the rule states, never by habit:

    behind_schedule  points: schedule − progress · percent: 100·(1 − progress/schedule)
                     ratio: 1 − progress/schedule
    of_schedule      percent: 100·progress/schedule · ratio: progress/schedule

with `progress` and `schedule` in percent of the whole task. A fact that is missing makes the
condition undetermined (None), never false.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}

# Every fact that a rule may name, with the units in which it may be stated.
FACTS: dict[str, tuple[str, ...]] = {
    # of an indicator
    "actual": ("percent", "amount"),
    "target": ("percent", "amount"),
    "growth": ("percent",),
    "margin": ("points", "percent"),  # points for growth, percent of schedule for levels; positive is good
    "city": ("percent",),
    "versus_city": ("points",),
    "pull": ("points",),
    "rank": ("count",),
    "rivals": ("count",),
    "places_from_last": ("count",),  # 0: last of those that reported
    "rank_change": ("count",),
    "probability": ("ratio",),
    "needed_minus_growth": ("points",),  # how much faster the rest of the year must be
    "months_left": ("months",),
    "missed_streak": ("count",),
    # of anything with a plan
    "progress": ("percent",),
    "schedule": ("percent",),
    "behind_schedule": ("points", "percent", "ratio"),
    "of_schedule": ("percent", "ratio"),
    # of a project
    "annual_plan": ("万元",),
    "start_overdue": ("months",),  # 0: due this month and not started
    "entry_overdue": ("months",),  # months since the start without 入库
    "payment_shortfall": ("percent",),
    "stalled": ("months",),
    "age": ("months", "days"),
    # of a deal (`economy.funnel.stalled`)
    "still": ("months",),  # in talks, since it last moved
    "unregistered": ("months",),  # since signing
    "unstarted": ("months",),
    # of a slip: what is asked of a matter on one day, for its present due date
    "overdue": ("yes_no",),
    "overdue_days": ("working_days",),
    "days_left": ("working_days",),  # until it is due; missing once it is overdue
    "important": ("yes_no",),
    "sent_back": ("yes_no",),  # checked, found wanting, not answered again
    "silent": ("yes_no",),  # no word for longer than the office allows
    "answered": ("yes_no",),  # the last slip; missing while its limit still runs
    "limit_passed": ("yes_no",),  # the time that the last slip gave has gone by
    "last_slip": ("word",),  # its colour, "" where none stands
    "slips_before": ("count",),  # that stand, of earlier due dates too
}


@dataclass(frozen=True)
class Condition:
    """`fact comparison limit`, held for `periods` published periods in a row (now and before)."""

    fact: str
    comparison: str
    limit: Any
    unit: str
    periods: int = 1

    def holds(self, facts: Mapping[str, Any], history: Sequence[Mapping[str, Any]] = ()) -> bool | None:
        """True, False, or None where a fact is missing. A shorter history than `periods` asks is False."""
        now = self._holds_once(facts)
        if self.periods == 1 or not now:
            return now
        earlier = [self._holds_once(past) for past in history[: self.periods - 1]]
        return len(earlier) == self.periods - 1 and all(earlier)

    def _holds_once(self, facts: Mapping[str, Any]) -> bool | None:
        value = value_of(self.fact, self.unit, facts)
        return None if value is None else bool(COMPARISONS[self.comparison](value, self.limit))


def value_of(fact: str, unit: str, facts: Mapping[str, Any]) -> Any:
    if fact in ("behind_schedule", "of_schedule"):
        return _against_schedule(fact, unit, facts.get("progress"), facts.get("schedule"))
    value = facts.get(fact)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _against_schedule(fact: str, unit: str, progress: float | None, schedule: float | None) -> float | None:
    if progress is None or schedule is None or not (math.isfinite(progress) and math.isfinite(schedule)):
        return None
    if unit == "points":
        return schedule - progress
    if schedule <= 0:
        return None
    ratio = progress / schedule if fact == "of_schedule" else 1 - progress / schedule
    return ratio * 100 if unit == "percent" else ratio
