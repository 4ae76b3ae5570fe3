"""Part of `proof_wordings.py`: a way of writing filled with the ledger's figures, and its gaps.

`{level retail}`, `{grow fai yunlu}`, `{rank gdp}` … are looked up as a writer would and printed as papers
print them; each printed figure, word of direction, name and unit is a gap into which an error can be put.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

OPPOSITE = {
    "增长": "下降", "下降": "增长", "高于": "低于", "低于": "高于", "高": "低", "低": "高", "加快": "回落",
    "回落": "加快", "扩大": "收窄", "收窄": "扩大", "提高": "回落", "比增": "比降", "比降": "比增",
    "快": "慢", "慢": "快", "快于": "慢于", "慢于": "快于", "领先": "落后", "落后": "领先", "前移": "后移",
    "后移": "前移", "上升": "下滑", "下滑": "上升", "回升": "回落",
}  # fmt: skip


class Gap(NamedTuple):
    """One place of a paper where an error of `kind` can be put; `alternatives` for names."""

    kind: str
    paragraph: int
    start: int
    end: int
    alternatives: tuple[str, ...]


class UnsaidError(Exception):
    """The ledger lacks what a line of the way says: the line is left out of this month's paper."""


class Ledger:
    """The figures of one month as a writer would look them up, printed as papers print them."""

    def __init__(self, values: Any, names: dict[str, str], whole: str, home: str, falling: frozenset[str]):
        self.values, self.names, self.whole, self.home, self.falling = values, names, whole, home, falling
        self.month = ""
        self.districts = [c for c in names if c != whole]

    def value(
        self, code: str, measures: tuple[str, ...], region: str, month: str, basis: str = "natural"
    ) -> Decimal:
        for measure in measures:
            if (found := self.values.get((region, code, month, measure, basis))) is not None:
                return Decimal(found)
        raise UnsaidError(code)

    def growth(self, code: str, region: str = "", month: str = "", basis: str = "natural") -> Decimal:
        value = self.value(
            code, ("ytd_growth", "balance_growth"), region or self.home, month or self.month, basis
        )
        return value.quantize(Decimal("0.1"), ROUND_HALF_UP)

    def level(self, code: str, region: str = "", month: str = "") -> Decimal:
        return self.value(code, ("ytd", "balance"), region or self.home, month or self.month)

    def before(self) -> str:
        year, month = self.month.split("-")
        return f"{year}-{int(month) - 1:02d}"

    def order(self, code: str) -> list[str]:
        """Districts, the best first."""
        return sorted(self.districts, key=lambda c: self.growth(code, c), reverse=code not in self.falling)


def mark(kind: str, text: object, *alternatives: str) -> str:
    return f"⟦{kind}|{text}|{'/'.join(alternatives)}⟧"


