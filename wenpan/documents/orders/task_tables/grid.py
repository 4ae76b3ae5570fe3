"""A table as text, its places, and what is remarked of it.

Pure. A place is what a person finds again: 任务表!A4:F4 of a sheet, 表1第4行 of a document, 第3页 of a pdf.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.documents.spreadsheets.workbook import address


@dataclass(frozen=True)
class TextLine:
    text: str
    place: str = ""  # 第3页, 任务表!A4:F4, 表1第4行


@dataclass(frozen=True)
class Remark:
    """What a reader should know of the file: where, what was found, what to do."""

    code: str
    place: str
    message: str


@dataclass(frozen=True)
class TextGrid:
    """A table as text. `name`: of the sheet; without one, the `number` of the table in its document."""

    rows: Sequence[Sequence[str]]
    name: str = ""
    number: int = 1

    def place(self, row: int, width: int | None = None) -> str:
        if not self.name:
            return f"表{self.number}第{row + 1}行"
        last = (
            max((i for i, cell in enumerate(self.rows[row]) if cell), default=0) if width is None else width
        )
        return f"{self.name}!{address(row, 0)}:{address(row, last)}"

    @property
    def whole(self) -> str:
        return self.name or f"表{self.number}"
