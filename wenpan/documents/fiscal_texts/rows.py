"""Rows of a revenue statement out of the figures that 核数 reads in a text.

Pure. Amounts in 万元, growths in percent. What is expected (预计), of another level (市级), of another month
or of something else (支出) is no row; it is told with its place (`Unread`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from wenpan.documents.fiscal_texts.items import ITEMS, FiscalItem
from wenpan.documents.fiscal_texts.stretches import (
    BESIDE,
    NUMBERS,
    PULL,
    BudgetShare,
    budget_shares,
    of_month_alone,
    says_so_far,
    unbracketed,
    without,
    year_at,
)
from wenpan.documents.proof.arithmetic import amount, is_increase
from wenpan.documents.proof.figures import figures
from wenpan.documents.proof.paper_figures import PaperFigure, Vocabulary
from wenpan.documents.words.characters import same_length

_REFUNDED = re.compile(r"(?<!扣除)(?<!剔除)(?<!还原)(?:增值税)?(?:留抵)?退税(?!因素|后|影响)[^,。;]*$")
_EXPECTED = re.compile("预计|预期|安排|拟|建议|草案")
_LAST = re.compile(r"(?:上年|去年)(?:同期)?(?:完成数?|数|为|是)?$")
_TOTAL = re.compile(r"(?:收入)?(?:合计|总计|共计)(?:为|达|达到)?$")  # with transfers and what was left over
_EITHER = re.compile(r"(?:退税|同口径|可比口径)[^,。;]*自然口径[^,。;]*均")


@dataclass
class TextRow:
    """`values`: ytd, ytd_last, ytd_change, ytd_growth, ytd_growth_adjusted, month…, budget, progress.

    `half`: of a value, half of its last printed digit in the value's own unit (万元 or percent).
    """

    item: FiscalItem
    paragraph: int
    values: dict[str, Decimal] = field(default_factory=dict)
    half: dict[str, Decimal] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Unread:
    """A number that became no value: its paragraph, the words around it, and why (planned, other, twice)."""

    paragraph: int
    words: str
    why: str


def read_rows(paragraphs: Sequence[str], known: Vocabulary) -> tuple[list[TextRow], list[Unread]]:
    plain = [unbracketed(same_length(text)) for text in paragraphs]
    shares = [list(budget_shares(text)) for text in plain]
    tasks = [[(m.start(), m.end()) for m in BESIDE.finditer(text)] for text in plain]
    bare = [
        without(text, [*((s.start, s.end) for s in mine), *others])
        for text, mine, others in zip(plain, shares, tasks, strict=True)
    ]
    reader = _StatementReader(plain, known)
    found = figures(bare, known)
    for number in range(len(plain)):
        reader.paragraph(number, [f for f in found if f.paragraph == number], shares[number])
    return reader.rows, reader.unread


class _StatementReader:
    def __init__(self, plain: Sequence[str], known: Vocabulary) -> None:
        self.plain, self.known = plain, known
        self.two_spans = says_so_far(plain)  # else a bare 11月 is the span of the whole report
        self.rows: list[TextRow] = []
        self.unread: list[Unread] = []
        self.year = known.year

    def paragraph(self, number: int, found: Sequence[PaperFigure], shares: Sequence[BudgetShare]) -> None:
        self.number, self.text = number, self.plain[number]
        self.told = list[tuple[int, int]]()
        self.alone = False
        things: list[PaperFigure | BudgetShare] = sorted([*found, *shares], key=lambda one: one.start)
        self.last: tuple[TextRow, int, bool] | None = None
        for one in things:
            if isinstance(one, BudgetShare):
                self._share(one)
            else:
                self._figure(one)
        self._pulls()
        for m in NUMBERS.finditer(self.text):
            if not any(start <= m.start() < end for start, end in self.told):
                self._leave(m.start(), m.end(), "other")
        self.year = year_at(self.text, len(self.text)) or self.year

    def _figure(self, f: PaperFigure) -> None:
        key = self._key(f)
        item = ITEMS.get(f.indicator)
        if not key or item is None:
            if f.kind == "level" and "元" in f.unit:
                self.last = None
            return
        if why := self._other(f):
            self._leave(f.start, f.end, why)
            self.told.append((f.start, f.end))
            if key in ("ytd", "month"):
                self.last = None
            return
        row = self._row(item, key, amount(f) if f.kind == "level" else f.value)
        if key.startswith("adjusted_"):
            self._leave(f.start, f.end, "adjusted")
        value = amount(f) if f.kind == "level" else f.value
        if key.endswith("change") and re.search(r"减|少", self.text[max(0, f.start - 4) : f.start]):
            value = -abs(value)
        self._put(row, key, value, f)
        if key == "ytd_growth_adjusted" and _EITHER.search(self._clause(f, ",。;")):
            self._put(row, "ytd_growth", value, f)
        if key in ("ytd", "month"):
            self.last = (row, f.sentence, key == "month")

    def _key(self, f: PaperFigure) -> str:
        """Which value of a row a figure is; "" for none."""
        begun = max(self.text.rfind(sign, 0, f.start) for sign in "。!?") + 1
        alone = of_month_alone(self.text, begun, f.start) if self.two_spans else False
        if alone is None:
            alone = self.alone
        self.alone = alone
        before = "month" if alone else "ytd"
        if f.kind == "growth":
            if f.basis != "natural":
                return "" if alone else "ytd_growth_adjusted"
            return f"{before}_growth"
        if f.kind != "level" or f.unit not in ("亿元", "万元", "元"):
            return ""
        if _LAST.search(self.text[max(0, f.start - 8) : f.start]):
            return f"{before}_last"
        adjusted = "" if f.basis == "natural" else "adjusted_"  # held against the rates, never a row's amount
        if adjusted and alone:
            return ""
        return f"{adjusted}{before}_change" if is_increase(self.text, f) else f"{adjusted}{before}"

    def _pulls(self) -> None:
        """`拉低全市税收收入增幅13.4个百分点`: what refunds are said to have taken off, to be checked."""
        for m in PULL.finditer(self.text):
            row = next((row for row in self.rows if row.item.name == m["item"]), None)
            if row is not None and "pull" not in row.values:
                row.values["pull"] = Decimal(m["points"])
                row.half["pull"] = Decimal(5).scaleb(int(row.values["pull"].as_tuple().exponent) - 1)

    def _expected(self, f: PaperFigure) -> bool:
        """预计完成81000万元,…,同比下降6.8%: what is said after an expected amount is expected too."""
        return bool(_EXPECTED.search(self._clause(f, "。;")))

    def _other(self, f: PaperFigure) -> str:
        """Why a figure of a known item is none of this statement; "": it is one."""
        if f.planned or self._expected(f):
            return "planned"
        refunded = f.kind == "level" and _REFUNDED.search(self._clause(f, ",。;"))
        if f.kind == "level" and _TOTAL.fullmatch(self._clause(f, ",。;")):
            return "other"
        elsewhere = f.region != self.known.home or f.period != self.known.period
        return "other" if refunded or elsewhere or self._other_year(f) else ""

    def _other_year(self, f: PaperFigure) -> bool:
        """The draft of next year's budget stands behind this year's report."""
        return (year_at(self.text, f.start) or self.year) != self.known.year

    def _clause(self, f: PaperFigure, signs: str) -> str:
        return self.text[max(self.text.rfind(sign, 0, f.start) for sign in signs) + 1 : f.start]

    def _share(self, one: BudgetShare) -> None:
        if self.last is None or self.last[2]:
            self._leave(one.start, one.end, "other")
            self.told.append((one.start, one.end))
            return
        row = self.last[0]
        if one.budget is not None and "budget" not in row.values:
            row.values["budget"], row.half["budget"] = one.budget, one.half
        if "progress" not in row.values:
            row.values["progress"] = one.share
            row.note = f"为{one.which.removesuffix('批准的')}预算" if one.which else ""
        self.told.append((one.start, one.end))

    def _row(self, item: FiscalItem, key: str, value: Decimal) -> TextRow:
        """The row of an item that may still take the value; a second amount of the item is another row."""
        mine = [row for row in self.rows if row.item == item]
        for row in reversed(mine):
            if key not in row.values or row.values[key] == value:
                if key in ("ytd", "month") and row is not mine[-1]:
                    continue
                return row
            break
        row = TextRow(item, self.number)
        self.rows.append(row)
        return row

    def _put(self, row: TextRow, key: str, value: Decimal, f: PaperFigure) -> None:
        scale = Decimal(10_000) if f.unit == "亿元" else Decimal("0.0001") if f.unit == "元" else Decimal(1)
        row.values[key] = value
        row.half[key] = Decimal(5).scaleb(-f.decimals - 1) * (scale if f.kind == "level" else 1)
        self.told.append((f.start, f.end))

    def _leave(self, start: int, end: int, why: str) -> None:
        begun = max(self.text.rfind(sign, 0, start) for sign in ",。;:、") + 1
        after = re.match(r"亿元|万元|元|%|个?百分点", self.text[end:])
        words = self.text[max(begun, start - 20) : end + (len(after.group()) if after else 0)]
        self.unread.append(Unread(self.number, words, why))
