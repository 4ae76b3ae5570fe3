"""Layouts: a workbook's tables, recognised by words and units, become figures and targets.

Every visible sheet is tried against every kind; the kind that recognises most wins, and a mapping
that a person made for the same header words goes before all. What no kind knows comes back as
`UnknownLayout` with guesses, to be mapped once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wenpan.documents.spreadsheets.cells import shown
from wenpan.documents.spreadsheets.workbook import Book, Sheet
from wenpan.documents.tables.duplicates import report_duplicates
from wenpan.documents.tables.figure_rows import RowReader
from wenpan.documents.tables.headers import (
    Table,
    find_table,
    guess_header,
    header_paths,
    mapped_table,
    signature_of,
)
from wenpan.documents.tables.hidden_parts import report_structure
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.months import settle_period
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import (
    ColumnGuess,
    Context,
    Figure,
    PublishedRank,
    Reading,
    TargetFigure,
    UnknownLayout,
)
from wenpan.documents.tables.records.records import read_records
from wenpan.documents.tables.target_rows import TargetReader
from wenpan.documents.tables.unknown_layout import unknown_layout
from wenpan.documents.words.units import normal
from wenpan.economy.time.periods import parse_period

__all__ = [
    "ColumnGuess",
    "Context",
    "Figure",
    "PublishedRank",
    "Reading",
    "TargetFigure",
    "UnknownLayout",
    "WorkbookKind",
    "interpret",
]


def interpret(book: Book, context: Context) -> Reading:
    """Figures, targets, ranks and findings of a workbook; `unknown` is set where a person must map it."""
    names = Names(context.catalogue, context.regions, context.guess_regions)
    sheets = [s for s in book.sheets if not s.hidden and s.rows] or [s for s in book.sheets if s.rows]
    if (records := read_records(book, sheets, context)) is not None:
        return records
    tables = _mapped(sheets, context) or _recognised(sheets, context, names)
    filename = context.filename or book.filename
    if not tables:
        reading = Reading(context.kind or "", title=_title(sheets, None))
        reading.unknown = unknown_layout(sheets, context, names)
        if reading.unknown:
            reading.signature = reading.unknown.signature
        report_structure(reading, book, ())
        return reading
    kind = tables[0].kind
    reading = Reading(kind.code, title=_title(sheets, tables[0]), signature=tables[0].signature)
    report_structure(reading, book, tables)
    _read(tables, context, names, reading, filename)
    report_duplicates(reading)
    return reading


def _read(tables: Sequence[Table], context: Context, names: Names, reading: Reading, filename: str) -> None:
    if tables[0].kind.produces == "targets":
        for table in tables:
            TargetReader(table, context, names, reading, filename).read()
        return
    month = None
    if not tables[0].one("period"):
        month = settle_period(reading, tables, context, filename)
    for table in tables:
        RowReader(table, context, names, reading, month).read()
    if tables[0].one("period") and reading.figures:
        reading.period = str(max(parse_period(p).end for p in {f.period for f in reading.figures}))
        reading.period_from = "cells"


def _mapped(sheets: Sequence[Sheet], context: Context) -> list[Table]:
    """Tables whose header a person mapped before: found by the signature of the guessed header."""
    tables = []
    for sheet in sheets if context.layouts else ():
        header = guess_header(sheet)
        if header is None:
            continue
        signature = signature_of(header_paths(sheet, *header))
        mapping = context.layouts.get(signature)
        kind = context.kinds.get(str(mapping.get("kind"))) if mapping else None
        if mapping and kind and kind.produces != "records":
            rows = _header_rows(mapping, header)
            tables.append(mapped_table(sheet, kind, rows, mapping, signature))
    return tables


def _header_rows(mapping: Mapping[str, object], guessed: tuple[int, int]) -> tuple[int, int]:
    """The mapped header's depth at the place where this file has it: a line more above shifts both."""
    wanted = mapping.get("header_rows")
    numbers = sorted(int(n) for n in wanted) if isinstance(wanted, (list, tuple)) and wanted else []
    if not numbers:
        return guessed
    at = mapping.get("header_at")
    guessed_then = int(at[0]) if isinstance(at, (list, tuple)) and at else guessed[0] + 1
    offset = numbers[0] - guessed_then
    first = max(0, guessed[0] + (offset if abs(offset) <= 3 else 0))
    return first, first + len(numbers) - 1


def _recognised(sheets: Sequence[Sheet], context: Context, names: Names) -> list[Table]:
    asked = context.kinds.get(context.kind or "")
    kinds = [kind for kind in ([asked] if asked else context.kinds.values()) if kind.produces != "records"]
    best: list[Table] = []
    best_score = 0
    for kind in kinds:
        tables = [t for t in (find_table(s, kind, names, context.units) for s in sheets) if t]
        score = max((t.score for t in tables), default=0) + _bonus(kind, sheets, tables)
        if tables and score > best_score:
            best, best_score = tables, score
    return best


def _bonus(kind: WorkbookKind, sheets: Sequence[Sheet], tables: Sequence[Table]) -> int:
    """Words of the title speak for a kind; a kind that needs more, and has it, fits more closely."""
    title = normal(_title(sheets, tables[0] if tables else None))
    return 3 * len(kind.needs) + (6 if any(word in title for word in kind.titles) else 0)


def _title(sheets: Sequence[Sheet], table: Table | None) -> str:
    """The longest text above the header; without one, the sheet's name."""
    sheet = table.sheet if table else (sheets[0] if sheets else None)
    if sheet is None:
        return ""
    rows = sheet.rows[: table.first] if table else sheet.rows[:1]
    texts = [shown(v) for row in rows for v in row if isinstance(v, str)]
    texts = [t for t in texts if not normal(t).startswith(("单位", "填报", "制表", "计量单位"))]
    return max(texts, key=len, default=sheet.name)[:200]
