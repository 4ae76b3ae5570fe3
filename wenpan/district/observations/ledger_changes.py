"""What acceptance of a reading would do to the ledger, figure by figure; preview and storing share it.

A figure that says the same as the version that holds is left alone. A cell without a number ("…", "-")
never takes the place of a number: it is a note for the reader, because a gap in one table does not
withdraw what another table published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl
from django.db import connection

from wenpan.district.observations.frames import real
from wenpan.district.observations.models import Observation, Region
from wenpan.documents.tables.frames import figures_frame
from wenpan.documents.tables.reading import Figure
from wenpan.economy.figures import quantities

KEY = ("region", "indicator", "period", "measure", "basis")
PLACES = quantities.MOST_PLACES
STEP = Decimal(1).scaleb(-PLACES)
LARGEST = Decimal(10) ** 11  # fifteen digits, four of them after the point (docs: SQLite keeps no more)
_HELD = {
    **dict.fromkeys(KEY, pl.String),
    "held": pl.Int64,
    "held_status": pl.String,
    "held_value": pl.Float64,
    "held_unit": pl.String,
    "held_version": pl.Int64,
}
_LAST = {**dict.fromkeys(KEY, pl.String), "last": pl.Int64}


@dataclass(frozen=True)
class LedgerChanges:
    """`rows`: one row a figure, the columns of `figures_frame` (numbers rounded as the ledger keeps
    them), and

    - kind: new, revised, unchanged or kept (no number here, and the ledger's stays),
    - held, held_status, held_value, held_unit, held_version: the version that holds now, or null,
    - version: that the figure will have.
    """

    rows: pl.DataFrame
    twice: tuple[tuple[Figure, Figure], ...]  # the same figure in two cells with two values
    too_large: tuple[Figure, ...]

    def of_kind(self, *kinds: str) -> pl.DataFrame:
        return self.rows.filter(pl.col("kind").is_in(kinds))

    @property
    def counts(self) -> dict[str, int]:
        """new, revised, unchanged; what is kept is unchanged."""
        found = dict(self.rows["kind"].value_counts().iter_rows())
        found["unchanged"] = found.get("unchanged", 0) + found.pop("kept", 0)
        return {kind: found.get(kind, 0) for kind in ("new", "revised", "unchanged")}


def rounded(value: Decimal) -> Decimal:
    return quantities.rounded(value, PLACES)


def ledger_changes(figures: Sequence[Figure]) -> LedgerChanges:
    """Two queries, however many figures there are."""
    frame = figures_frame(figures).with_row_index("row")
    large = frame.filter(pl.col("value").abs() >= float(LARGEST))["row"]
    frame = _rounded(frame.filter(~pl.col("row").is_in(large.implode())) if len(large) else frame)
    first = frame.unique(KEY, keep="first", maintain_order=True)
    twice = _twice(frame, first) if first.height < frame.height else []
    return LedgerChanges(
        _against_ledger(first.drop("row")),
        tuple((figures[a], figures[b]) for a, b in twice),
        tuple(figures[row] for row in large),
    )


def _rounded(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers with at most four places; only longer ones need arithmetic."""
    long = pl.col("number").str.contains(r"\.\d{5}")
    if not frame.select(long.any()).item():
        return frame
    step = pl.col("number").map_elements(lambda n: f"{rounded(Decimal(n)):f}", return_dtype=pl.String)
    frame = frame.with_columns(pl.when(long).then(step).otherwise(pl.col("number")).alias("number"))
    return frame.with_columns(pl.col("number").cast(pl.Float64).alias("value"))


def _twice(frame: pl.DataFrame, first: pl.DataFrame) -> list[tuple[int, int]]:
    both = frame.join(first.select(*KEY, "row", "status", "value"), on=KEY, suffix="_first")
    differs = pl.col("status").ne(pl.col("status_first")) | pl.col("value").ne_missing(pl.col("value_first"))
    return both.filter(differs).sort("row").select("row_first", "row").rows()


def _against_ledger(first: pl.DataFrame) -> pl.DataFrame:
    where, params = _scope(first)
    rows = first.join(_held(where, params), on=KEY, how="left", maintain_order="left")
    rows = rows.join(_last_versions(where, params), on=KEY, how="left", maintain_order="left")
    same = (pl.col("value") - pl.col("held_value")).abs() < float(STEP) / 2
    gaps = pl.col("value").is_null() & pl.col("held_value").is_null()
    kind = (
        pl.when(pl.col("held").is_null())
        .then(pl.lit("new"))
        .when(pl.col("value").is_null() & pl.col("held_value").is_not_null())
        .then(pl.lit("kept"))
        .when((pl.col("status") == pl.col("held_status")) & (gaps | same.fill_null(value=False)))
        .then(pl.lit("unchanged"))
        .otherwise(pl.lit("revised"))
    )
    version = (
        pl.when(kind == "new")
        .then(pl.col("last").fill_null(0) + 1)
        .otherwise(pl.col("held_version") + (kind == "revised"))
    )
    return rows.with_columns(kind.alias("kind"), version.alias("version")).drop("last")


_OF = (
    "FROM observations_observation o JOIN observations_region r ON r.id = o.region_id "
    "WHERE o.superseded_at IS %s NULL AND "
)
_KEY = "r.code, o.indicator, o.period, o.measure, o.basis"


def _held(where: str, params: list[str]) -> pl.DataFrame:
    columns = f"{_KEY}, o.id, o.status, CAST(o.value AS {real()}), o.unit, o.version"
    return _frame(f"SELECT {columns} {_OF % ''}{where}", params, _HELD)


def _last_versions(where: str, params: list[str]) -> pl.DataFrame:
    """Of figures that had versions and may hold none now (their batch was undone)."""
    return _frame(f"SELECT {_KEY}, MAX(o.version) {_OF % 'NOT'}{where} GROUP BY {_KEY}", params, _LAST)


def _frame(sql: str, params: list[str], schema: dict[str, Any]) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


def _scope(figures: pl.DataFrame) -> tuple[str, list[str]]:
    """Indicators and the span of periods: few parameters, and never more rows than the span holds."""
    codes = figures["indicator"].unique().sort().to_list()
    if not codes:
        return "1 = 0", []
    marks = ", ".join(["%s"] * len(codes))
    periods = figures["period"]
    return (
        f"o.indicator IN ({marks}) AND o.period >= %s AND o.period <= %s",
        [*codes, str(periods.min()), str(periods.max())],
    )


def figure_words(status: str, value: Decimal | float | None, unit: str) -> str:
    """5.0% · 1,291.92亿元 · 未报: a version in words for people."""
    if value is None:
        return str(Observation.Status(status).label)
    least = 1 if unit == "%" else 0  # growths are printed with a decimal
    return quantities.as_given(value, unit, least=least, thousands=True)


def region_names() -> dict[str, str]:
    return dict(Region.objects.values_list("code", "name"))
