"""The clock against a simulator that counts single minutes: do they ever differ?

    python benchmarks/clock.py [--cases 100000] [--processes 2] [--seed 20221014] [--write]

The simulator shares no code with `economy.clock`: it knows no prefix sums, no spans and no limits of
days, only a long row of minutes, each worked or not by the words of the notice, each paused or not by
walking through the events. Calendars are drawn too: the published one, others with random holidays,
调休 and half-days, with one to three spans a day, with years whose notice is not out. Each case
compares due, original due, elapsed minutes, paused, overdue and estimated.
"""

from __future__ import annotations

import argparse
import os
import random
import time as clock_time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wenpan.economy.time.calendars import Calendar
from wenpan.economy.time.clock import ClockEvent, ClockEventKind, ClockReading, Limit, LimitUnit, read
from wenpan.rules import load_yaml

FIRST, LAST = date(2021, 12, 1), date(2028, 12, 31)
ORIGIN = datetime.combine(FIRST, time())
MINUTES = ((LAST - FIRST).days + 1) * 1440
CALENDARS = 24


@dataclass(frozen=True)
class Case:
    calendar: int
    events: tuple[ClockEvent, ...]
    at: datetime


@dataclass(frozen=True)
class Simulated:
    due: datetime | None
    original_due: datetime | None
    elapsed: int
    paused: bool
    overdue: bool
    estimated: bool


@lru_cache(maxsize=1)
def calendars(seed: int) -> tuple[Calendar, ...]:
    """The published calendar, and random ones that no notice would print."""
    china = Calendar.from_data(load_yaml("calendars/china")[0])
    rng = random.Random(seed)
    return (china, *(_drawn(rng, china) for _ in range(CALENDARS - 1)))


def _drawn(rng: random.Random, china: Calendar) -> Calendar:
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    holidays = frozenset(d for d in days if rng.random() < 0.08)
    workdays = frozenset(d for d in days if d.weekday() >= 5 and rng.random() < 0.15) - holidays
    half = frozenset(d for d in days if rng.random() < 0.1)
    marks = sorted(rng.sample(range(6 * 4, 22 * 4), 2 * rng.randint(1, 3)))  # quarters of an hour
    spans = tuple((_clock(a), _clock(b)) for a, b in zip(marks[::2], marks[1::2], strict=True))
    published = frozenset(y for y in range(FIRST.year, LAST.year + 1) if rng.random() < 0.7)
    return Calendar(holidays, workdays, half, published or china.published, spans)


