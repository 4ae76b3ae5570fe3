"""What was worked out for a person, kept while the journal stands as it stood.

Every write is journalled in its transaction: a write by anybody moves the journal's head, and what was kept
under the old head is not asked for any more. What only the clock changes is seen within KEPT_SECONDS.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.translation import get_language

from wenpan.district.ground.journal import queries as journal

KEPT_SECONDS = 300  # how long it holds while nobody writes; 0: never kept
T = TypeVar("T")


def kept(name: str, user: Any, at: datetime, make: Callable[[], T]) -> T:
    """`make()` as it was for this person, language and head of the journal, or made now. No None."""
    if not KEPT_SECONDS:
        return make()
    key = _key(name, user, at)
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found


def renew(name: str, user: Any, at: datetime, value: object) -> None:
    """What was worked out anew just now takes the place of what was kept."""
    if KEPT_SECONDS:
        cache.set(_key(name, user, at), value, KEPT_SECONDS)


def _key(name: str, user: Any, at: datetime) -> str:
    span = int(at.timestamp()) // KEPT_SECONDS
    whose = f"{user.pk}:{user.role}:{user.unit_id}:{get_language()}"
    return f"{name}:{whose}:{journal.head()}:{span}"
