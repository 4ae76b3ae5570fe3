"""The industries that carry GDP, for the topic meeting: the table of the supports room, as printed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.meetings.memo.facts import IndustryPull
from wenpan.district.supports.queries import SupportLine, SupportsPage, supports_page
from wenpan.documents.words import analysis_phrases
from wenpan.documents.words.numbers import full_width
from wenpan.economy.figures.quantities import number
from wenpan.economy.time.periods import parse_period


def support_pulls() -> dict[str, Any]:
    """`pulls` and `pulls_said` of a memo's facts: what closes most of the gap first, then what pulls most."""
    page = supports_page()
    if page.found is None:
        why = full_width(page.fault) if page.fault else _("还没有核算资料，不能推算拉动。")
        return {"pulls": (), "pulls_said": why}
    lines = sorted(page.lines, key=_first)
    return {"pulls": tuple(_pull(line) for line in lines), "pulls_said": _said(page)}


def _first(line: SupportLine) -> tuple[float, float]:
    gap = line.gap_pull[1] if line.gap_pull else 0.0
    return -gap, -(line.pull.pull if line.pull else 0.0)


def _said(page: SupportsPage) -> str:
    assert page.found is not None
    words = _("%(period)s各行业拉动合计%(sum)s个百分点（推算，不是核算结果）") % {
        "period": analysis_phrases.ytd(parse_period(page.period)), "sum": number(page.found.growth, 2),
    }  # fmt: skip
    if page.gdp is not None:
        words += _("，反馈的地区生产总值增速%(gdp)s%%") % {"gdp": number(page.gdp, 1)}
    return words + "。"


def _pull(line: SupportLine) -> IndustryPull:
    gap = ""
    if line.gap_pull is not None:
        low, middle, high = line.gap_pull
        gap = f"{number(middle, 2)}（{number(low, 2)}—{number(high, 2)}）"
    return IndustryPull(
        line.name,
        line.duty.unit.short_name if line.duty else "",
        number(100 * line.pull.weight, 1) if line.pull else "",
        number(line.pull.growth, 1) if line.pull else "",
        number(line.pull.pull, 2) if line.pull else "",
        line.indicator_name,
        number(line.judged.actual, 1) if line.judged and line.judged.actual is not None else "",
        number(line.judged.target, 1) if line.judged and line.gap is not None else "",
        gap,
        number(line.expected, 1) if line.expected is not None else "",
    )
