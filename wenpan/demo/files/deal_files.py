"""The ledger of deals as the attraction office keeps it on a day, and a zone's form of deals in talks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from wenpan.demo.story.deals import StoryDeal, chain_of
from wenpan.documents.deals.forms import form_workbook
from wenpan.economy.funnel.money import Money
from wenpan.rules.deals import deal_forms

_AFTER = ("registered_on", "started_on", "completed_on", "producing_on")


def ledger_workbook(deals: Iterable[StoryDeal], on: date) -> bytes:
    """Every deal that is known on the day, with what had happened by then."""
    rows = [_row(deal, on) for deal in deals if deal.days["lead_on"] <= on]
    title = f"安禾区招商项目台账（截至{on.year}年{on.month}月{on.day}日）"
    return form_workbook(deal_forms()["ledger"], rows, title)


def _row(deal: StoryDeal, on: date) -> dict[str, Any]:
    days = {key: day for key, day in deal.days.items() if day <= on}
    talked = [words for day, words in deal.talks if day <= on]
    started = days.get("started_on")
    arrived = deal.amount * deal.arrived * _grown(days, on)
    row: dict[str, Any] = {
        "code": deal.code, "name": deal.name, "investor": deal.investor, "province": deal.home,
        "industry": "服务业" if deal.service else "工业", "chain": chain_of(deal), "unit": deal.unit,
        "town": deal.unit if deal.unit.endswith(("镇", "街道", "开发区")) else "桐溪镇",
        "agreed": Money(Decimal(str(round(deal.amount * 10_000, 2)))),
        "progress": talked[-1] if talked else "",
        "agreement": "框架协议" if "framework_on" in days and "signed_on" not in days else "",
        **days,
    }  # fmt: skip
    if "signed_on" in days:
        row |= {"agreement": "投资合同", "contract_text": deal.contract}
    if started or "registered_on" in days:
        row["company"] = f"安禾{deal.name.removesuffix('项目')}有限公司"
        row["arrived"] = Money(Decimal(str(round(arrived * 10_000, 2))))
    if deal.ended and deal.ended[0] <= on:
        row["ended_on"], row["end_reason"] = deal.ended
    return row


def _grown(days: dict[str, date], on: date) -> float:
    """Money comes over a year and a half after the first of the later stages."""
    first = min((day for key, day in days.items() if key in _AFTER), default=on)
    return min(1.0, (on - first).days / 540)
