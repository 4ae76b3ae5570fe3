"""财政收支 in the monthly analysis: the budget's progress and the refunds, from the queries of the page.

Revenue, its growth and both bases are told by the analysis itself, from the ledger.
"""

from __future__ import annotations

from datetime import datetime

from wenpan.district.fiscal.page.queries import FiscalPage, RefundPlace, fiscal_page
from wenpan.documents.papers.briefing.room_sections import RoomFigure, RoomPart, RoomSection
from wenpan.documents.papers.paper import label
from wenpan.economy.time.periods import Month


def section(month: Month, _at: datetime) -> RoomSection | None:
    """None where the month has neither a budget nor known refunds."""
    page = fiscal_page(month)
    if page.month != month:
        return None
    paragraphs = [tuple(parts) for parts in (_budget(page), _refunds(page.refunds)) if parts]
    return RoomSection("财政预算执行", tuple(paragraphs), order=30) if paragraphs else None


def _budget(page: FiscalPage) -> list[RoomPart]:
    """Of the version in force: the last one."""
    last = page.budgets[-1] if page.budgets else None
    if last is None or last.percent is None:
        return []
    parts: list[RoomPart] = [
        label(f"一般公共预算收入完成{last.name.removesuffix('预算')}预算的"),
        RoomFigure("fiscal/budget", f"完成{last.name}", last.percent, "%", decimals=1),
    ]
    if last.ahead is not None:
        words = "快于" if last.ahead >= 0 else "慢于"
        ahead = RoomFigure("fiscal/ahead", "与时序进度相差", last.ahead, "个百分点", decimals=1, plain=True)
        parts += [f", {words}时序进度", ahead]
    return [*parts, "。"]


def _refunds(refunds: RefundPlace | None) -> list[RoomPart]:
    """A place is said only where enough districts are known (`rank`)."""
    if refunds is None:
        return []
    amount = RoomFigure("fiscal/refunds", "留抵退税", refunds.amount, "亿元", decimals=2)
    parts: list[RoomPart] = ["留抵退税减少当年收入", amount]
    if refunds.rank is not None:
        rank = RoomFigure("fiscal/refund_rank", "留抵退税位次", refunds.rank, "")
        known = RoomFigure("fiscal/refund_known", "已知退税的地区", refunds.known, "个")
        parts += [", 在", known, "已知的地区中居第", rank, "位"]
    return [*parts, "。"]
