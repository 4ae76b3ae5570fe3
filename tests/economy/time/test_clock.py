"""The clock against a simulator that walks minute by minute and shares no code with it."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml

from benchmarks import clock as minutes
from wenpan.economy.time.calendars import Calendar
from wenpan.economy.time.clock import ClockEvent, ClockEventKind, Limit, LimitUnit, read

DATA = yaml.safe_load(
    (Path(__file__).parents[3] / "wenpan" / "rules" / "calendars" / "china.yaml").read_text(encoding="utf-8")
)
CHINA = Calendar.from_data(DATA)
START, PAUSE, RESUME, EXTEND, DONE = ClockEventKind


def due(start: str, amount: int, unit: LimitUnit, *more: ClockEvent) -> datetime | None:
    events = [ClockEvent(datetime.fromisoformat(start), START, Limit(amount, unit)), *more]
    return read(events, calendar=CHINA, at=datetime(2030, 1, 1)).due


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected", "why"),
    [
        (
            "2022-09-30 16:00",
            3,
            LimitUnit.WORKING_DAYS,
            "2022-10-10 17:30",
            "国庆七天放假, 8日9日周末调休上班",
        ),
        ("2022-10-14 09:00", 3, LimitUnit.WORKING_DAYS, "2022-10-19 17:30", "周五交办, 下周三到期"),
        (
            "2022-10-14 17:00",
            2,
            LimitUnit.WORKING_HOURS,
            "2022-10-17 10:00",
            "周五剩半小时, 周一再算一个半小时",
        ),
        ("2022-10-14 09:00", 3, LimitUnit.DAYS, "2022-10-18 00:00", "自然日次日起算, 满三日"),
        ("2022-10-14 09:00", 2, LimitUnit.HOURS, "2022-10-14 11:00", "小时当即起算"),
        ("2022-01-28 09:00", 1, LimitUnit.WORKING_DAYS, "2022-01-29 17:30", "春节前周六调休上班"),
    ],
)
def test_a_deadline_follows_holidays_and_made_up_working_days(start, amount, unit, expected, why):
    assert due(start, amount, unit) == datetime.fromisoformat(expected), why


def test_an_open_pause_leaves_the_deadline_open_and_does_not_count():
    pause = ClockEvent(datetime(2022, 10, 17, 10), PAUSE)
    events = [ClockEvent(datetime(2022, 10, 14, 9), START, Limit(3, LimitUnit.WORKING_DAYS)), pause]
    reading = read(events, calendar=CHINA, at=datetime(2022, 12, 1))
    assert reading.due is None and reading.paused and not reading.overdue
    assert reading.elapsed == 90  # Monday 08:30 to 10:00


def test_an_extension_moves_the_deadline_and_keeps_the_original_promise():
    events = [
        ClockEvent(datetime(2022, 10, 14, 9), START, Limit(3, LimitUnit.WORKING_DAYS)),
        ClockEvent(datetime(2022, 10, 18, 9), EXTEND, Limit(2, LimitUnit.WORKING_DAYS)),
    ]
    reading = read(events, calendar=CHINA, at=datetime(2022, 10, 18, 10))
    assert reading.original_due == datetime(2022, 10, 19, 17, 30)
    assert reading.due == datetime(2022, 10, 21, 17, 30)


def test_what_is_asked_of_the_past_does_not_know_the_future():
    events = [
        ClockEvent(datetime(2022, 10, 14, 9), START, Limit(3, LimitUnit.WORKING_DAYS)),
        ClockEvent(datetime(2022, 10, 25, 9), DONE),
    ]
    before = read(events, calendar=CHINA, at=datetime(2022, 10, 24))
    assert before.overdue and before.done_at is None


def test_a_year_without_a_notice_is_estimated_and_says_so():
    events = [ClockEvent(datetime(2026, 12, 30, 9), START, Limit(3, LimitUnit.WORKING_DAYS))]
    reading = read(events, calendar=CHINA, at=datetime(2026, 12, 30, 10))
    assert reading.estimated
    assert reading.due == datetime(2027, 1, 5, 17, 30)  # 31 December, 4 and 5 January; New Year's Day is off


def test_a_half_day_counts_for_half():
    half = Calendar(
        CHINA.holidays, CHINA.workdays, frozenset({date(2022, 10, 17)}), CHINA.published, CHINA.spans
    )
    events = [ClockEvent(datetime(2022, 10, 14, 9), START, Limit(1, LimitUnit.WORKING_DAYS))]
    assert read(events, calendar=half, at=datetime(2022, 12, 1)).due == datetime(2022, 10, 18, 12)


def _worked(calendar: Calendar, moment: datetime) -> bool:
    """Is the minute that begins at `moment` worked? Straight from the words of the notice."""
    day = moment.date()
    if day in calendar.holidays or (day.weekday() >= 5 and day not in calendar.workdays):
        return False
    spans = calendar.spans[:1] if day in calendar.half_days else calendar.spans
    return any(a <= moment.time() < b for a, b in spans)


def _simulate(calendar: Calendar, events: list[ClockEvent], until: datetime) -> datetime | None:
    limit = events[0].limit
    assert limit is not None
    day = sum(
        (datetime.combine(date.min, b) - datetime.combine(date.min, a)).seconds // 60
        for a, b in calendar.spans
    )
    per = {"working_days": day, "working_hours": 60, "days": 1440, "hours": 60}
    left = limit.amount * per.get(limit.unit, 1) + sum(
        e.limit.amount * per.get(e.limit.unit, 1) for e in events if e.kind is EXTEND and e.limit
    )
    now = events[0].at
    if limit.unit.is_days:
        now = datetime.combine(now.date() + timedelta(days=1), time())
    paused, queue = False, [e for e in events if e.kind in (PAUSE, RESUME)]
    while now < until:
        while queue and queue[0].at <= now:
            paused = queue.pop(0).kind is PAUSE
        if not paused and (not limit.unit.is_working or _worked(calendar, now)):
            left -= 1
            if left == 0:
                return now + timedelta(minutes=1)
        now += timedelta(minutes=1)
    return None


def random_case(rng: random.Random) -> list[ClockEvent]:
    start = datetime(2021, 12, 20) + timedelta(minutes=rng.randrange(400 * 1440))
    unit = rng.choice(list(LimitUnit))
    amount = rng.randint(1, 4) if unit.is_days else rng.randint(1, 20)
    events = [ClockEvent(start, START, Limit(amount, unit))]
    moment = start
    for _ in range(rng.choice([0, 0, 1, 2])):
        moment += timedelta(minutes=rng.randint(1, 3000))
        events.append(ClockEvent(moment, PAUSE))
        moment += timedelta(minutes=rng.randint(1, 4000))
        events.append(ClockEvent(moment, RESUME))
    if rng.random() < 0.3:
        events.append(ClockEvent(start + timedelta(minutes=1), EXTEND, Limit(rng.randint(1, 2), unit)))
    return sorted(events, key=lambda event: event.at)


def test_the_clock_equals_a_simulator_that_walks_minute_by_minute():
    rng = random.Random(20221014)
    half = frozenset(date(2022, 1, 1) + timedelta(days=7 * k + 2) for k in range(50))
    calendar = Calendar(CHINA.holidays, CHINA.workdays, half, CHINA.published, CHINA.spans)
    for _ in range(300):
        events = random_case(rng)
        found = read(events, calendar=calendar, at=datetime(2024, 1, 1)).due
        assert found == _simulate(calendar, events, datetime(2024, 1, 1)), events


def test_the_clock_equals_the_row_of_minutes_of_the_benchmark() -> None:
    cases, with_due, told = minutes.differences(20221014, range(2000))
    assert (cases, told) == (2000, [])
    assert with_due > 1500


def test_the_row_of_minutes_equals_the_walk_minute_by_minute() -> None:
    """The simulator of 100,000 cases is itself held against the slower one."""
    china, until = minutes.calendars(7)[0], datetime(2028, 1, 1)
    rng = random.Random(7)
    for _ in range(60):
        events = tuple(random_case(rng))
        case = minutes.Case(0, events, until)
        assert minutes.simulate(case, 7).due == _simulate(china, list(events), datetime(2024, 1, 1)), events


def test_a_clock_that_forgets_pauses_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(events: list[ClockEvent], *, calendar: Calendar, at: datetime):
        kept = [e for e in events if e.kind not in (PAUSE, RESUME)]
        return read(kept, calendar=calendar, at=at)

    monkeypatch.setattr(minutes, "read", deaf)
    assert minutes.differences(20221014, range(200))[2]


@pytest.mark.parametrize("year", range(2027, 2056, 4))
def test_a_year_far_ahead_is_estimated_and_never_a_crash(year: int) -> None:
    events = [ClockEvent(datetime(year, 12, 30, 9), START, Limit(15, LimitUnit.WORKING_DAYS))]
    reading = read(events, calendar=CHINA, at=datetime(year, 12, 31))
    assert reading.estimated and reading.due is not None and reading.due.year == year + 1
