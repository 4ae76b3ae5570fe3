"""When a digest goes and when a failed one is tried again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta


def half_day(local: datetime, noon: int) -> str:
    """`2022-10-14上午`: the half-day of a moment in the place's own time; `noon` o'clock begins 下午."""
    return f"{local:%Y-%m-%d}{'上午' if local.hour < noon else '下午'}"


def envelope_key(channel: str, person: int, local: datetime, noon: int) -> str:
    return f"{channel}:{person}:{half_day(local, noon)}"


def next_try(at: datetime, attempts: int, retry_minutes: tuple[int, ...]) -> datetime | None:
    """After the `attempts`-th failure: when to try again; None when all tries are used up."""
    if attempts > len(retry_minutes):
        return None
    return at + timedelta(minutes=retry_minutes[attempts - 1])
