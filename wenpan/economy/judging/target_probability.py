"""Forecasting for the judgement: the year-end distribution read at each row's target.

Pure. The forecaster is an argument; left out it is `economy.forecast.forecast_year_end`, loaded
only when it is needed because it brings scipy with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.figures.series import KEYS, Floats
from wenpan.economy.time.periods import Month

if TYPE_CHECKING:
    from wenpan.economy.forecast import YearEnd


METHOD = "2026-11-30.2"  # of the year-end forecast; changes with every change that moves a chance
FIRST_METHOD = "2026-01"  # of judgements that do not say
MET, MISSED = "全年目标已完成", "全年目标未完成"


class Forecaster(Protocol):
    def __call__(
        self,
        observations: pl.DataFrame,
        *,
        indicators: Mapping[str, Indicator],
        as_of: Month,
        wanted: pl.DataFrame,
    ) -> YearEnd: ...


def year_end_of(
    seen: pl.DataFrame,
    rows: pl.DataFrame,
    indicators: Mapping[str, Indicator],
    as_of: Month,
    forecaster: Forecaster | None,
) -> dict[str, Any]:
    """p10, p50, p90, probability (N,), NaN where refused; forecast_note says why. Of a year that is
    over the note says whether the target was met, and there is no probability.

    Rows judged at last December (as of January) are forecast as of that December.
    """
    forecaster = forecaster or _ours()
    out: dict[str, Any] = {
        name: np.full(rows.height, np.nan) for name in ("p10", "p50", "p90", "probability")
    }
    notes = np.full(rows.height, "", dtype=object)
    years = rows["year"].to_numpy()
    for year in sorted(set(years.tolist())):
        mine = np.flatnonzero(years == year)
        origin = as_of if year == as_of.year else Month(year, 12)
        answer = _of_year(seen, rows[mine.tolist()], indicators, origin, forecaster)
        for name in ("p10", "p50", "p90", "probability"):
            out[name][mine] = answer[name]
        notes[mine] = answer["notes"]
    return {**out, "forecast_note": notes.tolist()}


def _ours() -> Forecaster:
    from wenpan.economy.forecast import forecast_year_end

    return forecast_year_end


def _of_year(
    seen: pl.DataFrame,
    rows: pl.DataFrame,
    indicators: Mapping[str, Indicator],
    origin: Month,
    forecaster: Forecaster,
) -> dict[str, Any]:
    wanted = rows.select(KEYS).unique(maintain_order=True)
    end = forecaster(seen, indicators=indicators, as_of=origin, wanted=wanted)
    numbered = wanted.with_row_index("i")
    i = rows.join(numbered, on=list(KEYS), how="left", maintain_order="left")["i"].to_numpy().astype(np.int64)
    chance = _probabilities(end, rows, i)
    over = (end.origin_month[i] == 12) & np.isfinite(chance)
    came = np.where(chance > 0.5, MET, MISSED)
    return {
        "p10": end.p(0.1)[i],
        "p50": end.p(0.5)[i],
        "p90": end.p(0.9)[i],
        "probability": np.where(over, np.nan, chance),  # of what has come there is none
        "notes": np.where(over, came, np.array(end.notes, dtype=object)[i]),
    }


def _probabilities(end: YearEnd, rows: pl.DataFrame, i: Any) -> Floats:
    """P(target met) per row; several targets of one figure are asked in turns, one per figure."""
    target = rows["target"].cast(pl.Float64).to_numpy()
    comparison = rows["comparison"].to_list()
    order = rows.select(turn=pl.int_range(pl.len()).over(KEYS))["turn"].to_numpy()
    out = np.full(rows.height, np.nan)
    for k in range(int(order.max()) + 1 if len(order) else 0):
        mine = np.flatnonzero(order == k)
        value = np.full(end.wanted.height, np.nan)
        asked = [">="] * end.wanted.height
        value[i[mine]] = target[mine]
        for j in mine:
            asked[i[j]] = comparison[j]
        out[mine] = end.probability(asked, value)[i[mine]]
    return out
