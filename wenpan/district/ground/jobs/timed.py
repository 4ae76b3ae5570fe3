"""Timed work: what the worker starts by itself, once a slot of time.

    timed("supervision.tick", minutes=30)

The slot is part of the job's key: two workers, or the worker and `wenpan tick`, do it once. A slot that
nobody was awake for is not made up: the handler does what should have happened by now.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from wenpan.district.ground.jobs.actions import start
from wenpan.district.ground.jobs.models import Job

_kinds: dict[str, int] = {}


def timed(kind: str, *, minutes: int) -> None:
    """`minutes` divide an hour: slots begin with it."""
    if minutes < 1 or 60 % minutes:
        raise ValueError("minutes must divide an hour")
    _kinds[kind] = minutes


def slot_key(kind: str, at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{kind}:{local.replace(minute=local.minute - local.minute % _kinds[kind]):%Y-%m-%dT%H:%M}"


def start_due(*, at: datetime | None = None) -> list[Job]:
    """Starts what this slot of time has not seen yet."""
    at = at or timezone.now()
    keys = {slot_key(kind, at): kind for kind in _kinds}
    seen = set(Job.objects.filter(key__in=keys).values_list("key", flat=True))
    return [
        start(kind=kind, args={}, key=key, by=None, at=at) for key, kind in keys.items() if key not in seen
    ]
