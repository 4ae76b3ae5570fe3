"""When a digest goes and when a failed one is tried again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from wenpan.economy.time.calendars import Calendar

MINUTE = timedelta(minutes=1)


def half_day(local: datetime, noon: int) -> str:
    """`2022-10-14上午`: the half-day of a moment in the place's own time; `noon` o'clock begins 下午."""
    return f"{local:%Y-%m-%d}{'上午' if local.hour < noon else '下午'}"


def envelope_key(channel: str, person: int, local: datetime, noon: int) -> str:
    """`person`: 0 for a group."""
    return f"{channel}:{person}:{half_day(local, noon)}"


def is_quiet(local: datetime, calendar: Calendar) -> bool:
    """Outside the hours from the first minute of a working day to its last; a lunch is no quiet hour."""
    spans = calendar.spans_on(local.date())
    return not spans or not spans[0][0] <= local.time() < spans[-1][1]


def next_try(at: datetime, attempts: int, retry_minutes: tuple[int, ...], wait: int = 0) -> datetime | None:
    """After the `attempts`-th failure: when to try again, `wait` minutes at the earliest; None when all tries
    are used up."""
    if attempts > len(retry_minutes):
        return None
    return at + timedelta(minutes=max(retry_minutes[attempts - 1], wait))
