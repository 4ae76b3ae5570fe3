"""Returns of all projects as one array: cumulative investment by project and month.

Pure. A month without a return keeps the last cumulative figure (`reported` says which were
reported); before its first return a project has zero. A cumulative figure that falls is taken as
it stands: the checks ask about it, the arithmetic does not mend it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from wenpan.economy.time.periods import Month, parse_month

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEVER = 10**6  # month index of "not yet", later than any month

PROJECT_COLUMNS = {
    "project": pl.String,
    "band": pl.String,  # small | large | estate
    "kind": pl.String,
    "planned_total": pl.Float64,
    "opened": pl.String,
    "entered": pl.String,
    "planned_finish": pl.String,
    "state": pl.String,
    "unit": pl.String,
}


@dataclass(frozen=True)
class Grid:
    """Row i is `projects` row i; column t is month `first + t`."""

    projects: pl.DataFrame
    first: int  # Month.index of column 0
    cumulative: Floats  # (N, T)
    reported: Bools  # (N, T)
    total: Floats  # (N,)
    opened: Ints  # (N,) Month.index, NEVER where unknown
    entered: Ints
    finish: Ints  # planned

    @property
    def months(self) -> int:
        return int(self.cumulative.shape[1])

    def column(self, month: Month) -> int:
        """ValueError when the month lies outside what is held."""
        t = month.index - self.first
        if not 0 <= t < self.months:
            raise ValueError(f"没有 {month} 的项目数据")
        return t

    def flow(self, begin: int, end: int) -> Floats:
        """Investment of the columns begin+1 … end, per project.

        A `begin` before the first column: what a project had done before the records begin is not
        the period's, so that a project older than they are starts from its first known figure.
        """
        start = self.cumulative[:, begin] if begin >= 0 else self._brought_along()
        return np.asarray(self.cumulative[:, end] - start)

    def _brought_along(self) -> Floats:
        older = np.minimum(self.opened, self.entered) < self.first
        return np.where(older, self.cumulative[:, 0], 0.0)

    def months_zero(self, t: int) -> Ints:
        """Months without value up to column t since the last one with value.

        Without any value: since the opening, or since the entry where no opening is known by then;
        0 for a project that has neither opened nor entered. Never more than the records reach back.
        """
        steps = np.diff(self.cumulative[:, : t + 1], axis=1, prepend=0.0) > 0
        last = np.where(steps.any(1), t - np.argmax(steps[:, ::-1], axis=1), -1)
        begun = np.where(self.opened <= self.first + t, self.opened, self.entered)
        since_open = np.clip(t - np.maximum(begun - self.first, -1), 0, None)
        return np.where(last >= 0, t - last, since_open).astype(np.int64)


def _indices(column: pl.Series) -> Ints:
    """Month indices of `2022-09` texts; NEVER for blank or null."""
    parts = column.fill_null("").str.extract_groups(r"^(\d{4})-(\d{2})$")
    year, month = (parts.struct.field(str(k)).cast(pl.Int64, strict=False) for k in (1, 2))
    return (year * 12 + month - 1).fill_null(NEVER).to_numpy().astype(np.int64)


def grid(projects: pl.DataFrame, returns: pl.DataFrame, *, until: Month) -> Grid:
    """`returns`: project, period, cumulative (null: not reported). Nothing after `until` is used.

    Projects that `projects` does not list are left out.
    """
    known = returns.filter(pl.col("period") <= str(until), pl.col("cumulative").is_not_null())
    first = parse_month(str(known["period"].min())).index if len(known) else until.index
    width = until.index - first + 1
    rows = projects.select("project").with_row_index("row")
    cells = known.join(rows, on="project", how="inner")
    cumulative = np.full((len(projects), width), np.nan)
    i, t = cells["row"].to_numpy().astype(np.int64), _indices(cells["period"]) - first
    cumulative[i, t] = cells["cumulative"].to_numpy()
    return Grid(
        projects=projects,
        first=first,
        cumulative=_carried(cumulative),
        reported=~np.isnan(cumulative),
        total=projects["planned_total"].to_numpy().astype(np.float64),
        opened=_indices(projects["opened"]),
        entered=_indices(projects["entered"]),
        finish=_indices(projects["planned_finish"]),
    )


def _carried(cumulative: Floats) -> Floats:
    """Each row's last known figure, zero before the first."""
    at = np.where(np.isnan(cumulative), -1, np.arange(cumulative.shape[1]))
    at = np.maximum.accumulate(at, axis=1)
    carried = np.take_along_axis(cumulative, np.maximum(at, 0), axis=1)
    return np.where(at >= 0, carried, 0.0)
