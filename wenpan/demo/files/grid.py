"""A sheet as rows of cells with a title, headers, merges and notes, and its bytes as .xlsx.

Only the looks of the workbooks that the demonstration writes; no numbers are decided here.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import xlsxwriter

Cell = str | float | int | None


@dataclass
class PrintedSheet:
    """Rows as printed. Equal neighbours in the head are merged; a number's look is that of its column."""

    name: str
    title: str
    subtitle: str
    head: list[list[str]]
    rows: list[list[Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    number_formats: dict[int, str] = field(default_factory=dict)  # by column


def workbook(sheets: Sequence[PrintedSheet], *, formulas_without_value: bool = False) -> bytes:
    """The .xlsx. Text that begins with "=" is text, or, if asked for, a formula that was never calculated."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"author": "", "comments": "演示数据, 均为虚构"})
        looks = _looks(book)
        for sheet in sheets:
            _write(book, sheet, looks, formulas_without_value)
    return buffer.getvalue()


Looks = dict[str, "xlsxwriter.format.Format"]


def _looks(book: xlsxwriter.Workbook) -> Looks:
    edge = {"border": 1, "valign": "vcenter", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "subtitle": book.add_format({"font_size": 9, "align": "right"}),
        "head": book.add_format(
            {**edge, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#EEF2F8"}
        ),
        "text": book.add_format({**edge, "align": "left"}),
        "middle": book.add_format({**edge, "align": "center"}),
        "note": book.add_format({"font_size": 9}),
        "": book.add_format({**edge, "align": "right"}),
    }


def _write(book: xlsxwriter.Workbook, sheet: PrintedSheet, looks: Looks, formulas: bool) -> None:
    page = book.add_worksheet(sheet.name)
    width = len(sheet.head[0])
    page.merge_range(0, 0, 0, width - 1, sheet.title, looks["title"])
    page.merge_range(1, 0, 1, width - 1, sheet.subtitle, looks["subtitle"])
    page.set_row(0, 28)
    _write_head(page, sheet.head, looks["head"])
    for number_format in sheet.number_formats.values():
        if number_format not in looks:
            looks[number_format] = book.add_format(
                {
                    "border": 1,
                    "align": "right",
                    "valign": "vcenter",
                    "font_size": 10,
                    "num_format": number_format,
                }
            )
    top = 2 + len(sheet.head)
    for i, row in enumerate(sheet.rows):
        for j, cell in enumerate(row):
            look = (
                looks[sheet.number_formats.get(j, "")] if isinstance(cell, (int, float)) else looks["middle"]
            )
            if formulas and isinstance(cell, str) and cell.startswith("="):
                page.write_formula(top + i, j, cell, look, "")
            else:
                page.write(top + i, j, cell, looks["text"] if j < 2 and isinstance(cell, str) else look)
    for i, note in enumerate(sheet.notes):
        page.write_string(top + len(sheet.rows) + i, 0, note, looks["note"])
    page.set_column(0, 0, 8 if sheet.head[0][0] == "序号" else 14)
    page.set_column(1, width - 1, 13)
    if sheet.head[0][0] == "序号":
        page.set_column(1, 1, 34)
    page.freeze_panes(top, 2 if sheet.head[0][0] == "序号" else 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _write_head(
    page: xlsxwriter.worksheet.Worksheet, head: list[list[str]], look: xlsxwriter.format.Format
) -> None:
    """Merges a word with its equal neighbours to the right, and downwards where the rows below repeat it."""
    done: set[tuple[int, int]] = set()
    for i, row in enumerate(head):
        for j, word in enumerate(row):
            if (i, j) in done:
                continue
            right = j
            while right + 1 < len(row) and row[right + 1] == word and (i + 1 < len(head)):
                right += 1
            down = i
            while down + 1 < len(head) and all(head[down + 1][c] == word for c in range(j, right + 1)):
                down += 1
            done.update((r, c) for r in range(i, down + 1) for c in range(j, right + 1))
            if (right, down) == (j, i):
                page.write_string(2 + i, j, word, look)
            else:
                page.merge_range(2 + i, j, 2 + down, right, word, look)
