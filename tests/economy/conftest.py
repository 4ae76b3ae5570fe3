"""A small city for judgements: 安禾区 and three rivals, figures written as tables."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from wenpan import rules
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast.year_end import LEVELS, YearEnd
from wenpan.economy.judging.judgement import judge
from wenpan.economy.time.periods import parse_month

REGIONS = pl.DataFrame(
    {
        "region": ["city", "anhe", "dong", "xi", "bei"],
        "name": ["宁澜市", "安禾区", "东澜区", "西澜区", "北澜区"],
        "parent": [None, "city", "city", "city", "city"],
    }
)
OBSERVED = {"region": pl.String, "indicator": pl.String, "period": pl.String, "measure": pl.String,
            "basis": pl.String, "value": pl.Float64, "released": pl.Date}  # fmt: skip


def no_forecast(observations: pl.DataFrame, *, indicators: Any, as_of: Any, wanted: pl.DataFrame) -> YearEnd:
    return fixed_forecast(np.nan)(observations, indicators=indicators, as_of=as_of, wanted=wanted)


def fixed_forecast(value: float) -> Any:
    """A forecaster that is sure of one year-end figure (NaN: refuses)."""

    def forecaster(
        observations: pl.DataFrame, *, indicators: Any, as_of: Any, wanted: pl.DataFrame
    ) -> YearEnd:
        n = wanted.height
        quantiles = np.full((n, len(LEVELS)), value) + np.linspace(-1, 1, len(LEVELS))
        zeros = np.zeros(n)
        left = np.zeros((n, 13))
        return YearEnd(wanted, LEVELS, quantiles, [""] * n, as_of, zeros.astype(np.int64), zeros, left, left)

    return forecaster


@dataclass
class Bench:
    """Figures and targets added by hand, then judged."""

    figures: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)
    indicators: dict[str, Indicator] = field(
        default_factory=lambda: {"fai": Indicator("fai", "固定资产投资", "亿元")}
    )
    regions: pl.DataFrame | None = field(default_factory=lambda: REGIONS)

    def figure(
        self, region: str, period: str, value: float | None, measure: str = "ytd_growth", **more: Any
    ) -> Bench:
        row = {"region": region, "indicator": "fai", "period": period, "measure": measure, "basis": "natural",
               "value": None if value is None else float(value), "released": None}  # fmt: skip
        self.figures.append(row | more)
        return self

    def year(self, region: str, year: int, values: dict[int, float], measure: str = "ytd") -> Bench:
        for month, value in values.items():
            self.figure(region, f"{year}-{month:02d}", value, measure)
        return self

    def target(self, value: float | None, measure: str = "ytd_growth", **more: Any) -> Bench:
        row = {"region": "anhe", "indicator": "fai", "year": 2022, "measure": measure, "basis": "natural",
               "comparison": ">=", "value": value, "target_id": f"t{len(self.promises)}", "set_by": "city",
               "schedule": "linear", "curve": [], "excuse": None}  # fmt: skip
        row |= more
        self.promises.append(row | {"curve": [float(share) for share in row["curve"]]})
        return self

    def observations(self) -> pl.DataFrame:
        return pl.DataFrame(self.figures, schema=OBSERVED)

    def judged(
        self, as_of: str = "2022-09", *, rule_set: str = "default", **more: Any
    ) -> list[dict[str, Any]]:
        targets = pl.DataFrame(
            self.promises,
            schema_overrides={"curve": pl.List(pl.Float64), "excuse": pl.String, "value": pl.Float64},
        )
        frame = judge(
            self.observations(), targets, indicators=self.indicators, regions=self.regions,
            as_of=parse_month(as_of),
            **({"forecaster": no_forecast, "rules": rules.light_rules()[rule_set]} | more),
        )  # fmt: skip
        return frame.to_dicts()

    def one(self, as_of: str = "2022-09", **more: Any) -> dict[str, Any]:
        rows = self.judged(as_of, **more)
        assert len(rows) == 1, rows
        return rows[0]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bench:
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    return Bench()


@pytest.fixture
def sure_of() -> Any:
    return fixed_forecast


@pytest.fixture
def day() -> type[datetime.date]:
    return datetime.date
