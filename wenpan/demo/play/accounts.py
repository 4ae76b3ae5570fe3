"""What carries GDP in the demonstration: accounts of every quarter since 2019, and who answers for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from wenpan.demo.files import accounts_tables
from wenpan.demo.files.workbooks import File
from wenpan.demo.play.arrivals import Arrival, released
from wenpan.demo.story.world import World
from wenpan.economy.time.periods import Month, Quarter

Send = Callable[[Arrival, Any], Any]
_DUTIES = (
    ("industry", "jfj", "周副区长", "林知衡"), ("construction", "zjj", "何副区长", "冯守拙"),
    ("trade", "swj", "周副区长", "顾南乔"), ("lodging", "swj", "周副区长", "顾南乔"),
    ("transport", "jtj", "何副区长", "邵远"), ("finance", "jrb", "周副区长", "陆青原"),
    ("estate", "zjj", "何副区长", "冯守拙"), ("business", "jfj", "周副区长", "林知衡"),
    ("public", "czj", "周副区长", "丁一禾"),
)  # fmt: skip


def fill(users: dict[str, Any], world: World, as_of: Month, send: Send) -> None:
    for year in range(2019, as_of.year + 1):
        for number in range(1, 5):
            quarter = Quarter(year, number)
            if quarter.end > as_of:
                continue
            name = f"安禾区{year}年{quarter.ytd_label}核算反馈.xlsx"
            file = File(name, accounts_tables.accounts_workbook(world, quarter))
            arrival = Arrival(
                released(quarter.end, 21), quarter.end, "industry_accounts", "statistician", file
            )
            send(arrival, users["statistician"])
    _duties(users["analyst"], released(as_of, 8) - timedelta(days=200))


def _duties(by: Any, at: Any) -> None:
    from wenpan.district.accounts.models import Unit
    from wenpan.district.supports.actions import set_duty

    units = {unit.code: unit for unit in Unit.objects.all()}
    for industry, unit, leader, person in _DUTIES:
        if unit in units and at.date() >= date(2019, 1, 1):
            set_duty(industry=industry, unit=units[unit], leader=leader, person=person, by=by, at=at)
