"""A sheet as a grid with true addresses, and a book of sheets, whatever the file was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from wenpan.documents.spreadsheets.xlsx_package import Range, letters

CellValue = str | float | bool | date | datetime | time | timedelta | None


@dataclass
class Sheet:
    """One sheet; rows and columns are counted from 0, `address` gives A1."""

    name: str
    rows: list[list[CellValue]]
    merged: tuple[Range, ...] = ()
    formulas_without_value: list[str] = field(default_factory=list)  # A1
    errors: dict[str, str] = field(default_factory=dict)  # A1 -> #REF!
    percent: frozenset[tuple[int, int]] = frozenset()  # numbers shown as percent: 0.062 is 6.2%
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) -> what it says
    printed: tuple[str, ...] = ()  # lines that each printed page bears at its head and foot
    confirm: str = ""  # why a person must look at the columns once before anything of the sheet is taken
    typed: bool = True  # False: every cell is text because the format has no types (csv)

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass
class Book:
    sheets: tuple[Sheet, ...]
    filename: str = ""


def address(row: int, column: int) -> str:
    """(0, 0) is A1."""
    return f"{letters(column)}{row + 1}"


def without_blank_end(rows: list[list[CellValue]]) -> list[list[CellValue]]:
    """Blank rows at the end are no rows."""
    while rows and all(v is None for v in rows[-1]):
        rows.pop()
    return rows
