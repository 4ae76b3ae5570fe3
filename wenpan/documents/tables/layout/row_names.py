"""Row names: the column that says what a row is: an indicator, a region, or a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wenpan.documents.spreadsheets.workbook import CellValue, Sheet
from wenpan.documents.tables.columns import HeaderColumn, is_rank, says_measure
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.layout.header_rows import is_year
from wenpan.documents.tables.names import Names
from wenpan.documents.words import periods
from wenpan.documents.words.units import normal


def dates_column(sheet: Sheet, kind: WorkbookKind, columns: Sequence[HeaderColumn], last: int) -> int | None:
    """The column of periods: under a word for it, and mostly months or years below."""
    dated = (c.index for c in columns if c.role == "period" and are_dates(sheet, kind, c.index, last))
    return next(dated, None)


def are_dates(sheet: Sheet, kind: WorkbookKind, index: int, last: int) -> bool:
    """Mostly months or years below; the lines about a series are none of them."""
    below = sheet.rows[last + 1 : last + 60]
    lines = {*kind.words.series_places, *kind.words.series_lines}
    cells = [row[index] for row in below if index < len(row) and row[index] is not None]
    values = [v for v in cells if not (isinstance(v, str) and normal(v) in lines)]
    dates = sum(periods.period_of(v) is not None or is_year(v) or _year_of(v) for v in values)
    return dates > 1 and dates * 2 > len(values)


def dates_unnamed(
    sheet: Sheet, kind: WorkbookKind, columns: Sequence[HeaderColumn], key: int, last: int
) -> bool:
    """Dates down the names' column, or left of it under a head that is none for dates: a series."""
    return any(c.role != "period" and are_dates(sheet, kind, c.index, last) for c in columns[: key + 1])


def _year_of(value: CellValue) -> bool:
    return isinstance(value, str) and bool(re.match(r"^(?:19|20)\d{2}年(?:度)?$", normal(value)))


def key_column(
    sheet: Sheet, kind: WorkbookKind, names: Names, columns: Sequence[HeaderColumn], last: int
) -> int | None:
    for role in ("indicator", "region"):
        for column in columns:
            if column.role == role and row_role(sheet, kind, names, column.index, last) != "":
                return column.index
    for column in columns:
        if column.role in ("", "figure", "indicator", "region") and row_role(
            sheet, kind, names, column.index, last
        ):
            return column.index
    units = (c.index for c in columns if c.role == "unit")  # 单位 above districts
    if (
        place := next((i for i in units if row_role(sheet, kind, names, i, last) == "region"), None)
    ) is not None:
        return place
    return next((c.index for c in columns if c.role in ("indicator", "region")), None)


def with_measures_beside(
    sheet: Sheet, kind: WorkbookKind, columns: Sequence[HeaderColumn], key: int, last: int
) -> list[HeaderColumn]:
    """指标 over two columns: the second one says what the numbers of each row are (总量(亿元), 增速(%))."""
    found = list(columns)
    if key + 1 >= len(found) or any(c.role == "measure" for c in found):
        return found
    beside = found[key + 1]
    if found[key].role != "indicator" or (beside.header and beside.header != found[key].header):
        return found
    cells = [row[key + 1] for row in sheet.rows[last + 1 : last + 60] if key + 1 < len(row)]
    texts = [v for v in cells if v is not None]
    if len(texts) > 1 and all(
        isinstance(v, str) and (says_measure(v, kind) or is_rank(v, kind)) for v in texts
    ):
        found[key + 1] = replace(beside, role="measure", beside="")
    return found


def row_role(sheet: Sheet, kind: WorkbookKind, names: Names, column: int, last: int) -> str:
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
