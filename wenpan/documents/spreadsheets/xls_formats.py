"""What an old .xls says of its cells beside their values: shown as percent, in a hidden row or column, with
a comment.

Pure. The fast reader of values does not tell formats; xlrd does. A file that it cannot follow gives
nothing: whether it can be opened at all is said elsewhere."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import xlrd

from wenpan.documents.spreadsheets.number_formats import shows_percent
from wenpan.documents.spreadsheets.xlsx_comments import plain


@dataclass(frozen=True)
class SheetFormats:
    """Places are (row, column), from 0."""

    percent: frozenset[tuple[int, int]] = frozenset()  # numbers shown times a hundred
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: dict[tuple[int, int], str] = field(default_factory=dict)


def formats(data: bytes) -> dict[str, SheetFormats]:
    """By the name of the sheet; empty where the file is no .xls that xlrd can follow."""
    try:
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        ) as book:
            percent = {i for i, form in enumerate(book.xf_list) if _shows_percent(book, form.format_key)}
            return {name: _of(book.sheet_by_name(name), percent) for name in book.sheet_names()}
    except Exception:  # foreign bytes: xlrd raises whatever it stumbles over
        return {}


def _shows_percent(book: xlrd.book.Book, key: int) -> bool:
    form = book.format_map.get(key)
    return key in (9, 10) or (form is not None and shows_percent(form.format_str or ""))


def _of(sheet: xlrd.sheet.Sheet, percent: set[int]) -> SheetFormats:
    shown = {
        (r, c)
        for r in range(sheet.nrows if percent else 0)
        for c in range(sheet.row_len(r))
        if sheet.cell_xf_index(r, c) in percent and sheet.cell_type(r, c) == xlrd.XL_CELL_NUMBER
    }
    rows = frozenset(r for r, info in sheet.rowinfo_map.items() if info.hidden)
    columns = frozenset(c for c, info in sheet.colinfo_map.items() if info.hidden)
    notes = {place: plain(note.text or "", note.author or "") for place, note in sheet.cell_note_map.items()}
    return SheetFormats(frozenset(shown), rows, columns, {p: text for p, text in notes.items() if text})
