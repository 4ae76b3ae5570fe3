"""The clocks of requests against a simulator of single minutes: random histories, 100,000 with --full.

    python benchmarks/request_clocks.py [--full] [--cases 5000] [--processes 2] [--seed 20221014] [--write]

The simulator shares no code with `economy.requests.clocks` nor with `economy.time.clock`: between two events
it asks anew, from all events so far, whether the clock counts, marks the minutes of a long row, and looks
where the last allowed minute ends. Histories are sane and mad: reopenings, pauses that are doubled, never
ended or begun while closed, contacts before acceptance, extensions, moments across Spring Festival and
调休. Rules are the shipped sets and drawn ones (all four reopenings, all units, months, three countings,
rolling last days, collection days). Compared are state, due moment, end and number of rounds.
"""

from __future__ import annotations

import argparse
import os
import random
import time as clock_time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.clock import CALENDARS, FIRST, MINUTES, ORIGIN, calendars, minute, worked_minutes
from wenpan.economy.requests.clock_rules import RequestClockRule, RequestRules
from wenpan.economy.requests.clocks import request_clocks
from wenpan.economy.requests.events import RequestEvent, RequestEventKind, RequestOutcome
from wenpan.rules.requests import request_rules

K = RequestEventKind
UNITS = ("working_days", "working_hours", "working_minutes", "days", "hours", "minutes")
DRAWN = 60


@dataclass(frozen=True)
class History:
    calendar: int
    rules: RequestRules
    request_class: str
    events: tuple[RequestEvent, ...]
    at: datetime


@lru_cache(maxsize=1)
def rule_sets(seed: int) -> tuple[RequestRules, ...]:
    rng = random.Random(seed)
    return (*request_rules().values(), *(_drawn_rules(rng) for _ in range(DRAWN)))


def _drawn_rules(rng: random.Random) -> RequestRules:
    clocks = []
    for code, ends in (
        ("contact", ["contacted", "closed"]),
        ("reply", ["replied", "closed"]),
        ("close", ["closed"]),
    ):
        unit = rng.choice(UNITS)
        most = {"working_days": 20, "days": 40, "hours": 200, "working_hours": 60}.get(unit, 3000)
        clocks.append({
            "code": code, "name": code, "ends": ends, "unit": unit, "limit": rng.randint(1, most),
            "begins": rng.choice(["received", "accepted", "assigned", "collected"]),
            "counting": rng.choice(["by_law", "by_law", "at_once", "same_day", "next_day"]),
            "reopening": rng.choice(["continues", "runs_through", "restarts", "stays"]),
            "pauses": rng.random() < 0.7, "extends": rng.random() < 0.7, "rolls": rng.random() < 0.4,
        })  # fmt: skip
        if rng.random() < 0.2:
            clocks[-1]["limit"] = {"months": rng.randint(1, 3)}
    days = rng.choice([[15, 30], [1], [10, 20, 31]])
    return RequestRules.from_data(
        {
            "version": "1",
            "effective_from": date(2000, 1, 1),
            "source": "drawn",
            "clocks": clocks,
            "collected": days,
        }
    )


def draw(rng: random.Random, seed: int) -> History:
    rules = rng.choice(rule_sets(seed))
    now = ORIGIN + timedelta(minutes=rng.randrange(4 * 365 * 1440))
    events = [RequestEvent(now, K.RECEIVED)]
    often = [K.PAUSED, K.RESUMED, K.CLOSED, K.REOPENED]
    once = [K.CONTACTED, K.REPLIED, K.EXTENDED, K.DECLINED, K.MESSAGED, K.ACCEPTED, K.ASSIGNED, K.SIGNED_FOR]
    kinds = [*often, *often, *once, K.PROGRESSED]
    planned = [K.ACCEPTED, K.ASSIGNED] if rng.random() < 0.8 else []
    planned += rng.choices(kinds, k=rng.choice([0, 1, 2, 4, 8]))
    for kind in planned:
        now += timedelta(
            minutes=rng.choice([0, 1, rng.randint(1, 90), rng.randint(1, 3000), rng.randint(1, 15000)])
        )
        outcome = rng.choice(list(RequestOutcome)) if kind is K.CLOSED else None
        events.append(
            RequestEvent(now, kind, outcome=outcome, days=rng.randint(1, 5) if kind is K.EXTENDED else None)
        )
    at = rng.choice(
        [now, now, events[0].at, now + timedelta(minutes=rng.randint(0, 40000)), now + timedelta(days=90)]
    )
    return History(rng.randrange(CALENDARS), rules, rng.choice(["", *rules.classes]), tuple(events), at)


