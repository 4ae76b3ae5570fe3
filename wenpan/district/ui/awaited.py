"""What awaits a person, told by every room for itself: one query for bell, menu and the page 今日.

A room registers a provider: `awaited(provider)`, called with the person and the moment, gives the groups of
acts that this person can do now, each with how many there are and the first of them. What can be done for
many at once is a `BatchAct`, registered by its code; a group names those that fit it. Providers answer for
permissions themselves. A number is the length of the list. The bell's is kept while the journal stands as it
stood (`journal_cache`), a room's groups while nobody writes what it read (`table_cache`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wenpan.district.ground.refused import Refused
from wenpan.district.ground.registries import Providers
from wenpan.district.ui.journal_cache import cached, renew
from wenpan.district.ui.table_cache import ask_cached

MOST = 400  # of one batch


@dataclass(frozen=True)
class AwaitedAct:
    """One thing to do. `key`: what a batch act takes, with the version that was seen ("12@7"); "" where it
    is done on its own page only."""

    text: str
    url: str
    key: str = ""
    detail: str = ""
    due: date | None = None
    light: str = ""


@dataclass(frozen=True)
class AwaitedGroup:
    """Acts of one kind. `count` is of all, `items` are the first of them in the order of their urgency.
    `order`: the place on the page, small first. `acts`: codes of `BatchAct`."""

    code: str
    title: str
    count: int
    items: tuple[AwaitedAct, ...] = ()
    url: str = ""
    order: int = 50
    acts: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.items)


@dataclass(frozen=True)
class BatchOutcome:
    """What became of each. `done`: keys, taken back by the act's undo; `refused`: what, and why not."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()  # (what, why not)


Do = Callable[[Any, Sequence[str], str], BatchOutcome]


@dataclass(frozen=True)
class BatchAct:
    """One act for many. `do(user, keys, words)`; `asks`: the label of the words it needs, "" for none;
    `done`: the sentence with %(n)s; `undo(user, keys, "")` takes back what was done, `undo_minutes()` long
    (None: as long as what was done allows; 0: not at all)."""

    code: str
    label: str | Promise
    done: str | Promise
    do: Do
    asks: str | Promise = ""
    tone: str = "primary"
    undo: Do | None = None
    permissions: tuple[str, ...] = ()  # who is offered it: any of them; the act itself decides
    undo_minutes: Callable[[], int] | None = None

    @property
    def minutes(self) -> int | None:
        return self.undo_minutes() if self.undo_minutes else None

    @property
    def final(self) -> bool:
        """Nobody can take it back."""
        return self.undo is None or self.minutes == 0


_groups: Providers[[Any, datetime, int], Sequence[AwaitedGroup]] = Providers()
_acts: dict[str, BatchAct] = {}
awaited = _groups.add  # `provider(user, at, shown)`: its groups, at most `shown` items each; 0 counts only


def batch_act(act: BatchAct) -> BatchAct:
    """Registers an act for many under its code."""
    _acts[act.code] = act
    return act


def act_of(code: str) -> BatchAct | None:
    return _acts.get(code)


@dataclass(frozen=True)
class Awaited:
    """All that awaits one person. Its number is the sum of its groups: the length of the list."""

    groups: tuple[AwaitedGroup, ...]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def awaited_of(user: Any, at: datetime, *, shown: int, whole: str = "") -> Awaited:
    """`whole`: the code of the group that is shown to its end (at most MOST)."""
    if not getattr(user, "role", ""):
        return Awaited(())
    found = [
        group for groups in ask_cached("awaited", _groups, user, at, shown) for group in groups if group.count
    ]
    if whole and any(group.code == whole and group.more for group in found):
        everything = [g for groups in _groups.ask(user, at, MOST) for g in groups if g.code == whole]
        found = [replace(g, items=everything[0].items) if g.code == whole else g for g in found]
    return Awaited(tuple(sorted(found, key=lambda group: (group.order, group.code))))


def count_of(user: Any, at: datetime) -> int:
    """How many acts await the person: as counted for this head of the journal, else counted now."""
    return cached("awaited", user, at, lambda: awaited_of(user, at, shown=0).count)


def count_told(user: Any, at: datetime, count: int) -> None:
    """今日 has just counted: the next pages' bell says the same."""
    renew("awaited", user, at, count)


def each(acts: Iterable[tuple[str, str, Callable[[], Any] | None]]) -> BatchOutcome:
    """Does each act (key, name, act) in a savepoint of its own; a refused one leaves the others done. None
    for an act: its record is not there for this person."""
    done, refused = [], []
    for key, name, act in acts:
        if act is None:
            refused.append((name, _("没有这一条，或已不在您的范围内。")))
            continue
        try:
            with transaction.atomic():
                act()
            done.append(key)
        except (Refused, PermissionDenied) as no:
            refused.append((name, getattr(no, "message", str(no))))
    return BatchOutcome(tuple(done), tuple(refused))


def chosen(keys: Sequence[str]) -> dict[int, int | None]:
    """The ticked keys: record → the version that was seen. Raises Refused "bad_value": none, or too many."""
    found = dict(pair for key in keys if (pair := picked(key)) is not None)
    if not found:
        raise Refused("bad_value", _("请先勾选要办的事项。"))
    if len(found) > MOST:
        raise Refused("bad_value", _("一次最多办%(most)s件，请分批办理。") % {"most": MOST})
    return found


def picked(key: str) -> tuple[int, int | None] | None:
    """ "12@7" → (12, 7); "12" → (12, None); None for what is no key."""
    pk, _at, seen = key.partition("@")
    if not pk.isdecimal() or len(pk) > 12 or (seen and not seen.isdecimal()):
        return None
    return int(pk), int(seen) if seen else None
