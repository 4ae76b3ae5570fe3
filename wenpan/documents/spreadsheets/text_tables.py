"""Text tables: csv and tab-separated files, in the encodings that offices use.

GB18030 takes nearly any bytes; a file that is Big5 is told by its words: the one of the two readings is taken
that has more of the signs that such tables are full of, and neither where they are equal.
"""

from __future__ import annotations

import csv
import io

from wenpan.documents.spreadsheets.sheet import CellValue, Sheet, without_blank_end
from wenpan.documents.spreadsheets.traditional import simplified
from wenpan.documents.spreadsheets.unreadable import Unreadable

_USUAL = frozenset(
    "年月日区区市县省的一二三上中下不增长增长累计本期单位指标名称地区比上年同期总额收入亿元万额增速度量资工业投值完成"
)
_TRADITIONAL = frozenset(
    "年月日區市縣省的一二三上中下不增長累計本期單位指標名稱地區比上年同期總額收入億元萬額增速度量資工業投值完成"
)


def decode(data: bytes) -> str:
    """The text of a file; `Unreadable` where it is none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = _as(data, "utf-16")
    elif b"\0" in data[:4096]:
        raise not_a_workbook()
    else:
        text = _as(data, "utf-8-sig")
        if text is None:
            text = _chinese(data)
    if text is None:
        raise not_a_workbook()
    return text


def _chinese(data: bytes) -> str | None:
    """GB18030 or Big5, whichever gives the words of a table."""
    simple, traditional = _as(data, "gb18030"), _as(data, "big5hkscs")
    if simple is None or traditional is None:
        return simple if traditional is None else simplified(traditional)
    here = sum(sign in _USUAL for sign in simple)
    there = sum(sign in _TRADITIONAL for sign in traditional)
    return simplified(traditional) if there > here else simple


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def sheet(text: str, filename: str) -> Sheet:
    """The one sheet of a csv; its cells are all text."""
    rows = _rows(text)
    if sum(len(row) > 1 for row in rows) < 2:
        raise not_a_workbook()
    name = filename.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0] or "Sheet1"
    return Sheet(name, rows, typed=False)


def _rows(text: str) -> list[list[CellValue]]:
    head = text[:20_000]
    delimiter = max(",\t;", key=lambda mark: sum(line.count(mark) for line in head.splitlines()))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise not_a_workbook() from None
    return without_blank_end([[value.strip() or None for value in row] for row in rows])


def not_a_workbook() -> Unreadable:
    return Unreadable(
        "not_a_workbook",
        "这不是工作簿. 可以读 .xlsx、.xls、.ods、.csv、.docx 里的表格, 请另存为其中一种后再传.",
    )
