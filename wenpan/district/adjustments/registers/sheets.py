"""A list as a spreadsheet: columns found by their heads, every cell read or told why not, by its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.adjustments.registers.base import ListColumn, Row
from wenpan.district.adjustments.registers.cells import Words, cell_text
from wenpan.district.ground import sandbox
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.documents.spreadsheets import workbook
from wenpan.documents.spreadsheets.sheet import Sheet, address
from wenpan.documents.spreadsheets.unreadable import Unreadable

HEAD = 10  # rows in which the heads are looked for
MOST = 3_000  # lines of a list
MOST_MB = 5  # of the file of a list


@dataclass(frozen=True)
class CellFinding:
    """`hard`: with it nothing of the list is taken."""

    cell: str
    message: str
    hard: bool = True


@dataclass(frozen=True)
class ReadRow:
    """A line as it was read; `cells`: column → its address."""

    number: int  # as the spreadsheet counts
    row: Row
    cells: dict[str, str]


@dataclass(frozen=True)
class SheetList:
    rows: tuple[ReadRow, ...]
    findings: tuple[CellFinding, ...]


def receive(*, file: UploadedFile[Any], by: User, door_name: str) -> Sheet:
    """The sheet of a file with something in it, through the one door. Refused in words."""
    if (file.size or 0) > MOST_MB * 1024**2:
        raise Refused("bad_value", _("文件不能超过%(n)d MB。") % {"n": MOST_MB})
    admitted = door.admit(filename=file.name or "", data=file.read(), door=door_name, by=by)
    try:
        book = sandbox.apply(workbook.read, admitted.data, admitted.filename, measured=True)
    except Unreadable as why:
        raise Refused("bad_value", str(why)) from None
    sheets = [sheet for sheet in book.sheets if not sheet.hidden and sheet.rows]
    if not sheets:
        raise Refused("bad_value", _("工作簿里没有内容。"))
    found: Sheet = sheets[0]
    return found


def read_list(sheet: Sheet, columns: Sequence[ListColumn], words: Words) -> SheetList:
    """Refused where the heads are not found or the list is too long. A blank line is no line."""
    top, places = _heads(sheet, columns)
    found, wrong = [], []
    lines = sheet.rows[top + 1 :]
    if len(lines) > MOST:
        raise Refused("bad_value", _("一次最多%(most)s行，这里有%(n)s行。") % {"most": MOST, "n": len(lines)})
    for offset, cells in enumerate(lines, start=top + 1):
        typed = {key: cell_text(cells[at]) if at < len(cells) else "" for key, at in places.items()}
        typed = {key: "" if text in ("—", "－", "-") else text for key, text in typed.items()}
        if not any(typed.values()):
            continue
        row, where = {}, {key: address(offset, at) for key, at in places.items()}
        for column in columns:
            try:
                row[column.key] = words.read(column, typed.get(column.key, ""))
            except ValueError as why:
                row[column.key] = typed.get(column.key, "")
                wrong.append(CellFinding(where.get(column.key, _("第%(n)s行") % {"n": offset + 1}), str(why)))
        found.append(ReadRow(offset + 1, row, where))
    for text in sheet.errors:
        wrong.append(CellFinding(text, _("单元格是出错的公式。")))
    return SheetList(tuple(found), tuple(wrong))


def _heads(sheet: Sheet, columns: Sequence[ListColumn]) -> tuple[int, dict[str, int]]:
    """The row of the heads and where each column stands: the row that has most of them."""
    known = {_plain(word): column.key for column in columns for word in (str(column.label), *column.also)}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in enumerate(sheet.rows[:HEAD]):
        places: dict[str, int] = {}
        for at, value in enumerate(cells):
            if (key := known.get(_plain(cell_text(value)))) is not None:
                places.setdefault(key, at)
        if len(places) > len(best[1]):
            best = (number, places)
    lacking = [str(column.label) for column in columns if column.required and column.key not in best[1]]
    if lacking:
        raise Refused(
            "bad_value", _("没有找到列：%(names)s。请用导出的表或样表填写。") % {"names": "、".join(lacking)}
        )
    return best


def _plain(words: str) -> str:
    bare = "".join(words.split()).replace("*", "")
    return bare.replace("（必填）", "").replace("(必填)", "")
