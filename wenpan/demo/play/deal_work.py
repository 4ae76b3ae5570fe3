"""The demonstration's work on deals: offers by spreadsheet, pitches, leads with their clocks, visits and
receptions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from wenpan.demo.files.grid import PrintedSheet, workbook
from wenpan.demo.files.workbooks import File
from wenpan.demo.play.arrivals import Arrival
from wenpan.demo.story.deal_work import LEADS, MEETINGS, OFFERS, PITCHED
from wenpan.economy.time.periods import Month

Send = Callable[[Arrival, Any], Any]
_HEAD = ["类别", "名称", "位置", "责任单位", "数量", "产业链", "状态", "联系人", "联系电话", "说明"]


def fill(users: dict[str, Any], as_of: Month, at: datetime, send: Send) -> None:
    """Offers first: what comes after points to them."""
    sheet = PrintedSheet("资源", "安禾区招商资源清单", "", [list(_HEAD)], [list(row) for row in OFFERS])
    file = File("安禾区招商资源清单.xlsx", workbook([sheet]))
    send(Arrival(at - timedelta(hours=3), as_of, "offers", "analyst", file), users["analyst"])
    _point(users, at)
    _package(users, at)
    _leads(users, at)
    _meet(users, at)


def _point(users: dict[str, Any], at: datetime) -> None:
    from wenpan.district.attraction.models import Deal, Offer
    from wenpan.district.attraction.offers.actions import point_to_offer

    deals = Deal.objects.filter(ended_on=None, stage__in=("framework", "signed", "registered")).order_by(
        "code"
    )
    offers = Offer.objects.filter(kind__in=("land", "plant", "floor"), state__in=("free", "held")).order_by(
        "code"
    )
    for deal, offer in zip(deals, offers, strict=False):
        point_to_offer(offer=offer, deal=deal, by=users["staff"], at=at)


def _package(users: dict[str, Any], at: datetime) -> None:
    """The first reserve projects have most of what a pitch needs, later ones little."""
    from wenpan.district.attraction.models import Offer
    from wenpan.district.attraction.offers.actions import note_pitch_paper, point_to_offer
    from wenpan.district.attraction.offers.queries import reserve_projects

    staff = users["staff"]
    plots = Offer.objects.filter(kind="land", state__in=("free", "held")).order_by("-code")
    for number, project in enumerate(reserve_projects(staff).order_by("code")[:9]):
        for item, words in PITCHED[: max(0, 5 - number // 2)]:
            seen = (at - timedelta(days=40 - 3 * number)).date()
            note_pitch_paper(key_project=project, item=item, seen_on=seen, document=words, by=staff, at=at)
        if number < len(plots):
            point_to_offer(offer=plots[number], key_project=project, by=staff, at=at)


def _leads(users: dict[str, Any], at: datetime) -> None:
    """Leads of the last weeks: answered, judged, one silent, one that waits for its report."""
    from wenpan.district.attraction.deal_actions import QuickDeal, open_deals
    from wenpan.district.attraction.work.actions import note_lead_step

    staff = users["staff"]
    for lead in LEADS:
        came = at - timedelta(days=lead.days)
        quick = QuickDeal(lead.name, lead.investor, "lead", None, lead.amount, lead.words)
        deal = open_deals(lines=[quick], unit=staff.unit, by=staff, at=came)[0]
        for kind, after, words in lead.steps:
            on = came + timedelta(days=after, hours=2)
            note_lead_step(deal=deal, kind=kind, on=on, note=words, by=staff, at=on)


def _meet(users: dict[str, Any], at: datetime) -> None:
    from wenpan.district.attraction.models import Deal
    from wenpan.district.attraction.work.actions import keep_promise, record_reception

    staff = users["staff"]
    deals = list(
        Deal.objects.filter(ended_on=None, stage__in=("talk", "framework"), next_step="").order_by("-agreed")[
            :6
        ]
    )
    for number, meeting in enumerate(MEETINGS):
        on = at - timedelta(days=meeting.days)
        deal = deals[number] if meeting.of_deal and number < len(deals) else None
        row = record_reception(
            kind=meeting.kind, on=on.date(), host=meeting.host, guest=meeting.guest, place=meeting.place,
            result=meeting.result, promise=meeting.promise, unit=staff.unit, deal=deal,
            promise_on=(on + timedelta(days=meeting.within)).date() if meeting.promise else None,
            promise_by=meeting.owner, by=staff, at=on if on > at - timedelta(days=200) else at,
        )  # fmt: skip
        if meeting.kept and row.promise_on is not None:
            keep_promise(reception=row, on=min(row.promise_on, at.date()), by=staff, at=at)
