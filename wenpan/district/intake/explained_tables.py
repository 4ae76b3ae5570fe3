"""各列是什么 of a file, kept beside the database so that pages need not read the file again.

A derived copy: lost without loss, the file is then read anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from wenpan.district.intake.models import Submission
from wenpan.documents.tables.explained import ASKED, KEY, ExplainedColumn, ExplainedTable, LeftOutRow
from wenpan.documents.tables.reading import Reading, UnknownLayout


def tables_of(reading: Reading) -> list[ExplainedTable]:
    """Every table of the file; of a header that no kind knows, what its columns seem to be."""
    if reading.tables or reading.unknown is None:
        return list(reading.tables)
    return [_of_unknown(reading.unknown, reading.title, reading.kind)]


def _of_unknown(unknown: UnknownLayout, title: str, kind: str) -> ExplainedTable:
    columns = tuple(
        ExplainedColumn(
            sheet=unknown.sheet,
            index=c.index,
            letter=c.letter,
            path=(c.header,) if c.header else (),
            samples=tuple(c.samples[:3]),
            understood=KEY if c.guess.get("role") in ("indicator", "region", "unit", "period") else ASKED,
            role=c.guess.get("role", ""),
            indicator=c.guess.get("indicator", ""),
            region=c.guess.get("region", ""),
            measure=c.guess.get("measure", ""),
            basis=c.guess.get("basis", ""),
            unit=c.guess.get("unit", ""),
        )
        for c in unknown.columns
    )
    return ExplainedTable(
        sheet=unknown.sheet,
        title=title,
        kind=kind,
        produces="",
        header_at=tuple(unknown.header_at),
        header_rows=tuple(map(tuple, unknown.header_rows)),
        sample_rows=tuple(map(tuple, unknown.sample_rows)),
        columns=columns,
        signature=unknown.signature,
    )


def keep(submission: Submission, tables: Sequence[ExplainedTable]) -> None:
    path = _path(submission)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(table) for table in tables], ensure_ascii=False), "utf-8")


def kept_tables(submission: Submission) -> list[ExplainedTable] | None:
    """None if there is none, or one of an older shape."""
    try:
        return [_table(data) for data in json.loads(_path(submission).read_text("utf-8"))]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _path(submission: Submission) -> Path:
    return Path(settings.WENPAN_HOME) / "previews" / f"{submission.pk}.tables.json"


def _table(data: Mapping[str, Any]) -> ExplainedTable:
    values = {key: _frozen(value) for key, value in data.items()}
    values["columns"] = tuple(
        ExplainedColumn(**{key: _frozen(value) for key, value in column.items()})
        for column in data["columns"]
    )
    values["rows_left_out"] = tuple(LeftOutRow(**row) for row in data["rows_left_out"])
    return ExplainedTable(**values)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value
