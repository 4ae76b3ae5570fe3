"""What was worked out for a person, kept while the journal stands as it stood.

Every write is journalled in its transaction: a write by anybody moves the journal's head, and what was kept
under the old head is not asked for any more. That somebody looked at single returns is journalled too and
writes nothing else: it does not count. What only the clock changes is seen within KEPT_SECONDS.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.translation import get_language

from wenpan.district.ground.journal import queries as journal
from wenpan.district.ground.journal.chain import GENESIS
from wenpan.district.ground.journal.models import Entry

KEPT_SECONDS = 300  # how long it holds while nobody writes; 0: never kept
T = TypeVar("T")
_LAST_DEED = "journal_cache.last_deed"  # (sequence and hash of an entry, hash of the last deed up to it)
_MOST_READINGS = 200  # between two looks; where there are more the last deed is sought in the whole journal


def cached(name: str, user: Any, at: datetime, make: Callable[[], T]) -> T:
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
    return f"{name}:{whose}:{last_deed()}:{span}"


def last_deed() -> str:
    """The hash of the newest entry that is no reading. One query, unless very much was read since."""
    at, known, deed = cache.get(_LAST_DEED) or (0, "", "")
    rows = Entry.objects.filter(sequence__gte=at).order_by("-sequence")
    told = list(rows.values_list("sequence", "hash", "action")[: _MOST_READINGS + 1])
    new = next((hashed for number, hashed, action in told if action != journal.READING and number > at), None)
    follows = bool(told) and told[-1][:2] == (at, known)  # else another journal, or one undone since
    if new is None or not follows:
        new = deed if follows else _sought()
    if told and (told[0][:2] != (at, known) or not follows):
        cache.set(_LAST_DEED, (*told[0][:2], new), None)
    return new


def _sought() -> str:
    deeds = Entry.objects.exclude(action=journal.READING).order_by("-sequence")
    return deeds.values_list("hash", flat=True).first() or GENESIS
