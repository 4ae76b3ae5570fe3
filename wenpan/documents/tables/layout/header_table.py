"""A table as it was found: its header rows, its columns, and which rows belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.kinds import WorkbookKind


@dataclass(frozen=True)
class HeaderTable:
    """A header block and its columns; `first` and `last` are its rows, from 0."""

    sheet: Sheet
    kind: WorkbookKind
    first: int
    last: int
    columns: tuple[HeaderColumn, ...]
    key: int  # the column that names the rows
    signature: str
    taught: bool = False
    above: int = 0  # the first row of the lines above the header, from 0
    end: int = 0  # the row after its last one; 0: to the end of the sheet
    rows_out: frozenset[str] = frozenset()  # rows that a person left out, by the text of their key
    rates: bool = False  # the title says that its numbers are rates
    subject: str = ""  # whose table it is, where a person said it
    noted: Mapping[str, str] = field(default_factory=dict)  # why rows are asked about: code, mark (*), number

    @property
    def stop(self) -> int:
        return self.end or len(self.sheet.rows)

    def by_role(self, role: str) -> tuple[HeaderColumn, ...]:
        return tuple(c for c in self.columns if c.role == role)

    def one(self, role: str) -> HeaderColumn | None:
        return next((c for c in self.columns if c.role == role), None)

    @property
    def score(self) -> int:
        """How well the kind's words fit: recognised columns, key columns three times."""
        keys = {"indicator", "region", "period", "value"}
        known = [c for c in self.columns if (c.role and c.role != "ignore") or c.beside == "part_target"]
        return sum(3 if c.role in keys else 1 for c in known)
