"""Record tables as a person explained them: a header that a kind knows in part, or one that no kind knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.layout.header_rows import guess_header, header_paths
from wenpan.documents.tables.reading import Context
from wenpan.documents.tables.records.explain import signature_of_records
from wenpan.documents.tables.records.money_units import UNITED, unit_above, unit_written
from wenpan.documents.tables.records.shape import RecordColumn, RecordTable


def columns_of(kind: WorkbookKind) -> dict[str, RecordColumn]:
    """The columns of a kind by key. ValueError names what is wrong."""
    return {key: RecordColumn.from_data(key, data) for key, data in kind.columns.items()}


def told_apart_by(kind: WorkbookKind) -> list[str]:
    """What tells rows without a code apart: the other key columns; of projects name, owner, total."""
    known = columns_of(kind)
    others = [key for key in kind.key if key != "code"]
    usual = [key for key in ("name", "owner", "planned_total") if key in known]
    return [known[key].label for key in others or usual if key in known] or ["名称"]


def as_taught(table: RecordTable, context: Context) -> RecordTable:
    """The columns as a person explained them for this title, sheet and header."""
    teaching = context.layouts.get(signature_of_records(table)) if context.layouts else None
    kind = context.kinds.get(str(teaching.get("kind")), table.kind) if teaching else table.kind
    if teaching is None or kind.produces != "records":
        return table
    return _mapped(table, kind, teaching)


def guessed_tables(sheets: Sequence[Sheet], context: Context) -> list[RecordTable]:
    """Tables whose header no kind knows, but a person explained."""
    found = []
    for sheet in sheets if context.layouts else ():
        header = guess_header(sheet)
        if header is None:
            continue
        for kind in context.kinds.values():  # any kind gives the signature: it is of title, sheet and header
            bare = RecordTable(sheet, kind, *header, {}, {}, {})
            teaching = context.layouts.get(signature_of_records(bare))
            wanted = context.kinds.get(str(teaching.get("kind"))) if teaching else None
            if teaching is not None and wanted is not None and wanted.produces == "records":
                found.append(_mapped(bare, wanted, teaching))
            break
    return [table for table in found if {"code", "name"} & {c.key for c in table.columns.values()}]


def _mapped(table: RecordTable, kind: WorkbookKind, teaching: Mapping[str, Any]) -> RecordTable:
    known = columns_of(kind)
    columns, units = {}, {}
    above = unit_above(table.sheet, table.first)
    paths = header_paths(table.sheet, table.first, table.last)
    for index, said in teaching.get("columns", {}).items():
        column = known.get(str(said.get("field") or ""))
        if column is None or said.get("role") != "field":
            continue
        columns[int(index)] = column
        if column.type in UNITED:
            written = unit_written(paths[int(index)], above)
            units[int(index)] = str(said.get("unit") or "") or written
    return replace(table, kind=kind, columns=columns, units=units, taught=True, supposed={})
