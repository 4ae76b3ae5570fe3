"""Rows of a worksheet as the text that a workbook keeps, for exports of a million rows.

ECMA-376 part 1, 18.3.1.73 (row) and 18.3.1.4 (c). The library writes workbook, styles and headers; of a row
it makes an object a cell, which takes four fifths of a large export. In `constant_memory` it puts each
finished row into a file of rows: there these go, too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from django.utils import timezone

LONGEST = 32_767  # of a cell
BLOCK = 500  # rows that are written at once
NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # written as _xHHHH_
ESCAPED_ALREADY = re.compile("_(?=x[0-9a-fA-F]{4}_)")
DAY_ZERO = date(1899, 12, 30)


def write(sheet: Any, row: int, rows: Iterable[Sequence[Any]], styles: Sequence[Any], day: Any) -> int:
    """Writes from `row` (0 is the first) on; how many. `sheet` is xlsxwriter's in constant memory, with
    nothing written at or below `row`; `styles` a format or None by column; `day` the format of dates."""
    from xlsxwriter.utility import xl_col_to_name

    sheet._write_single_row(row)  # the headers, which wait for the next row
    columns = [
        (xl_col_to_name(n), f' s="{style._get_xf_index()}"' if style is not None else "")
        for n, style in enumerate(styles)
    ]
    of_day = f' s="{day._get_xf_index()}"'
    count, block = 0, []
    for count, values in enumerate(rows, 1):
        number = str(row + count)
        cells = (
            f'<c r="{name}{number}"{_cell(value, style, of_day)}</c>'
            for (name, style), value in zip(columns, values, strict=False)
        )
        block.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(block) == BLOCK:
            sheet.row_data_fh.write("".join(block))
            block.clear()
    sheet.row_data_fh.write("".join(block))
    sheet._check_dimensions(row + max(count - 1, 0), max(len(columns) - 1, 0))  # the sheet's extent
    sheet.previous_row = row + count
    return count


def _cell(value: Any, style: str, of_day: str) -> str:
    """What stands between `<c r="A1"` and `</c>`."""
    kind = type(value)
    if kind is str:
        return _text(value)
    if value is None or (isinstance(value, float | Decimal) and math.isnan(value)):
        return _text("—")
    if kind is bool:
        return f' t="b"><v>{int(value)}</v>'
    if isinstance(value, int | float | Decimal):
        return f"{style}><v>{float(value):.16G}</v>"
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{of_day}><v>{(value - DAY_ZERO).days}</v>"
    return _text(moment(value) if isinstance(value, datetime) else str(value))


@lru_cache(20_000)  # names repeat; what does not costs little
def _text(words: str) -> str:
    """An in-line string: never a formula or a link."""
    if len(words) > LONGEST // 2:  # the limit counts units of UTF-16
        words = words.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    words = ESCAPED_ALREADY.sub("_x005F_", words)
    words = NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", words)
    space = ' xml:space="preserve"' if words != words.strip() or "\n" in words else ""
    return f' t="inlineStr"><is><t{space}>{escape(words, quote=False)}</t></is>'


@lru_cache(4096)  # a batch has one moment
def moment(value: datetime) -> str:
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")
