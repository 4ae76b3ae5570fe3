"""What a bulletin counts: matters as they stood at the month's end, and what was fed back in the month.

Pure. Every matter lies in exactly one of six parts (`PARTS`); whatever is counted is a set of `tags`, so
that a printed number and the list of matters behind it are the same filter: the fact
`matters/overdue&unit=zjj` is the number of rows that carry both tags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

CLOSED, WORKING, CHECKING, OVERDUE, VACANT, PAUSED = (
    "closed", "working", "checking", "overdue", "vacant", "paused",
)  # fmt: skip
PARTS: Mapping[str, str] = {
    CLOSED: "已办结销号",
    WORKING: "正在办理、未到期",
    CHECKING: "已报办结、待核查销号",
    OVERDUE: "逾期未办结",
    VACANT: "单位退回、待重新交办",
    PAUSED: "经批准暂缓",
}
OPEN = frozenset({WORKING, CHECKING, OVERDUE, VACANT})
MATTERS, REPLIES = "matters", "replies"


@dataclass(frozen=True)
class BulletinRow:
    """One matter at the month's end. `unit`, `source`: codes whose names stand in the input."""

    pk: int
    number: str
    title: str
    source: str
    unit: str  # "" nobody has it
    coops: tuple[str, ...]  # short names
    part: str  # one of PARTS
    light: str
    due: date | None
    assigned_on: date
    closed_on: date | None = None
    in_time: bool = False  # reported done no later than the day due
    recurring: bool = False  # never closes, so it is in no rate
    new: bool = False  # handed over in the month
    closed_now: bool = False
    due_next: bool = False  # open, and due in the month after

    @cached_property
    def tags(self) -> frozenset[str]:
        found = {self.part, f"unit={self.unit}", f"source={self.source}", f"light={self.light}"}
        found |= {"open"} if self.part in OPEN else set()
        if self.part != PAUSED and not self.recurring:
            found.add("counted")
        named = ("in_time", "recurring", "new", "closed_now", "due_next")
        return frozenset(found | {name for name in named if getattr(self, name)})


@dataclass(frozen=True)
class Reply:
    """A feedback of the month, or one sent back in it. `days`: how late, in calendar days."""

    matter: int
    number: str
    title: str
    unit: str
    day: date
    kind: str  # feedback | returned
    late: bool = False
    days: int = 0
    words: str = ""  # what was lacking

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset({self.kind, f"unit={self.unit}"} | ({"late"} if self.late else set()))


def key(what: str, *tags: str) -> str:
    """matters/all, matters/overdue&unit=zjj."""
    return f"{what}/{'&'.join(sorted(tags)) or 'all'}"


def tags_of(fact: str) -> tuple[str, frozenset[str]] | None:
    """What a fact's key counts: (matters | replies, tags); None where it is no count."""
    what, _, words = fact.partition("/")
    if what not in {MATTERS, REPLIES} or not words:
        return None
    return what, frozenset() if words == "all" else frozenset(words.split("&"))


T = TypeVar("T", BulletinRow, Reply)


def origin_of(fact: str) -> str | None:
    """The count behind a share, a rate or a change: the key of the rows that it rests on; None for none."""
    if tags_of(fact) is not None:
        return fact
    what, _, rest = fact.partition("/")
    if what == "share":
        return key(MATTERS) if rest == "all" else key(MATTERS, rest.partition("/")[2] or rest)
    if what == "rate":
        named = {"closed": ("counted",), "in_time": ("closed",)}
        return key(MATTERS, *named.get(rest, (rest, "counted"))) if "/" not in rest else None
    if what == "change":
        return key(MATTERS, *{"all": (), "rate": ("counted",)}.get(rest, (rest,)))
    return None


def picked(rows: Iterable[T], tags: Iterable[str]) -> list[T]:
    wanted = frozenset(tags)
    return [row for row in rows if wanted <= row.tags]


class Counts:
    """How many rows carry a tag, and a tag with a unit or a source: one pass for every table."""

    def __init__(self, rows: Sequence[BulletinRow]) -> None:
        self.all = len(rows)
        self._found: dict[tuple[str, ...], int] = {}
        found = self._found
        alike = Counter((row.unit, row.source, row.tags) for row in rows)
        for (unit, source, tags), n in alike.items():
            groups = (f"unit={unit}", f"source={source}")
            for tag in tags:
                for known in ((tag,), (groups[0], tag), (groups[1], tag)):
                    found[known] = found.get(known, 0) + n

    def of(self, *tags: str) -> int:
        """At most a group and one tag, the group first."""
        return self._found.get(tags, 0) if tags else self.all


VERSION = 2
# How rows lay in bulletins of before release 0.2: by position, without names. Never to be changed.
_FIRST_LAYOUT: Mapping[str, tuple[str, ...]] = {
    "BulletinRow": (
        "pk", "number", "title", "source", "unit", "coops", "part", "light", "due", "assigned_on",
        "closed_on", "in_time", "recurring", "new", "closed_now", "due_next",
    ),
    "Reply": ("matter", "number", "title", "unit", "day", "kind", "late", "days", "words"),
}  # fmt: skip
_DAYS = frozenset({"due", "assigned_on", "closed_on", "day"})
_LISTS = frozenset({"coops"})


def to_json(kind: type[BulletinRow] | type[Reply], rows: Iterable[BulletinRow | Reply]) -> dict[str, Any]:
    """Rows by name: the names once, then the values in their order, days as text (20,000 matters a month)."""
    names = [field.name for field in fields(kind)]
    values, days = [[*row] for row in map(attrgetter(*names), rows)], [n in _DAYS for n in names]
    for at in (at for at, is_day in enumerate(days) if is_day):
        for row in values:
            row[at] = row[at] and row[at].isoformat()
    return {"version": VERSION, "names": names, "rows": values}


def from_json(kind: type[T], data: Mapping[str, Any] | Sequence[Sequence[Any]]) -> tuple[T, ...]:
    """The rows of any version. ValueError for an unknown version, TypeError for a name that is no field."""
    if isinstance(data, Mapping):
        if data["version"] != VERSION:
            raise ValueError(f"通报留存数据的版本应为{VERSION}，实为{data['version']!r}")
        names, rows = tuple(data["names"]), data["rows"]
    else:
        names, rows = _FIRST_LAYOUT[kind.__name__], data
    named = (dict(zip(names, row, strict=False)) for row in rows)
    return tuple(kind(**{name: _read(name, value) for name, value in row.items()}) for row in named)


def _read(name: str, value: Any) -> Any:
    if name in _DAYS:
        return date.fromisoformat(value) if value else None
    return tuple(value) if name in _LISTS else value