def said(book: Ledger, asked: str) -> str:
    """What stands in the place of `{asked}`: the words are those of the ways."""
    word, *rest = asked.split()
    code = rest[0] if rest else ""
    region = next((c for c in rest[1:] if c in book.names), book.home)
    growth = lambda **k: book.growth(code, region, **k)  # noqa: E731
    names = [n for c, n in book.names.items() if c not in (region, book.whole)]
    year, month = book.month.split("-")
    if word == "year":
        return year
    if word == "month":
        return mark("date", int(month))
    if word == "span":
        return {"12": "全年", "06": "上半年", "09": "前三季度"}[month]
    if word == "to":
        return "全年" if month == "12" else f"1—{mark('date', int(month))}月"
    if word == "level":
        value, unit = book.level(code, region), UNIT_OF.get(code, "亿元")
        printed = f"{value:.2f}" if unit not in ("元", "万千瓦时", "万美元") else f"{value:.0f}"
        return mark("figure", printed) + mark("unit", unit)
    if word == "amount":  # a number whose unit stands in the head
        return mark("figure", f"{book.level(code, region):.2f}")
    if word == "wan":
        return mark("figure", f"{book.level(code, region) * 10000:.0f}") + mark("unit", "万元")
    if word == "bare":
        return mark("figure", growth())
    if word in ("place", "last"):  # the rank's number alone, and the rank from the end
        mine = growth()
        least = (code in book.falling) == (word == "place")
        before = sum(
            (g < mine) if least else (g > mine) for g in (book.growth(code, c) for c in book.districts)
        )
        return ("倒数第" if word == "last" else "") + mark("rank", before + 1)
    if word == "climb":  # places won or lost against the month before
        now, then = (
            sum((g < mine) if code in book.falling else (g > mine) for g in each.values())
            for each in (
                {c: book.growth(code, c, m) for c in book.districts} for m in (book.month, book.before())
            )
            for mine in (each[region],)
        )
        if now == then:
            raise UnsaidError(code)
        up, down = rest[-1].split("/")
        return (
            mark("sign", *((up, down) if now < then else (down, up))) + mark("rank", abs(now - then)) + "位"
        )
    if word in ("grow", "rate", "bizeng"):
        value = growth(basis="refund_adjusted") if "refund" in rest else growth()
        if word == "rate":
            return mark("figure", value) + mark("unit", "%")
        up, down = ("比增", "比降") if word == "bizeng" else ("增长", "下降")
        return mark("sign", up if value >= 0 else down) + mark("figure", abs(value)) + mark("unit", "%")
    if word == "rank":
        if region == book.whole:
            raise UnsaidError(code)
        mine = growth()
        better = sum(
            (book.growth(code, c) > mine) if code not in book.falling else (book.growth(code, c) < mine)
            for c in book.districts
        )
        return "第" + mark("rank", better + 1)
    if word == "gap":  # against the city or a named district: 高于全市平均1.2个百分点
        other = next((c for c in rest[1:] if c in book.names), book.whole)
        style = next((r for r in rest[1:] if r not in book.names), "高于")
        gap = book.growth(code) - book.growth(code, other)
        if gap == 0:
            raise UnsaidError(code)
        low = OPPOSITE[style]
        who = (
            mark("region", "全市", *names)
            if other == book.whole
            else mark("region", book.names[other], *[n for n in names if n != book.names[other]])
        )
        tail = "平均水平" if other == book.whole else ""
        signed = mark("sign", style if gap > 0 else low)
        points = mark("figure", abs(gap)) + "个百分点"
        return f"比{who}{signed}{points}" if style in ("高", "快") else f"{signed}{who}{tail}{points}"
    if word == "moved":  # against the month before: 比1—8月回落0.3个百分点
        moved = growth() - growth(month=book.before())
        if moved == 0:
            raise UnsaidError(code)
        up = next((w for w in ("加快", "回升") if w in rest), "提高")
        faster = mark("sign", up if moved > 0 else "回落")
        since = f"1—{int(month) - 1}月" if "上月" not in rest else "上月"
        if "较前" in rest:
            return f"较前{int(month) - 1}个月{faster}{mark('figure', abs(moved))}个百分点"
        if "幅" in rest:
            now = growth()
            if now >= 0 or growth(month=book.before()) >= 0:
                raise UnsaidError(code)
            word = mark("sign", "扩大" if moved < 0 else "收窄")
            return f"降幅比{since}{word}{mark('figure', abs(moved))}个百分点"
        return f"比{since}{faster}{mark('figure', abs(moved))}个百分点"
    if word == "name":
        return mark("region", book.names[region], *names)
    if word == "top":
        first = book.order(code)[: int(rest[1])]
        others = [n for c, n in book.names.items() if c not in (*first, book.whole)]
        return "、".join(mark("region", book.names[c], *others) for c in first)
    if word == "topped":
        first = book.order(code)[: int(rest[1])]
        others = [n for c, n in book.names.items() if c not in (*first, book.whole)]
        return "、".join(
            f"{mark('region', book.names[c], *others)}（{mark('figure', book.growth(code, c))}%）"
            for c in first
        )
    if word == "share":  # of two levels of one region, or of the city's
        of = rest[1]
        whole = book.level(code, of) if of in book.names else book.level(of)
        return mark("share", f"{book.level(code) / whole * 100:.1f}") + "%"
    if word == "ratio":
        return mark("figure", f"{book.level(code) / book.level(rest[1]):.2f}")
    if word == "left":  # what is left of a whole: 非税收入
        return mark("sum", f"{book.level(code) - book.level(rest[1]):.2f}") + "亿元"
    if word == "leftshare":
        whole = book.level(code)
        return mark("share", f"{(whole - book.level(rest[1])) / whole * 100:.1f}") + "%"
    if word in ("dir", "abs"):  # a word of direction of one's own, and the growth without its sign
        value = growth()
        up, down = rest[-1].split("/") if word == "dir" else ("", "")
        both = (up, down) if value >= 0 else (down, up)
        return mark("sign", *both) if word == "dir" else mark("figure", abs(value))
    if word == "plus":  # +3.6% and -2.1%
        value = growth()
        both = ("+", "-") if value >= 0 else ("-", "+")
        return mark("sign", *both) + mark("figure", abs(value)) + mark("unit", "%")
    if word in ("then", "ago"):  # the growth of an earlier month of this year, or of a year ago
        earlier = book.before() if word == "then" else f"{int(year) - 1}-{month}"
        if len(rest) > 1 and rest[1].isdigit():
            earlier = f"{year}-{rest[1]}"
        if earlier >= book.month:
            raise UnsaidError(code)
        return mark("figure", growth(month=earlier))
    if word == "before":
        return mark("date", int(month) - 1)
    if word == "shift":  # points against an earlier month: {shift gdp 06 提速/放慢}
        moved = growth() - growth(month=f"{year}-{rest[1]}")
        if moved == 0 or f"{year}-{rest[1]}" >= book.month:
            raise UnsaidError(code)
        up, down = rest[2].split("/")
        return mark("sign", *((up, down) if moved > 0 else (down, up))) + mark("figure", abs(moved))
    if word == "apart":  # points against the city or a district: {apart fai ninglan 快/慢}
        gap = book.growth(code) - book.growth(code, rest[1])
        if gap == 0:
            raise UnsaidError(code)
        up, down = rest[2].split("/")
        return mark("sign", *((up, down) if gap > 0 else (down, up))) + mark("figure", abs(gap))
    if word in ("best", "worst", "bestrate", "worstrate", "spread"):
        order = book.order(code)
        first, end = book.growth(code, order[0]), book.growth(code, order[-1])
        if word == "spread":
            return mark("figure", abs(first - end))
        one = order[0] if word.startswith("best") else order[-1]
        if word.endswith("rate"):
            return mark("figure", book.growth(code, one))
        return mark("region", book.names[one], *[n for n in names if n != book.names[one]])
    if word == "yi":  # a number counted in 亿
        return mark("figure", f"{book.level(code, region) / 10000:.2f}") + mark("unit", "亿千瓦时")
    if word == "alone":  # the month's own growth
        value = book.value(code, ("month_growth",), region, book.month).quantize(Decimal("0.1"))
        return mark("sign", *(("增长", "下降") if value >= 0 else ("下降", "增长"))) + mark(
            "figure", abs(value)
        )
    if word == "counts":  # how many of the ways' indicators grow, fall, together
        codes = rest[0].split(",")
        up = sum(book.growth(c) >= 0 for c in codes)
        whole, down = mark("sum", len(codes)), mark("sum", len(codes) - up)
        return f"{whole}项指标中，{mark('sum', up)}项增长、{down}项下降"
    raise KeyError(asked)


