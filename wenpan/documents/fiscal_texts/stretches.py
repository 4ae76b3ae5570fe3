"""Where in a report on revenue things stand: months, of the month or of the year so far, shares of a budget.

Pure; positions are those of the text of one width (`same_length`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wenpan.documents.proof.numbers import NUMBER

NUMERAL = NUMBER.replace("?P<number>", "?:")
_YEAR = r"(?:(?P<year>20\d\d)年)?"
_MONTHS = re.compile(
    rf"{_YEAR}(?:(?:1|元|一)月?份?(?:-|至|到)(?P<last>\d{{1,2}})月"  # 1—9月, 1至9月
    rf"|截[至止到]+(?:(?P<dated>20\d\d)年)?(?P<until>\d{{1,2}})月"  # 截至9月30日
    rf"|(?P<half>上半年)|(?P<quarter>一季度|前三季度)|(?P<whole>全年)"
    rf"|(?<!\d)(?P<one>\d{{1,2}})月份?(?=[,、]|当月|全[区县市旗镇乡]|我[区县市旗镇乡]))"
)
_WHOLE_YEAR = re.compile(r"(?:^|[,。;\s])(?P<year>20\d\d)年(?=[,]|全[区县市旗镇乡]|我[区县市旗镇乡])")
_QUARTERS = {"一季度": 3, "前三季度": 9}
_ALONE = re.compile(
    r"当月|本月(?!止|底|末)|单月|(?<![-至到\d])\d{1,2}月份?(?=[,]|全[区县市旗镇乡]|我[区县市旗镇乡]|当月)"
)
_SO_FAR = re.compile(
    r"累计|(?:1|元|一)月?份?(?:-|至|到)\d{1,2}月|截[至止到]|上半年|一季度|前三季度|全年|20\d\d年(?=,)"
)
_SPAN = re.compile(r"累计|当月|(?:1|元|一)月?份?(?:-|至|到)\d{1,2}月")
BUDGET = re.compile(
    rf"(?:占|为|完成|达到?|相当于|是)(?:了)?(?:全年|本年|当年|年)?(?P<which>人大批准的|人大|年初|调整后?|变动后?)?(?:的)?(?:一般公共)?(?:年度)?预算(?:数|目标|任务|收入)?"
    rf"(?:的)?(?:(?P<budget>{NUMERAL})(?P<unit>亿元|万元))?的?(?P<share>{NUMERAL})%"
)
BESIDE = re.compile(  # a share of a task, the distance from the schedule: no value of a statement
    rf"(?:占|为|完成|达到?)[^,。;%]{{0,14}}?(?:任务|目标|计划)数?(?:的)?(?:{NUMERAL}(?:亿元|万元))?的?{NUMERAL}%"
    rf"|(?:较|比|快于|慢于|高于|低于|超|落后于?)[^,。;\d]{{0,8}}进度[^,。;\d]{{0,6}}{NUMERAL}(?:%|个?百分点)"
)
_YEARS = re.compile(r"(?<![比较与自从到至\d-])(20\d\d)年(?!\d{1,2}月\d{1,2}日)")
PULL = re.compile(
    r"拉低(?:全[区县市旗镇乡]|我[区县市旗镇乡])?(?P<item>税收收入|一般公共预算收入|地方一般公共预算收入|财政收入)(?:的)?(?:增[幅速]|增长)?(?P<points>\d+(?:\.\d+)?)个?百分点"
)
NUMBERS = re.compile(rf"{NUMERAL}(?=亿元|万元|元|%|个?百分点)")


@dataclass(frozen=True)
class TextPeriod:
    """A month that a text names; `year` 0 where it does not say one."""

    year: int
    month: int
    at: int


def periods(plain: str) -> Iterator[TextPeriod]:
    """Months so far in their order; a whole year is its December."""
    found = []
    for m in _MONTHS.finditer(plain):
        if re.search(r"[比较]$", plain[: m.start()]):
            continue
        month = int(m["last"] or m["until"] or m["one"] or 0) or (
            6 if m["half"] else 12 if m["whole"] else _QUARTERS.get(m["quarter"] or "", 0)
        )
        if 1 <= month <= 12:
            found.append(TextPeriod(int(m["year"] or m["dated"] or 0), month, m.start()))
    for m in _WHOLE_YEAR.finditer(plain):
        found.append(TextPeriod(int(m["year"]), 12, m.start("year")))
    yield from sorted(found, key=lambda one: one.at)


def year_at(plain: str, at: int) -> int:
    """The year that was last named before a place; 0: none. The date of a session is no such year."""
    return next((int(m[1]) for m in reversed(list(_YEARS.finditer(plain, 0, at)))), 0)


def of_month_alone(plain: str, begun: int, at: int) -> bool | None:
    """Whether the last word before a number says the month alone (True) or the year so far; None: neither."""
    alone = [m.start() for m in _ALONE.finditer(plain, begun, at)]
    so_far = [m.start() for m in _SO_FAR.finditer(plain, begun, at)]
    if not alone and not so_far:
        return None
    return max(alone, default=-1) > max(so_far, default=-1)


def says_so_far(plain: Sequence[str]) -> bool:
    """Whether a report says 当月, 累计 or from when to when: only then a bare 11月 is the month alone."""
    return any(_SPAN.search(text) for text in plain)


def a_bare_month(plain: Sequence[str]) -> bool:
    """Whether a report names its month by itself (2022年11月, …), and nothing says how much that covers."""
    return not says_so_far(plain) and any(m["one"] for text in plain for m in _MONTHS.finditer(text))


@dataclass(frozen=True)
class BudgetShare:
    """`占年初预算10065万元的43.2%`: which budget (as said), its amount in 万元 where told, the share.

    `half`: of the amount's last printed digit, in 万元.
    """

    start: int
    end: int
    which: str
    budget: Decimal | None
    half: Decimal
    share: Decimal


def budget_shares(plain: str) -> Iterator[BudgetShare]:
    for m in BUDGET.finditer(plain):
        scale = Decimal(10_000) if m["unit"] == "亿元" else Decimal(1)
        printed = Decimal(m["budget"].replace(",", "")) if m["budget"] else None
        half = Decimal(5).scaleb(int(printed.as_tuple().exponent) - 1) * scale if printed else Decimal(0)
        share = Decimal(m["share"].replace(",", ""))
        amount = None if printed is None else printed * scale
        yield BudgetShare(m.start(), m.end(), m["which"] or "", amount, half, share)


def without(plain: str, stretches: list[tuple[int, int]]) -> str:
    """The text, as long as before, with nothing in the place of these."""
    for start, end in stretches:
        plain = plain[:start] + "_" * (end - start) + plain[end:]
    return plain


_BASIS = re.compile(r"[(](?P<said>[^()]*?(?:口径|退税)[^()]*?\d[^()]*?)[)]")  # 增长4.7%(同口径增长13.6%)


def unbracketed(plain: str) -> str:
    """A bracket with the growth on another basis stands beside the growth before it, as after a comma."""
    return _BASIS.sub(lambda m: "," + m["said"] + ",", plain)
