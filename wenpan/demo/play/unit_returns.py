"""The month after, as the units hand it in: one waits, one went back, one is open, others are missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wenpan.demo.play.arrivals import SHANGHAI
from wenpan.district.ui.exports import xlsx
from wenpan.economy.time.periods import Month

BACK = "开发区二期本月新增与形象进度不符，请到现场核实后重新报"


def fill(users: dict[str, Any], as_of: Month) -> None:
    """Nothing of it is accepted yet: the figures of the demonstration end with `as_of`."""
    from wenpan.district.intake import actions
    from wenpan.district.projects.actions import remind_units

    month = as_of.plus(1)
    after = month.plus(1)
    at = datetime(after.year, after.month, 2, 9, 20, tzinfo=SHANGHAI)
    sent = {
        name: _hand_in(users[name], month, at + timedelta(hours=k), slip=k == 1)
        for k, name in enumerate(("liaison_town", "ll_xinan", "ll_hedong"))
    }
    first = sent["liaison_town"]
    soft = list(first.findings.filter(severity="soft").values_list("key", flat=True))
    reasons = dict.fromkeys(soft, "已到现场核实，与进度单一致")
    actions.explain(submission=first, reasons=reasons, by=users["liaison_town"], at=at + timedelta(hours=1))
    office = users["statistician"]
    actions.send_back(submission=sent["ll_hedong"], reason=BACK, by=office, at=at + timedelta(hours=5))
    units = ["liuwan", "shibu", "jkq"]
    remind_units(units=units, month=month, by=office, at=at + timedelta(days=1))


def _hand_in(liaison: Any, month: Month, at: datetime, *, slip: bool) -> Any:
    """The prefilled form, filled; with a `slip` one project falls below its last figure."""
    from wenpan.district.intake import actions
    from wenpan.district.projects.base.scope import scope_of
    from wenpan.district.projects.returns import prefilled_form
    from wenpan.district.projects.returns.lines import RETURNS

    headers, rows = prefilled_form.prefilled(month.plus(-1), "", scope_of(liaison))
    new, this_year, status, evidence = 4, 5, 6, 8
    for k, row in enumerate(rows):
        before = float(row[3] or 0)
        row[new] = round(before * (0.96 if slip and k == 3 else 1.0) + (0 if k % 4 == 0 else 35.0), 2)
        row[this_year], row[status] = "", row[status] or "本年正式施工"
        row[evidence] = f"进度单{month.month}-{k + 1}"
    data = xlsx(headers, rows, title=prefilled_form.title(month, liaison))
    name = f"{liaison.unit.short_name}{month.label}投资项目月报.xlsx"
    found = actions.hand_in(data=data, filename=name, kind=RETURNS, period=str(month), by=liaison, at=at)
    return actions.check(submission=found, by=liaison, at=at + timedelta(minutes=1))
