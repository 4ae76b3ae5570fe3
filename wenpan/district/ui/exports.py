"""Exports to Excel: what the page shows, safe against formula injection, numbers as numbers.

Text goes in by `write_string`, so "=cmd()" stays five letters and a bracket; nothing is a formula or
a link. Missing is "—" as on the page. CSV for machines gets a leading apostrophe before =, +, -, @.
"""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any, TypeVar, cast
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from wenpan.district.ui import sheet_rows

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?%?")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MEASURED = 500  # rows that decide how wide the columns are
STREAMED = 4 * 1024 * 1024  # bytes; a smaller file is answered whole
SHEET = 1_000_000  # rows; Excel's sheet ends at 1,048,576, the rest goes to further sheets
Answer = TypeVar("Answer", bound=HttpResponseBase)


def xlsx_response(
    filename: str,
    headers: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    formats: Sequence[str] | None = None,
    *,
    title: str = "",
) -> HttpResponse:
    """An attachment with one sheet. `formats` are Excel number formats by column ("" for none); `title` is a
    line above the headers.

    Rows go to the disk as they come: memory does not grow with their number. A large file is streamed.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the response)
    write_xlsx(file, headers, rows, formats, title=title)
    return _from_disk(file, f"{filename.removesuffix('.xlsx')}.xlsx", XLSX)


def exported(
    how: str, filename: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse | None:
    """What `?export=` asks of a page with a table of its own: xlsx, csv, or None for the page itself."""
    if how == "xlsx":
        return xlsx_response(filename, headers, rows)
    return csv_response(filename, headers, rows) if how == "csv" else None


def csv_response(filename: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """For programs and spreadsheets that fetch a list again: missing is empty, days are ISO 8601, text is
    safe against formula injection; a byte order mark tells Excel and WPS that it is UTF-8. Through the disk,
    as a workbook goes."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the response)
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow([_plain(header) for header in headers])
    writer.writerows([_plain(value) for value in row] for row in rows)
    text.detach()  # writes what waits
    return _from_disk(file, f"{filename}.csv", CSV)


def _from_disk(file: IO[bytes], name: str, content_type: str) -> HttpResponse:
    """What was written, as an attachment: a large one is streamed."""
    size = file.tell()
    file.seek(0)
    if size > STREAMED:
        # a stream has all of an answer that pages use; Django gives both only a distant common class
        return cast(HttpResponse, _named(FileResponse(file, content_type=content_type), name))
    with file:
        return attachment(file.read(), name, content_type)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return _safe(value)
    if value is None or (isinstance(value, float | Decimal) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return _day_or_moment(value)
    return str(value) if isinstance(value, int | float) else _safe(str(value))


def _day_or_moment(value: date) -> str:
    return sheet_rows.moment(value) if isinstance(value, datetime) else value.isoformat()


def _safe(words: str) -> str:
    if words == "—":
        return ""
    return f"'{words}" if words.startswith(FORMULA) and not NUMBER.fullmatch(words) else words


def attachment(data: bytes, filename: str, content_type: str) -> HttpResponse:
    """A download whose Chinese name survives every browser (RFC 6266)."""
    return _named(HttpResponse(data, content_type=content_type), filename)


def _named(response: Answer, filename: str) -> Answer:
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
    buffer = io.BytesIO()
    write_xlsx(buffer, headers, rows, formats, title=title)
    return buffer.getvalue()


def write_xlsx(
    file: IO[bytes],
    headers: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    formats: Sequence[str] | None = None,
    *,
    title: str = "",
) -> None:
    """Row by row, a further sheet with the same headers after each `SHEET` rows. Columns are as wide as the
    first rows want."""
    import xlsxwriter

    rows = iter(rows)
    first = list(islice(rows, MEASURED))
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        heading = book.add_format(
            {"bold": True, "bg_color": "#E8EEF7", "border": 1, "border_color": "#C9D3E0"}
        )
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        styles = [
            book.add_format({"num_format": text}) if text else None for text in formats or [""] * len(headers)
        ]
        styles += [None] * (max([len(headers), *map(len, first)]) - len(styles))
        top, bold = (1 if title else 0), book.add_format({"bold": True})
        left = chain(first, rows)
        while True:
            sheet = book.add_worksheet()
            if title:
                sheet.write_string(0, 0, title, bold)
            for column, header in enumerate(headers):
                wanted = [_width(values[column]) for values in first if column < len(values)]
                sheet.set_column(
                    column, column, max([len(str(header)) * 2 + 4, *(min(48, w) for w in wanted)])
                )
                sheet.write_string(top, column, str(header), heading)
            written = sheet_rows.write(sheet, top + 1, islice(left, SHEET), styles, day)
            sheet.freeze_panes(top + 1, 0)
            if written < SHEET:
                break
            following = list(islice(left, 1))
            if not following:
                break
            left = chain(following, left)


def _width(value: Any) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(value)) + 2
