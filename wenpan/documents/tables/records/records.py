"""Record tables: one row per record (a project, a monthly return), columns recognised by words and units.

Pure. A kind with `produces: records` lists its columns in YAML: words of the header, type, unit. What
a cell does not say exactly (待定, 2022年下半年, 1.2亿 in a column of 万元) is a finding; a value that
cannot be read stays None and is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wenpan.documents.spreadsheets.cells import NUMBER, cell_text, read_cell
from wenpan.documents.spreadsheets.workbook import Book, CellValue, Sheet
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.hidden_parts import report_structure
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.layout.header_rows import header_paths, is_year
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import Context, Reading
from wenpan.documents.tables.records.cells import Row
from wenpan.documents.tables.records.explain import explain_records, signature_of_records
from wenpan.documents.tables.records.missing_units import report_units
from wenpan.documents.tables.records.money_units import UNITED, supposed, unit_above, unit_written
from wenpan.documents.tables.records.rather_figures import rather_figures
from wenpan.documents.tables.records.row_kinds import (
    EXAMPLE,
    NOTE,
    RECORD,
    SECTION,
    TOTAL,
    kind_of,
    repeats_header,
    said_by_section,
)
from wenpan.documents.tables.records.shape import Record, RecordColumn, RecordTable
from wenpan.documents.tables.records.taught import as_taught, columns_of, guessed_tables, told_apart_by
from wenpan.documents.tables.unread import report_unread
from wenpan.documents.words import periods
from wenpan.documents.words.units import normal, without_units
from wenpan.economy.quality.finding import Severity

_LOOK = 15  # rows in which the header may start
_ONLY_MONTH = re.compile(r"^\d{4}(?:年|[./-])?\d{1,2}月?份?(?:底|末)?(?:累计|节点|目标|计划)?$")
_DATED = re.compile(r"(?:截至|截止到?)?\d{4}年?(?:1[-—])?(?:\d{1,2}月)?(?:份|底|末)?")
_SINCE_JANUARY = re.compile(r"^(?:\d{4}年)?(?:1|元)月?[-—–~至]\d{1,2}月(?:份)?(?:累计)?(?=完成)")
_NAME_AFTER = ("填报", "制表", "报送", "单位")


def read_records(book: Book, sheets: Sequence[Sheet], context: Context, names: Names) -> Reading | None:
    """The reading of a workbook that holds record tables; None if it holds none."""
    tables = [as_taught(table, context) for table in _tables(sheets, context)]
    tables = tables or guessed_tables(sheets, context)
    if not tables or not any(_has_records(table) for table in tables):
        return None
    if (
        not context.kind
        and not any(t.taught for t in tables)
        and rather_figures(tables, _title(tables[0]), sheets, context, names)
    ):
        return None
    kind = tables[0].kind
    reading = Reading(kind.code, title=_title(tables[0]), signature=signature_of_records(tables[0]))
    report_structure(reading, book, ())
    _settle(reading, tables[0], context, context.filename or book.filename)
    for table in tables:
        _read(table, context, reading)
        explained = explain_records(table, reading, _title(table))
        reading.tables.append(explained)
        report_unread(explained, reading)
    _report_twice(reading, kind)
    return reading


def _has_records(table: RecordTable) -> bool:
    """A plan by classes has sections and sums and not one record."""
    rows = enumerate(table.sheet.rows[table.last + 1 :])
    return any(
        kind_of(row, _cells(table, row), table) == RECORD
        for _n, row in rows
        if any(v is not None for v in row)
    )


def _cells(table: RecordTable, row: Sequence[CellValue]) -> dict[str, CellValue]:
    return {c.key: row[i] if i < len(row) else None for i, c in table.columns.items()}


# which table


def _tables(sheets: Sequence[Sheet], context: Context) -> list[RecordTable]:
    kinds = [k for k in context.kinds.values() if k.produces == "records"]
    if context.kind:
        kinds = [k for k in kinds if k.code == context.kind]
    best: list[RecordTable] = []
    for kind in kinds:
        found = [t for t in (_find(sheet, kind) for sheet in sheets) if t]
        if found and (not best or _fit(found) > _fit(best)):
            best = found
    return best


def _fit(tables: Sequence[RecordTable]) -> int:
    title = normal(_title(tables[0]))
    said = any(word in title for word in tables[0].kind.titles)
    return max(t.score for t in tables) + (6 if said else 0)


def _find(sheet: Sheet, kind: WorkbookKind) -> RecordTable | None:
    best: RecordTable | None = None
    columns = columns_of(kind)
    for first in range(min(_LOOK, len(sheet.rows))):
        for last in (first, first + 1):
            deep = last < len(sheet.rows) and (last == first or not _is_data(sheet.rows[last]))
            table = _table(sheet, kind, columns, first, last) if deep else None
            if table and (best is None or table.score > best.score or _shallower(table, best)):
                best = table
    return best


def _is_data(row: Sequence[CellValue]) -> bool:
    """A number that is no year and no month: the first record, and no part of the header."""
    return any(
        read_cell(v).kind == NUMBER and periods.period_of(v) is None and not is_year(v)
        for v in row
        if v is not None
    )


def _shallower(table: RecordTable, best: RecordTable) -> bool:
    """As good with fewer rows: the title above a header is no part of it."""
    return table.score == best.score and table.last - table.first < best.last - best.first


def _table(
    sheet: Sheet, kind: WorkbookKind, columns: Mapping[str, RecordColumn], first: int, last: int
) -> RecordTable | None:
    found: dict[int, RecordColumn] = {}
    months: dict[int, str] = {}
    units: dict[int, str] = {}
    above = unit_above(sheet, first)
    paths = list(header_paths(sheet, first, last))
    for index, path in enumerate(paths):
        if not path or any(word in "".join(path) for word in kind.past):
            continue
        month = _month_of(path) if kind.series and _ONLY_MONTH.match(normal(path[-1])) else ""
        column = None if month else _recognised(path, columns, {c.key for c in found.values()})
        if month:
            months[index] = month
        elif column:
            found[index] = column
        if month or (column and column.type in UNITED):
            units[index] = unit_written(path, above)
    keys = {c.key for c in found.values()}
    if not keys & {"code", "name"}:
        return None
    if not set(kind.needs) <= keys or (kind.needs_any and not months and not keys & set(kind.needs_any)):
        return None
    guessed = supposed(paths, units, kind.unstated_unit)
    return RecordTable(sheet, kind, first, last, found, units | guessed, months, supposed=guessed)


def _recognised(
    path: Sequence[str], columns: Mapping[str, RecordColumn], taken: set[str]
) -> RecordColumn | None:
    parts = [_DATED.sub("", _SINCE_JANUARY.sub("本年累计", without_units(part))).strip("*:") for part in path]
    free = [c for c in columns.values() if c.key not in taken]
    for part in reversed(parts):
        if exact := next((c for c in free if part in c.words), None):
            return exact
    joined = "".join(parts)
    return next((c for c in free if any(word in joined for word in c.contains)), None)


def _month_of(path: Sequence[str]) -> str:
    found = periods.find_period("".join(path))
    return f"{found.year}-{found.month:02d}" if found and found.year and not found.ambiguous else ""


def _title(table: RecordTable) -> str:
    texts = [cell_text(v) for row in table.sheet.rows[: table.first] for v in row if isinstance(v, str)]
    texts = [t for t in texts if not normal(t).startswith(_NAME_AFTER)]
    return max(texts, key=len, default=table.sheet.name)[:200]


def _settle(reading: Reading, table: RecordTable, context: Context, filename: str) -> None:
    """The month of the table: person, title, sheet name, file name; of wide tables the last column."""
    if context.period:
        reading.period, reading.period_from = context.period, "person"
        return
    if table.months:
        reading.period, reading.period_from = max(table.months.values()), "cells"
        return
    stem = filename.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    said = [("title", reading.title), ("sheet", table.sheet.name), ("filename", stem)]
    found = [(where, _month_of([text])) for where, text in said]
    named = [(where, month) for where, month in found if month]
    if named:
        reading.period_from, reading.period = named[0]
    for where, month in named[1:]:
        if month != reading.period:
            reading.add(
                f"period.{where}_differs",
                Severity.SOFT,
                f"{where_words(where)}写的是{month}",
                f"{reading.period}, 与{where_words(named[0][0])}一致",
                "请核实文件没有拿错",
                table.sheet.name,
            )


def where_words(where: str) -> str:
    return {"title": "标题", "sheet": "工作表名", "filename": "文件名"}[where]


# rows


def _read(table: RecordTable, context: Context, reading: Reading) -> None:
    shared = {column.key: letters(index) for index, column in table.columns.items()}
    shared |= {month: letters(index) for index, month in table.months.items()}
    report_units(table, reading)
    _report_merged(table, reading)
    known = columns_of(table.kind)
    present = {c.key for c in table.columns.values()}
    if "code" in known and "code" not in present:
        reading.add(
            "records.no_code",
            Severity.SOFT if known["code"].required else Severity.NOTE,
            f"表里没有{known['code'].label}, 只能按{'、'.join(told_apart_by(table.kind))}核对",
            known["code"].label,
            "请核对后说明; 名称对不上的不入账", table.sheet.name, f"A{table.first + 1}",
        )  # fmt: skip
    paths = header_paths(table.sheet, table.first, table.last)
    section: dict[str, str] = {}
    for number, row in enumerate(table.sheet.rows[table.last + 1 :], table.last + 2):
        if not any(v is not None for v in row):
            continue
        cells = _cells(table, row)
        what = EXAMPLE if repeats_header(row, paths, table) else kind_of(row, cells, table)
        if what != RECORD:
            text = next((v for v in row if isinstance(v, str) and not _SERIAL.match(normal(v))), "")
            if what == SECTION:
                section = said_by_section(text, known, present) or ({} if text else section)
            if what != NOTE:
                _tell_skipped(what, number, text, table, reading)
            continue
        reader = Row(table, context, reading, number)
        values = {c.key: reader.value(i, c, cells[c.key]) for i, c in table.columns.items()}
        values |= section
        series = {m: reader.cell_of_series(i, row) for i, m in table.months.items()}
        series = {m: v for m, v in series.items() if v is not None}
        reading.records.append(Record(table.sheet.name, number, values, series, shared, reader.joint))
        reading.rows += 1


_SERIAL = re.compile(r"^[(]?[一二三四五六七八九十\d]{1,3}[)]?[、.．]?$")
_SKIPPED = {
    TOTAL: ("records.total_row", "第{number}行是合计行, 没有读入"),
    SECTION: ("records.section_row", "第{number}行“{text}”是分类标题, 没有读入"),
    EXAMPLE: ("records.example_row", "第{number}行是填表示例(重复表头的字样), 没有读入"),
}


def _tell_skipped(what: str, number: int, text: str, table: RecordTable, reading: Reading) -> None:
    check, words = _SKIPPED[what]
    said = words.format(number=number, text=text.strip()[:40])
    reading.add(check, Severity.NOTE, said, "", "", table.sheet.name, f"A{number}")


def _report_merged(table: RecordTable, reading: Reading) -> None:
    keys = {i for i, c in table.columns.items() if c.key in ("code", "name")}
    for r1, c1, r2, c2 in table.sheet.merged:
        if r1 > table.last and r2 > r1 and keys & set(range(c1, c2 + 1)):
            reading.add(
                "records.merged_rows",
                Severity.HARD,
                f"第{r1 + 1}—{r2 + 1}行合并在一个项目名下",
                "一行一个项目",
                "请核实是一个项目还是几个项目, 取消合并后每行填写完整",
                table.sheet.name,
                f"{letters(c1)}{r1 + 1}",
            )


def _report_twice(reading: Reading, kind: WorkbookKind) -> None:
    seen: dict[Any, Record] = {}
    for record in reading.records:
        coded = record["code"] and "code" not in kind.key  # two of one name are told apart by their numbers
        key = (record["code"],) if coded else tuple(record[k] for k in kind.key)
        if not key or not all(key):
            continue
        first = seen.setdefault(key, record)
        if first is not record:
            reading.add(
                "records.duplicate",
                Severity.HARD,
                f"{'、'.join(map(str, key))} 出现两次",
                f"每个项目一行; 上一次在 {first.sheet}!{first.cell(kind.key[-1])}",
                "请核实是重复填报还是代码填错",
                record.sheet,
                record.cell(kind.key[-1]),
                str(record["name"] or key[-1]),
            )
