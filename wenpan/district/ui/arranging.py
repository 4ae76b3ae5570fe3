"""A drawn table with the columns that a person chose: hidden, put in another order, or added.

A page's template draws its table whole; heads made by `sort_header` name their column (`data-column`), other
heads are known by the words of the list's own columns (`TableColumn.label`, `heads`), else by their place.
Cells are moved by their place in the row, so every list has the choice, and none draws its columns twice. A
head without words (tick boxes, buttons) stays where it is. Rows of another shape (one cell over all columns)
are only stretched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import strip_tags

from wenpan.district.ui.personal_lists import ColumnChoice

TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.S)
ROW = re.compile(r"(<tr\b[^>]*>)(.*?)(</tr>)", re.S)
CELL = re.compile(r"<(td|th)\b[^>]*>.*?</\1>", re.S)
NAMED = re.compile(r'data-column="([^"]+)"')
SORTED = re.compile(r'<a class="wp-sort\b[^>]*>(.*?)</a>', re.S)
SPAN = re.compile(r'colspan="\d+"')
HIDDEN_WORDS = re.compile(r'<(\w+) class="visually-hidden">.*?</\1>', re.S)


@dataclass(frozen=True)
class HeadCell:
    """A head of the drawn table. `key` is "" where it names no column; `also`: further keys within it."""

    key: str
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrawnTable:
    """Where the listing stands in the page's text, and its heads from left to right."""

    start: int
    end: int
    heads: tuple[HeadCell, ...]

    @property
    def keys(self) -> list[str]:
        return [head.key for head in self.heads if head.key]


def drawn_table(html: str, labels: Mapping[str, str]) -> DrawnTable | None:
    """The first table with sorted heads; None where the page draws none (an empty list, cards).

    `labels`: words of a head, or its own key, → key of the list's column."""
    for found in TABLE.finditer(html):
        head, _body, _rest = found[0].partition("</thead>")
        if NAMED.search(head):
            first = ROW.search(head)
            cells = CELL.finditer(first[2]) if first else ()
            heads = tuple(_head(cell[0], labels, place) for place, cell in enumerate(cells))
            return DrawnTable(found.start(), found.end(), heads)
    return None


def _head(cell: str, labels: Mapping[str, str], place: int) -> HeadCell:
    keys = [labels.get(key, key) for key in NAMED.findall(cell)]
    words = strip_tags(HIDDEN_WORDS.sub("", cell)).replace("↑", "").replace("↓", "").strip()
    key = keys[0] if keys else labels.get(words, f"_{place}" if words else "")
    first = SORTED.search(cell)  # a head of several sorted words is called by its first
    label = strip_tags(first[1]).replace("↑", "").replace("↓", "") if first else words
    return HeadCell(key, " ".join(label.split()), tuple(keys[1:]))


@dataclass(frozen=True)
class AddedColumn:
    """A column that the page does not draw by itself: its head, and a cell a row of the page."""

    key: str
    head: str
    cells: Sequence[str]


def arrange(html: str, table: DrawnTable, choice: ColumnChoice, added: Sequence[AddedColumn] = ()) -> str:
    """The page's text with its table's columns as chosen. `added` are drawn where they are chosen, if the
    table has one whole row for each of their cells."""
    text = html[table.start : table.end]
    whole = _whole_rows(text, len(table.heads))
    extra = {column.key: column for column in added if len(column.cells) == whole}
    known = [*table.keys, *extra]
    order = choice.of(known, off=frozenset(extra))
    places = _places(table.heads, order)
    count = 0

    def redrawn(row: re.Match[str]) -> str:
        nonlocal count
        cells = [cell[0] for cell in CELL.finditer(row[2])]
        if len(cells) != len(table.heads):
            return SPAN.sub(f'colspan="{len(places)}"', row[0]) if len(cells) == 1 else row[0]
        number = count
        count += 1  # the head is row 0
        drawn = (
            cells[place]
            if isinstance(place, int)
            else (extra[place].head if number == 0 else extra[place].cells[number - 1])
            for place in places
        )
        return f"{row[1]}{''.join(drawn)}{row[3]}"

    return html[: table.start] + ROW.sub(redrawn, text) + html[table.end :]


def _whole_rows(text: str, width: int) -> int:
    """Rows of the body that have a cell for every head."""
    rows = (len(CELL.findall(row[2])) for row in ROW.finditer(text))
    return sum(cells == width for cells in rows) - 1


def _places(heads: Sequence[HeadCell], order: Sequence[str]) -> list[int | str]:
    """What stands from left to right: the number of a drawn cell, or the key of an added column. Heads
    without a key keep their side: before the first named column, else after the last."""
    at = {head.key: number for number, head in enumerate(heads) if head.key}
    first = min(at.values())
    left = [number for number, head in enumerate(heads) if not head.key and number < first]
    right = [number for number, head in enumerate(heads) if not head.key and number > first]
    return [*left, *(at.get(key, key) for key in order), *right]
