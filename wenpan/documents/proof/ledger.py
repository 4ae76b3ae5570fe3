"""A paper's figures against the ledger: right, wrong with the right one and its origin, or unknown.

Pure. Compared as printed: the ledger's value rounded to the paper's decimals, half up; amounts in the
paper's own unit (亿元, 万元). A rank is counted over the districts of the ledger; points are the
difference of the shown growths. What the ledger does not hold is unknown, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from wenpan.documents.proof.figures import SCALE, PaperFigure
from wenpan.documents.proof.numbers import scale
from wenpan.economy.figures.quantities import rounded
from wenpan.economy.time.periods import parse_period

Key = tuple[str, str, str, str, str]  # region, indicator, period, measure, basis


# 同口径 is said of either way of counting refunds; an amount has one basis alone.
_BESIDE = {"natural": ("comparable",), "comparable": ("refund_adjusted",), "refund_adjusted": ()}


@dataclass(frozen=True)
class ProofLedger:
    """`values` by region, indicator, period, measure and basis; `units` of an indicator's level.

    `origin`: where the values come from, said with every right one; `whole`: the region of which the
    others are districts.
    """

    values: Mapping[Key, Decimal]
    units: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    falling: frozenset[str] = frozenset()  # indicators of which less is better
    origin: str = "台账"
    whole: str = ""
    of_last: float = 1.0  # share of those that published last time that must have, before a place is said
    wholes: Mapping[str, str] = field(default_factory=dict)  # the indicator of which another is a part

    def find(
        self, f: PaperFigure, *, region: str = "", period: str = "", growth: bool = True
    ) -> Decimal | None:
        if sign := re.search(
            "[-/]", f.indicator
        ):  # what is left of a whole: 非税收入; a quotient: 城乡收入比
            a, b = (
                self.find(replace(f, indicator=code), region=region, period=period, growth=False)
                for code in f.indicator.split(sign[0])
            )
            if growth or a is None or b is None or not b:
                return None
            return a - b if sign[0] == "-" else a / b
        measures = ("month_growth",) if f.monthly else ("ytd_growth", "balance_growth")
        if not growth:
            measures = ("month",) if f.monthly else ("ytd", "balance")
        for measure in measures:
            for basis in (
                dict.fromkeys((f.basis, *_BESIDE[f.basis])) if growth else (f.basis, "natural", "comparable")
            ):
                key = (region or f.region, f.indicator, period or f.period, measure, basis)
                if key in self.values:
                    return self.values[key]
        return None


@dataclass(frozen=True)
class LedgerAnswer:
    """`state`: right | wrong | unknown."""

    state: str
    reason: str
    right: str = ""


def month_before(period: str) -> str:
    """The cumulative period one month shorter, "" where the year has none (1—2月 is the first)."""
    return f"{period[:4]}-{int(period[5:]) - 1:02d}" if int(period[5:]) > 2 else ""


def answer(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    if f.planned:
        return LedgerAnswer("unknown", "目标、预测或表中的数，不与台账的发布数比")
    return _answer(f, ledger)


def late_answer(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer | None:
    """Where a paragraph names no period, the month before counts too: some figures come a month late."""
    if f.planned or f.dated or f.kind not in ("growth", "points", "rank"):
        return None
    before = month_before(f.period)
    late = _answer(replace(f, period=before), ledger) if before else None
    return late if late and late.state == "right" else None


def _answer(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    if f.kind == "count":
        return LedgerAnswer("unknown", "台账没有这类数")
    if not f.indicator:
        return LedgerAnswer("unknown", f"“{f.subject}”不是目录里的指标" if f.subject else "看不出是哪个指标")
    if not f.period:
        return LedgerAnswer("unknown", "看不出是哪个时期")
    kinds = {
        "growth": _growth,
        "level": _level,
        "points": _points,
        "rank": _rank,
        "share": _share,
        "top": _top,
    }
    return kinds[f.kind](f, ledger)


def _growth(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    return _judged(f, ledger.find(f), "%", ledger)


def _level(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    held, unit = ledger.find(f, growth=False), ledger.units.get(f.indicator.partition("-")[0], "")
    if held is None:
        return _of_another_month(f, ledger) or _missing(f, ledger)
    if unit.lstrip("万亿") != f.unit.lstrip("万亿"):
        return LedgerAnswer("wrong", f"{_told(f, ledger)}的单位是{unit}，文中为{f.unit}", f"{held}{unit}")
    ours = held * SCALE[scale(unit)] / SCALE[scale(f.unit)]
    return _judged(f, ours, f.unit, ledger)


def _points(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    """高于全市0.8个百分点; 较上月收窄1.9个百分点. Other comparisons (拉动) have no figure in the ledger."""
    mine, period = ledger.find(f), _before(f)
    if period:
        then = ledger.find(f, period=period)
        if mine is None or then is None:
            return _missing(f, ledger)
        return _judged(f, _shown_change(f, mine, then), "个百分点", ledger, f"比{spelt(period)}的变化")
    whom = next((code for name, code in _by_length(ledger) if name in f.against), "")
    if (
        not f.against
        and re.match("增长|下降|比增|比降|增[速幅]|达|$", f.word)
        and mine is not None
        and rounded(mine, f.decimals) == f.value
    ):
        return LedgerAnswer(
            "wrong", f"{_told(f, ledger)}为{f.value}%，单位应为%，文中为个百分点", f"{f.value}%"
        )
    if not whom or f.word[:1] not in "高低快慢领落":
        return LedgerAnswer("unknown", "台账没有这类比较")
    theirs = ledger.find(f, region=whom)
    if mine is None or theirs is None:
        return _missing(f, ledger)
    gap = rounded(mine, f.decimals) - rounded(theirs, f.decimals)
    return _judged(f, gap, "个百分点", ledger, f"与{ledger.names.get(whom, whom)}之差")


def _shown_change(f: PaperFigure, mine: Decimal, then: Decimal) -> Decimal:
    """With the sign of the paper's words: 收窄 and 扩大 are said of the size of a growth or of a fall."""
    now, past = rounded(mine, f.decimals), rounded(then, f.decimals)
    if f.word in ("收窄", "扩大", "缩小"):
        return abs(now) - abs(past)
    return now - past


