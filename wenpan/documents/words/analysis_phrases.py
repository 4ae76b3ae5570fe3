"""The phrases of an official analysis: places, targets, progress, what is needed, periods.

Pure. Figures themselves are worded by `economy.figures.figure_words`. A missing figure gives the empty
string; callers join what is left. `than` names the earlier period: 上月, 1—8月, 上半年.
"""

from __future__ import annotations

from collections.abc import Sequence

from wenpan.documents.words.numbers import how_many
from wenpan.economy.figures.figure_words import (
    NOT_PUBLISHED,
    against,
    amount,
    growth,
    spread,
    target,
    turn,
)
from wenpan.economy.figures.quantities import (
    Number,
    beyond,
    chance_text,
    points,
    printed_value,
    telling_decimals,
)
from wenpan.economy.judging.light_words import LIGHTS
from wenpan.economy.time.periods import Month, Period, Quarter

__all__ = [
    "LIGHTS", "NOT_PUBLISHED", "SET_BY", "against", "against_target", "amount", "at_end", "chance", "earlier",
    "growth", "held_phrase", "join", "needed_amount", "needed_growth", "place", "place_pending", "progress",
    "progress_places", "rest_of_year", "spread", "target", "turn", "turned_better", "ytd",
]  # fmt: skip
SET_BY = {"city": "市下达", "congress": "人代会确定", "district": "区自定"}


def place(
    rank: int | None,
    rivals: int = 0,
    change: int | None = None,
    *,
    than: str = "上月",
    tied: bool = False,
    last: bool = False,
    missing: Sequence[str] = (),
    area: str = "全市",
) -> str:
    """居全市第8位,较上月后移1位; `change` > 0 is better. Rivals without a figure are named, not ranked."""
    unranked = f"({'、'.join(missing)}{NOT_PUBLISHED},未参与排位)" if missing else ""
    if rank is None:
        return ""
    last = last or rank == rivals > 1
    words = f"{'并列' if tied and not last else '居'}{area}第{rank}位"
    if last:
        words += "(并列末位)" if tied else "(末位)"
    if change:
        words += f",较{than}{'前移' if change > 0 else '后移'}{abs(change)}位"
    elif change == 0:
        words += f",位次与{than}持平"
    return words + unranked


def place_pending(
    previous: int | None,
    rivals: int | None,
    *,
    than: str = "上月",
    missing: Sequence[str] = (),
    area: str = "全市",
    due: str = "",
) -> str:
    """全市位次待公布,上月10/10,按发布日历11月21日前后公布; `rivals` took part then, `due` is the day of the
    calendar of releases. Who is waited for is named, four at most."""
    names = "、".join(missing[:4]) + (f"等{len(missing)}个地区" if len(missing) > 4 else "")
    before = "" if previous is None or rivals is None else f",{than}{previous}/{rivals}"
    waited = f"({names}{NOT_PUBLISHED})" if missing else ""
    return f"{area}位次待公布{before}{waited}{by_calendar(due)}"


def by_calendar(due: str) -> str:
    """,按发布日历11月21日前后公布; nothing where the calendar has no day."""
    return f",按发布日历{due}前后公布" if due else ""


def turned_better(better: int, periods: int) -> str:
    """本期已好转,按连续2期好转后转灯的规则仍: before 亮红灯, why a light is worse than its figures.

    `better` periods in a row have been better so far, the rule asks for `periods`.
    """
    so_far = "本期已好转" if better <= 1 else f"已连续{better}期好转"
    return f"{so_far},按连续{periods}期好转后转灯的规则仍" if periods else f"{so_far},尚未转灯,仍"


def held_phrase(better: int, periods: int, light: str) -> str:
    """本期已好转,按连续2期好转后转灯的规则仍亮黄灯."""
    return f"{turned_better(better, periods)}亮{LIGHTS[light]}"


def against_target(
    value: Number | None, aim: Number | None, comparison: str = ">=", set_by: str = "", decimals: int = 1
) -> str:
    """低于市下达目标(增长6.5%)1.8个百分点 / 高于 / 与…持平; the difference of the shown figures.

    Where less is better (`<=`) 低于 would read as a failing: 优于…, 未达….
    """
    gap = points(value, aim, decimals)
    if gap is None:
        return ""
    whom = f"{SET_BY.get(set_by, '年度')}目标({target(aim, comparison, decimals)})"
    if gap == 0:
        return f"与{whom}持平"
    if comparison == "<=":
        return f"{'未达' if gap > 0 else '优于'}{whom}{',相差' if gap > 0 else ''}{abs(gap):f}个百分点"
    return f"{'高于' if gap > 0 else '低于'}{whom}{abs(gap):f}个百分点"


