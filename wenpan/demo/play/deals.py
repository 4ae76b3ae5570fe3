"""The demonstration's deals: ledgers of three years go through the intake; staff note steps and proofs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from wenpan.demo.files import deal_files, project_files
from wenpan.demo.files.deal_projects import adopt
from wenpan.demo.files.workbooks import File
from wenpan.demo.play import deal_work
from wenpan.demo.play.arrivals import SHANGHAI, Arrival
from wenpan.demo.story.deals import StoryDeal, story_deals
from wenpan.economy.time.periods import Month

Send = Callable[[Arrival, Any], Any]
_DAYS = (
    date(2020, 6, 30), date(2020, 12, 31), date(2021, 6, 30), date(2021, 9, 30), date(2021, 12, 31),
    date(2022, 3, 31), date(2022, 6, 30), date(2022, 8, 31), date(2022, 9, 30),
)  # fmt: skip


def fill(users: dict[str, Any], as_of: Month, send: Send) -> None:
    """Ledgers up to the month, and what people note beside them."""
    deals = story_deals()
    library = as_of.year >= project_files.FIRST.year + 2  # before that the district keeps none
    of_project = adopt(deals, project_files.pool(as_of), as_of) if library else {}
    sent = [_arrival(deals, on) for on in _DAYS if Month(on.year, on.month) <= as_of]
    for arrival in sent:
        send(arrival, users["analyst"])
    if sent and as_of.year == 2022:
        _people_act(users, sent[-1].at + timedelta(days=2))
        _link(users, of_project, sent[-1].at + timedelta(days=2, hours=1))
        deal_work.fill(users, as_of, sent[-1].at + timedelta(days=6), send)


def _arrival(deals: list[StoryDeal], on: date) -> Arrival:
    at = datetime(on.year, on.month, on.day, 9, 40, tzinfo=SHANGHAI) + timedelta(days=5)
    name = f"安禾区招商项目台账{on.year}年{on.month}月.xlsx"
    return Arrival(
        at, Month(on.year, on.month), "deals", "analyst", File(name, deal_files.ledger_workbook(deals, on))
    )


def _link(users: dict[str, Any], of_project: dict[str, str], at: datetime) -> None:
    """Staff confirm which project of the library each started deal became; the newest landed deal that
    has none opens one. The pool is then expected anew."""
    from wenpan.district.attraction.chain.opening import landed, open_project_of_deal
    from wenpan.district.attraction.deal_actions import link_project
    from wenpan.district.attraction.models import Deal
    from wenpan.district.projects.actions import deferred
    from wenpan.district.projects.models import Project

    staff = users["staff"]
    projects = {p.code: p for p in Project.objects.filter(code__in=of_project.values())}
    with deferred(by=users["statistician"], at=at):
        for deal in Deal.objects.filter(code__in=of_project).order_by("code"):
            if of_project[deal.code] in projects:
                link_project(deal=deal, project=projects[of_project[deal.code]], by=staff, at=at)
        fresh = Deal.objects.filter(links=None, agreed__gte=500, ended_on=None).order_by("-moved_on")
        for deal in [d for d in fresh if landed(d, at.date())][:1]:
            open_project_of_deal(deal=deal, by=staff, at=at)


def _people_act(users: dict[str, Any], at: datetime) -> None:
    """Next steps with a person, shares of a deal that two brought, a proof of arrived money."""
    from decimal import Decimal

    from wenpan.district.accounts.models import Unit
    from wenpan.district.attraction import actions
    from wenpan.district.attraction.models import Deal

    staff = users["staff"]
    talks = Deal.objects.filter(ended_on=None, stage__in=("talk", "framework")).order_by("-agreed")
    steps = ("赴企业总部回访，敲定正式协议时间", "组织用地、能耗会商", "请分管领导带队拜访", "补齐可研和图件")
    for number, deal in enumerate(talks[:12]):
        on = at.date() + timedelta(days=(number - 4) * 3)
        step = steps[number % len(steps)]
        actions.set_next_step(deal=deal, step=step, on=on, who="向远帆", by=staff, at=at)
    signed = Deal.objects.filter(ended_on=None, stage="started").order_by("-agreed").first()
    if signed is not None:
        units = {unit.code: unit.pk for unit in Unit.objects.filter(code__in=("jkq", "tcj"))}
        parts = {units["jkq"]: Decimal(70), units["tcj"]: Decimal(30)}
        actions.set_shares(deal=signed, shares=parts, by=staff, at=at)
        actions.note_amount(
            deal=signed,
            rung="invested",
            text="1.2亿元",
            as_of=at.date(),
            proof="设备清单和付款凭证",
            by=staff,
            at=at,
        )
