"""The scene of the checks: the file's numbers, each beside what was known before it.

Vectorised: every check is a filter over one frame, so that 100,000 figures take well under a
second. `index` is the month in which a period ends, counted from year 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.quality.context import CheckContext
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.time.periods import Month, Period, parse_period

SERIES = ["region", "indicator", "measure", "basis"]
_KEY = [*SERIES, "period"]
_SHOWN = ["sheet", "cell", "text", "unit"]


@dataclass(frozen=True)
class Scene:
    figures: pl.DataFrame
    ledger: pl.DataFrame
    context: CheckContext

    @cached_property
    def values(self) -> pl.DataFrame:
        """Figures with a number: SERIES, period, value, sheet, cell, text, unit, index."""
        kept = self.figures.filter((pl.col("status") == "value") & pl.col("value").is_not_null())
        return _with_index(kept.select(*_KEY, "value", *_SHOWN))

    @cached_property
    def known(self) -> pl.DataFrame:
        """The ledger with the file laid over it: SERIES, index, value. One series may span both."""
        if self.ledger.is_empty():
            return self.values.select(*SERIES, "index", "value")
        ledger = _with_index(self.ledger.select(*_KEY, "value").drop_nulls("value"))
        ledger = ledger.join(self.values.select(_KEY), on=_KEY, how="anti")
        return pl.concat(
            [self.values.select(*SERIES, "index", "value"), ledger.select(*SERIES, "index", "value")]
        )

    @cached_property
    def held(self) -> pl.DataFrame:
        """`values` with `old`: the ledger's number of the very same figure."""
        ledger = empty_ledger() if self.ledger.is_empty() else self.ledger
        old = ledger.select(*_KEY, pl.col("value").alias("old")).drop_nulls("old")
        return self.values.join(old, on=_KEY, how="inner", maintain_order="left")

    @cached_property
    def before(self) -> pl.DataFrame:
        """`values` with `previous` and `previous_index`: the nearest earlier figure of the same year.

        A December is followed by no earlier figure of its own year in February: such rows are left out.
        """
        known = self.known.select(
            *SERIES, pl.col("index").alias("previous_index"), pl.col("value").alias("previous")
        ).sort("previous_index")
        joined = (
            self.values.with_row_index("row")
            .with_columns((pl.col("index") - 1).alias("look"))
            .sort("look")
            .join_asof(known, left_on="look", right_on="previous_index", by=SERIES, check_sortedness=False)
        )
        same_year = pl.col("previous_index") // 12 == pl.col("index") // 12
        return joined.filter(same_year).sort("row")

    def at_distance(self, months: int) -> pl.DataFrame:
        """`values` with `other`: the figure of the same series `months` earlier."""
        other = self.known.select(
            *SERIES, (pl.col("index") + months).alias("index"), pl.col("value").alias("other")
        )
        return self.values.join(other, on=[*SERIES, "index"], how="inner", maintain_order="left")

    def indicators(self, wanted: Callable[[Indicator], bool]) -> list[str]:
        return [code for code, indicator in self.context.catalogue.items() if wanted(indicator)]

    def finding(
        self, check: str, row: dict[str, Any], found: str, expected: str, advice: str, *, name: str = ""
    ) -> CheckFinding:
        """A finding at the cell of a row; `check` names its limits, `name` its code if another."""
        severity = self.context.severity(check)
        assert severity is not None
        subject = self.context.subject(row["indicator"], row["region"])
        return CheckFinding(
            f"figures.{name or check}", severity, found, expected, advice, row["sheet"], row["cell"], subject
        )


def empty_ledger() -> pl.DataFrame:
    """A ledger that knows nothing."""
    return pl.DataFrame(schema={**dict.fromkeys(_KEY, pl.String), "value": pl.Float64})


def end_index(period: str) -> int:
    return parse_period(period).end.index


def period_at(index: int, like: str) -> Period:
    """The period that ends in month `index`, month or quarter like the period text given."""
    month = Month.from_index(index)
    return month.quarter if "Q" in like else month


def _with_index(frame: pl.DataFrame) -> pl.DataFrame:
    if frame.is_empty():
        return frame.with_columns(pl.lit(None, pl.Int32).alias("index"))
    periods = frame["period"].unique().to_list()
    index = {p: end_index(p) for p in periods}
    return frame.with_columns(pl.col("period").replace_strict(index, return_dtype=pl.Int32).alias("index"))