@dataclass(frozen=True)
class SimulatedClock:
    code: str
    state: str
    due: datetime | None
    ended: datetime | None
    rounds: int


def simulate(history: History, seed: int) -> list[SimulatedClock]:
    chosen = history.request_class or history.rules.default_class
    clocks = [(rule, rule.limits.get(chosen) or rule.limits.get("")) for rule in history.rules.clocks]
    return [_simulated(history, rule, limit, seed) for rule, limit in clocks if limit]


def _simulated(history: History, rule: RequestClockRule, given: object, seed: int) -> SimulatedClock:
    known = [event for event in history.events if event.at <= history.at]
    first = _first(known, rule, history)
    ended, reopenings = _ends(known, rule)
    gone = [e for e in known if e.kind in (K.CLOSED, K.DECLINED)]
    given_up = bool(gone) and (gone[-1].kind is K.DECLINED or gone[-1].outcome is RequestOutcome.WITHDRAWN)
    done = "stopped" if given_up else "met"
    if first is None:
        if ended is None:
            return SimulatedClock(rule.code, "open", None, None, 0)
        return SimulatedClock(rule.code, done, None, ended, len(reopenings) + 1)
    begin = reopenings[-1] if reopenings and rule.reopening == "restarts" else first
    calendar = calendars(seed)[history.calendar]
    working = given.limit.unit.startswith("working")  # type: ignore[attr-defined]
    row = worked_minutes(seed, history.calendar).copy() if working else np.ones(MINUTES, dtype=bool)
    for number, (here, there) in enumerate(zip(known, [*known[1:], None], strict=True), start=1):
        until = MINUTES if there is None else minute(there.at)
        so_far = known[:number]
        over_for_good = there is None and ended is not None
        if not over_for_good and _still(so_far, rule):
            row[minute(max(here.at, begin)) : until] = False  # a round looks at nothing before it
    if ended is not None:  # as if it had gone on
        row[minute(ended) :] = worked_minutes(seed, history.calendar)[minute(ended) :] if working else True
    start, allowed = _start_and_minutes(given, begin, calendar)
    row[:start] = False
    more = [e for e in known if e.kind is K.EXTENDED and e.at >= begin]
    if rule.extends:
        day = (
            sum((b.hour - a.hour) * 60 + b.minute - a.minute for a, b in calendar.spans) if working else 1440
        )
        allowed += sum((e.days or 0) * day for e in more)
    due = _where_reached(row, allowed)
    if due is not None and rule.rolls and given.limit.unit == "days":  # type: ignore[attr-defined]
        due = _rolled(due, worked_minutes(seed, history.calendar))
    late = due is not None and (ended or history.at) > due
    waiting = rule.pauses and ended is None and _paused(known)
    state = "late" if late else done if ended is not None else "paused" if waiting else "open"
    return SimulatedClock(rule.code, state, due, ended, len(reopenings) + 1)


def _first(known: Sequence[RequestEvent], rule: RequestClockRule, history: History) -> datetime | None:
    if rule.begins != "collected":
        return next((e.at for e in known if e.kind.value == rule.begins), None)
    day = history.events[0].at.date()
    while True:
        last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        if day.day in history.rules.collected or (
            day == last and any(d > day.day for d in history.rules.collected)
        ):
            break
        day += timedelta(days=1)
    begin = max(datetime(day.year, day.month, day.day), history.events[0].at)
    return begin if begin <= history.at else None


def _ends(known: Sequence[RequestEvent], rule: RequestClockRule) -> tuple[datetime | None, list[datetime]]:
    """(its end, if it has ended; the reopenings that made it run again)."""
    ended: datetime | None = None
    again: list[datetime] = []
    for event in known:
        if ended is None and (event.kind in rule.ends or event.kind is K.DECLINED):
            ended = event.at
        elif ended is not None and event.kind is K.REOPENED and rule.reopening != "stays":
            ended = None
            again.append(event.at)
    return ended, again


