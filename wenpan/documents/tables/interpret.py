"""Interpreting: a workbook's tables, recognised by words and units, become figures and targets.

Every visible sheet is tried against every kind; the kind that recognises most wins, and what a person
taught for the same title, sheet and header goes before all. What no kind knows comes back as
`UnknownLayout` with guesses, to be mapped once. `Reading.tables` says of every column how it was
understood; what a person must say before anything is taken is `Reading.question`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wenpan.documents.spreadsheets.workbook import Book, Sheet
from wenpan.documents.tables.explain import explain_table, explain_unknown, unknown_of
from wenpan.documents.tables.explained import TableQuestion
from wenpan.documents.tables.hidden_parts import report_structure
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.layout.header_rows import guess_header, header_paths
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.layout.headers import mapped_table
from wenpan.documents.tables.layout.recognise import recognised, title_of
from wenpan.documents.tables.layout.signature import signature_of
from wenpan.documents.tables.months import settle_months
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
from wenpan.documents.tables.rows.duplicates import report_duplicates
from wenpan.documents.tables.rows.figure_rows import RowReader
from wenpan.documents.tables.rows.target_rows import TargetReader
from wenpan.documents.tables.settle import Settled, settle
from wenpan.documents.tables.title import read_title
from wenpan.documents.tables.unknown_layout import unknown_layout
from wenpan.economy.quality.finding import Severity
from wenpan.economy.time.periods import Month, parse_period

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
    names = Names(context.catalogue, context.regions, context.guess_regions, context.units)
    sheets = [s for s in book.sheets if not s.hidden and s.rows] or [s for s in book.sheets if s.rows]
    if (records := read_records(book, sheets, context, names)) is not None:
        return records
    tables = _taught(sheets, context, names)
    filename = context.filename or book.filename
    if not tables:
        return _unknown(book, sheets, context, names)
    kind = tables[0].kind
    reading = Reading(kind.code, title=title_of(sheets, tables[0]), signature=tables[0].signature)
    settled = [_settle(table, context, names) for table in tables]
    report_structure(
        reading, book, [_with_those_found(t, s.table) for t, s in zip(tables, settled, strict=True)]
    )
    _read(settled, context, names, reading, filename)
    report_duplicates(reading)
    return reading


def _with_those_found(table: HeaderTable, settled: HeaderTable) -> HeaderTable:
    """The table with the columns that only title and neighbours explained: they are no unknown ones."""
    columns = zip(table.columns, settled.columns, strict=True)
    return replace(table, columns=tuple(s if s.role and not c.role else c for c, s in columns))


def _unknown(book: Book, sheets: Sequence[Sheet], context: Context, names: Names) -> Reading:
    reading = Reading(context.kind or "", title=title_of(sheets, None))
    reading.unknown = unknown_layout(sheets, context, names)
    if reading.unknown:
        reading.signature = reading.unknown.signature
        reading.tables = [explain_unknown(reading.unknown, reading.title)]
        reading.question = TableQuestion(
            "layout", "不认识这张表的表头, 请说明各列是什么", reading.unknown.sheet
        )
    report_structure(reading, book, ())
    return reading


def _settle(table: HeaderTable, context: Context, names: Names) -> Settled:
    title = read_title(table.sheet, table.first, table.kind, names, first=table.above)
    regions = context.regions
    city = context.city or next((regions[w] for w in table.kind.city_words if w in regions), "")
    home = table.subject or context.home
    return settle(table, title, replace(context, home=home), names, home, city)


def _read(
    settled: Sequence[Settled], context: Context, names: Names, reading: Reading, filename: str
) -> None:
    asked = [s for s in settled if s.asks]
    if asked:
        first = asked[0]
        reading.question = TableQuestion("layout", first.asks, first.table.sheet.name, first.left_over)
        if len(asked) == len(settled):
            reading.unknown = unknown_of(first, context, names)
    free = [s for s in settled if not s.asks]
    for one in free:
        if one.doubt:
            reading.add(
                "notes.doubted", Severity.SOFT, f"{one.doubt}; 已按教过的列读入", "注不改变教过的口径",
                "请核实这一期的注是否改变了数的口径, 写明理由后再入库", one.table.sheet.name,
            )  # fmt: skip
    if settled[0].table.kind.produces == "targets":
        for one in free:
            reader = TargetReader(one.table, _at(context, one), names, reading, filename)
            reader.read()
            reading.tables.append(explain_table(one, reader.leavings, reading, None))
        _explain_asked(asked, reading)
        return
    months: Mapping[int, Month | None] = {}
    if not settled[0].table.one("period") and free:
        months = settle_months(reading, [s.table for s in free], context, filename)
        if reading.period is None and reading.question is None:
            reading.question = TableQuestion(
                "period", "这份表是哪个月的, 文件里没有写明", free[0].table.sheet.name
            )
    for number, one in enumerate(free):
        rows = RowReader(one.table, _at(context, one), names, reading, months.get(number))
        rows.read()
        reading.tables.append(explain_table(one, rows.leavings, reading, months.get(number)))
    _explain_asked(asked, reading)
    if settled[0].table.one("period") and reading.figures:
        reading.period = str(max(parse_period(p).end for p in {f.period for f in reading.figures}))
        reading.period_from = "cells"


def _explain_asked(asked: Sequence[Settled], reading: Reading) -> None:
    for one in asked:
        reading.tables.append(explain_table(one, None, reading, None))


def _at(context: Context, one: Settled) -> Context:
    """What the reader knows of the place, seen from the table's subject."""
    return context if one.subject == context.home else replace(context, home=one.subject)


def _taught(sheets: Sequence[Sheet], context: Context, names: Names) -> list[HeaderTable]:
    """The tables of the workbook; one that a person explained before is read as he explained it."""
    tables = recognised(sheets, context, names)
    if not context.layouts:
        return tables
    found: list[HeaderTable] = []
    for sheet in sheets:
        mine = [t for t in tables if t.sheet is sheet]
        taught = [_as_taught(t, context) for t in mine]
        if not any(taught) and (guessed := _guessed(sheet, context)) is not None:
            found.append(guessed)
            continue
        found += [known or own for known, own in zip(taught, mine, strict=True)]
    return found


def _as_taught(table: HeaderTable, context: Context) -> HeaderTable | None:
    teaching = context.layouts.get(table.signature)
    if teaching is None:
        return None
    kind = context.kinds.get(str(teaching.get("kind")), table.kind)
    if kind.produces == "records":
        return None
    rows = (table.first, table.last)
    mapped = mapped_table(table.sheet, kind, rows, teaching, table.signature)
    return replace(mapped, above=table.above, end=table.end)


def _guessed(sheet: Sheet, context: Context) -> HeaderTable | None:
    """A table whose header no kind knows, but a person explained."""
    header = guess_header(sheet)
    if header is None:
        return None
    signature = signature_of(sheet, 0, header[0], header_paths(sheet, *header))
    teaching = context.layouts.get(signature)
    kind = context.kinds.get(str(teaching.get("kind"))) if teaching else None
    if teaching is None or kind is None or kind.produces == "records":
        return None
    return mapped_table(sheet, kind, _header_rows(teaching, header), teaching, signature)


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
