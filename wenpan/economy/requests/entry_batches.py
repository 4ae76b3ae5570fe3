"""Batches of entry into statistics as a dated calendar.

Pure. A batch belongs to a month; its papers are due on a day of that month or of the month before; a day
that a month does not have is its last. Nothing is moved to a working day: no source says so.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class BatchRule:
    """`kind`: monthly or yearly. `offset`: −1, the papers are due in the month before."""

    kind: str
    months: tuple[int, ...]
    offset: int
    day: int
    answer_offset: int | None = None
    answer_day: int | None = None
    only: str = ""  # whom this batch takes, where it is not what the whole set says


@dataclass(frozen=True, order=True)
class EntryBatch:
    due: date
    year: int
    month: int
    kind: str
    answer: date | None = None
    only: str = ""

    @property
    def code(self) -> str:
        """2022-10 of the month, 2022-10y of the yearly batch."""
        return f"{self.year}-{self.month:02d}" + ("y" if self.kind == "yearly" else "")


def batches(rules: Sequence[BatchRule], year: int) -> list[EntryBatch]:
    """Every batch of a year by the day on which its papers are due."""
    return sorted(
        EntryBatch(
            _day(year, month + rule.offset, rule.day),
            year,
            month,
            rule.kind,
            None
            if rule.answer_day is None
            else _day(year, month + (rule.answer_offset or 0), rule.answer_day),
            rule.only,
        )
        for rule in rules
        for month in rule.months
    )


def next_batch(rules: Sequence[BatchRule], on: date) -> EntryBatch | None:
    """The first batch whose papers are due on the day or later, within a year."""
    coming = [*batches(rules, on.year), *batches(rules, on.year + 1)]
    return next((batch for batch in sorted(coming) if batch.due >= on), None)


def _day(year: int, month: int, day: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))
