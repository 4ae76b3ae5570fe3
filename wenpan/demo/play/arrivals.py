"""When the files of the demonstration arrive: what is sent in, by whom, at which moment, in that order.

Pure. The home table of a month comes around the 18th of the next month, the city's around the 22nd, what
was corrected a month after that; targets in January. History before October 2021 has the city's tables
only, as an office that begins to use the program would have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from wenpan.demo.files import promises, workbooks
from wenpan.demo.files.workbooks import File, FileNames
from wenpan.demo.story.drivers import HISTORY_FROM
from wenpan.demo.story.publication import corrections, tables
from wenpan.demo.story.world import World
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.time.periods import Month

SHANGHAI = timezone(timedelta(hours=8))
HOME_TABLES_FROM = Month(2021, 10)


@dataclass(frozen=True)
class Arrival:
    """One file. `month` is the month whose tables it belongs to."""

    at: datetime
    month: Month
    kind: str  # home | city | corrected | targets | splits
    sender: str  # username
    file: File


def released(month: Month, day: int, hour: int = 10) -> datetime:
    """A day of the month after, moved to Monday when it falls on a weekend."""
    following = month.plus(1)
    moment = datetime(following.year, following.month, day, hour, 12, tzinfo=SHANGHAI)
    return moment + timedelta(days=max(0, 7 - moment.weekday()) if moment.weekday() >= 5 else 0)


def arrivals(
    world: World, catalogue: Mapping[str, Indicator], names: FileNames, units: Mapping[str, str], until: Month
) -> list[Arrival]:
    """All files up to the tables of `until`, in the order of their arrival."""
    last = released(until, 22)
    found = [
        *_monthly(world, catalogue, names, until),
        *_yearly(catalogue, names, units, until),
    ]
    return sorted((a for a in found if a.at <= last), key=lambda a: a.at)


def _monthly(
    world: World, catalogue: Mapping[str, Indicator], names: FileNames, until: Month
) -> Iterator[Arrival]:
    for index in range(Month(*HISTORY_FROM).index, until.index + 1):
        month = Month.from_index(index)
        printed = tables(world, catalogue, month)
        if month >= HOME_TABLES_FROM:
            file = workbooks.home_table(month, printed, catalogue, names)
            yield Arrival(released(month, 18), month, "home", "analyst", file)
        file = workbooks.city_table(month, printed, catalogue, names)
        yield Arrival(released(month, 22), month, "city", "statistician", file)
        if again := corrections(world, catalogue, month):
            file = workbooks.city_table(month, again, catalogue, names, corrected=True)
            yield Arrival(released(month.plus(1), 20, 15), month, "corrected", "statistician", file)


def _yearly(
    catalogue: Mapping[str, Indicator], names: FileNames, units: Mapping[str, str], until: Month
) -> Iterator[Arrival]:
    for year in promises.YEARS:
        if year <= until.year:
            moment = datetime(year, 1, 17, 9, 30, tzinfo=SHANGHAI)  # before the first figures of the year
            file = promises.targets_table(year, catalogue, names)
            yield Arrival(moment, Month(year, 1), "targets", "analyst", file)
    if until.year >= 2022:
        moment = datetime(2022, 3, 7, 16, 5, tzinfo=SHANGHAI)
        file = promises.splits_table(catalogue, names, units)
        yield Arrival(moment, Month(2022, 2), "splits", "analyst", file)
