"""核算支撑指标 in the monthly analysis: which gaps would add most to GDP, from the page's query. 推算."""

from __future__ import annotations

from datetime import datetime

from wenpan.district.supports.queries import SupportLine, supports_page
from wenpan.documents.papers.briefing.room_sections import RoomFigure, RoomPart, RoomSection
from wenpan.documents.papers.paper import label
from wenpan.economy.time.periods import Month, Quarter, parse_period

MOST = 3


def section(month: Month, _at: datetime) -> RoomSection | None:
    """By the accounts of the newest quarter that ended by the month; None without them or without a gap."""
    known = [period for period in supports_page().periods if _ended(period, month)]
    page = supports_page(known[0]) if known else None
    if page is None or page.found is None:
        return None
    gaps = [line for line in page.lines if line.gap_pull and line.gap_pull[1] > 0][:MOST]
    if not gaps:
        return None
    quarter = parse_period(page.period)
    assert isinstance(quarter, Quarter)
    parts: list[RoomPart] = [label(f"按{quarter.year}年{quarter.ytd_label}核算返还数据推算, ")]
    for at, line in enumerate(gaps):
        parts += [*(["; "] if at else []), *_gap(line)]
    return RoomSection("核算支撑指标", ((*parts, "。推算不是核算结果, 不作统计数据使用。"),), order=40)


def _ended(period: str, month: Month) -> bool:
    quarter = parse_period(period)
    return isinstance(quarter, Quarter) and quarter.end.index <= month.index


def _gap(line: SupportLine) -> list[RoomPart]:
    assert line.gap_pull is not None and line.gap is not None
    key, name = f"supports/{line.industry}", line.indicator_name or line.name
    low, middle, high = line.gap_pull
    who = f"({line.duty.unit.short_name})" if line.duty else ""
    return [
        label(f"{name}{who}补齐与目标的差距"),
        RoomFigure(f"{key}/gap", f"{name}与目标的差距", line.gap, "个百分点", decimals=1),
        ", 可带动地区生产总值约",
        RoomFigure(f"{key}/pull", f"补齐{name}可带动", middle, "个百分点", decimals=2),
        "(区间",
        RoomFigure(f"{key}/low", f"补齐{name}可带动(低)", low, "", decimals=2),
        "至",
        RoomFigure(f"{key}/high", f"补齐{name}可带动(高)", high, "", decimals=2),
        ")",
    ]
