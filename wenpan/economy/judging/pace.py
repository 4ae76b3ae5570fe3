"""Pace: where each row stands on its way through the year and what is still needed. All rows at once.

Pure. Arrays are (N, months) windows, newest last, NaN where nothing is published. See
`judgement` for the formulas and `targets` for the same arithmetic on one series.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.figures.series import Floats
from wenpan.economy.judging.targets import shares_of

Ints = npt.NDArray[np.int64]
_YEARS = 3  # of past shares behind a seasonal schedule


def first_known(*choices: Floats) -> Floats:
    """Element by element the first that is known."""
    out = choices[0]
    for other in choices[1:]:
        out = np.where(np.isnan(out), other, out)
    return out


def last_known(window: Floats) -> tuple[Floats, Ints]:
    """(N,) the newest known value of each row and how many months before the period after the window.

    Looks back 13 months; NaN and 0 where nothing is known.
    """
    recent = window[:, -13:][:, ::-1]
    have = np.isfinite(recent)
    first = np.argmax(have, axis=1)
    any_known = have.any(axis=1)
    value = np.where(any_known, recent[np.arange(len(recent)), first], np.nan)
    return value, np.where(any_known, first + 1, 0)


class Pace:
    """Shares, schedule, gap, need and streak of the rows."""

    def __init__(
        self, rows: pl.DataFrame, own: Floats, level: Floats, indicators: Mapping[str, Indicator]
    ) -> None:
        self.rows, self.own, self.level = rows, own, level
        self.month = rows["month"].to_numpy().astype(np.int64)
        self.growing = rows["growing"].to_numpy()
        self.target = rows["target"].cast(pl.Float64).to_numpy().astype(np.float64)
        self.actual = own[:, -1]
        self.sign = np.where(rows["comparison"].to_numpy() == "<=", -1.0, 1.0)
        stock = (rows["aggregation"] == "last") | rows["level_measure"].is_in(["balance"])
        flow = (rows["aggregation"] == "sum") & (rows["level_measure"] == "ytd")
        self.stock, self.flow = stock.to_numpy(), (flow & ~stock).to_numpy()
        self.average = (
            (rows["aggregation"] == "mean") & (rows["level_measure"] == "ytd") & ~stock
        ).to_numpy()
        self.units = [indicators[code].unit if code in indicators else "" for code in rows["indicator"]]
        self._shares(indicators)
        self._gaps()

    def _shares(self, indicators: Mapping[str, Indicator]) -> None:
        usual = np.array(
            [shares_of("seasonal", seasonal=indicators[c].seasonal if c in indicators else ())
             for c in self.rows["indicator"]]
        ).reshape(-1, 12)  # fmt: skip
        past = self._past_shares()
        self.seasonal = first_known(_mean(past), usual)
        at = np.arange(len(self.month)), self.month - 1
        last_year = past[:, 0][at]
        share = first_known(last_year, _mean(past)[at], usual[at])
        self.share = np.where(self.average, self.month / 12, share)
        self.share_known = np.isfinite(last_year)
        self.schedule = self._schedule()

    def _past_shares(self) -> Floats:
        """(N, years, 12) shares of past years, last year first; NaN without December or a total > 0."""
        months = np.arange(1, 13)[None, None, :]
        years = np.arange(1, _YEARS + 1)[None, :, None]
        column = self.level.shape[1] - 1 - (self.month[:, None, None] + 12 * years - months)
        values = self.level[np.arange(len(self.month))[:, None, None], np.maximum(column, 0)]
        values = np.where(column >= 0, values, np.nan)
        total = values[:, :, 11:]
        with np.errstate(all="ignore"):
            shares = np.where(total > 0, values / total, np.nan)
        usable = self.flow[:, None, None] & (shares >= 0) & (shares <= 1)
        return np.where(usable, shares, np.nan)

    def _schedule(self) -> Floats:
        """(N, 12) cumulative shares of the year's target due by month."""
        out = np.tile(np.arange(1, 13) / 12, (len(self.month), 1))
        kinds = self.rows["schedule"].to_numpy()
        out[kinds == "seasonal"] = self.seasonal[kinds == "seasonal"]
        for i in np.flatnonzero(kinds == "curve"):
            out[i] = shares_of("curve", curve=self.rows["curve"][int(i)])
        return out

    def _gaps(self) -> None:
        n = np.arange(len(self.month))
        width = self.level.shape[1]
        self.base = self.level[n, width - 1 - self.month]  # last December
        self.due12 = self._due()
        self.due = self.due12[n, self.month - 1]
        with np.errstate(all="ignore"):
            usable = (self.target > 0) & (self.due > 0)
            of_due = np.where(usable, 100 * (self.actual / self.due - 1), np.nan)
            points = np.where(usable, 100 * (self.actual - self.due) / self.target, np.nan)
        difference = self.actual - self.target
        self.gap = np.round(np.where(self.growing, difference, of_due), 9)
        self.schedule_gap = np.round(np.where(self.growing, difference, points), 9)
        self.margin = self.sign * self.gap

    def _due(self) -> Floats:
        """(N, 12) what the measure should be in each month of the year to reach the target."""
        target, start = self.target[:, None], self.base[:, None]
        stocks = np.where(np.isfinite(start), start + (target - start) * self.schedule, target)
        out = np.where(
            self.stock[:, None], stocks, np.where(self.flow[:, None], target * self.schedule, target)
        )
        return np.where(self.growing[:, None], target, out)

    def _needed(self) -> tuple[Floats, list[str], list[str]]:
        left = 12 - self.month
        with np.errstate(all="ignore"):
            rest = np.where(
                self.share < 1, (self.target - self.share * self.actual) / (1 - self.share), np.nan
            )
            end = np.where(self.growing, self.base * (1 + self.target / 100), self.target)
            now = np.where(self.growing, self.level[:, -1], self.actual)
            amount = (end - now) / left
        amount = np.where((self.sign > 0) & (amount < 0), 0.0, amount)
        growth = self.growing & (self.flow | self.average)
        value = np.where(growth | self.average, rest, np.where(self.flow | self.stock, amount, np.nan))
        value = np.where((left > 0) & np.isfinite(self.actual), value, np.nan)
        kinds = ["growth" if g else "amount" for g in growth]
        units = ["%" if g else unit for g, unit in zip(growth, self.units, strict=True)]
        return value, kinds, units

    def _margins(self) -> Floats:
        """(N, 12) margin of each month of this year up to now, newest first; NaN where unpublished."""
        back = np.arange(12)[None, :]
        months = self.month[:, None] - back
        values = self.own[:, ::-1][:, :12]
        due = np.take_along_axis(self.due12, np.maximum(months, 1) - 1, axis=1)
        with np.errstate(all="ignore"):
            gap = np.where(
                self.growing[:, None], values - due, np.where(due > 0, 100 * (values / due - 1), np.nan)
            )
        return np.where(months >= 1, np.round(self.sign[:, None] * gap, 9), np.nan)

    def _streak(self) -> Ints:
        """(N,) published periods of this year in a row on the present side of the target; 0 if unknown."""
        margins = self._margins()
        met = margins >= 0
        other_side = np.isfinite(margins) & (met != met[:, :1])
        until = np.where(other_side.any(1), np.argmax(other_side, axis=1), 12)
        counted = np.isfinite(margins) & (np.arange(12)[None, :] < until[:, None])
        return np.where(np.isfinite(self.margin), counted.sum(1), 0)

    def columns(self) -> dict[str, Any]:
        needed, kinds, units = self._needed()
        known = np.isfinite(needed)
        self.streak = self._streak()
        n = np.arange(len(self.month))
        return {
            "gap": self.gap,
            "gap_unit": np.where(self.growing, "points", "percent").astype(object).tolist(),
            "schedule_share": self.schedule[n, self.month - 1],
            "schedule_gap": self.schedule_gap,
            "needed": needed,
            "needed_kind": [kind if k else None for kind, k in zip(kinds, known, strict=True)],
            "needed_unit": [unit if k else None for unit, k in zip(units, known, strict=True)],
            "months_left": 12 - self.month,
            "streak": self.streak,
        }

    def facts(self) -> dict[str, Any]:
        """What rules and reasons need beside the output columns."""
        with np.errstate(all="ignore"):
            positive = ~self.growing & (self.target > 0)
            progress = np.where(positive, 100 * self.actual / self.target, np.nan)
            schedule = np.where(positive, 100 * self.due / self.target, np.nan)
        return {
            "margin": self.margin,
            "progress": progress,
            "schedule_percent": schedule,
            "due": self.due,
            "share": self.share,
            "share_known": self.share_known,
            "last_level": self.level[:, -13],
            "missed_streak": np.where(self.margin < 0, self.streak, 0),
        }

    def history(self, row: int) -> list[dict[str, float]]:
        """Facts of the earlier published periods of this year, newest first, for rules that look back."""
        margins, values = self._margins()[row, 1:], self.own[row, ::-1][1:12]
        return [
            {"margin": float(m), "actual": float(v), **({"growth": float(v)} if self.growing[row] else {})}
            for m, v in zip(margins, values, strict=True)
            if np.isfinite(m)
        ]


def _mean(past: Floats) -> Floats:
    """(N, 12) mean over the years that are known."""
    known = np.isfinite(past).sum(axis=1)
    total = np.nansum(past, axis=1)
    return np.where(known > 0, total / np.maximum(known, 1), np.nan)
