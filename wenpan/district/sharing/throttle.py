"""How often something was asked within a while: counted in the memory of the process, never in the database
(reading writes nothing). With several processes each counts for itself, so the limit holds for each."""

from __future__ import annotations

import hashlib

from django.core.cache import cache


def too_often(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Counts this time too; True from the time after `most` on, until `seconds` after the first are over."""
    key = "asked:" + hashlib.sha256(f"{what}:{who}".encode()).hexdigest()[:40]
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return most < 1


def first_today(what: str, who: str, day: str) -> bool:
    """True once a day and process: what is read again and again is journalled once."""
    key = "read:" + hashlib.sha256(f"{what}:{who}:{day}".encode()).hexdigest()[:40]
    return cache.add(key, 1, 86_400)
