"""Tables: where the header of a sheet is, and what its columns are.

The header is the block of rows whose words a kind recognises best; merged cells are filled for it,
and a group title that was not merged (csv, "centre across selection") reaches to its right.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from wenpan.documents.spreadsheets.cells import NUMBER, read_cell, shown
from wenpan.documents.spreadsheets.workbook import CellValue, Sheet
from wenpan.documents.tables.columns import HeaderColumn, classify, mapped
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.title import read_title
from wenpan.documents.words import periods
from wenpan.documents.words.units import canonical, normal

_LOOK = 40  # rows in which a header may start
_DEEP = 4  # rows that a header may have
_META = re.compile(r"^(?:计量)?单位[::].+|^(?:填报|制表|报送|编制)(?:单位|部门|人|日期|机关)?[::]?|^表\s*\d")
_BARE_YEAR = re.compile(r"^(?:19|20)\d{2}$")
_DEFAULT_SHEET = re.compile(r"^(?:sheet|工作表|表)\s*\d*$", re.I)
_CHANGING = re.compile(
    r"\d{4}年?|\d{1,2}(?:月?(?:份)?-\d{1,2})?月(?:份)?|上半年|前[一二三23]季度|[一二三四1-4](?:-[一二三四1-4])?季度|全年|\d+"
)


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
    subject: str = ""  # whose table it is, where a person said it

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


def find_table(
    sheet: Sheet, kind: WorkbookKind, names: Names, units: Mapping[str, str], start: int = 0
) -> HeaderTable | None:
    """The best header of a sheet for a kind; None if no block of rows names what the kind needs."""
    best: HeaderTable | None = None
    for first in _starts(sheet, start=start):
        deepest = (_table(sheet, kind, names, units, first, last) for last in reversed(_ends(sheet, first)))
        table = next((t for t in deepest if t), None)
        if table and (best is None or table.score > best.score):
            best = table
        if best and first > best.last + 3:
            break
    return best


def mapped_table(
    sheet: Sheet, kind: WorkbookKind, rows: tuple[int, int], mapping: Mapping[str, Any], signature: str
) -> HeaderTable:
    """The table as a person mapped it; `rows` are the first and the last header row, from 0."""
    paths = header_paths(sheet, *rows)
    wanted = mapping.get("columns", {})
    columns = tuple(
        replace(
            mapped(i, " ".join(path), wanted[str(i)])
            if str(i) in wanted
            else HeaderColumn(i, " ".join(path), "ignore", beside="not_taught"),
            path=tuple(path),
        )
        for i, path in enumerate(paths)
    )
    key = next((c.index for c in columns if c.role in ("indicator", "region")), 0)
    out = frozenset(normal(str(name)) for name in mapping.get("rows_out") or ())
    subject = str(mapping.get("subject") or "")
    return HeaderTable(
        sheet, kind, rows[0], rows[1], columns, key, signature, taught=True, rows_out=out, subject=subject
    )


def guess_header(sheet: Sheet) -> tuple[int, int] | None:
    """The likeliest header of a sheet that no kind knows: the first rows with three or more texts."""
    for first in _starts(sheet, at_least=2):
        below = sheet.rows[first + 1 : first + 8]
        if any(read_cell(v).kind == NUMBER for row in below for v in row):
            *_, last = _ends(sheet, first)
            return first, last
    return None


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


def signature_of(sheet: Sheet, above: int, first: int, paths: Sequence[Sequence[str]]) -> str:
    """A hash of the words of title, sheet and header without years and months: the same next month.

    `above` and `first`: the rows of the lines above the header, from 0. A csv has no sheet of its own.
    """
    title = [shown(v) for row in sheet.rows[above:first] for v in row if isinstance(v, str) and v.strip()]
    said = [t for t in title if not _META.match(normal(t))]
    name = _DEFAULT_SHEET.sub("", sheet.name) if sheet.typed else ""
    words = ["/".join(map(_unchanging, path)) for path in paths]
    text = "|".join([*map(_unchanging, said), _unchanging(name), *words])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _unchanging(text: str) -> str:
    return _CHANGING.sub("#", _dashes(normal(text)))


def _starts(sheet: Sheet, at_least: int = 2, start: int = 0) -> list[int]:
    found = []
    for r, row in enumerate(sheet.rows[start : start + _LOOK], start):
        cells = [v for v in row if v is not None]
        years = _are_years(cells)
        texts = [v for v in cells if _headerish(v) or (years and _is_year(v))]
        inside = any(r1 < r <= r2 for r1, _c1, r2, _c2 in sheet.merged)  # a header does not begin in one
        if len(texts) >= at_least and not inside and not any(_META.match(normal(str(v))) for v in texts):
            found.append(r)
    return found


def _is_year(value: CellValue) -> bool:
    return bool(_BARE_YEAR.match(shown(value)))


def _are_years(cells: Sequence[CellValue]) -> bool:
    """Years as column heads: at least two different ones, and no other number in the row."""
    numbers = [shown(v) for v in cells if read_cell(v).kind == NUMBER and periods.period_of(v) is None]
    return len(set(numbers)) > 1 and all(_BARE_YEAR.match(n) for n in numbers)


def _headerish(value: CellValue) -> bool:
    return periods.period_of(value) is not None or (
        isinstance(value, str) and read_cell(value).kind not in (NUMBER,) and not canonical(value)
    )


def _ends(sheet: Sheet, first: int) -> list[int]:
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


def _table(
    sheet: Sheet, kind: WorkbookKind, names: Names, units: Mapping[str, str], first: int, last: int
) -> HeaderTable | None:
    paths = header_paths(sheet, first, last)
    columns = [classify(i, path, kind, names, units) for i, path in enumerate(paths)]
    dated = "period" in kind.needs and "indicator" not in kind.needs
    key = _dates_column(sheet, columns, last) if dated else _key_column(sheet, kind, names, columns, last)
    if key is None:
        return None
    if dated:
        columns = [replace(c, role="") if c.role == "period" and c.index != key else c for c in columns]
        columns[key] = replace(columns[key], role="period")
    elif not columns[key].role or columns[key].role == "figure":
        role = _row_role(sheet, kind, names, key, last)
        columns[key] = HeaderColumn(key, columns[key].header, role)
    roles = {c.role for c in columns} | ({"region"} if any(c.region for c in columns) else set())
    if any(c.indicator for c in columns) or names.indicator(sheet.name, kind).code:
        roles.add("indicator")
    if "indicator" in kind.needs and "indicator" not in roles:
        above = read_title(sheet, first, kind, names)
        roles |= {"indicator"} if len(above.indicators) == 1 else set()
    if (
        "region" in kind.needs
        and columns[key].role != "region"
        and len({c.region for c in columns} - {""}) < 2
    ):
        return None
    if kind.produces == "figures" and "value" not in kind.needs and not _enough(columns):
        return None
    if not set(kind.needs) <= roles:
        return None
    return HeaderTable(sheet, kind, first, last, tuple(columns), key, signature_of(sheet, 0, first, paths))


def _enough(columns: Sequence[HeaderColumn]) -> bool:
    return any(c.role == "figure" for c in columns)


def _dates_column(sheet: Sheet, columns: Sequence[HeaderColumn], last: int) -> int | None:
    """The column of periods: under a word for it, and mostly months or years below."""
    below = sheet.rows[last + 1 : last + 60]
    for column in columns:
        values = [
            row[column.index] for row in below if column.index < len(row) and row[column.index] is not None
        ]
        dates = sum(periods.period_of(v) is not None or _is_year(v) or _year_of(v) for v in values)
        if column.role == "period" and dates > 1 and dates * 2 > len(values):
            return column.index
    return None


def _year_of(value: CellValue) -> bool:
    return isinstance(value, str) and bool(re.match(r"^(?:19|20)\d{2}年(?:度)?$", normal(value)))


def _key_column(
    sheet: Sheet, kind: WorkbookKind, names: Names, columns: Sequence[HeaderColumn], last: int
) -> int | None:
    for role in ("indicator", "region"):
        for column in columns:
            if column.role == role and _row_role(sheet, kind, names, column.index, last) != "":
                return column.index
    for column in columns:
        if column.role in ("", "figure", "indicator", "region") and _row_role(
            sheet, kind, names, column.index, last
        ):
            return column.index
    return next((c.index for c in columns if c.role in ("indicator", "region")), None)


def _row_role(sheet: Sheet, kind: WorkbookKind, names: Names, column: int, last: int) -> str:
    """indicator or region, if two cells or more below the header are such names; else ""."""
    counts = {"indicator": 0, "region": 0}
    for row in sheet.rows[last + 1 : last + 200]:
        value = row[column] if column < len(row) else None
        if not isinstance(value, str):
            continue
        if names.region(value) or normal(value) in kind.city_words:
            counts["region"] += 1
        elif names.indicator(value, kind).code:
            counts["indicator"] += 1
    role = max(counts, key=lambda r: counts[r])
    return role if counts[role] else ""


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
        return f"{found.year}年{found.month}月" if found.year else shown(value)
    return shown(value)


def _dashes(text: str) -> str:
    return re.sub(r"[—–−‐‑‒―－~]+", "-", text)


def _padded(sheet: Sheet, r: int) -> list[CellValue]:
    row = sheet.rows[r]
    return row + [None] * (sheet.width - len(row))


def _cell(sheet: Sheet, r: int, c: int) -> CellValue:
    row = sheet.rows[r] if r < len(sheet.rows) else []
    return row[c] if c < len(row) else None
