"""The finance bureau's tables in the demonstration: sent in by the analyst, approved by the statistician."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from wenpan.demo.files import fiscal_files
from wenpan.demo.files.workbooks import File
from wenpan.demo.play.arrivals import Arrival, released
from wenpan.demo.story.world import World
from wenpan.economy.time.periods import Month

Send = Callable[[Arrival, Any], Any]


def fill(users: dict[str, Any], world: World, regions: Mapping[str, str], as_of: Month, send: Send) -> None:
    """Refunds of 2022 from July on; the newest month's lines of two rivals still wait for approval."""
    if as_of.year != 2022:
        return
    for number in range(7, as_of.month + 1):
        month = Month(as_of.year, number)
        at = released(month, 14)
        data = fiscal_files.adjustments_workbook(world, regions, month, str(date(at.year, at.month, 12)))
        file = File(f"宁澜市1—{number}月留抵退税口径调整表.xlsx", data)
        send(Arrival(at, month, "basis_adjustments", "analyst", file), users["analyst"])
        _approve(users["statistician"], month, at + timedelta(hours=3), leave=2 if month == as_of else 0)


def _approve(by: Any, month: Month, at: Any, leave: int) -> None:
    from wenpan.district.fiscal.basis import actions
    from wenpan.district.fiscal.models import AdjustmentEntry

    waiting = list(AdjustmentEntry.objects.filter(period=str(month), state="proposed").order_by("pk"))
    for entry in waiting[: len(waiting) - leave]:
        actions.decide(entry=entry, approve=True, by=by, at=at)
