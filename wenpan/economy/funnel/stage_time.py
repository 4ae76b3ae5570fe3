"""How long deals stay in a stage, and this year's months against the same months of last year.

Pure. A stay begins when a stage is reached and ends when a later one is, or when the deal ends. Stays that
still run are counted by their age and never mixed with those that are over: the median of the finished ones
alone would make a blocked stage look quick.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.economy.funnel.events import PipelineState
from wenpan.economy.funnel.intervals import median
from wenpan.economy.funnel.stages import ORDER, Stage


@dataclass(frozen=True)
class StageTime:
    """One stage. Days; medians are None where nothing is there to count.

    `waiting`: open deals now in the stage, their median age and the `slowest` (deal, days), oldest first.
    `left`: deals that went on to a later stage this year so far, with their median stay; `left_before`: the
    same months of last year.
    """

    stage: Stage
    waiting: int
    median_age: float | None
    slowest: tuple[tuple[str, int], ...]
    left: int
    median_stay: float | None
    left_before: int
    median_stay_before: float | None


@dataclass(frozen=True)
class SameMonths:
    """How many deals reached a stage from January to the day, and in the same days of last year."""

    stage: Stage
    this_year: int
    last_year: int


def same_day_last_year(day: date) -> date:
    """29 February has 28 February before it."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def stage_times(states: Iterable[PipelineState], day: date, *, slowest: int = 5) -> tuple[StageTime, ...]:
    """One row per stage that any deal has reached by `day`."""
    known = list(states)
    waiting: dict[Stage, list[tuple[str, int]]] = {stage: [] for stage in Stage}
    for state in known:
        if state.open and state.stage is not None and state.since is not None and state.since <= day:
            waiting[state.stage].append((state.deal, (day - state.since).days))
    now, then = _stays(known, day), _stays(known, same_day_last_year(day))
    rows = []
    for stage in Stage:
        ages = sorted(waiting[stage], key=lambda pair: (-pair[1], pair[0]))
        if ages or now[stage] or then[stage]:
            rows.append(
                StageTime(
                    stage, len(ages), median([d for _, d in ages]), tuple(ages[:slowest]),
                    len(now[stage]), median(now[stage]), len(then[stage]), median(then[stage]),
                )
            )  # fmt: skip
    return tuple(rows)


def same_months(states: Iterable[PipelineState], day: date) -> tuple[SameMonths, ...]:
    """Per stage: reached between 1 January and `day`, this year and last."""
    known, before = list(states), same_day_last_year(day)
    now, then = _reached(known, day), _reached(known, before)
    return tuple(SameMonths(stage, now[stage], then[stage]) for stage in Stage)


def _reached(states: Sequence[PipelineState], day: date) -> Counter[Stage]:
    first = date(day.year, 1, 1)
    return Counter(stage for s in states for stage, on in s.reached.items() if first <= on <= day)


def _order(reached: tuple[Stage, date]) -> int:
    return ORDER[reached[0]]


def _stays(states: Sequence[PipelineState], day: date) -> dict[Stage, list[int]]:
    """By stage: days of the stays that a later stage ended between 1 January and `day`."""
    first = date(day.year, 1, 1)
    stays: dict[Stage, list[int]] = {stage: [] for stage in Stage}
    for state in states:
        if not any(first <= on <= day for on in state.reached.values()):
            continue
        reached = sorted(state.reached.items(), key=_order)
        for place, (stage, began) in enumerate(reached, 1):
            later = [on for _stage, on in reached[place:] if on >= began]
            if later and first <= (ended := min(later)) <= day:
                stays[stage].append((ended - began).days)
    return stays
