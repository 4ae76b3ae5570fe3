"""企业诉求 in the monthly analysis: the month's service report, one count with its page."""

from __future__ import annotations

from datetime import datetime

from wenpan.district.firms.models import ServiceRequest
from wenpan.district.firms.requests.queries import ServiceReport, service_report
from wenpan.documents.papers.briefing.room_sections import RoomFigure, RoomPart, RoomSection
from wenpan.documents.papers.paper import label
from wenpan.economy.funnel.intervals import RateInterval
from wenpan.economy.time.periods import Month


def section(month: Month, at: datetime) -> RoomSection | None:
    """None where the place keeps no requests, or received none in the month."""
    if not ServiceRequest.objects.exists():
        return None
    report = service_report((month.year, month.month), at=at)
    if not report.counts.received:
        return None
    paragraphs = [tuple(parts) for parts in (_counts(report), _rates(report)) if parts]
    return RoomSection("企业诉求办理", tuple(paragraphs), order=20)


def _count(key: str, words: str, value: int) -> RoomFigure:
    return RoomFigure(f"requests/{key}", words, value, "件")


def _counts(report: ServiceReport) -> list[RoomPart]:
    c, first, last = report.counts, report.first, report.last
    span = f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    parts: list[RoomPart] = [
        label(span),
        "登记企业诉求",
        _count("received", "登记诉求", c.received),
        ", 有效",
    ]
    parts += [_count("valid", "有效诉求", c.valid), ", 已答复", _count("answered", "已答复", c.answered)]
    parts += [
        ", 解决",
        _count("solved", "解决", c.solved),
        ", 无法办理",
        _count("cannot", "无法办理", c.cannot),
    ]
    parts += [", 在办", _count("open", "在办", c.open), ", 超期", _count("late", "超期", c.late), "。"]
    return parts


def _rates(report: ServiceReport) -> list[RoomPart]:
    """A rate from too few is none (`rate_interval`): the counts say enough."""
    c = report.counts
    told = [
        *_rate("solved", "解决率", "有效诉求", c.solved_rate),
        *_rate("satisfied", "回访满意率", "有效回访", c.satisfied_rate),
    ]
    return [*told, "。"] if told else []


def _rate(key: str, words: str, of: str, rate: RateInterval) -> list[RoomPart]:
    if rate.rate is None:
        return []
    part = RoomFigure(f"requests/{key}_rate", words, 100 * rate.rate, "%", decimals=1)
    whole = RoomFigure(f"requests/{key}_of", f"{words}的{of}", rate.n, "件")
    lead = "" if key == "solved" else ", "
    return [f"{lead}{words}", part, f"(按{of}", whole, "计)"]
