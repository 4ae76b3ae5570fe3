"""What was worked out for a person, kept until one of the tables that it read is written.

While it is worked out, the tables that its queries name are noted. Every write is journalled with the tables
that it touched (`journal.sealing`), so that each table has its newest deed; as long as that of every noted
table is the same, the same queries would give the same rows. What reads a table that the journal does not
cover is not kept; what rests on something kept by the journal (`journal_cache`) depends on every deed. What
only the clock changes is seen within KEPT_SECONDS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.utils.translation import get_language

from wenpan.district.ground.journal import queries as journal
from wenpan.district.ground.journal.cover import covered_models
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.registries import Providers
from wenpan.district.ui import journal_cache

T = TypeVar("T")
_DEEDS = "table_cache.deeds"
_MOST = 200  # entries between two looks; where there are more, everything counts as written
_TABLE = re.compile(r'\b(?:FROM|JOIN)\s+\(?"?(?!SELECT\b)(\w+)')
_CHANGES_NOTHING = frozenset({journal.READING, "accounts.sign_in", "accounts.sign_out"})
_ANY = "*"  # every table: the newest deed, whatever it wrote
_JOURNAL = frozenset({Entry._meta.db_table})
_ANY_OF_JOURNAL = frozenset({_ANY})
_NOT_KEPT = {"": ""}
_Held = tuple[dict[str, str], Any]  # the newest deed of each table that was read, and what was made of them


@dataclass(frozen=True)
class _Deeds:
    """Up to entry `sequence` with `hashed`: the newest deed of each table written since `base`; of all."""

    sequence: int = 0
    hashed: str = ""
    base: str = ""
    newest: str = ""
    of: dict[str, str] = field(default_factory=dict)

    def state(self, tables: frozenset[str]) -> dict[str, str]:
        return {table: self.newest if table == _ANY else self.of.get(table, self.base) for table in tables}


def ask_cached(name: str, providers: Providers[..., T], user: Any, at: datetime, *more: Any) -> list[T]:
    """What every provider says of the person at the moment, each as it was while none of the tables that it
    read was written, or made now."""
    if not journal_cache.KEPT_SECONDS:
        return providers.ask(user, at, *more)
    deeds = _deeds_now()
    if not deeds.newest:  # no journal yet
        return providers.ask(user, at, *more)
    seconds = journal_cache.KEPT_SECONDS
    told = ":".join(map(str, more))
    whose = f"{user.pk}:{user.role}:{user.unit_id}:{get_language()}:{int(at.timestamp()) // seconds}"
    key = f"tables:{name}:{told}:{whose}"
    held: dict[str, _Held] = cache.get(key) or {}
    now = {}
    for provider in providers.providers:
        one = f"{provider.__module__}.{provider.__qualname__}"
        standing = held.get(one)
        if standing is not None and deeds.state(frozenset(standing[0])) == standing[0]:
            now[one] = standing
        else:
            now[one] = _asked(deeds, lambda provider=provider: provider(user, at, *more))  # type: ignore[misc]
    if now != held:
        cache.set(key, {one: kept for one, kept in now.items() if kept[0] != _NOT_KEPT}, seconds)
    return [value for _state, value in now.values()]


def _asked(deeds: _Deeds, make: Callable[[], Any]) -> _Held:
    """What is made now, and the state of the tables that it read."""
    with _noted_tables() as named:
        value = make()
    if named & _JOURNAL:
        return deeds.state(_ANY_OF_JOURNAL), value
    return deeds.state(frozenset(named)) if named <= _covered() else _NOT_KEPT, value


@contextmanager
def _noted_tables() -> Iterator[set[str]]:
    named: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        named.update(_tables_of(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield named


@lru_cache(maxsize=2000)
def _tables_of(sql: str) -> tuple[str, ...]:
    return tuple(set(_TABLE.findall(sql)))


@lru_cache(maxsize=1)
def _covered() -> frozenset[str]:
    return frozenset(model._meta.db_table for model, _cover in covered_models())


def _deeds_now() -> _Deeds:
    """As the journal now stands. One query; what wrote no covered table (rules on disk) touches all."""
    then: _Deeds = cache.get(_DEEDS) or _Deeds()
    rows = Entry.objects.filter(sequence__gte=then.sequence).order_by("-sequence")
    told = list(rows.values_list("sequence", "hash", "action", "rows")[: _MOST + 1])
    if told and told[0][:2] == (then.sequence, then.hashed):
        return then
    if not told or told[-1][:2] != (then.sequence, then.hashed):  # another journal, one undone, or too much
        head = told[0] if told else (0, "", "", [])
        now = _Deeds(head[0], head[1], head[1], head[1])
    else:
        now = _on(then, list(reversed(told[:-1])))
    cache.set(_DEEDS, now, None)
    return now


def _on(then: _Deeds, entries: list[tuple[int, str, str, list[Any]]]) -> _Deeds:
    base, newest, of = then.base, then.newest, dict(then.of)
    for _sequence, hashed, action, rows in entries:
        if not rows and action in _CHANGES_NOTHING:
            continue
        newest = hashed
        if not rows:
            base, of = hashed, {}
        of |= {_db_table(label): hashed for label, *_rest in rows}
    return _Deeds(entries[-1][0], entries[-1][1], base, newest, of)


@lru_cache(maxsize=500)
def _db_table(label: str) -> str:
    """A model that is gone has no table."""
    try:
        return str(apps.get_model(label)._meta.db_table)
    except LookupError:
        return label
