"""Figures and ranks of a reading as polars frames, for the checks and the ledger."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wenpan.documents.figures import Figure, PublishedRank

_TEXTS = (
    "region", "indicator", "period", "measure", "basis", "status", "text", "unit", "sheet", "cell", "factor",
)  # fmt: skip
_RANKS = ("region", "indicator", "period", "measure", "basis", "sheet", "cell")


def figures_frame(figures: Sequence[Figure]) -> pl.DataFrame:
    """One row a figure, in the order of the file; `value` f64, null where there is no number."""
    columns = {name: pl.Series(name, [getattr(f, name) for f in figures], pl.String) for name in _TEXTS}
    value = [None if f.value is None else float(f.value) for f in figures]
    return pl.DataFrame([*columns.values(), pl.Series("value", value, pl.Float64)])


def ranks_frame(ranks: Sequence[PublishedRank]) -> pl.DataFrame:
    columns = [pl.Series(name, [getattr(r, name) for r in ranks], pl.String) for name in _RANKS]
    return pl.DataFrame([*columns, pl.Series("rank", [r.rank for r in ranks], pl.Int32)])
