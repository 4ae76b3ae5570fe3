"""What a list of the place is: its columns, its lines, what a change of them may be and where it is kept.

A line is text by column, as it is typed, exported and kept in a proposal; codes stand for units and leaders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from wenpan.district.adjustments.preview_lines import Preview

Row = dict[str, str]


@dataclass(frozen=True)
class RowChange:
    """One line: `was` None for a new one, `now` None for one that goes. `key` finds the line as it was."""

    key: str
    was: Row | None
    now: Row | None

    @property
    def row(self) -> Row:
        return self.now or self.was or {}


@dataclass(frozen=True)
class RowFinding:
    """What is wrong with a column of a line; `hard`: the list cannot be proposed with it."""

    key: str
    column: str
    message: str
    hard: bool = True


@dataclass(frozen=True)
class ListColumn:
    """kind: text | day | choice | unit | whole. `choices`: code → name; `also`: other words for its head."""

    key: str
    label: str | Promise
    required: bool = False
    kind: str = "text"
    most: int = 60
    choices: Callable[[], Mapping[str, str]] | None = None
    also: tuple[str, ...] = ()
    hint: str | Promise = ""


@dataclass(frozen=True)
class PlaceList:
    """`check(lines, changes, since)`: what is wrong with the list as it would be. `content(changes, since)`:
    the file as it would be. `usable`: loads the files in force as their readers do. `applied(by)`: what the
    database follows the file with. `whole`: a file is the whole list, a line that it lacks goes."""

    code: str
    group: str | Promise
    label: str | Promise
    file: str
    columns: tuple[ListColumn, ...]
    keys: tuple[str, ...]
    rows_on: Callable[[date], list[Row]]
    check: Callable[[Sequence[Row], Sequence[RowChange], date], list[RowFinding]]
    content: Callable[[Sequence[RowChange], date], dict[str, Any]]
    usable: Callable[[], object]
    effects: Callable[[Sequence[RowChange], date], Preview]
    proposes: tuple[str, ...]
    decides: tuple[str, ...]
    applied: Callable[[Any], object] = field(default=lambda _by: None)
    whole: bool = False
    adds: bool = True  # whether a line can be added
    removes: bool = False
    dated: bool = True  # a proposal may name a day to come

    def rows(self, on: date | None = None) -> list[Row]:
        """The lines as they hold on a day; today, where none is named."""
        return self.rows_on(on or timezone.localdate())

    def key_of(self, row: Row) -> str:
        return "|".join(row[name] for name in self.keys)

    def column(self, key: str) -> ListColumn | None:
        return next((column for column in self.columns if column.key == key), None)


def changes_between(register: PlaceList, now: Sequence[Row]) -> list[RowChange]:
    """From the list in force to another. A line that the other lacks goes only where a file is the whole."""
    before = {register.key_of(row): row for row in register.rows()}
    after = {register.key_of(row): row for row in now}
    found = [RowChange(key, before.get(key), row) for key, row in after.items() if before.get(key) != row]
    gone = [RowChange(key, row, None) for key, row in before.items() if key not in after]
    return found + (gone if register.whole else [])


def changed_rows(register: PlaceList, changes: Sequence[RowChange], on: date | None = None) -> list[Row]:
    """The list that holds on a day, with the changes."""
    rows = {register.key_of(row): row for row in register.rows(on)}
    for change in changes:
        rows.pop(change.key, None)
    kept = list(rows.values())
    return kept + [change.now for change in changes if change.now is not None]


def stale(register: PlaceList, changes: Sequence[RowChange], on: date) -> list[RowChange]:
    """Changes whose line will not be, on their day, what was seen when they were proposed."""
    rows = {register.key_of(row): row for row in register.rows(on)}
    return [c for c in changes if rows.get(c.key) != c.was]


def back(register: PlaceList, changes: Sequence[RowChange]) -> list[RowChange]:
    """The changes that undo these."""
    return [RowChange(register.key_of(c.now) if c.now is not None else c.key, c.now, c.was) for c in changes]


def changes_to_keep(changes: Sequence[RowChange]) -> list[dict[str, Any]]:
    return [{"key": c.key, "was": c.was, "now": c.now} for c in changes]


def read_kept(data: Sequence[Mapping[str, Any]]) -> list[RowChange]:
    return [RowChange(entry["key"], entry["was"], entry["now"]) for entry in data]