UNIT_OF = {
    "income": "元", "income_urban": "元", "income_rural": "元", "electricity": "万千瓦时",
    "industry_electricity": "万千瓦时", "estate_sales": "万平方米", "foreign_investment": "万美元",
}  # fmt: skip


def written(way: str, book: Ledger) -> tuple[list[str], list[Gap]]:
    """The paper of one way and month, and its gaps. `?[…]`: left out where the ledger lacks a figure."""
    paragraphs, gaps = list[str](), list[Gap]()
    for line in way.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pieces = []
        for piece in re.split(r"(?=\?\[)|(?<=\])", line):
            try:
                pieces.append(
                    re.sub(
                        r"\{([^}]+)\}",
                        lambda m: said(book, m.group(1)),
                        piece.removeprefix("?[").removesuffix("]") if piece.startswith("?[") else piece,
                    )
                )
            except UnsaidError:
                if not piece.startswith("?["):
                    pieces = []
                    break
        marked = "".join(pieces)
        text, at = "", 0
        for m in re.finditer(r"⟦([^|]*)\|([^|]*)\|([^⟧]*)⟧", marked):
            text += marked[at : m.start()]
            gaps.append(
                Gap(
                    m[1],
                    len(paragraphs),
                    len(text),
                    len(text) + len(m[2]),
                    tuple(filter(None, m[3].split("/"))),
                )
            )
            text, at = text + m[2], m.end()
        if text or marked:
            paragraphs.append(text + marked[at:])
    return paragraphs, gaps