def _clock(quarters: int) -> time:
    return time(quarters // 4, 15 * (quarters % 4))


@lru_cache(maxsize=CALENDARS)
def worked_minutes(seed: int, index: int) -> NDArray[np.bool_]:
    """For each minute from the first day on: is it worked? Straight from the words of the notice."""
    calendar = calendars(seed)[index]
    row = np.zeros(MINUTES, dtype=bool)
    for n in range(MINUTES // 1440):
        day = FIRST + timedelta(days=n)
        at_home = day in calendar.holidays or day.weekday() >= 5
        if at_home and day not in calendar.workdays:
            continue
        for a, b in calendar.spans[:1] if day in calendar.half_days else calendar.spans:
            start, stop = a.hour * 60 + a.minute, b.hour * 60 + b.minute
            row[n * 1440 + start : n * 1440 + stop] = True
    return row


def minute(moment: datetime) -> int:
    return int((moment - ORIGIN).total_seconds()) // 60


def simulate(case: Case, seed: int) -> Simulated:
    calendar = calendars(seed)[case.calendar]
    known = [e for e in case.events if e.at <= case.at]
    limit = known[0].limit
    assert limit is not None
    counts = (
        worked_minutes(seed, case.calendar).copy() if limit.unit.is_working else np.ones(MINUTES, dtype=bool)
    )
    begin = minute(known[0].at)
    if limit.unit.is_days:
        begin = (begin // 1440 + 1) * 1440
    counts[:begin] = False
    allowed = _allowed(limit, calendar)
    original = _reached(counts, allowed)
    stopped_for_good = _pause(counts, known)
    more = sum(_allowed(e.limit, calendar) for e in known if e.kind is ClockEventKind.EXTEND and e.limit)
    done = next((minute(e.at) for e in known if e.kind is ClockEventKind.DONE), None)
    end = max(begin, minute(case.at) if done is None else min(done, minute(case.at)))
    elapsed, due = int(counts[:end].sum()), _reached(counts, allowed + more)
    return Simulated(
        due=due,
        original_due=original,
        elapsed=elapsed,
        paused=stopped_for_good,
        overdue=due is not None and minute(due) < end,
        estimated=due is not None and due.year not in calendar.published,
    )


def _allowed(limit: Limit, calendar: Calendar) -> int:
    full_day = 0
    for a, b in calendar.spans:
        full_day += (b.hour - a.hour) * 60 + b.minute - a.minute
    minutes = {"working_days": full_day, "working_hours": 60, "days": 1440, "hours": 60}
    return limit.amount * minutes.get(limit.unit, 1)


def _pause(counts: NDArray[np.bool_], events: list[ClockEvent]) -> bool:
    """Takes the paused minutes out of the row; is a pause still open at the end?"""
    since: int | None = None
    for event in events:
        if event.kind is ClockEventKind.PAUSE and since is None:
            since = minute(event.at)
        elif event.kind is ClockEventKind.RESUME and since is not None:
            counts[since : minute(event.at)] = False
            since = None
    if since is not None:
        counts[since:] = False
    return since is not None


def _reached(counts: NDArray[np.bool_], wanted: int) -> datetime | None:
    """The end of the `wanted`-th minute that counts; None if the row never gets there."""
    seen, step = 0, 20 * 1440
    first = int(counts.argmax())
    for start in range(first, MINUTES, step):
        hits = np.flatnonzero(counts[start : start + step])
        if seen + len(hits) >= wanted:
            return ORIGIN + timedelta(minutes=start + int(hits[wanted - seen - 1]) + 1)
        seen += len(hits)
    return None


def draw(rng: random.Random) -> Case:
    """A start, pauses (doubled, open, before the count begins), extensions, perhaps done."""
    start = ORIGIN + timedelta(minutes=rng.randrange(4 * 365 * 1440))
    unit = rng.choice(list(LimitUnit))
    events = [
        ClockEvent(start, ClockEventKind.START, Limit(rng.randint(1, 12 if unit.is_days else 60), unit))
    ]
    moment = start
    for _ in range(rng.choice([0, 0, 1, 1, 2, 4])):
        moment += timedelta(minutes=rng.choice([0, 1, rng.randint(1, 60), rng.randint(1, 9000)]))
        events.append(ClockEvent(moment, ClockEventKind.PAUSE))
        if rng.random() < 0.1:
            events.append(ClockEvent(moment, ClockEventKind.PAUSE))
        if rng.random() < 0.92:
            moment += timedelta(minutes=rng.choice([0, 1, rng.randint(1, 12000)]))
            events.append(ClockEvent(moment, ClockEventKind.RESUME))
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        at = start + timedelta(minutes=rng.randint(0, 9000))
        events.append(ClockEvent(at, ClockEventKind.EXTEND, Limit(rng.randint(1, 5), unit)))
    if rng.random() < 0.3:
        events.append(ClockEvent(start + timedelta(minutes=rng.randint(0, 30000)), ClockEventKind.DONE))
    events.sort(key=lambda e: e.at)
    at = start + timedelta(minutes=rng.choice([0, rng.randint(0, 40000), 200000]))
    return Case(rng.randrange(CALENDARS), tuple(events), at)


def differences(seed: int, numbers: range) -> tuple[int, int, list[str]]:
    """(cases, of them with a due moment, what differs)."""
    told, with_due = list[str](), 0
    for number in numbers:
        case = draw(random.Random(seed * 1_000_003 + number))
        found = read(case.events, calendar=calendars(seed)[case.calendar], at=case.at)
        expected = simulate(case, seed)
        with_due += expected.due is not None
        told += [f"case {number}: {line}" for line in _unequal(found, expected)]
    return len(numbers), with_due, told


def _unequal(found: ClockReading, expected: Simulated) -> Iterator[str]:
    for name in ("due", "original_due", "elapsed", "paused", "overdue", "estimated"):
        mine, other = getattr(found, name), getattr(expected, name)
        if mine != other:
            yield f"{name} clock {mine} simulator {other}"


def _work(task: tuple[int, range]) -> tuple[int, int, list[str]]:
    os.nice(10)
    return differences(*task)


def run(cases: int, processes: int, seed: int) -> tuple[int, int, list[str]]:
    size = max(1, cases // (processes * 4))
    tasks = [(seed, range(n, min(n + size, cases))) for n in range(0, cases, size)]
    with get_context("spawn").Pool(processes, maxtasksperchild=4) as pool:
        parts = pool.map(_work, tasks, chunksize=1)
    return sum(p[0] for p in parts), sum(p[1] for p in parts), [line for p in parts for line in p[2]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20221014)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    began = clock_time.monotonic()
    cases, with_due, told = run(args.cases, args.processes, args.seed)
    seconds = clock_time.monotonic() - began
    lines = [
        f"cases {cases}, of them with a due moment {with_due}, calendars {CALENDARS}, seed {args.seed}",
        f"mismatches {len(told)} ({seconds:.0f} s, {args.processes} processes)",
        *told[:20],
    ]
    print("\n".join(lines))
    if args.write:
        note = Path(__file__).with_suffix(".md")
        head, _, _ = note.read_text(encoding="utf-8").partition("<!-- numbers -->")
        body = "\n".join(f"    {line}" for line in lines)
        note.write_text(f"{head}<!-- numbers -->\n\n{body}\n", encoding="utf-8")
    raise SystemExit(bool(told))


if __name__ == "__main__":
    main()
