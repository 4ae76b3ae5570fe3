"""招商引资 in the monthly analysis: a paragraph and a table from the same query as the page of the
month's report.

Pure. Counts are of one day; amounts in 亿元 as the page rounds them. A rate or an expectation that was
refused from too few is not written at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.documents.papers.facts import FactRegister
from wenpan.documents.papers.paper import Block, Inline, PaperTable, Span, label, paragraph
from wenpan.economy.figures import quantities

Three = tuple[float, float, float]


@dataclass(frozen=True)
class UnitDeals:
    """One unit's deals of the year so far; amounts in 亿元, None where none is known."""

    unit: str
    signed: int
    agreed: float | None
    started: int
    arrived: float | None


@dataclass(frozen=True)
class DealsMonth:
    """The year's deals up to the end of a month. `…_before`: the same days of last year. `counted`: what the
    set of rules in force (`rules`) counts. `expected`: starts by the year's end (p10, mean, p90), None:
    refused."""

    rules: str
    signed: int
    signed_before: int
    agreed: float | None  # 亿元, of the signed
    large: int  # of the signed, 1亿元 and above
    counted: int
    counted_before: int
    framework_only: int
    started: int
    started_before: int
    completed: int
    ended: int
    expected: Three | None
    units: tuple[UnitDeals, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.signed or self.signed_before or self.started or self.framework_only)


def deals_paragraphs(deals: DealsMonth, register: FactRegister) -> list[Block]:
    """What was signed and started, beside last year; what frameworks are not; what is expected."""

    def count(key: str, words: str, value: int) -> Span:
        fact = register.number(f"deals/{key}", words, value, decimals=0, unit="个")
        return Span(f"{value}个", (fact.key,))

    out: list[Inline] = ["今年以来,正式签约招商项目", count("signed", "正式签约", deals.signed)]
    out += ["(上年同期", count("signed_before", "上年同期签约", deals.signed_before), ")"]
    if deals.signed:
        out += [label(",其中1亿元以上"), count("large", "1亿元以上签约", deals.large)]
        if deals.agreed is not None:
            out += [",协议投资", _amount(register, "agreed", "签约协议投资", deals.agreed)]
    out += [label(f";按“{deals.rules}”计入"), count("counted", "计入", deals.counted)]
    out += [",上年同期", count("counted_before", "上年同期计入", deals.counted_before), "。"]
    out += ["开工(入统)", count("started", "开工", deals.started), "(上年同期"]
    out += [count("started_before", "上年同期开工", deals.started_before), ")"]
    out += [
        ",竣工",
        count("completed", "竣工", deals.completed),
        ",终止",
        count("ended", "终止", deals.ended),
        "。",
    ]
    if deals.framework_only:
        out += [
            "另有",
            count("framework", "只有框架协议", deals.framework_only),
            "只签框架或意向协议,不计签约。",
        ]
    blocks: list[Block] = [paragraph(*out)]
    if deals.expected is not None:
        blocks.append(paragraph(*_expected(deals.expected, register)))
    return blocks


def _expected(expected: Three, register: FactRegister) -> list[Inline]:
    low, mean, high = (
        register.number(f"deals/expected_{key}", f"预计开工({words})", value, decimals=0, unit="个")
        for key, words, value in zip(("low", "mean", "high"), ("低", "均值", "高"), expected, strict=True)
    )
    return [
        "按本地项目从签约、洽谈到开工的实际用时推算,到年底还可开工",
        Span(f"{mean.shown}个", (mean.key,)), "左右(八成区间",
        Span(f"{low.shown}至{high.shown}个", (low.key, high.key)), ")。",
    ]  # fmt: skip


def _amount(register: FactRegister, key: str, words: str, value: float) -> Span:
    fact = register.number(f"deals/{key}", words, value, decimals=2, unit="亿元")
    return Span(f"{fact.shown}亿元", (fact.key,))


def deals_table(deals: DealsMonth | None, number: int, register: FactRegister) -> tuple[PaperTable, ...]:
    """By unit, the most signed first; none where no unit is known."""
    if deals is None or not deals.units:
        return ()
    table = PaperTable(
        title=f"附表{number} 招商项目分单位情况",
        headers=("单位", "签约(个)", "协议投资(亿元)", "开工(个)", "到位资金(亿元)"),
        rows=tuple(_row(unit, place, register) for place, unit in enumerate(deals.units)),
        widths=(40, 26, 32, 26, 32),
        numeric=frozenset({1, 2, 3, 4}),
        notes=("注: 今年以来; 共同引进的项目列在责任单位; 框架、意向协议不计签约; “—”为没有登记金额。",),
    )
    return (table,)


def _row(unit: UnitDeals, place: int, register: FactRegister) -> tuple[Span, ...]:
    cells: Sequence[tuple[str, str, float | None, int, str]] = (
        ("signed", "签约", unit.signed, 0, "个"), ("agreed", "协议投资", unit.agreed, 2, "亿元"),
        ("started", "开工", unit.started, 0, "个"), ("arrived", "到位资金", unit.arrived, 2, "亿元"),
    )  # fmt: skip
    found = [label(unit.unit)]
    for key, words, value, decimals, measure in cells:
        if value is None:
            found.append(label(quantities.MISSING))
            continue
        fact = register.number(
            f"deals/{place}/{key}", f"{unit.unit}{words}", value, decimals=decimals, unit=measure
        )
        found.append(Span(fact.shown, (fact.key,)))
    return tuple(found)
