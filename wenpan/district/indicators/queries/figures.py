"""What the ledger holds of an indicator: its figures by key, as series and as the table of all figures.

Ours and the city's are read whole; the rivals' only as far back as the pages rank them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wenpan.district.indicators import words
from wenpan.district.observations import queries as ledger
from wenpan.district.observations.frames import Row
from wenpan.district.observations.models import Region
from wenpan.economy.figures.indicators import BASES, Indicator, Measure
from wenpan.economy.time.periods import Month, parse_period

Key = tuple[str, str, str, str, str]  # region, indicator, period, measure, basis
LEVEL_OF = {"ytd_growth": "ytd", "month_growth": "month", "balance_growth": "balance"}
RANKED = 24  # periods in which the pages rank us among rivals


@dataclass(frozen=True)
class Point:
    """One published figure; `value` None: not reported."""

    period: str
    value: float | None
    id: int | None


@dataclass(frozen=True)
class FigureColumn:
    measure: str
    basis: str
    label: str
    unit: str
    decimals: int


@dataclass(frozen=True)
class FigureRow:
    period: str
    cells: tuple[Point, ...]

    @property
    def label(self) -> str:
        """2022年1—9月."""
        return words.long_period(self.period)


class FigureLookup:
    """Figures of a few indicators, looked up by key. `periods` are in the order of time."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.at: dict[Key, tuple[float | None, int]] = {row[:5]: row[5:] for row in rows}
        self.periods = in_order({key[2] for key in self.at})

    def of(self, *key: str) -> tuple[float | None, int | None]:
        return self.at.get(key, (None, None))  # type: ignore[arg-type]

    def series(self, region: str, code: str, measure: str, basis: str) -> tuple[Point, ...]:
        """The figures from the first to the last that is published, oldest first; gaps are kept."""
        keys = ((p, (region, code, p, measure, basis)) for p in self.periods)
        found = [Point(p, *self.at.get(key, (None, None))) for p, key in keys]
        known = [i for i, point in enumerate(found) if point.id is not None]
        return tuple(found[known[0] : known[-1] + 1]) if known else ()


def in_order(periods: Collection[str]) -> list[str]:
    return sorted(periods, key=lambda period: parse_period(period).end.index)


def ours(codes: Collection[str], home: Region, until: Month | None) -> FigureLookup:
    """The home district's figures alone."""
    return FigureLookup(ledger.rows(indicators=codes, regions=[home.code], until=until))


def compared(item: Indicator, home: Region, rivals: Collection[Region], until: Month | None) -> FigureLookup:
    """Ours, the city's and our parts' whole past, and the rivals' last years of the indicator itself."""
    of_ours = [home.code, *([home.parent.code] if home.parent else [])]
    rows = ledger.rows(indicators=[item.code, *item.parts], regions=of_ours, until=until)
    others = [region.code for region in rivals if region.code not in of_ours]
    if others:
        months = RANKED * (3 if item.frequency == "quarterly" else 1)
        since = until.plus(-months - 12) if until else None  # no January, services a month late: a year more
        headline = [str(item.headline)]
        rows += ledger.rows(
            indicators=[item.code], regions=others, measures=headline, since=since, until=until
        )
    return FigureLookup(rows)


def columns(item: Indicator, figures: FigureLookup, home: str) -> tuple[FigureColumn, ...]:
    """Every measure and basis that we have a number of, in the usual order."""
    have = {
        (measure, basis)
        for (region, code, _period, measure, basis), (value, _id) in figures.at.items()
        if region == home and code == item.code and value is not None
    }
    return tuple(
        FigureColumn(
            m,
            b,
            words.measure_of(m, b),
            item.unit_of(m),
            item.decimals if m.is_growth else item.level_decimals,
        )
        for m in Measure
        for b in BASES
        if (str(m), b) in have
    )


def table(
    item: Indicator, figures: FigureLookup, home: str, shown: tuple[FigureColumn, ...]
) -> tuple[FigureRow, ...]:
    """Newest first; periods without any figure of ours are left out."""
    rows = []
    for period in reversed(figures.periods):
        cells = tuple(Point(period, *figures.of(home, item.code, period, c.measure, c.basis)) for c in shown)
        if any(cell.id is not None for cell in cells):
            rows.append(FigureRow(period, cells))
    return tuple(rows)
