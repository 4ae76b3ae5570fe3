"""Many small indicators worked on in the same array operations.

Pure. Sixty indicators of ten regions would spend their time on calling numpy, not in it. Panels with the same
slots and years are stacked, each with groups of its own; nothing is taken from one indicator to another, and
what is summed is summed in the same order, so that a forecast is the same to the last bit whatever stands
beside it in the frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast.panel import Panel, chained_together, rows_of
from wenpan.economy.forecast.year_end import Flags, Floats, Ints

Chained = dict[tuple[str, str], Panel]  # by indicator and kind
ROWS = 1000  # series stacked at most: beyond it arrays no longer fit the processor's cache


@dataclass(frozen=True)
class WantedRows:
    """A panel and what is asked of it: `series` (n,) of the panel for the answer's `row` (n,); `growth` (n,)
    whether a growth is asked."""

    panel: Panel
    series: Ints
    row: Ints
    growth: Flags


@dataclass(frozen=True)
class StackedRows(WantedRows):
    """The same of several indicators: `parts` says which of the n belong to which, `singly` which rows of the
    panel are of which, and the number of their first series among all."""

    parts: tuple[tuple[Indicator, slice], ...]
    singly: tuple[tuple[Indicator, slice, int], ...]

    def chained(self) -> Chained:
        """Each indicator's own panel again, chained."""
        return {
            (indicator.code, self.panel.kind): replace(
                self.panel.only(np.arange(at.start, at.stop)), indicator=indicator, first=first
            )
            for indicator, at, first in self.singly
        }

    def origin(self) -> Ints:
        """(n,) the number of slots known this year, −1 where nothing of this year nor of the last is."""
        panel = self.panel
        now: Floats = np.where(panel.signed[:, None], panel.level[:, -1], panel.total[:, -1])
        here = np.isfinite(now)
        origin = np.where(here.any(1), here.shape[1] - np.argmax(here[:, ::-1], axis=1), 0)
        seen: Flags = np.any(np.isfinite(panel.total[:, -2]) | np.isfinite(panel.level[:, -2]), axis=1)
        return np.asarray(np.where((origin == 0) & ~seen, -1, origin)[self.series])

    def of_groups(self, at: Ints) -> tuple[Panel, Ints]:
        """The panel of the groups of the asked `at` alone, and where their series stand in it: what is known
        up to another month is another forecast."""
        group = self.panel.group
        wanted = np.zeros(int(group.max()) + 1, dtype=bool)
        wanted[group[self.series[at]]] = True
        if wanted.all():
            return self.panel, self.series[at]
        rows = np.flatnonzero(wanted[group])
        place = np.cumsum(wanted[group]) - 1
        return self.panel.only(rows), place[self.series[at]]


def batches(asked: Iterable[WantedRows]) -> Iterator[StackedRows]:
    """Those with the same slots and years together, chained, at most ROWS series at a time."""
    alike: dict[tuple[object, ...], list[WantedRows]] = {}
    for one in asked:
        p = one.panel
        key = p.kind, p.months, p.level.shape[1], bool(np.isfinite(p.growth).any())
        alike.setdefault(key, []).append(one)
    for every in alike.values():
        few: list[WantedRows] = []
        size = 0
        for one in every:
            if few and size + len(one.panel.level) > ROWS:
                yield _batch(few)
                few, size = [], 0
            few.append(one)
            size += len(one.panel.level)
        yield _batch(few)


def _batch(few: Sequence[WantedRows]) -> StackedRows:
    of = [one.panel for one in few]
    series = np.concatenate([one.series + at.start for one, at in zip(few, rows_of(of), strict=True)])
    row, growth = (np.concatenate([getattr(one, name) for one in few]) for name in ("row", "growth"))
    ends = np.cumsum([0, *(len(one.row) for one in few)])
    parts = ((p.indicator, slice(int(a), int(b))) for p, a, b in zip(of, ends[:-1], ends[1:], strict=True))
    singly = ((p.indicator, at, p.first) for p, at in zip(of, rows_of(of), strict=True))
    return StackedRows(chained_together(of), series, row, growth, tuple(parts), tuple(singly))
