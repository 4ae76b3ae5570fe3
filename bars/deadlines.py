"""Deadlines to the minute, against simulators that share no code with the clock: forty thousand random
histories of matters and requests, across Spring Festival and 调休, with pauses, extensions and reopenings.

Control: the same histories told by a clock whose calendar is that of another place.
"""

from __future__ import annotations

from unittest.mock import patch

from bars.bar import Result
from benchmarks import clock, request_clocks

EACH, FEW = 20_000, 300


def bar(seed: int) -> Result:
    parts = [told.differences(seed, range(EACH)) for told in (clock, request_clocks)]
    histories, clocks = (sum(part[n] for part in parts) for n in (0, 1))  # type: ignore[misc]
    wrong = sum(len(part[2]) for part in parts)
    own = request_clocks.calendars(seed)
    other = (*own[1:], own[0])
    with patch.object(request_clocks, "request_clocks", _with(other, own)):
        careless = len(request_clocks.differences(seed, range(FEW))[2])
    return Result(
        number=f"{histories} histories, {clocks} clocks: {wrong} differ from the simulator",
        limit="0",
        passed=wrong == 0,
        control=f"by another place's calendar {careless} of {FEW} histories have a clock that differs",
        control_failed=careless > 0,
    )


def _with(other: tuple[object, ...], own: tuple[object, ...]) -> object:
    from wenpan.economy.requests.clocks import request_clocks as right

    def wrong(events: object, rules: object, *, calendar: object, **how: object) -> object:
        return right(events, rules, calendar=other[own.index(calendar)], **how)  # type: ignore[arg-type]

    return wrong