def _paused(so_far: Sequence[RequestEvent]) -> bool:
    """Paused since the last closing or reopening? Nothing can be paused while it is closed."""
    closed, paused = False, False
    for event in so_far:
        if event.kind in (K.CLOSED, K.DECLINED):
            closed = True
        if event.kind is K.REOPENED:
            closed = False
        if event.kind is K.PAUSED:
            paused = not closed
        if event.kind is K.RESUMED or closed:
            paused = False
    return paused


def _still(so_far: Sequence[RequestEvent], rule: RequestClockRule) -> bool:
    ended, _ = _ends(so_far, rule)
    if ended is not None:
        return rule.reopening == "continues"
    return rule.pauses and _paused(so_far)


def _start_and_minutes(given: object, begin: datetime, calendar: object) -> tuple[int, int]:
    limit, months = given.limit, given.months  # type: ignore[attr-defined]
    at, midnight = minute(begin), minute(begin) // 1440 * 1440
    if months:
        day, wanted, passed = begin.date(), begin.day, 0
        while months:
            day += timedelta(days=1)
            passed += 1
            if day.day == wanted or (day.day < wanted and (day + timedelta(days=1)).month != day.month):
                months -= 1
        return midnight + 1440, passed * 1440
    day_minutes = sum((b.hour - a.hour) * 60 + b.minute - a.minute for a, b in calendar.spans)  # type: ignore[attr-defined]
    each = {"working_days": day_minutes, "days": 1440, "hours": 60, "working_hours": 60}.get(limit.unit, 1)
    by_law = "next_day" if limit.unit.endswith("days") else "at_once"
    counting = by_law if limit.counting == "by_law" else limit.counting
    start = {"next_day": midnight + 1440, "same_day": midnight, "at_once": at}[counting]
    return start, limit.amount * each


def _where_reached(row: np.ndarray, wanted: int) -> datetime | None:
    hits = np.flatnonzero(row)
    return ORIGIN + timedelta(minutes=int(hits[wanted - 1]) + 1) if len(hits) >= wanted else None


def _rolled(due: datetime, worked: np.ndarray) -> datetime:
    day = (minute(due) - 1) // 1440
    if worked[day * 1440 : (day + 1) * 1440].any():
        return due
    while not worked[day * 1440 : (day + 1) * 1440].any():
        day += 1
    return datetime.combine(FIRST, datetime.min.time()) + timedelta(days=day + 1)


def differences(seed: int, numbers: range) -> tuple[int, int, list[str]]:
    """(histories, clocks compared, what differs)."""
    told, clocks = list[str](), 0
    for number in numbers:
        history = draw(random.Random(seed * 1_000_003 + number), seed)
        found = request_clocks(
            history.events, history.rules, calendar=calendars(seed)[history.calendar], at=history.at,
            request_class=history.request_class,
        )  # fmt: skip
        mine = [SimulatedClock(c.code, c.state.value, c.due, c.ended, len(c.rounds)) for c in found]
        theirs = simulate(history, seed)
        clocks += len(theirs)
        told += [f"{number}: clock {a} simulator {b}" for a, b in zip(mine, theirs, strict=True) if a != b]
    return len(numbers), clocks, told


def _work(task: tuple[int, range]) -> tuple[int, int, list[str]]:
    os.nice(10)
    return differences(*task)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--full", action="store_true", help="100,000 cases")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20221014)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.full:
        args.cases = 100_000
    began = clock_time.monotonic()
    size = max(1, args.cases // (args.processes * 8))
    tasks = [(args.seed, range(n, min(n + size, args.cases))) for n in range(0, args.cases, size)]
    with get_context("spawn").Pool(args.processes) as pool:
        parts = pool.map(_work, tasks, chunksize=1)
    told = [line for part in parts for line in part[2]]
    lines = [
        f"histories {sum(p[0] for p in parts)}, clocks compared {sum(p[1] for p in parts)}, seed {args.seed}",
        f"mismatches {len(told)} ({clock_time.monotonic() - began:.0f} s, {args.processes} processes)",
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
