"""Small words of the pages in the reader's language: months, periods, measures, chances, summaries.

The official sentences (`sentences`) stay Chinese; these stand alone in cells and headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.indicators import sentences
from wenpan.district.ui import lights
from wenpan.district.ui.templatetags.ui import chance_text
from wenpan.district.ui.templatetags.ui import month as month_label
from wenpan.economy.figures.indicators import Measure
from wenpan.economy.figures.quantities import number
from wenpan.economy.judging.light_words import ORDER
from wenpan.economy.time.periods import Month, Period, Quarter, parse_period

if TYPE_CHECKING:
    from wenpan.district.indicators.judgement_row import JudgementRow
    from wenpan.district.indicators.queries.scorecard import OneSentence

SCHEDULES = {
    "linear": gettext_lazy("按月均分"),
    "seasonal": gettext_lazy("按往年季节"),
    "curve": gettext_lazy("指定曲线"),
}
MEASURES = {
    Measure.YTD: gettext_lazy("累计"),
    Measure.YTD_GROWTH: gettext_lazy("累计增速"),
    Measure.MONTH: gettext_lazy("当月"),
    Measure.MONTH_GROWTH: gettext_lazy("当月增速"),
    Measure.BALANCE: gettext_lazy("余额"),
    Measure.BALANCE_GROWTH: gettext_lazy("余额增速"),
}
BASES = {
    "natural": gettext_lazy("自然口径"),
    "comparable": gettext_lazy("同口径"),
    "refund_adjusted": gettext_lazy("扣除留抵退税"),
}
_YTD_QUARTERS = (
    gettext_lazy("一季度"),
    gettext_lazy("上半年"),
    gettext_lazy("前三季度"),
    gettext_lazy("全年"),
)


def ytd(period: Period) -> str:
    """1—9月, 前三季度, 全年."""
    if isinstance(period, Quarter):
        return str(_YTD_QUARTERS[period.quarter - 1])
    if period.month == 12:
        return str(_YTD_QUARTERS[3])
    if period.month == 1:
        return _("1月")
    return _("1—%(month)s月") % {"month": period.month}


def period(j: JudgementRow) -> str:
    """What the judged figure speaks of: a balance stands at the end of its month."""
    found = parse_period(j.period)
    return _("%(month)s月末") % {"month": found.end.month} if j.measure.startswith("balance") else ytd(found)


def long_period(period_text: str) -> str:
    """2022年1—9月."""
    found = parse_period(period_text)
    return _("%(year)s年%(period)s") % {"year": found.end.year, "period": ytd(found)}


def measure_of(measure_code: str, basis: str) -> str:
    """累计增速（扣除留抵退税）."""
    name = str(MEASURES[Measure(measure_code)])
    if basis == "natural":
        return name
    return _("%(measure)s（%(basis)s）") % {"measure": name, "basis": BASES.get(basis, basis)}


def measure(j: JudgementRow) -> str:
    return measure_of(j.measure, j.basis)


def chance(probability: float | None) -> str:
    """27%, 低于1%, 高于99%; empty where unknown."""
    return chance_text(probability)


TENTHS = "零一二三四五六七八九十"


def track_record(said: OneSentence | None) -> str:
    """近五年说60—80%的57条，十次有七次完成；本指标说过22次，年末误差中位数0.8%，照搬当期为1.1%。"""
    if said is None:
        return ""
    parts = []
    if said.n:
        parts.append(
            _("近%(years)s年全部指标中，说完成概率%(low)s—%(high)s%%的%(n)s条，十次有%(met)s次完成")
            % {"years": said.years, "low": said.low, "high": said.high, "n": said.n, "met": TENTHS[said.met]}
        )
    if said.own_n and said.own_error is not None and said.own_naive_error is not None:
        parts.append(
            _("本指标说过%(n)s次，年末误差中位数%(own)s%(unit)s，照搬当期为%(naive)s%(unit)s")
            % {
                "n": said.own_n, "unit": _("个百分点") if said.unit == "%" else said.unit,
                "own": number(said.own_error, max(said.decimals, 1)),
                "naive": number(said.own_naive_error, max(said.decimals, 1)),
            }
        )  # fmt: skip
    return _("；").join(parts) + _("。") if parts else ""


def since(j: JudgementRow) -> str:
    """本月新亮 / 已连续5个月."""
    months = sentences.run_months(j)
    return _("本月新亮") if months <= 1 else _("已连续%(n)s个月") % {"n": months}


def first_warned(j: JudgementRow) -> str:
    """今年首次预警：1—3月; empty where the year has been green so far."""
    if not j.first_warned:
        return ""
    return _("今年首次预警：%(period)s") % {"period": parse_period(j.first_warned).ytd_label}


def held_words(j: JudgementRow) -> str:
    """本期已好转，按连续2期好转后转灯的规则仍亮黄灯; empty where the light is what the numbers say."""
    if not j.held:
        return ""
    if not j.hold_periods:  # judged before the rule's number was kept
        return _("本期已好转，尚未转灯，仍亮%(light)s灯") % {"light": lights.short(j.light)}
    said = {"light": lights.short(j.light), "n": j.hold_periods, "better": j.better_periods}
    if j.better_periods > 1:
        return _("已连续%(better)s期好转，按连续%(n)s期好转后转灯的规则仍亮%(light)s灯") % said
    return _("本期已好转，按连续%(n)s期好转后转灯的规则仍亮%(light)s灯") % said


def summary(place: str, as_of: Month, rows: Sequence[JudgementRow]) -> str:
    """安禾区2022年9月：28项指标中，红灯5项、黄灯7项、绿灯14项、未知2项。本月新亮红灯：固投。"""
    count = {name: sum(j.light == name for j in rows) for name in ORDER}
    words = _(
        "%(place)s%(month)s：%(total)s项指标中，红灯%(red)s项、黄灯%(yellow)s项、绿灯%(green)s项、未知%(unknown)s项。"
    ) % {
        "place": place, "month": month_label(as_of), "total": len(rows), "red": count["RED"],
        "yellow": count["YELLOW"], "green": count["GREEN"], "unknown": count["UNKNOWN"],
    }  # fmt: skip
    fresh = [j.short_name for j in rows if j.light == "RED" and sentences.run_months(j) == 1]
    if fresh and any(sentences.run_months(j) > 1 for j in rows):
        words += _("本月新亮红灯：%(names)s。") % {"names": "、".join(fresh)}
    return words


def periods_of_year(year: int, *, frequency: str, january: bool) -> tuple[Period, ...]:
    """The periods of a year that have a figure: quarters, or months without January of surveys."""
    if frequency == "quarterly":
        return tuple(Quarter(year, q) for q in (1, 2, 3, 4))
    return tuple(Month(year, m) for m in range(1 if january else 2, 13))