def _before(f: PaperFigure) -> str:
    """The period that 上月, 上半年 … stand for beside the figure's own."""
    year, month = int(f.period[:4]), int(f.period[5:])
    if f.against in ("去年同期", "上年同期"):
        return f"{year - 1}-{month:02d}"
    if f.against in ("去年全年", "上年全年"):
        return f"{year - 1}-12"
    months = {"上月": month - 1, "上季度": month - 3, "上半年": 6, "一季度": 3, "前三季度": 9}
    named = re.match(r"(?:1-)?(\d{1,2})月", f.against)
    then = int(named[1]) if named else months.get(f.against, 0)
    return f"{year}-{then:02d}" if 0 < then < month else ""


def _last_time(f: PaperFigure, ledger: ProofLedger, regions: set[str]) -> int:
    """How many districts published the newest period before the figure's own; 0: none is known."""
    periods = {key[2] for key in ledger.values if key[1] == f.indicator and key[2] < f.period}
    if not periods:
        return 0
    return sum(ledger.find(f, region=region, period=max(periods)) is not None for region in regions)


def _place(f: PaperFigure, ledger: ProofLedger) -> int | LedgerAnswer:
    """The place of a growth among the districts, or why there is none."""
    mine = ledger.find(f)
    regions = {key[0] for key in ledger.values} - {ledger.whole}
    others = [v for r in regions if (v := ledger.find(f, region=r)) is not None]
    if mine is None or 2 * len(others) < len(regions):  # who has not published yet is not ranked
        return _missing(f, ledger)
    if len(others) < ledger.of_last * _last_time(f, ledger, regions):
        return LedgerAnswer("unknown", "全市位次待公布：上期公布过的地区还没有都公布")
    return 1 + sum(v < mine if f.indicator in ledger.falling else v > mine for v in others)


