"""Figures that were read once, kept as numbered columns: millions of rivals' figures for the next judgement.

A judgement of two hundred indicators reads years of every rival's figures, of which an acceptance changes the
newest or none. What is kept belongs to a state of the ledger: every batch, and when it was undone. A figure
changes only with a batch that comes or is taken back, so what is kept is brought up to date by reading anew
what those batches touched, and is then what `frames.frame` would read. Only what is committed is kept: a
transaction that is rolled back leaves nothing behind. A small ledger is read anew each time.

22 bytes a figure in each process: 5 MB for 220,000, 66 MB for three millions.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

import polars as pl
from django.db import connection, transaction

from wenpan.district.observations import frames
from wenpan.district.observations.models import Batch, Region
from wenpan.economy.figures.series import month_index
from wenpan.economy.time.periods import Month

WORTH = 200_000  # figures from which on they are kept: fewer are read anew in a fraction of a second
MOST = 12_000_000  # and beyond which they are not: 264 MB in each process
_CODED = {"indicator": pl.UInt16, "period": pl.UInt16, "measure": pl.UInt8, "basis": pl.UInt8}
SCHEMA = {name: dtype for name, dtype in frames.SCHEMA.items() if name not in ("released", "id")} | {
    "at": pl.Int32
}
State = dict[int, tuple[datetime, datetime | None]]  # by batch: when it came, when it was undone


@dataclass(frozen=True)
class _Kept:
    """All figures since a month of all regions but `aside`, of the indicators `codes`, as of `state`."""

    place: str
    aside: frozenset[int]
    since: Month
    codes: frozenset[str]
    state: State
    columns: pl.DataFrame


_kept: _Kept | None = None
_words: dict[str, dict[str, int]] = {name: {} for name in _CODED}  # numbers once given never change
_numbering = Lock()  # a number chosen by two threads at once would be two words'


def forget() -> None:
    """The next judgement of this process reads the ledger anew."""
    global _kept  # noqa: PLW0603  (one state a process)
    _kept = None


def others(
    *, indicators: Collection[str], aside: Collection[str], since: Month, until: Month
) -> pl.DataFrame:
    """The figures that hold now of all regions but `aside` (codes), one row each: `SCHEMA`, `at` the index of
    the period's last month.

    `value` in the unit of the indicator's measure, null where a figure was due and not reported or is not
    assessed. `since` and `until` bound the end of the period, both included. Unknown indicators and regions
    have no rows; nothing known is an empty frame. No order is promised. Raises what the database raises.
    """
    # the state first: what comes between it and a later read is read twice, never missed
    state: State = {pk: (came, gone) for pk, came, gone in _batches()}
    numbers = dict(Region.objects.values_list("code", "pk"))
    out = frozenset(numbers[code] for code in aside if code in numbers)
    asked = frozenset(indicators)
    begins = Month(since.year, 1)  # the months of one year, judged one after the other, read it once
    held = _up_to_date(_kept, _place(), out, begins, state)
    missing = asked if held is None else asked - held.codes
    if held is None:
        raw = _read(asked, set(numbers.values()) - out, begins)
        held = _Kept(_place(), out, begins, asked, state, _coded(raw))
    elif missing:
        fresh = _coded(_read(missing, set(numbers.values()) - out, held.since))
        columns = pl.concat([held.columns, fresh])
        held = _Kept(held.place, out, held.since, held.codes | missing, state, columns)
    _keep(held)
    return _named(_chosen(held, asked, since, until), numbers)


def _batches() -> list[tuple[int, datetime, datetime | None]]:
    return list(Batch.objects.order_by().values_list("pk", "recorded_at", "undone_at"))


def _place() -> str:
    """Which database the figures are of."""
    of = connection.settings_dict
    return repr((connection.vendor, *(of.get(name) for name in ("NAME", "HOST", "PORT", "OPTIONS"))))


def _keep(held: _Kept) -> None:
    """From the commit on, which nothing takes back."""

    def keep() -> None:
        global _kept  # noqa: PLW0603
        _kept = held

    if held is not _kept and WORTH <= held.columns.height <= MOST:
        transaction.on_commit(keep)


def _up_to_date(
    held: _Kept | None, place: str, aside: frozenset[int], since: Month, state: State
) -> _Kept | None:
    """What was kept with what changed since; None where it is of something else."""
    if held is None or (held.place, held.aside) != (place, aside) or since < held.since:
        return None
    if any(pk not in state or state[pk][0] != came for pk, (came, _gone) in held.state.items()):
        return None  # a batch is never deleted: this is another ledger, or an older copy of it
    changed = [pk for pk, moments in state.items() if held.state.get(pk) != moments]
    columns = held.columns
    if changed:
        columns = _with_changes(held, changed)
    return _Kept(place, aside, held.since, held.codes, state, columns) if changed else held


def _with_changes(held: _Kept, batches: Collection[int]) -> pl.DataFrame:
    """Reads anew everything between the first and the last period that these batches touched, of their
    regions and indicators: whatever holds there now, whichever batch it is of."""
    rows = [row for part in _parts(sorted(batches)) for row in _touched(part)]
    schema = {"region_id": pl.Int64, "indicator": pl.String, "period": pl.String}
    touched = pl.DataFrame(rows, schema=schema, orient="row").with_columns(at=month_index())
    touched = touched.filter(
        pl.col("indicator").is_in(list(held.codes)) & ~pl.col("region_id").is_in(list(held.aside))
    )
    touched = touched.filter(pl.col("at") >= held.since.index)
    if touched.is_empty():
        return held.columns
    regions, codes = touched["region_id"].unique(), touched["indicator"].unique()
    first, last = int(touched["at"].min()), int(touched["at"].max())  # type: ignore[arg-type]
    fresh = _coded(_read(codes, regions, Month.from_index(first), Month.from_index(last)))
    numbers = [_words["indicator"][code] for code in codes if code in _words["indicator"]]
    gone = (
        pl.col("region_id").is_in(regions.cast(pl.UInt32).implode())
        & pl.col("indicator").is_in(pl.Series(numbers, dtype=pl.UInt16).implode())
        & pl.col("at").is_between(first, last)
    )
    return pl.concat([held.columns.filter(~gone), fresh])


def _touched(batches: Collection[int]) -> list[tuple[int, str, str]]:
    """(region, indicator, period) of every version that these batches brought."""
    # SQLite's own choice, with the statistics of a ledger of few batches, is to read all of it
    index = "INDEXED BY observation_batch" if connection.vendor == "sqlite" else ""
    places = ", ".join(["%s"] * len(batches))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT region_id, indicator, period FROM observations_observation {index} "  # noqa: S608  (ours)
            f"WHERE batch_id IN ({places})",
            list(batches),
        )
        return cursor.fetchall()  # type: ignore[no-any-return]


def _parts(pks: list[int], size: int = 500) -> list[list[int]]:
    return [pks[start : start + size] for start in range(0, len(pks), size)]


def _read(
    codes: Collection[str], regions: Collection[int], since: Month, until: Month | None = None
) -> pl.DataFrame:
    """`SCHEMA`, `region` the number of the region."""
    return frames.numbered(indicators=list(codes), regions=list(regions), since=since, until=until)


def _coded(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts as numbers, series after series."""
    if frame.is_empty():
        return pl.DataFrame(schema={"region_id": pl.UInt32, "value": pl.Float64, "at": pl.Int32, **_CODED})
    coded = {}
    for name, dtype in _CODED.items():
        known = _words[name]
        with _numbering:
            for word in frame[name].unique().sort():
                known.setdefault(word, len(known))
            coded[name] = pl.col(name).replace_strict(known, return_dtype=dtype)
    out = frame.select(pl.col("region_id").cast(pl.UInt32), "value", month_index().alias("at"), **coded)
    return out.sort("indicator", "basis", "region_id", "measure", "at")


def _chosen(held: _Kept, asked: frozenset[str], since: Month, until: Month) -> pl.DataFrame:
    columns = held.columns.filter(pl.col("at").is_between(since.index, until.index))
    if asked >= held.codes:
        return columns
    numbers = [_words["indicator"][code] for code in asked if code in _words["indicator"]]
    return columns.filter(pl.col("indicator").is_in(pl.Series(numbers, dtype=pl.UInt16).implode()))


def _named(columns: pl.DataFrame, numbers: dict[str, int]) -> pl.DataFrame:
    """Numbers as texts again."""
    of = {name: pl.Series(list(words), dtype=pl.String) for name, words in _words.items()}
    names: list[Any] = [None] * (max(numbers.values(), default=0) + 1)
    for code, number in numbers.items():
        names[number] = code
    of["region"] = pl.Series(names, dtype=pl.String)
    texts = {
        name: of[name].gather(columns["region_id" if name == "region" else name])
        for name in ("region", *_CODED)
    }
    return columns.select("value", "at").with_columns(**texts).select(*SCHEMA)
