"""What a room above expects to come into the library by December, without this room knowing that room.

`entries_expected(provider)`: `provider(month) -> PipelineAnswer | None`, called when the outlook of a
month is made. The room of deals hangs one on. Without any, or where it refuses, entries are expected as
in earlier years.
"""

from __future__ import annotations

from dataclasses import dataclass

from wenpan.district.ground.registries import Providers
from wenpan.economy.pool.new_projects import PipelineEntries
from wenpan.economy.time.periods import Month

Three = tuple[float, float, float]


@dataclass(frozen=True)
class PipelineBasis:
    """What the expectation stands on, as the page says it. `deals`, `amount` (planned totals, 万元): p10,
    mean, p90 of what starts by December. `history`: deals that taught how long it takes; `linked` of
    `started`: those that are confirmed to be in the library. `ratio`: planned total of the library for
    one agreed. `refused`: why it is not used; "" where it is."""

    waiting: int
    history: int
    started: int
    linked: int
    deals: Three | None
    amount: Three | None
    ratio: float | None
    refused: str
    source: str


@dataclass(frozen=True)
class PipelineAnswer:
    """The basis, and the draws; None where it refuses."""

    basis: PipelineBasis
    entries: PipelineEntries | None


ENTRIES: Providers[[Month], PipelineAnswer | None] = Providers()
entries_expected = ENTRIES.add


def expected_of(month: Month) -> PipelineAnswer | None:
    """The first answer that is given; nothing is expected after December."""
    if month.month == 12:
        return None
    return next((answer for answer in ENTRIES.ask(month) if answer is not None), None)
