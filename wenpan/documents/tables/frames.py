"""Figures and ranks of a reading as polars frames, for the checks and the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, overload

import polars as pl

from wenpan.documents.tables.reading import ComparedNumber, Figure, PublishedRank

_TEXTS = (
    "region", "indicator", "period", "measure", "basis", "status", "text", "unit", "sheet", "cell", "factor",
)  # fmt: skip
_RANKS = ("region", "indicator", "period", "measure", "basis", "sheet", "cell")
_FIELDS = (*_TEXTS[:6], "number", *_TEXTS[6:])  # as Figure has them
_NUMBER = _FIELDS.index("number")


class FigureTable(Sequence[Figure]):
    """Figures kept as columns; an object is made only where one is asked for.

    `frame` is a `figures_frame`. A hundred thousand figures as objects cost more than reading them.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __len__(self) -> int:
        return self.frame.height

    def __iter__(self) -> Iterator[Figure]:
        return map(_figure, self.frame.select(_FIELDS).iter_rows())

    @overload
    def __getitem__(self, index: int) -> Figure: ...
    @overload
    def __getitem__(self, index: slice) -> list[Figure]: ...
    def __getitem__(self, index: int | slice) -> Figure | list[Figure]:
        if isinstance(index, slice):
            return list(FigureTable(self.frame[index]))
        return _figure(self.frame.select(_FIELDS).row(index))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


def _figure(row: tuple[Any, ...]) -> Figure:
    values: list[Any] = list(row)
    if values[_NUMBER] is not None:
        values[_NUMBER] = Decimal(values[_NUMBER])
    return Figure(*values)


def figures_frame(figures: Sequence[Figure]) -> pl.DataFrame:
    """One row a figure, in the order of the file; `value` f64, null where there is no number.

    `number` is the exact decimal text of `value`.
    """
    if isinstance(figures, FigureTable):
        return figures.frame
    columns = [pl.Series(name, [getattr(f, name) for f in figures], pl.String) for name in _TEXTS]
    number = pl.Series("number", [None if f.value is None else f"{f.value:f}" for f in figures], pl.String)
    return pl.DataFrame([*columns, number, number.cast(pl.Float64).alias("value")])


_COMPARED = ("region", "indicator", "period", "measure", "basis", "kind", "other", "sheet", "cell")


def compared_frame(numbers: Sequence[ComparedNumber]) -> pl.DataFrame:
    """Numbers beside the figures, for the check that holds them against the ledger."""
    columns = [pl.Series(name, [getattr(n, name) for n in numbers], pl.String) for name in _COMPARED]
    signed = pl.Series("signed", [n.signed for n in numbers], pl.Boolean)
    value = pl.Series("value", [float(n.value) for n in numbers], pl.Float64)
    due = [None if n.against is None else float(n.against) for n in numbers]
    return pl.DataFrame([*columns, signed, value, pl.Series("against", due, pl.Float64)])


def ranks_frame(ranks: Sequence[PublishedRank]) -> pl.DataFrame:
    columns = [pl.Series(name, [getattr(r, name) for r in ranks], pl.String) for name in _RANKS]
    return pl.DataFrame([*columns, pl.Series("rank", [r.rank for r in ranks], pl.Int32)])
