"""Exports to Excel: what the page shows, safe against formula injection, numbers as numbers.

Text goes in by `write_string`, so "=cmd()" stays five letters and a bracket; nothing is a formula or
a link. Missing is "—" as on the page. CSV for machines gets a leading apostrophe before =, +, -, @.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def xlsx_response(
    filename: str,
    headers: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    formats: Sequence[str] | None = None,
    *,
    title: str = "",
) -> HttpResponse:
    """An attachment with one sheet. `formats` are Excel number formats by column ("" for none).

    `title` is a line above the headers.
    """
    return attachment(
        xlsx(headers, rows, formats, title=title), f"{filename.removesuffix('.xlsx')}.xlsx", XLSX
    )


def attachment(data: bytes, filename: str, content_type: str) -> HttpResponse:
    """A download whose Chinese name survives every browser (RFC 6266)."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def xlsx(
    headers: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    formats: Sequence[str] | None = None,
    *,
    title: str = "",
) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        heading = book.add_format(
            {"bold": True, "bg_color": "#E8EEF7", "border": 1, "border_color": "#C9D3E0"}
        )
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        styles = [
            book.add_format({"num_format": text}) if text else None for text in formats or [""] * len(headers)
        ]
        widths = [len(str(header)) * 2 + 4 for header in headers]
        top = 1 if title else 0
        if title:
            sheet.write_string(0, 0, title, book.add_format({"bold": True}))
        for column, header in enumerate(headers):
            sheet.write_string(top, column, str(header), heading)
        for row, values in enumerate(rows, start=top + 1):
            for column, value in enumerate(values):
                widths[column] = max(widths[column], min(48, _width(value)))
                _write(sheet, row, column, value, styles[column] if column < len(styles) else None, day)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(top + 1, 0)
    return buffer.getvalue()


def _width(value: Any) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(value)) + 2


def _write(sheet: Any, row: int, column: int, value: Any, style: Any, day: Any) -> None:
    if value is None or (isinstance(value, float | Decimal) and math.isnan(value)):
        sheet.write_string(row, column, "—")
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, float(value), style)
    elif isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        sheet.write_string(row, column, local.strftime("%Y-%m-%d %H:%M"))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), day)
    else:
        sheet.write_string(row, column, str(value)[:32767])


def csv_response(filename: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """CSV with a byte-order mark, which Excel needs to read Chinese."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in [headers, *rows]:
        writer.writerow([safe_text(value) for value in row])
    return attachment(
        b"\xef\xbb\xbf" + text.getvalue().encode(),
        f"{filename.removesuffix('.csv')}.csv",
        "text/csv; charset=utf-8",
    )


def safe_text(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe; numbers stay as they are."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
