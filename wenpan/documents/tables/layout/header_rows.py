"""Header rows: where the header of a sheet may begin and end, and the texts of each column, top down.

Merged cells are filled; a group title that was not merged (csv) reaches to its right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from wenpan.documents.spreadsheets.cells import NUMBER, cell_text, read_cell
from wenpan.documents.spreadsheets.workbook import CellValue, Sheet
from wenpan.documents.words import periods
from wenpan.documents.words.units import canonical, normal

_LOOK = 40  # rows in which a header may start
_DEEP = 4  # rows that a header may have
META_LINE = re.compile(
    r"^(?:计量)?单位[::].+|^(?:填报|制表|报送|编制)(?:单位|部门|人|日期|机关)?[::]?|^表\s*\d"
)
_BARE_YEAR = re.compile(r"^(?:19|20)\d{2}$")


def header_paths(sheet: Sheet, first: int, last: int) -> list[list[str]]:
    """Per column the header texts from top to bottom, without repeats."""
    grid = [[_header_text(v) for v in _padded(sheet, r)] for r in range(first, last + 1)]
    for r1, c1, r2, c2 in sheet.merged:
        if r1 > last or r2 < first:
            continue
        text = _header_text(_cell(sheet, r1, c1))
        for r in range(max(r1, first), min(r2, last) + 1):
            for c in range(c1, min(c2, sheet.width - 1) + 1):
                grid[r - first][c] = text
    for r in range(len(grid) - 1):
        _reach_right(grid, r)
    paths = []
    for column in range(sheet.width):
        path: list[str] = []
        for row in grid:
            if row[column] and (not path or path[-1] != row[column]):
                path.append(row[column])
        paths.append(path)
    return paths


def guess_header(sheet: Sheet) -> tuple[int, int] | None:
    """The likeliest header of a sheet that no kind knows: the first rows with three or more texts."""
    for first in header_starts(sheet, at_least=2):
        below = sheet.rows[first + 1 : first + 8]
        if any(read_cell(v).kind == NUMBER for row in below for v in row):
            *_, last = header_ends(sheet, first)
            return first, last
    return None


def header_starts(sheet: Sheet, at_least: int = 2, start: int = 0) -> list[int]:
    found = []
    for r, row in enumerate(sheet.rows[start : start + _LOOK], start):
        cells = [v for v in row if v is not None]
        years = _are_years(cells)
        texts = [v for v in cells if _headerish(v) or (years and is_year(v))]
        inside = any(r1 < r <= r2 for r1, _c1, r2, _c2 in sheet.merged)  # a header does not begin in one
        if len(texts) >= at_least and not inside and not any(META_LINE.match(normal(str(v))) for v in texts):
            found.append(r)
    return found


def header_ends(sheet: Sheet, first: int) -> list[int]:
    """Last rows that a header starting at `first` may have: rows below whose key cell is blank or merged."""
    ends = [first]
    key = next((i for i, v in enumerate(_padded(sheet, first)) if v is not None), 0)
    key = min(key, _leftmost(sheet, first))
    covered = max(
        (r2 for r1, c1, r2, c2 in sheet.merged if r1 <= first <= r2 and c1 <= key <= c2), default=first
    )
    for r in range(first + 1, min(first + _DEEP, len(sheet.rows))):
        row = _padded(sheet, r)
        if r > covered and (row[key] is not None or not any(v is not None for v in row)):
            break
        if any(read_cell(v).kind == NUMBER and periods.period_of(v) is None for v in row if v is not None):
            break
        ends.append(r)
    return ends


def _leftmost(sheet: Sheet, first: int) -> int:
    below = sheet.rows[first : first + 30]
    return min((i for row in below for i, v in enumerate(row) if v is not None), default=0)


def is_year(value: CellValue) -> bool:
    return bool(_BARE_YEAR.match(cell_text(value)))


def _are_years(cells: Sequence[CellValue]) -> bool:
    """Years as column heads: at least two different ones, and no other number in the row."""
    numbers = [cell_text(v) for v in cells if read_cell(v).kind == NUMBER and periods.period_of(v) is None]
    return len(set(numbers)) > 1 and all(_BARE_YEAR.match(n) for n in numbers)


def _headerish(value: CellValue) -> bool:
    return periods.period_of(value) is not None or (
        isinstance(value, str) and read_cell(value).kind not in (NUMBER,) and not canonical(value)
    )


def _reach_right(grid: list[list[str]], r: int) -> None:
    """Give a blank header cell the group title at its left, if a header stands below and none above."""
    row = grid[r]
    for c in range(1, len(row)):
        blank_above = not any(grid[k][c] for k in range(r + 1))
        below, left_below = (any(g[i] for g in grid[r + 1 :]) for i in (c, c - 1))
        if blank_above and below and left_below and row[c - 1]:
            row[c] = row[c - 1]


def _header_text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() != time.min:
        return value.isoformat(" ")  # midnight of another time zone: which month it is, a person must say
    if not isinstance(value, str) and (found := periods.period_of(value)):
        return (
            f"{found.year}-{found.month:02d}" if found.year and isinstance(value, date) else cell_text(value)
        )
    return cell_text(value)


def _padded(sheet: Sheet, r: int) -> list[CellValue]:
    row = sheet.rows[r]
    return row + [None] * (sheet.width - len(row))


def _cell(sheet: Sheet, r: int, c: int) -> CellValue:
    row = sheet.rows[r] if r < len(sheet.rows) else []
    return row[c] if c < len(row) else None
