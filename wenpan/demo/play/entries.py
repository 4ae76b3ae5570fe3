"""Entry into statistics in the demonstration: lists of two years, steps, returns, withdrawals."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.demo.files.workbooks import File
from wenpan.demo.play.agenda import at
from wenpan.demo.play.arrivals import SHANGHAI, Arrival
from wenpan.demo.story import firms as story
from wenpan.economy.time.periods import Month

Send = Callable[[Arrival, Any], Any]
_HEAD = [["统一社会信用代码", "单位名称", "行业", "来源部门", "列入日期", "营业收入（万元）", "数据期间"]]
_TRADES = ("工业", "批发业", "零售业", "服务业", "餐饮业", "建筑业")
_DEPARTMENTS = ("税务局", "市场监管局", "经发局", "商务局", "住建局")
_WAY = ("visited", "qualified", "handed", "county", "city", "entered")
_RETURNED = ("申报表查询页不清", "行业代码与主营业务不符", "缺真实性承诺书")
_LEFT = ("停产", "迁出本区", "注销")


def fill(users: dict[str, Any], as_of: Month, send: Send) -> None:
    if as_of.year != 2022:
        return
    rng = random.Random("entries")
    chosen = rng.sample(list(story.firms()), 46)
    for year, firms in ((2021, chosen[:22]), (2022, chosen[22:])):
        listed = date(year, 2, 10)
        rows: list[list[Cell]] = [
            [
                firm.uscc, firm.name, rng.choice(_TRADES), rng.choice(_DEPARTMENTS), str(listed),
                round(rng.uniform(180, 5200)), f"{year - 1}年全年",
            ]
            for firm in firms
        ]  # fmt: skip
        data = workbook([PrintedSheet("名单", f"安禾区{year}年准四上单位名单", "", _HEAD, rows)])
        moment = datetime(year, 2, 11, 9, 30, tzinfo=SHANGHAI)
        file = File(f"{year}年准四上单位名单.xlsx", data)
        send(Arrival(moment, as_of, "entry_candidates", "statistician", file), users["statistician"])
    _steps(users["statistician"], rng)


def _steps(by: Any, rng: random.Random) -> None:
    from wenpan.district.entries.actions import take_step
    from wenpan.district.entries.models import EntryCandidate

    last = date(2022, 10, 18)
    for one in EntryCandidate.objects.order_by("pk"):
        day, reached = one.listed_on, rng.choice((1, 2, 3, 4, 5, 6, 6, 6))
        for number, kind in enumerate(_WAY[:reached]):
            day += timedelta(days=rng.randint(9, 38))
            if day > last:
                break
            if kind == "county" and rng.random() < 0.2:
                take_step(
                    candidate=one, kind="returned", on=day, reason=rng.choice(_RETURNED), by=by, at=at(day)
                )
                break
            batch = f"{day.year}-{day.month:02d}" if kind == "handed" else ""
            whom = rng.choice(("桐溪镇", "新安街道", "河东街道")) if number == 0 else ""
            take_step(candidate=one, kind=kind, on=day, batch=batch, by_whom=whom, by=by, at=at(day))
        else:
            if reached == len(_WAY) and rng.random() < 0.15 and day < last - timedelta(days=60):
                left = day + timedelta(days=50)
                take_step(candidate=one, kind="left", on=left, reason=rng.choice(_LEFT), by=by, at=at(left))
