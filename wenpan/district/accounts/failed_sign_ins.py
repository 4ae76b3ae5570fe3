"""Refused sign-ins: which of them are written into the journal, and by what name.

The journal can not be shortened, so a guesser must not be able to fill it: from one network address the
first tries of a quarter of an hour are written one by one, then only each doubling of their number; the
same over all addresses together. Counted in the memory of each process. The guard against guessing
(attempts.py) counts on its own.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache

WINDOW = 15 * 60  # seconds
_SHOWN = 2  # letters of a name that no account has


def count(address: str) -> tuple[int, int]:
    """One more refused try: (tries from this address, from everywhere) in the present window."""
    return _one_more(f"refused:{address}"), _one_more("refused:everywhere")


def _one_more(key: str) -> int:
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended between the two lines
        cache.set(key, 1, WINDOW)
        return 1


def worth_telling(tries: int, everywhere: int) -> bool:
    return _in_step(tries, settings.REFUSALS_PER_ADDRESS) and _in_step(everywhere, settings.REFUSALS_IN_ALL)


def _in_step(number: int, most: int) -> bool:
    """1 … most, then most·2, most·4, most·8 …"""
    times, rest = divmod(number, most)
    return number <= most or (rest == 0 and times & (times - 1) == 0)


def tried_name(username: str, known: bool) -> str:
    """The name as it is written down. A name that no account has may be a password typed into the wrong
    field: only its beginning and its length are kept."""
    if known:
        return username
    return f"{username[:_SHOWN]}…({len(username)})"
