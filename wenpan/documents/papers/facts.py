"""The facts of a paper: every number that it prints, once, and the proof that they agree.

Pure. A paper may only print a number that is registered here, as it is registered. `problems` finds:
two numbers under one key · a printed difference that contradicts the printed figures · a total that
is not the sum of its printed parts · a sentence
whose numbers or signs are not those of its facts · a digit that belongs to no fact · a figure of an
older period than due · a light in the text that is not the light of the table. A paper with a
problem is not made: `assert_consistent` raises `Inconsistent` with what to do about each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from wenpan.documents.papers.paper import Paper, Span
from wenpan.economy.figures import quantities
from wenpan.economy.figures.quantities import Number

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERIOD = re.compile(r"\d{4}年|\d{1,2}—\d{1,2}月|\d{1,2}月")
_SIGNED = re.compile(r"(增长|高于|超|前移|下降|低于|慢于|后移)[^0-9]*?(\d+(?:\.\d+)?)")
_PLUS_WORDS = frozenset({"增长", "高于", "超", "前移"})
_MINUS = re.compile(r"(?:增长|增速|加快|下降|降幅|高于|低于|收窄|扩大|回升|回落|前移|后移)[^0-9]{0,4}[-−-]\d")


@dataclass(frozen=True)
class Fact:
    """One number (or word) of the paper. `shown` is what is printed, with its sign; "—" is missing."""

    key: str  # fai/ytd_growth
    label: str  # 固定资产投资 累计增速
    value: float | str | None
    shown: str
    unit: str = ""
    period: str = ""
    source: int | None = None  # id of the figure in the ledger


@dataclass(frozen=True)
class PaperProblem:
    """Why a paper is refused. `code` for machines, the rest for people."""

    code: str
    where: str
    found: str
    todo: str


class Inconsistent(Exception):  # noqa: N818 - said as people say it
    """A paper that would contradict itself, with every reason."""

    def __init__(self, problems: Sequence[PaperProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.where}: {p.found}" for p in self.problems))

    @property
    def message(self) -> str:
        """For people: every reason and what to do."""
        return "; ".join(f"{p.where}: {p.found}, {p.todo}" for p in self.problems)


@dataclass
class FactRegister:
    """Collects the facts while a paper is written; a second, different value is kept as a clash."""

    facts: dict[str, Fact] = field(default_factory=dict)
    clashes: list[tuple[Fact, Fact]] = field(default_factory=list)
    differences: list[tuple[str, str, str, float | None]] = field(default_factory=list)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def put(self, fact: Fact) -> Fact:
        known = self.facts.setdefault(fact.key, fact)
        if known.shown != fact.shown or known.period != fact.period:
            self.clashes.append((known, fact))
        return known

    def number(
        self,
        key: str,
        label: str,
        value: Number | None,
        *,
        decimals: int = 1,
        unit: str = "%",
        period: str = "",
        source: int | None = None,
    ) -> Fact:
        """Register one figure, rounded as it will be printed."""
        exact = None if quantities.printed_value(value, decimals) is None or value is None else float(value)
        return self.put(Fact(key, label, exact, quantities.number(value, decimals), unit, period, source))

    def word(self, key: str, label: str, word: str, period: str = "") -> Fact:
        return self.put(Fact(key, label, word, word, "", period))

    def difference(
        self,
        key: str,
        label: str,
        left: str,
        right: str,
        *,
        page: float | None = None,
        unit: str = "个百分点",
    ) -> Fact | None:
        """The difference of two registered figures as shown; `page` is the same figure on the page."""
        a, b = self.decimal(left), self.decimal(right)
        if a is None or b is None:
            return None
        decimals = max(0, -int((a - b).as_tuple().exponent))
        fact = self.number(key, label, a - b, decimals=decimals, unit=unit, period=self.facts[left].period)
        self.differences.append((key, left, right, page))
        return fact

    def total(self, whole: str, parts: Iterable[str]) -> None:
        """The printed parts must add up to the printed whole; all are registered by the end."""
        self.sums.append((whole, tuple(parts)))

    def decimal(self, key: str) -> Decimal | None:
        fact = self.facts.get(key)
        return None if fact is None or fact.shown == quantities.MISSING else Decimal(fact.shown)

    def to_json(self) -> list[dict[str, Any]]:
        return [asdict(fact) for fact in self.facts.values()]


def _magnitudes(words: str) -> list[Decimal]:
    """The numbers in a sentence without their signs; months and years are no figures."""
    return [Decimal(number) for number in _NUMBER.findall(_PERIOD.sub("", words))]


def _clash_problems(register: FactRegister) -> Iterable[PaperProblem]:
    for known, other in register.clashes:
        found = f"一处为{_said(known)}, 另一处为{_said(other)}"
        yield PaperProblem("two_values", known.label, found, "在总览页核对该指标, 以台账为准重新研判后再生成")


def _said(fact: Fact) -> str:
    return f"{fact.shown}{fact.unit}" + (f"({fact.period})" if fact.period else "")


def _difference_problems(register: FactRegister) -> Iterable[PaperProblem]:
    for key, left, right, page in register.differences:
        shown, a, b = (register.decimal(k) for k in (key, left, right))
        fact = register.facts[key]
        if shown is None or a is None or b is None:
            continue
        step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
        if shown != a - b:
            found = f"写作{shown}, 而{a} 减 {b} 为{a - b}"
            yield PaperProblem(
                "difference", fact.label, found, "两个数须取自同一次研判, 请重新研判本月后再生成"
            )
        elif page is not None and abs(Decimal(repr(page)) - shown) > step:
            found = f"页面为{quantities.number(page, 2)}, 按印出的数字计算为{shown}"
            yield PaperProblem("difference", fact.label, found, "页面与文稿不一致, 请重新研判本月后再生成")


def _sum_problems(register: FactRegister) -> Iterable[PaperProblem]:
    for whole, parts in register.sums:
        shown, figures = register.decimal(whole), [register.decimal(part) for part in parts]
        known = [figure for figure in figures if figure is not None]
        if shown is None or len(known) < len(figures):
            where = register.facts[whole].label if whole in register.facts else whole
            yield PaperProblem("sum", where, "合计或分项没有数字", "补齐台账后再生成")
        elif sum(known) != shown:
            found = f"合计为{shown}, 各分项相加为{sum(known)}"
            yield PaperProblem("sum", register.facts[whole].label, found, "各数须出自同一次统计, 请重新生成")


def _span_problems(register: FactRegister, spans: Iterable[Span]) -> Iterable[PaperProblem]:
    for span in spans:
        if span.label:
            continue
        if _MINUS.search(span.text):
            yield PaperProblem("sign", span.text, "方向词后出现负号", "改用措辞库生成该句")
        if not span.facts:
            if _magnitudes(span.text):
                yield PaperProblem("untracked", span.text, "数字没有登记来源", "把数字登记为事实后再写入文稿")
            continue
        yield from _fact_problems(register, span)


def _fact_problems(register: FactRegister, span: Span) -> Iterable[PaperProblem]:
    unknown = [key for key in span.facts if key not in register.facts]
    if unknown:
        yield PaperProblem(
            "untracked", span.text, f"没有登记 {'、'.join(unknown)}", "把数字登记为事实后再写入文稿"
        )
        return
    facts = [register.facts[key] for key in span.facts]
    figures = [abs(d) for key in span.facts if (d := _decimal(register, key)) is not None and d != 0]
    printed = [d for d in _magnitudes(span.text) if d != 0]
    words = [fact.shown for fact in facts if _decimal(register, fact.key) is None]
    missing = [word for word in words if word != quantities.MISSING and word not in span.text]
    if figures != printed or missing:
        shown = "、".join(f"{fact.label} {fact.shown}{fact.unit}" for fact in facts)
        yield PaperProblem(
            "text_differs", span.text, f"登记的是 {shown}", "同一数字在文稿各处须一致, 请重新研判后再生成"
        )
    elif contradiction := _contradicts(span.text, facts):
        yield PaperProblem("sign", span.text, contradiction, "方向与数字相反, 改用措辞库生成该句")


def _decimal(register: FactRegister, key: str) -> Decimal | None:
    value = register.facts[key].value
    return register.decimal(key) if not isinstance(value, str) else None


def _contradicts(words: str, facts: Sequence[Fact]) -> str:
    """The sign read back from the words, where there is one fact and one direction word."""
    match = _SIGNED.search(_PERIOD.sub("", words))
    if (
        len(facts) != 1
        or match is None
        or "转" in words
        or "概率" in words + facts[0].label  # 低于1% of a chance is no direction
        or not isinstance(facts[0].value, float)
    ):
        return ""
    value = Decimal(facts[0].shown)
    return f"数值为{value}" if value and (match[1] in _PLUS_WORDS) != (value > 0) else ""


def problems(register: FactRegister, paper: Paper) -> list[PaperProblem]:
    """Everything that makes this paper contradict itself; empty when it may be issued."""
    found = [
        *_clash_problems(register),
        *_difference_problems(register),
        *_sum_problems(register),
        *_span_problems(register, paper.spans()),
    ]
    return list(dict.fromkeys(found))


def assert_consistent(register: FactRegister, paper: Paper, more: Sequence[PaperProblem] = ()) -> None:
    """Raise `Inconsistent` with every reason, `more` (stale figures, lights) first."""
    if found := [*more, *problems(register, paper)]:
        raise Inconsistent(found)