def progress_places(done: Number | None, due: Number | None, decimals: int = 1) -> int:
    """Decimals at which progress is seen to differ from schedule."""
    return telling_decimals(done, due, decimals=decimals)


def progress(done: Number | None, due: Number | None, set_by: str = "", decimals: int = 1) -> str:
    """完成年度目标的72.3%,慢于时序进度2.7个百分点; both are percent of the year's target."""
    decimals = progress_places(done, due, decimals)
    figure = printed_value(done, decimals)
    if figure is None:
        return ""
    words = f"完成{SET_BY.get(set_by, '')}年度目标的{figure:f}%"
    ahead = points(done, due, decimals)
    if ahead is None:
        return words
    if ahead == 0:
        return f"{words},与时序进度持平"
    return f"{words},{'超' if ahead > 0 else '慢于'}时序进度{abs(ahead):f}个百分点"


def rest_of_year(months_left: int, *, quarterly: bool = False) -> str:
    """后三个月, 12月, 四季度, 下半年: what is still to come after the period that is out."""
    if quarterly and months_left % 3 == 0:
        return {3: "四季度", 6: "下半年", 9: "后三个季度"}[months_left]
    return "12月" if months_left == 1 else f"后{how_many(months_left)}个月"


def needed_growth(value: Number | None, span: str, comparison: str = ">=", decimals: int = 1) -> str:
    """后三个月需增长8.4%; a negative need is a fall that may not be exceeded."""
    figure = printed_value(value, decimals)
    if figure is None:
        return ""
    size = f"{abs(figure):f}%"
    if figure == 0:
        return f"{span}{'需与上年同期持平' if comparison == '>=' else '需不高于上年同期'}"
    if comparison == ">=":
        return f"{span}需增长{size}" if figure > 0 else f"{span}降幅需控制在{size}以内"
    return f"{span}增速需控制在{size}以内" if figure > 0 else f"{span}需下降{size}以上"


def needed_amount(monthly: Number | None, unit: str, span: str, decimals: int = 2, verb: str = "完成") -> str:
    """后三个月月均需完成4.10亿元; `monthly` is what each month left must bring. Nothing left is said."""
    figure = printed_value(monthly, decimals)
    if figure is None:
        return ""
    if figure <= 0:
        return "已达到年度目标"
    return f"{span}月均需{verb}{amount(figure, unit, decimals)}"


def chance(probability: Number | None, bands: Sequence[tuple[float, str]], cap: float = 0.05) -> str:
    """完成年度目标的可能性较小(概率约12%); `bands` are (least probability, words), highest first.

    Within `cap` of 0 or 1 the number says so (低于5%, 高于95%): a model does not know more than that.
    """
    if printed_value(probability, 2) is None or probability is None:
        return ""
    words = next(words for least, words in bands if probability >= least)
    about = ("" if beyond(float(probability), cap) else "约") + chance_text(float(probability), cap)
    return f"完成年度目标{words}(概率{about})"


def ytd(period: Period) -> str:
    """1—9月 or 前三季度; a month's figure and a quarter's are both said from January on."""
    return "全年" if isinstance(period, Month) and period.month == 12 else period.ytd_label


def at_end(period: Period) -> str:
    """9月末 (三季度末), as balances are dated."""
    return f"{'一二三四'[period.quarter - 1]}季度末" if isinstance(period, Quarter) else f"{period.month}月末"


def earlier(period: Period, previous: Period) -> str:
    """How the comparison period is named: 上月, 1—2月, 上半年, 上年全年."""
    if isinstance(period, Month) and previous == period.plus(-1) and previous.year == period.year:
        return "上月" if previous.month > 2 else ytd(previous)
    return ytd(previous) if previous.end.year == period.end.year else f"上年{ytd(previous)}"


def join(clauses: Sequence[str], sign: str = ",") -> str:
    """The clauses that say something, one after the other."""
    return sign.join(clause for clause in clauses if clause)