def _rank(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    if re.search("全[省国]", f.against):
        return LedgerAnswer("unknown", "台账只有全市各区县的位次")
    place = _place(f, ledger)
    if isinstance(place, LedgerAnswer):
        return place
    if place == f.value:
        return LedgerAnswer("right", f"{_told(f, ledger)}列第{place}位（{ledger.origin}）")
    return LedgerAnswer(
        "wrong", f"{_told(f, ledger)}列第{place}位（{ledger.origin}），文中为第{f.value}位", f"第{place}位"
    )


def _top(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    """A region that is said to be among the first `value`."""
    place = _place(f, ledger)
    if isinstance(place, LedgerAnswer):
        return place
    if place <= f.value:
        return LedgerAnswer("right", f"{_told(f, ledger)}列第{place}位（{ledger.origin}）")
    return LedgerAnswer(
        "wrong", f"{_told(f, ledger)}列第{place}位（{ledger.origin}），不在前{f.value}位", f"第{place}位"
    )


def _share(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    """占全市的10.7%; 占一般公共预算收入的79.1%: two amounts of the ledger, each rounded as it holds them."""
    region = f.against.partition("@")[2]
    whole = f.against.partition("=")[2] or (ledger.wholes.get(f.indicator, "") if not f.against else "")
    part = ledger.find(f, growth=False)
    base = (
        ledger.find(f, region=region, growth=False)
        if region
        else ledger.find(replace(f, indicator=whole), growth=False)
        if whole
        else None
    )
    units = {ledger.units.get(f.indicator, ""), ledger.units.get(f.indicator if region else whole, "")}
    if part is None or base is None or base <= 0 or len(units) > 1 or region == f.region:
        return LedgerAnswer("unknown", "台账没有这类数")
    exact = part / base * 100
    half = Decimal(5).scaleb(-f.decimals - 1)
    slack = exact * (_half_of(part) / part + _half_of(base) / base) if part else Decimal(0)
    of = f"占{ledger.names.get(region, region) if region else '总数'}的比重"
    name = f"{ledger.names.get(f.region, f.region)}{spelt(f.period)}{f.subject}{of}"
    if abs(exact - f.value) <= half + slack:
        return LedgerAnswer("right", f"{name}为{rounded(exact, f.decimals)}%（{ledger.origin}）")
    ours = rounded(exact, f.decimals)
    return LedgerAnswer("wrong", f"{name}为{ours}%（{ledger.origin}），文中为{f.value}%", f"{ours}%")


def _half_of(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)


def _judged(
    f: PaperFigure, held: Decimal | None, unit: str, ledger: ProofLedger, of: str = ""
) -> LedgerAnswer:
    if held is None:
        return _of_another_month(f, ledger) or _missing(f, ledger)
    ours, told = rounded(held, f.decimals), f"{_told(f, ledger)}{of}"
    if ours == f.value:
        return LedgerAnswer("right", f"{told}为{ours}{unit}（{ledger.origin}）")
    said = "，正负号相反" if ours == -f.value else ""
    return LedgerAnswer(
        "wrong", f"{told}为{ours}{unit}（{ledger.origin}），文中为{f.value}{unit}{said}", f"{ours}{unit}"
    )


def _of_another_month(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer | None:
    """`1—9月增长3.8%`, and the ledger has none of 1—9月 but 3.8 % of 1—8月: the period is written wrong."""
    if f.monthly or f.kind not in ("growth", "level"):
        return None
    year, month = f.period[:4], int(f.period[5:])
    near = sorted(
        (n for n in range(max(2, month - 3), min(12, month + 3) + 1) if n != month),
        key=lambda n: (abs(n - month), n),
    )
    for other in near:
        period = f"{year}-{other:02d}"
        held = ledger.find(f, period=period, growth=f.kind == "growth")
        if held is None:
            continue
        unit = ledger.units.get(f.indicator, "")
        ours = held if f.kind == "growth" else held * SCALE[scale(unit)] / SCALE[scale(f.unit)]
        if rounded(ours, f.decimals) == f.value:
            told = f"{_told(f, ledger)}没有发布，{spelt(period)}为{f.value}{f.unit}（{ledger.origin}）"
            return LedgerAnswer("wrong", f"{told}，时期可能写错", spelt(period))
        if other < month and f.kind == "growth":
            return None
    return None


def _missing(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    return LedgerAnswer("unknown", f"台账没有{_told(f, ledger)}")


def _told(f: PaperFigure, ledger: ProofLedger) -> str:
    region = ledger.names.get(f.region, f.region)
    measure = {"growth": "增速", "points": "增速", "rank": "增速", "top": "增速", "level": "", "share": ""}[
        f.kind
    ]
    return f"{region}{spelt(f.period, monthly=f.monthly)}{f.subject}{measure}"


def spelt(period: str, *, monthly: bool = False) -> str:
    """2022年1—9月, or of the month alone 2022年9月; 2022年前三季度."""
    known = parse_period(period)
    return known.label if monthly else f"{known.year}年{known.ytd_label}"


def _by_length(ledger: ProofLedger) -> list[tuple[str, str]]:
    names = {name: code for code, name in ledger.names.items()} | {"全市": ledger.whole}
    return sorted(((n, c) for n, c in names.items() if c), key=lambda one: -len(one[0]))
