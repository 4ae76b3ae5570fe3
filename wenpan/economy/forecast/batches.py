"""Many small indicators worked on in the same array operations.

Pure. Sixty indicators of ten regions would spend their time on calling numpy, not in it. Panels with the same
slots and years are stacked, each with groups of its own; nothing is taken from one indicator to another, and
what is summed is summed in the same order, so that a forecast is the same to the last bit whatever stands beside
it in the frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wenpan.economy.forecast.model import Rest, rest_of_year
from wenpan.economy.forecast.panel import Panel, chained_together, rows_of, stacked
from wenpan.economy.forecast.year_end import Flags, Ints

ROWS = 1000  # series stacked at most: beyond it arrays no longer fit the processor's cache


@dataclass(frozen=True)
class Asked:
    """One panel and what is asked of it: `series` (n,) of the panel for the answer's `row` (n,); `growth` (n,)
    whether a growth is asked. `origin` (n,) is the number of slots known this year, −1 where nothing of this
    year nor of the last is."""

    panel: Panel
    series: Ints
    row: Ints
    growth: Flags

    def origin(self) -> Ints:
        panel = self.panel
        now = np.where(panel.signed[:, None], panel.level[:, -1], panel.total[:, -1])
        here = np.isfinite(now)
        origin = np.where(here.any(1), here.shape[1] - np.argmax(here[:, ::-1], axis=1), 0)
        seen: Flags = np.any(np.isfinite(panel.total[:, -2]) | np.isfinite(panel.level[:, -2]), axis=1)
        return np.asarray(np.where((origin == 0) & ~seen, -1, origin)[self.series])


def batches(asked: Iterable[Asked]) -> Iterator[list[Asked]]:
    """Those with the same slots and years together, chained, at most ROWS series at a time."""
    alike: dict[tuple[object, ...], list[Asked]] = {}
    for one in asked:
        p = one.panel
        key = p.kind, p.months, p.level.shape[1], bool(np.isfinite(p.growth).any())
        alike.setdefault(key, []).append(one)
    for every in alike.values():
        few: list[Asked] = []
        size = 0
        for one in every:
            if few and size + len(one.panel.level) > ROWS:
                yield _with_totals(few)
                few, size = [], 0
            few.append(one)
            size += len(one.panel.level)
        yield _with_totals(few)


def _with_totals(few: list[Asked]) -> list[Asked]:
    done = chained_together([f.panel for f in few])
    return [replace(f, panel=panel) for f, panel in zip(few, done, strict=True)]


def rests(of: Sequence[Panel], k: int) -> list[Rest]:
    """`model.rest_of_year` of each of the panels."""
    whole = rest_of_year(stacked(of), k)
    return [whole.of(rows) for rows in rows_of(of)]
