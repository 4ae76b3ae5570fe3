"""A plan as changes for people: old → new, each figure named, with its headings as the sheet is laid out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from wenpan.district.observations.ledger_changes import LedgerChanges, figure_words
from wenpan.documents.tables.reading import Reading
from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS, Indicator, Measure

_SAYS = ["status", "value", "unit"]


def changes(
    planned: LedgerChanges, reading: Reading, known: Mapping[str, Indicator], names: Mapping[str, str]
) -> pl.DataFrame:
    """An `intake.handlers.changes_frame`, in the order of the file."""
    rows = planned.rows
    kept = pl.col("kind") == "kept"
    row, column = _headings(rows, reading, known, names)
    return rows.with_columns(_shown(rows, "held_").alias("old"), _shown(rows, "").alias("new")).select(
        pl.format(
            "{} · {} · {} {}", _name(rows, known), _region(rows, names), "period", _measure(rows)
        ).alias("subject"),
        pl.format("{}!{}", "sheet", "cell").alias("place"),
        "old",
        pl.when(kept).then("old").otherwise("new").alias("new"),
        pl.when(kept).then(pl.lit("unchanged")).otherwise("kind").alias("kind"),
        row.alias("row"),
        column.alias("column"),
    )


def _shown(rows: pl.DataFrame, prefix: str) -> pl.Series:
    """The version in words; "" where there is none. Figures that say the same are put into words once."""
    given = rows.select(pl.col(f"{prefix}{name}").alias(name) for name in _SAYS)
    once = given.unique()
    words = ["" if s is None else figure_words(s, v, u) for s, v, u in once.iter_rows()]
    told = once.with_columns(pl.Series("words", words, dtype=pl.String))
    return given.join(told, on=_SAYS, how="left", nulls_equal=True, maintain_order="left")["words"]


def _headings(
    rows: pl.DataFrame, reading: Reading, known: Mapping[str, Indicator], names: Mapping[str, str]
) -> tuple[pl.Expr, pl.Expr]:
    """Row and column headings of the preview, as the sheet itself is laid out."""
    region, name, measure = _region(rows, names), _name(rows, known), _measure(rows)
    if reading.kind == "city_table":
        return region, pl.format("{} {}", _name(rows, known, short=True), measure)
    if reading.kind == "indicator_table":
        plain = _mapped(rows, "measure", lambda m: MEASURE_LABELS[Measure(m)])
        basis = _mapped(rows, "basis", lambda b: "" if b == "natural" else f" ({BASES.get(b, b)})")
        other = pl.col("period").ne_missing(pl.lit(reading.period))
        return pl.format("{}{}", name, basis), (
            pl.when(other).then(pl.format("{} {}", "period", plain)).otherwise(plain)
        )
    return pl.format("{} · {} · {}", region, name, "period"), measure


def _region(rows: pl.DataFrame, names: Mapping[str, str]) -> pl.Expr:
    return _mapped(rows, "region", lambda code: names.get(code, code))


def _name(rows: pl.DataFrame, known: Mapping[str, Indicator], *, short: bool = False) -> pl.Expr:
    def name(code: str) -> str:
        indicator = known.get(code)
        return code if indicator is None else indicator.short if short else indicator.name

    return _mapped(rows, "indicator", name)


def _measure(rows: pl.DataFrame) -> pl.Expr:
    measure = _mapped(rows, "measure", lambda m: MEASURE_LABELS[Measure(m)])
    basis = _mapped(rows, "basis", lambda b: "" if b == "natural" else f" ({BASES.get(b, b)})")
    return pl.concat_str(measure, basis)


def _mapped(rows: pl.DataFrame, column: str, word: Callable[[str], str]) -> pl.Expr:
    """Codes as words; every code is looked up once."""
    words = {code: word(code) for code in rows[column].unique()}
    return pl.col(column).replace_strict(words, return_dtype=pl.String)
