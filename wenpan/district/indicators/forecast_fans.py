"""What a judgement keeps of its forecast: the way to December, and what the pages ask of it later.

`Fans` forecasts the district's rows and, in the same call, the growth by which it and its rivals are
ranked. What is kept (`AnnualForecast`, as plain numbers) is enough to answer "what if" without forecasting
again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Any

import numpy as np
import polars as pl

from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.figures.series import GROWTH_OF
from wenpan.economy.time.periods import Month

Key = tuple[str, str, str]  # indicator, measure, basis
MOST_RIVALS = 60  # of a larger family the places are not said
COLUMNS = ("region", "indicator", "measure", "basis")


class Fans:
    """A forecaster that remembers, so that the page draws the fan that was judged."""

    def __init__(self, home: str = "", rivals: Sequence[str] = ()) -> None:
        self.home, self.rivals = home, tuple(rivals) if len(rivals) <= MOST_RIVALS else ()
        self.ends: list[tuple[int, Any, dict[Key, int]]] = []
        self.known: dict[Month, Any] = {}  # what was read of the figures, for whoever needs it too
        self.chained: dict[Month, Any] = {}  # and what the forecast made of them
        self.places: list[tuple[int, Any, dict[Key, list[int]]]] = []

    def __call__(
        self,
        observations: pl.DataFrame,
        *,
        indicators: Mapping[str, Indicator],
        as_of: Month,
        wanted: pl.DataFrame,
    ) -> Any:
        from wenpan.economy.forecast import forecast_year_end
        from wenpan.economy.forecast.figures import known_figures

        self.known[as_of] = known = known_figures(observations, as_of)
        ranked = self._ranked(wanted, indicators)
        asked = pl.concat([wanted, ranked.select(wanted.columns)])
        everything = forecast_year_end(
            observations,
            indicators=indicators,
            as_of=as_of,
            wanted=asked,
            known=known,
            chained=self.chained.setdefault(as_of, {}),
        )
        end = everything.first(wanted.height)
        keys = end.wanted.select(COLUMNS[1:]).rows()
        self.ends.append((as_of.year, end, {key: i for i, key in enumerate(keys)}))
        found: dict[Key, list[int]] = {}
        for i, key in enumerate(ranked.select(COLUMNS[1:]).iter_rows(), start=wanted.height):
            found.setdefault(key, []).append(i)
        self.places.append((as_of.year, everything, found))
        return end

    def _ranked(self, wanted: pl.DataFrame, indicators: Mapping[str, Indicator]) -> pl.DataFrame:
        """Home first, then the rivals, of every growth by which an asked indicator is ranked."""
        schema = {name: wanted.schema[name] for name in COLUMNS}
        if not self.rivals:
            return pl.DataFrame(schema=schema)
        growths = dict.fromkeys(
            (code, growth_of(measure), indicators[code].basis)
            for code, measure in wanted.select("indicator", "measure").iter_rows()
            if code in indicators
        )
        rows = [(region, *key) for key in growths for region in (self.home, *self.rivals)]
        return pl.DataFrame(rows, schema=schema, orient="row")

    def of(self, row: Mapping[str, Any]) -> list[list[Any]]:
        """[period, p10, p25, p50, p75, p90] from now to December; empty where the forecast was refused."""
        if (found := self._row(row)) is None:
            return []
        end, i = found
        return [[p.period, *(round(v, 4) for v in astuple(p)[1:])] for p in end.fan(i)]

    def _row(self, row: Mapping[str, Any]) -> tuple[Any, int] | None:
        key = (row["indicator"], row["measure"], row["basis"])
        for year, end, places in self.ends:
            if year == row["year"] and key in places:
                return end, places[key]
        return None

    def ahead(self, row: Mapping[str, Any], indicator: Indicator, effort: Any) -> dict[str, Any]:
        """The row's `economy.forecast.scenario.AnnualForecast` as plain numbers; empty where nothing is
        forecast or the year is over. `effort` is that of the row's target, or of its median where it has
        none."""
        found = self._row(row)
        if found is None or not row["months_left"]:
            return {}
        end, i = found
        if not math.isfinite(end.quantiles[i, 0]):
            return {}
        kept: dict[str, Any] = {"quantiles": _plain(end.quantiles[i]), "ranks": _ranks(end.ranks[i])}
        if end.grain[i]:
            kept["grain"] = float(end.grain[i])
        kept |= _way(row, effort) if effort is not None else {}
        return kept | self._among(row, indicator)

    def _among(self, row: Mapping[str, Any], indicator: Indicator) -> dict[str, Any]:
        from wenpan.economy.forecast.joint import USUAL_AMONG_PLACES, normal_scores, togetherness
        from wenpan.economy.forecast.scenario import FIVE

        key = (row["indicator"], growth_of(row["measure"]), indicator.basis)
        for year, end, found in self.places:
            if year != row["year"] or key not in found:
                continue
            known = [i for i in found[key] if math.isfinite(end.quantiles[i, 0])]
            if len(known) < 2 or known[0] != found[key][0]:
                return {}
            ranks = normal_scores(end.ranks[known], np.ones(len(known), dtype=bool))
            together, years = togetherness(ranks, USUAL_AMONG_PLACES)
            five = np.stack([end.p(level)[known] for level in FIVE], axis=1)
            return {
                "growth": _plain(five[0]), "rivals": [_plain(r) for r in five[1:]],
                "together": round(together, 4), "years": years,
                "more_is_better": indicator.direction != "down",
            }  # fmt: skip
        return {}


def growth_of(measure: str) -> str:
    """The growth that is ranked: the measure itself, or the growth of that level."""
    return measure if Measure(measure).is_growth else GROWTH_OF.get(measure, measure)


def _way(row: Mapping[str, Any], effort: Any) -> dict[str, Any]:
    """Growth of the months left behind the forecast's median, and its weight."""
    anchor = row["target"] if row["target"] is not None else row["p50"]
    if not (math.isfinite(effort.needed) and math.isfinite(effort.weight) and effort.weight > 0):
        return {}
    expected = effort.needed + (row["p50"] - anchor) / effort.weight
    return {"expected": round(float(expected), 4), "weight": float(f"{effort.weight:.6g}")}


def _plain(values: Iterable[float]) -> list[float]:
    return [float(f"{v:.6g}") for v in values]


def _ranks(values: Iterable[float]) -> list[float | None]:
    """Without the years before the first that is known."""
    shown = [round(float(v), 3) if math.isfinite(v) else None for v in values]
    first = next((i for i, v in enumerate(shown) if v is not None), len(shown))
    return shown[first:]
