"""The UK's Government Major Projects Portfolio, 2014 to 2023, as `wenpan register` reads it.

The reader is the program's own (`wenpan/documents/registers/register.py`,
`wenpan/rules/registers/uk_gmpp.yaml`): the benchmarks test what a place would import.
Amounts in million pounds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import cache
from pathlib import Path

import polars as pl

from wenpan.documents.registers.register import Register, read_register
from wenpan.documents.spreadsheets import workbook
from wenpan.rules.registers import register_kinds

SCALE = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")


@cache
def register(path: Path) -> Register:
    return read_register(workbook.read(path.read_bytes(), path.name), register_kinds()["uk_gmpp"])


def read(path: Path) -> pl.DataFrame:
    """An entry per project and report: the fields of `register_cells.Entry`, with `register`."""
    found = register(path)
    frame = pl.DataFrame([asdict(entry) for entry in found.entries], infer_schema_length=None)
    return frame.with_columns(register=pl.lit(found.kind.code))


def faults(path: Path) -> dict[str, int]:
    """How many findings of each kind the reader has, most first."""
    return dict(Counter(f.check.removeprefix("register.") for f in register(path).findings).most_common())
