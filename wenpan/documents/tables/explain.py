"""Explaining: what was understood of a table, column by column, and what of it was not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from wenpan.documents.spreadsheets.cells import NUMBER, cell_text, read_cell
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.columns import KEYS, HeaderColumn
from wenpan.documents.tables.explained import (
    ASKED,
    FIGURE,
    KEY,
    LEFT_OUT,
    RANK,
    TARGET,
    ExplainedColumn,
    ExplainedTable,
)
from wenpan.documents.tables.grammar.path_words import CITY, HOME
from wenpan.documents.tables.layout.header_rows import header_paths
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import Context, Reading, UnknownLayout
from wenpan.documents.tables.rows.leavings import Leavings
from wenpan.documents.tables.settle import Settled
from wenpan.documents.tables.unknown_layout import layout_of
from wenpan.documents.tables.unread import report_unread
from wenpan.economy.quality.finding import Severity
from wenpan.economy.time.periods import Month

_NUMBERING = ("序号", "编号", "代码")
_SAMPLES = 3
_ROWS = 8


def explain_table(
    settled: Settled, leavings: Leavings | None, reading: Reading, month: Month | None
) -> ExplainedTable:
    """`leavings` None: nothing of the table was read, because a person must answer first."""
    table, sheet = settled.table, settled.table.sheet
    paths = header_paths(sheet, table.first, table.last)
    columns = tuple(_column(table, c, paths[c.index], settled, leavings, month) for c in table.columns)
    elsewhere = {c.index for c in table.columns if c.beside == "elsewhere"}  # of the table beside it
    columns = tuple(c for c in columns if (c.path or c.samples) and c.index not in elsewhere)
    below = islice(sheet.rows, table.last + 1, table.stop)
    rows = list(islice((row for row in below if any(v is not None for v in row)), _ROWS))
    explained = ExplainedTable(
        sheet=sheet.name,
        title=settled.title.text,
        kind=table.kind.code,
        produces=table.kind.produces,
        header_at=tuple(range(table.first + 1, table.last + 2)),
        header_rows=tuple(
            tuple(cell_text(v) for v in sheet.rows[r]) for r in range(table.first, table.last + 1)
        ),
        sample_rows=tuple(tuple(cell_text(v) for v in row) for row in rows),
        columns=columns,
        signature=table.signature,
        title_left_over=settled.left_over,
        subject=settled.subject,
        subject_asked=settled.asks if settled.about == "subject" else "",
        indicator=settled.indicator,
        period=str(month) if month else "",
        taught=table.taught,
        rows_left_out=tuple(leavings.rows) if leavings else (),
    )
    _tell(explained, settled, reading)
    return explained


def _column(
    table: HeaderTable,
    column: HeaderColumn,
    path: Sequence[str],
    settled: Settled,
    leavings: Leavings | None,
    month: Month | None,
) -> ExplainedColumn:
    values = _below(table, column.index)
    samples = tuple(cell_text(v) for v in islice((v for v in values if v is not None), _SAMPLES))
    understood, why = _verdict(table, column, settled)
    unread = 0
    if column.beside == "note" and any(word in column.header for word in _NUMBERING):
        unread = 0
    elif understood in (ASKED, LEFT_OUT):
        unread = sum(1 for v in values if v is not None and read_cell(v).kind == NUMBER)
    elif leavings is not None:
        unread = leavings.cells.get(column.index, 0)
    region = {CITY: "", HOME: settled.subject}.get(column.region, column.region)
    return ExplainedColumn(
        sheet=table.sheet.name,
        index=column.index,
        letter=letters(column.index),
        path=tuple(path),
        samples=samples,
        understood=understood,
        role=column.beside or column.role,
        indicator=column.indicator,
        region=region,
        period=_period(column, month) if understood in (FIGURE, RANK) else "",
        measure=_measure(column) if understood in (FIGURE, TARGET, RANK) else "",
        basis=column.basis or "",
        unit=column.unit,
        left_over=column.left_over if understood == ASKED else (),
        why=why,
        unread=unread,
        taught=table.taught,
    )


def _below(table: HeaderTable, index: int) -> list[object]:
    rows = table.sheet.rows[table.last + 1 : table.stop]
    return [row[index] if index < len(row) else None for row in rows]


def _verdict(table: HeaderTable, column: HeaderColumn, settled: Settled) -> tuple[str, str]:  # noqa: PLR0911 (a table)
    if column.role in KEYS and column.role != "value":
        return KEY, ""
    if settled.asks and column.role in ("figure", "value", "target", "rank", ""):
        return ASKED, settled.asks
    if column.role in ("figure", "value"):
        return FIGURE, ""
    if column.role == "target":
        return TARGET, ""
    if column.role == "rank":
        return RANK, "位次: 用来和算出的位次核对, 不作为数读入"
    if column.beside == "not_taught":
        return LEFT_OUT, "教的时候没有说这一列"
    beside = table.kind.words.beside.get(column.beside)
    if beside is not None:
        why = f"{beside.label}, 不是公布数, 没有读入"
        return (ASKED if beside.asks else LEFT_OUT), why
    if column.left_over:
        return ASKED, f"“{'、'.join(column.left_over)}”是什么意思不明确, 没有读入"
    if column.why:
        return ASKED, f"{column.why}, 没有读入"
    if column.role == "ignore":
        return LEFT_OUT, "不读这一列"
    return ASKED, "没有表头, 没有读入" if not column.header else "不认识的列, 没有读入"


def _measure(column: HeaderColumn) -> str:
    if column.growth is None:
        return ""
    return f"{column.scope or 'ytd'}{'_growth' if column.growth else ''}"


def _period(column: HeaderColumn, month: Month | None) -> str:
    found = column.period
    if found is None or found.month == 0:
        return f"{column.year}-12" if column.year and month is None else (str(month) if month else "")
    year = found.year or (month.year if month else None)
    return f"{year}-{found.month:02d}" if year else ""


def _tell(explained: ExplainedTable, settled: Settled, reading: Reading) -> None:
    """One line of what was not read, and a question for every column of which it is not known what it is."""
    sheet = explained.sheet
    first = explained.header_at[0]
    if settled.asks:
        reading.add(
            "tables.asked", Severity.SOFT, f"{settled.asks}; 没有读入",
            "标题写明是哪个地区、哪个指标的公布数", "请在“各列是什么”里说明", sheet,
            f"A{first}", explained.title[:60],
        )  # fmt: skip
    for column in () if settled.asks else explained.columns:
        if column.understood == ASKED and column.unread and column.header:
            reading.add(
                "columns.asked", Severity.SOFT, f"“{column.header}”列: {column.why}", "表头每个词都能认出",
                "请在“各列是什么”里说明这一列是什么", sheet, f"{column.letter}{first}", column.header[:60],
            )  # fmt: skip
    report_unread(explained, reading)


def unknown_of(settled: Settled, context: Context, names: Names) -> UnknownLayout:
    """The same question in the form of an unknown layout: header, rows, and what each column seems to be."""
    table = settled.table
    layout = layout_of(table.sheet, (table.first, table.last), context, names)
    return replace(layout, signature=table.signature)


def explain_unknown(unknown: UnknownLayout, title: str) -> ExplainedTable:
    """A table that no kind recognises: every column is asked about, prefilled with what it seems to be."""
    columns = tuple(
        ExplainedColumn(
            sheet=unknown.sheet, index=c.index, letter=c.letter, path=(c.header,) if c.header else (),
            samples=tuple(c.samples[:_SAMPLES]),
            understood=KEY if c.guess.get("role") in KEYS else ASKED,
            role=c.guess.get("role", ""), indicator=c.guess.get("indicator", ""),
            region=c.guess.get("region", ""), measure=c.guess.get("measure", ""),
            basis=c.guess.get("basis", ""), unit=c.guess.get("unit", ""),
            why="" if c.guess.get("role") in KEYS else "不认识这张表的表头, 没有读入",
        )
        for c in unknown.columns
    )  # fmt: skip
    return ExplainedTable(
        sheet=unknown.sheet, title=title, kind="", produces="", header_at=tuple(unknown.header_at),
        header_rows=tuple(map(tuple, unknown.header_rows)),
        sample_rows=tuple(map(tuple, unknown.sample_rows)), columns=columns, signature=unknown.signature,
    )  # fmt: skip
