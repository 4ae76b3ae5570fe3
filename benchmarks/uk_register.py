"""The UK's Government Major Projects Portfolio, 2014 to 2023, as the reader beside (`uk_reader/`) reads it.

Amounts in million pounds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import cache
from pathlib import Path

import polars as pl
from uk_reader import uk_kind
from uk_reader.register import Register, read_register

from wenpan.documents.spreadsheets import workbook

SCALE = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")


@cache
def register(path: Path) -> Register:
    return read_register(workbook.read(path.read_bytes(), path.name), uk_kind())


def read(path: Path) -> pl.DataFrame:
    """An entry per project and report: the fields of `register_cells.Entry`, with `register`."""
    found = register(path)
    frame = pl.DataFrame([asdict(entry) for entry in found.entries], infer_schema_length=None)
    return frame.with_columns(register=pl.lit(found.kind.code))


def faults(path: Path) -> dict[str, int]:
    """How many findings of each kind the reader has, most first."""
    return dict(Counter(f.check.removeprefix("register.") for f in register(path).findings).most_common())
