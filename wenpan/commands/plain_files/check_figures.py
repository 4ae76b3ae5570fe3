"""What `wenpan check --figures` prints: figures, columns and how each was understood, question, targets,
records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any


def answer(reading: Any, findings: Sequence[Any]) -> dict[str, Any]:
    """One JSON object; its keys are described in docs/columns.md."""
    asks = reading.question.asks if reading.question else ""
    return {
        "kind": reading.kind,
        "title": reading.title,
        "period": reading.period,
        "figures": [_figure(f) for f in reading.figures],
        "targets": [_target(t) for t in reading.targets],
        "records": [_record(r) for r in reading.records],
        "columns": [_column(c) for table in reading.tables for c in table.columns],
        "rows_left_out": [asdict(row) for table in reading.tables for row in table.rows_left_out],
        "question": {"asks": "layout" if asks == "subject" else asks, "words": reading.question.words}
        if reading.question
        else None,
        "mapping": bool(reading.tables),
        "unread": sum(table.unread for table in reading.tables),
        "findings": [asdict(f) for f in findings],
    }


def _figure(f: Any) -> dict[str, Any]:
    names = ("sheet", "cell", "region", "indicator", "period", "measure", "basis")
    return {name: getattr(f, name) for name in names} | {"value": None if f.value is None else f"{f.value:f}"}


def _target(t: Any) -> dict[str, Any]:
    names = ("sheet", "cell", "indicator", "year", "measure", "comparison")
    said = {name: getattr(t, name) for name in names}
    return said | {"region": t.unit or t.region, "value": f"{t.value:f}"}


def _record(r: Any) -> dict[str, Any]:
    values = {k: None if v is None else str(v) for k, v in r.values.items()}
    return {"sheet": r.sheet, "row": r.row, "values": values, "cells": {k: r.cell(k) for k in r.values}}


def _column(c: Any) -> dict[str, Any]:
    return {
        "sheet": c.sheet, "column": c.letter, "header": c.header, "understood": c.understood, "role": c.role,
        "indicator": c.indicator, "region": c.region, "period": c.period, "measure": c.measure,
        "basis": c.basis, "unit": c.unit, "left_over": list(c.left_over), "why": c.why,
        "samples": list(c.samples), "unread": c.unread,
    }  # fmt: skip


def layouts_of(taught: Mapping[str, Any], reading: Any) -> dict[str, Any]:
    """The teaching of a file's first table, under the signature by which it is known again."""
    if not reading.tables:
        return {}
    table = reading.tables[0]
    columns = {str(_number(letter)): dict(said) for letter, said in taught["columns"].items()}
    kind = taught.get("kind") or table.kind or _kind_for(columns)
    at = list(table.header_at)
    return {table.signature: {"kind": kind, "header_rows": at, "header_at": at, "columns": columns}}


def _kind_for(columns: Mapping[str, Mapping[str, Any]]) -> str:
    roles = {str(said.get("role")) for said in columns.values()}
    return "annual_targets" if "target" in roles else "city_table" if "region" in roles else "indicator_table"


def _number(letters: str) -> int:
    number = 0
    for letter in letters.strip().upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
