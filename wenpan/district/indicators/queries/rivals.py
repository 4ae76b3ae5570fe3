"""Among rivals: our place over time, and the figures of all with their places.

Reads figures that were read before; ranks are `economy.judging.ranks`. Who has not reported is not ranked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wenpan import rules as policy
from wenpan.district.indicators.queries.figures import RANKED, FigureLookup, in_order
from wenpan.district.indicators.rules import month_end
from wenpan.district.observations.models import Region
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.judging.ranks import RankRule, rank_table
from wenpan.economy.time.periods import Month, parse_period

HEAT_PERIODS = 13


@dataclass(frozen=True)
class HeatCell:
    value: float | None
    id: int | None
    rank: int | None
    tone: int  # 1 best fifth … 5 worst fifth, 0 unknown


@dataclass(frozen=True)
class HeatRow:
    region: str
    name: str
    home: bool
    city: bool
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class Heat:
    periods: tuple[str, ...]
    rows: tuple[HeatRow, ...]

    @property
    def told(self) -> bool:
        """Whether anybody has published on this basis."""
        return any(cell.value is not None for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class _Place:
    """The ranks of one period; none of anybody until enough have published."""

    ranks: Mapping[str, int | None]
    reported: int


@dataclass(frozen=True)
class Rivals:
    item: Indicator
    figures: FigureLookup
    home: Region
    regions: tuple[Region, ...]
    places: Mapping[str, _Place]  # of the last periods in which anybody has a headline figure

    @classmethod
    def of(
        cls,
        item: Indicator,
        figures: FigureLookup,
        home: Region,
        regions: tuple[Region, ...],
        until: Month | None = None,
    ) -> Rivals:
        headline = str(item.headline)
        published = in_order({p for (_r, code, p, m, _b) in figures.at if (code, m) == (item.code, headline)})
        values = {
            period: {r.code: figures.of(r.code, item.code, period, headline, item.basis)[0] for r in regions}
            for period in published[-RANKED - 1 :]
        }
        told = {p: [code for code, value in of.items() if value is not None] for p, of in values.items()}
        rule = policy.rank_rule(month_end(until)) if until else RankRule()
        ends = [(parse_period(period).end.index, codes) for period, codes in told.items()]
        enough = rule.enough(ends, len(regions))
        places = {
            period: _Place(
                rank_table(values[period], item.direction) if whole and len(told[period]) > 1 else {},
                len(told[period]),
            )
            for period, whole in zip(values, enough, strict=True)
        }
        places = dict(list(places.items())[-RANKED:])
        return cls(item, figures, home, regions, places)

    def over_time(self) -> tuple[tuple[str, int | None, int], ...]:
        """(period, our place, how many reported), oldest first; no place in a family of one."""
        alone = len(self.regions) < 2
        return tuple(
            (period, None if alone else place.ranks.get(self.home.code), place.reported)
            for period, place in self.places.items()
        )

    def heat(self) -> Heat:
        """The last periods of all, the best of the newest on top, the city below."""
        periods = tuple(self.places)[-HEAT_PERIODS:]
        last = self.places[periods[-1]].ranks if periods else {}
        shown = [*self.regions, *([self.home.parent] if self.home.parent else [])]
        rows = [
            HeatRow(r.code, r.name, r.home, r == self.home.parent, tuple(self._cell(r, p) for p in periods))
            for r in shown
        ]
        rows.sort(key=lambda row: (row.city, last.get(row.region) or 99))
        return Heat(periods, tuple(rows))

    def _cell(self, region: Region, period: str) -> HeatCell:
        item, place = self.item, self.places[period]
        value, number = self.figures.of(region.code, item.code, period, str(item.headline), item.basis)
        rank = place.ranks.get(region.code)
        tone = 1 + min(4, (rank - 1) * 5 // place.reported) if rank else 0
        return HeatCell(value, number, rank, tone)
