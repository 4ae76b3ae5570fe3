"""The finance bureau's tables in the demonstration: sent in by the analyst, approved by the statistician."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from wenpan.demo.files import finance_tables, fiscal_files
from wenpan.demo.files.workbooks import File
from wenpan.demo.play.arrivals import SHANGHAI, Arrival, released
from wenpan.demo.story.world import World
from wenpan.economy.time.periods import Month

Send = Callable[[Arrival, Any], Any]


def fill(users: dict[str, Any], world: World, regions: Mapping[str, str], as_of: Month, send: Send) -> None:
    """Refunds of 2022 from July on; the newest month's lines of two rivals still wait for approval."""
    if as_of.year != 2022:
        return
    _budgets(users["analyst"])
    for number in range(1, as_of.month + 1):
        month = Month(as_of.year, number)
        data = finance_tables.revenue_workbook(world, month)
        file = File(f"安禾区{number}月一般公共预算收入完成情况.xlsx", data)
        send(Arrival(released(month, 10), month, "fiscal_revenue", "analyst", file), users["analyst"])
    _lists(users["analyst"], as_of, send)
    for number in range(7, as_of.month + 1):
        month = Month(as_of.year, number)
        at = released(month, 14)
        data = fiscal_files.adjustments_workbook(world, regions, month, str(date(at.year, at.month, 12)))
        file = File(f"宁澜市1—{number}月留抵退税口径调整表.xlsx", data)
        send(Arrival(at, month, "basis_adjustments", "analyst", file), users["analyst"])
        _approve(users["statistician"], month, at + timedelta(hours=3), leave=2 if month == as_of else 0)


def _budgets(by: Any) -> None:
    from wenpan.district.fiscal.budgets.actions import set_budget

    decisions = (
        (finance_tables.BUDGET_2022, "区人民代表大会", "关于安禾区2022年预算的决议", date(2022, 1, 12)),
        (
            finance_tables.ADJUSTED_2022,
            "区人大常委会",
            "关于批准2022年区级预算调整方案的决议",
            date(2022, 9, 27),
        ),
    )
    for revenue, body, document, on in decisions:
        at = datetime(on.year, on.month, on.day, 15, 0, tzinfo=SHANGHAI)
        set_budget(
            year=2022, revenue=Decimal(revenue), tax=None, non_tax=None, body=body, document=document,
            decided_on=on, by=by, at=at,
        )  # fmt: skip


def _lists(by: Any, as_of: Month, send: Send) -> None:
    """Bonds at the quarters' ends, the master table, and the treasury's lists of one day."""
    for quarter, (month, day) in enumerate(((3, 31), (6, 30), (9, 30))):
        if month <= as_of.month:
            on, at = f"2022-{month:02d}-{day}", released(Month(2022, month), 9)
            file = File(f"专项债券资金使用情况表{on}.xlsx", finance_tables.bonds_workbook(on, quarter))
            send(Arrival(at, as_of, "special_bonds", "analyst", file), by)
    if as_of.month < 9:
        return
    at = released(as_of, 19)
    files = (
        ("project_funds", "投资项目总表2022-09-30.xlsx", finance_tables.funds_workbook("2022-09-30")),
        ("treasury_cash", "库款日报2022-10-19.xlsx", finance_tables.cash_workbook("2022-10-19")),
        ("treasury_due", "待拨付情况2022-10-19.xlsx", finance_tables.due_workbook("2022-10-19")),
    )
    for kind, name, data in files:
        send(Arrival(at, as_of, kind, "analyst", File(name, data)), by)


def _approve(by: Any, month: Month, at: Any, leave: int) -> None:
    from wenpan.district.fiscal.basis import actions
    from wenpan.district.fiscal.models import AdjustmentEntry

    waiting = list(AdjustmentEntry.objects.filter(period=str(month), state="proposed").order_by("pk"))
    for entry in waiting[: len(waiting) - leave]:
        actions.decide(entry=entry, approve=True, by=by, at=at)
