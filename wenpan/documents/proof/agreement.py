"""Agreement: a paper's numbers read so that most of them agree with the ledger, and which one then does not.

Pure. Most figures of a paper are right. So each number is read as whatever in its reach agrees with the
ledger; what agrees nowhere, in a construction whose other numbers agree, is wrong. The first reading
(`figures.py`) goes before: this one speaks only where that knows nothing, and where it alarms but the number
is explained.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from wenpan.documents.proof.columns import in_columns
from wenpan.documents.proof.ledger import answer
from wenpan.documents.proof.mentions import ELSEWHERE, mentions, regions, times
from wenpan.documents.proof.paper_figures import PaperFigure, Vocabulary
from wenpan.documents.proof.printed import PaperNumber, printed
from wenpan.documents.proof.proof_ledger import LedgerAnswer, ProofLedger
from wenpan.documents.proof.reach import Line, alignments
from wenpan.documents.proof.slots import Slot, slots
from wenpan.documents.proof.subject_names import SubjectNames
from wenpan.documents.words.characters import same_length

NEAR = 1.7  # how far an agreeing reading may be fetched
CLEAR = 1.6  # how near the reading of a number must be that agrees nowhere
APART = 0.8  # and how much farther than the nearest of all
BESIDE = 0.3
LONGEST = 2500  # characters of a paragraph that is read; longer ones are no prose
HABIT = 0.5  # share of a paper's numbers that must agree under a way of reading
# What is no published figure: targets and needs, how far a plan is, what a matter or a paper is called.
_PLANNED = re.compile(
    r"目标|力争|预期|计划|预计|预测|任务|确保|还差|还需|缺口|剩余|余下|月均|平均每月|总投资|要达|争取|测算|估计|如果|时序|进度"
    r"|预算的|预算数|完成率|控制在|后[一二三四五六七八九十]个月|需增|事项|督办|到期|概率|可能|[两三]年平均|年均|拉动|贡献率|上拉|下拉"
)
_BOUNDED = re.compile(r"以[内上下]|左右|的?(?:目标|任务|进度|预算)")


@dataclass(frozen=True)
class AgreedReading:
    """One number of a paper: what it is read as, and what the ledger says of that."""

    printed: PaperNumber
    paragraph: int
    state: str  # right | wrong | unknown
    figure: PaperFigure | None
    answer: LedgerAnswer | None
    cost: float = 9.0
    foreign: bool = False  # right beside a thing that the catalogue does not know
    dated: bool = False  # the paragraph names another period than the first reading took


class _Unread(NamedTuple):
    """A number that agrees nowhere in its reach."""

    line: Line
    number: PaperNumber
    slots: list[Slot]
    dated: bool


class _AgreedPaper:
    """A paper's lines, and what is known of it so far.

    `ways`, `agreed`: how often a way of reading was the nearest, and agreed; `taken`: what is told already;
    `told`: how many numbers of a paragraph agree; `anchors`, `firsts`: the first reading's right and wrong.
    """

    def __init__(self, paragraphs: Sequence[str], known: Vocabulary, ledger: ProofLedger):
        self.known, self.ledger = known, ledger
        self.ways, self.agreed, self.told = Counter[str](), Counter[str](), Counter[int]()
        self.taken = set[tuple[object, ...]]()
        self.anchors, self.firsts = dict[tuple[int, int], PaperFigure](), dict[tuple[int, int], PaperFigure]()
        self.naming = SubjectNames(known.indicators, known.regions, known.regions.get("全市", "")).heard_in(
            paragraphs
        )
        names = {code: name for name, code in reversed([*known.indicators.items()])}
        self.names = names | {f"@{code}": name for code, name in ledger.names.items()}
        self.lines = [*self._lines(paragraphs)]

    def _lines(self, paragraphs: Sequence[str]) -> Iterator[Line]:
        head: tuple[str, ...] = ()
        for index, text in enumerate(paragraphs):
            plain = same_length(text) if len(text) <= LONGEST else ""
            named = [(m.start(), m.end()) for m in self.naming.numbered.finditer(plain)]
            numbers = [n for n in printed(plain) if not any(n.start < e and n.end > s for s, e in named)]
            if ("  " in plain and len(plain.split("  ")) > 4) or plain.count("|") > 2:
                continue
            found, idle = mentions(plain, self.naming, [(n.start, n.end) for n in numbers])
            if not numbers:
                one = {c for m in found for c in m.codes[:1]}
                head = tuple(one) if len(one) == 1 and len(plain) < 30 else ()
                continue
            period = self.known.period
            yield Line(
                index, plain, numbers, found, regions(plain, self.naming, self.known.home),
                times(plain, period), period, self.known.home, self.ledger.whole, head, self.names, idle=idle,
            )  # fmt: skip

    @cached_property
    def of(self) -> dict[tuple[object, ...], LedgerAnswer]:
        return {}

    def holds(self, line: Line, i: int) -> bool:
        """Whether the first reading knows the number to be right."""
        return (line.index, line.numbers[i].end - 1) in self.anchors

    def says(self, f: PaperFigure) -> LedgerAnswer:
        key = (
            f.kind,
            f.value,
            f.decimals,
            f.unit,
            f.indicator,
            f.region,
            f.period,
            f.basis,
            f.against,
            f.word,
            f.monthly,
        )
        if key not in self.of:
            late = f.period > self.known.period and f.kind != "points"
            self.of[key] = (
                LedgerAnswer("wrong", f"时期{f.period}晚于本文的{self.known.period}，还没有发布数")
                if late
                else answer(f, self.ledger)
            )
        return self.of[key]


def readings(
    paragraphs: Sequence[str],
    known: Vocabulary,
    ledger: ProofLedger,
    right: Sequence[PaperFigure],
    wrong: Sequence[PaperFigure] = (),
) -> list[AgreedReading]:
    """Every number of the paper. `right`, `wrong`: what the first reading says of its figures."""
    paper = _AgreedPaper(paragraphs, known, ledger)
    paper.firsts = {(f.paragraph, p): f for f in wrong for p in range(f.start, f.end)}
    paper.anchors = {(f.paragraph, p): f for f in right for p in range(f.start, f.end)}
    out, open_ = list[AgreedReading](), list[_Unread]()
    for line in paper.lines:
        explained, left = _explained(line, paper)
        out += explained
        open_ += left
    ours = [*right, *(r.figure for r in out if r.state == "right" and r.figure)]
    for one in open_:
        least = min((s.cost for s in one.slots), default=9.0)
        free = [
            s
            for s in one.slots
            if s.cost <= least + APART and (s.figure is None or _key(s.figure, one.line) not in paper.taken)
        ]
        out.append(replace(_unexplained(one.number, one.line, free, paper, ours), dated=one.dated))
    out += _in_tables(paragraphs, paper)
    out += _superlatives(paper, ours)
    return sorted(out, key=lambda r: (r.paragraph, r.printed.start))


def _explained(line: Line, paper: _AgreedPaper) -> tuple[list[AgreedReading], list[_Unread]]:
    """What agrees of a line, each thing told once in a sentence; and what is left."""
    maps = alignments(line, line.mentions), alignments(line, line.regions)
    every, agreeing, redated = dict[int, list[Slot]](), list[tuple[float, int, Slot]](), set[int]()
    for i, n in enumerate(line.numbers):
        said = re.split("[。;!?]", line.plain[: n.start])[-1][-24:]
        if _PLANNED.search(said) or _BOUNDED.match(line.plain, n.end):
            continue
        every[i] = slots(line, i, maps)
        if anchor := paper.anchors.get((line.index, n.end - 1)):
            if _of_another_time(anchor, line):
                redated.add(i)
            else:
                paper.taken.add(_key(anchor, line))
                paper.told[line.index] += 1
        first = paper.firsts.get((line.index, n.end - 1))
        if first is None or not _same(
            every[i], first
        ):  # else the nearest reading is the first's, and has spoken
            near = [(s, s.figure) for s in every[i] if s.cost <= NEAR and s.figure is not None]
            agreeing += [(s.cost, i, s) for s, f in near if paper.says(f).state == "right"]
    anchored = {i for i in every if i not in redated and paper.holds(line, i)}
    chosen = dict[int, Slot]()
    for _, i, s in sorted(agreeing, key=lambda one: one[:2]):
        key = _key(s.figure, line)
        if i not in chosen and (key not in paper.taken or paper.holds(line, i)):
            chosen[i] = s
            paper.taken.add(key)
    out, left = list[AgreedReading](), list[_Unread]()
    for i, of in every.items():
        n, one = line.numbers[i], chosen.get(i)
        if nearest := next((s for s in of if s.figure is not None), None):
            paper.ways[nearest.way] += 1
            paper.agreed[nearest.way] += one is not None and one.cost <= nearest.cost + 0.5
        if one and one.figure:
            paper.told[line.index] += i not in anchored
            out.append(AgreedReading(n, line.index, "right", one.figure, paper.says(one.figure), one.cost))
        elif i not in anchored:
            left.append(_Unread(line, n, of, i in redated))
    return out, left


def _in_tables(paragraphs: Sequence[str], paper: _AgreedPaper) -> Iterator[AgreedReading]:
    for f, said in in_columns(paragraphs, paper.naming, paper.known, paper.ledger, paper.says):
        cell = PaperNumber(f.start, f.end, f.kind, abs(f.value), f.decimals, f.unit, 0)
        yield AgreedReading(cell, f.paragraph, said.state, f, said, 0.0)


_MOST = re.compile(r"(?:增速|增幅)?最(?P<end>[快高慢低])(?!的)")
_MOST_IS = re.compile(r"最(?P<end>[快高慢低])的(?:区县|地区)?(?:是|为)$")


def _superlatives(paper: _AgreedPaper, right: Sequence[PaperFigure]) -> Iterator[AgreedReading]:
    """`最慢的是甲区`, `甲区最快`: the first or the last place, where the paragraph's own figures agree."""
    for line in paper.lines:
        for r in line.regions:
            m = _MOST.match(line.plain, r.end) or _MOST_IS.search(line.plain[: r.start])
            before = [one for one in line.mentions if one.end <= r.start]
            if m is None or not before or not before[-1].codes or r.code in (ELSEWHERE, line.whole):
                continue
            code = before[-1].codes[0]
            if not any(f.paragraph == line.index and f.indicator == code for f in right):
                continue
            last = (m["end"] in "慢低") != (code in paper.ledger.falling)
            f = PaperFigure(
                line.index, r.start, r.end, line.plain[r.start : r.end], "rank", Decimal(1), 0,
                indicator=code, subject=paper.names.get(code, ""), region=r.code, period=line.period,
                against="倒数" if last else "",
            )  # fmt: skip
            said = paper.says(f)
            yield AgreedReading(
                PaperNumber(r.start, r.end, "rank", f.value, 0, "", 0), line.index, said.state, f, said
            )


def _of_another_time(f: PaperFigure, line: Line) -> bool:
    """Whether the figure's sentence names a time before it, and not the one that it was read with."""
    begun = max(line.plain.rfind(s, 0, f.start) for s in "。!?;") + 1
    said = [t for t in line.times if t.holds and begun <= t.start < f.end]
    return bool(said) and not any(t.compared or t.code in ("", f.period) for t in said)


def _is_ours(s: Slot, n: PaperNumber, line: Line, right: Sequence[PaperFigure], paper: _AgreedPaper) -> bool:
    """Whether the sentence speaks of the ledger's things: another number of it agrees, or it says them alone.

    A sentence of several numbers none of which agrees is of something else, whatever names stand in it.
    """
    assert s.figure is not None
    begun = max(line.plain.rfind(e, 0, n.start) for e in "。;!?") + 1
    ends = min((e for sign in "。;!?" if (e := line.plain.find(sign, n.end)) >= 0), default=len(line.plain))
    beside = [f for f in right if f.paragraph == line.index and begun <= f.start < ends]
    if any(f.indicator == s.figure.indicator for f in beside):
        return True
    clause = max(begun, *(line.plain.rfind(e, 0, n.start) + 1 for e in ",:("))
    named = [m for m in line.mentions if s.figure.indicator in m.codes and begun <= m.start < ends]
    idle = [m for m in line.idle if clause <= m.start < n.start]
    if beside:
        return bool(named) or not idle
    together = [i for i, o in enumerate(line.numbers) if begun <= o.start < ends]
    if len(together) > 1:
        return _all_moved(together, line, s.figure, paper)
    spoken = any(m.sure for m in named) or (named and s.figure.kind == "share")
    topic = not any(begun <= m.start < ends for m in line.mentions) and any(
        f.paragraph == line.index and f.indicator == s.figure.indicator for f in right
    )
    idle = [m for m in line.idle if begun <= m.start < n.start] if topic else idle
    return bool(spoken or topic) and not idle


def _all_moved(together: Sequence[int], line: Line, f: PaperFigure, paper: _AgreedPaper) -> bool:
    """Whether a whole sentence agrees, were it of another region or month: the name is wrong."""
    maps = alignments(line, line.mentions), alignments(line, line.regions)
    near = [next((s.figure for s in slots(line, i, maps) if s.figure), None) for i in together]
    year, month = f.period[:4], int(f.period[5:])
    months = {line.period, *(f"{year}-{m:02d}" for m in range(max(2, month - 3), min(12, month + 3) + 1))}
    moves = [(r, f.period) for r in paper.ledger.names if r != f.region] + [(f.region, p) for p in months]
    return any(
        all(
            one is not None and paper.says(replace(one, region=region, period=period)).state == "right"
            for one in near
        )
        for region, period in moves
    )


def _same(every: Sequence[Slot], first: PaperFigure) -> bool:
    """Whether the nearest reading of a number is the first reading's own."""
    nearest = next((s.figure for s in every if s.figure is not None), None)
    return nearest is not None and (nearest.kind, nearest.indicator, nearest.region, nearest.period) == (
        first.kind, first.indicator, first.region, first.period,
    )  # fmt: skip


def _key(f: PaperFigure | None, line: Line) -> tuple[object, ...]:
    """What a figure is of, within its sentence."""
    if f is None:
        return ()
    sentence = len(re.findall("[。!?;]", line.plain[: f.start]))
    return line.index, sentence, f.kind, f.indicator, f.region, f.period, f.basis, f.monthly, f.against


def _unexplained(
    n: PaperNumber, line: Line, free: Sequence[Slot], paper: _AgreedPaper, ours: Sequence[PaperFigure]
) -> AgreedReading:
    """Wrong where its nearest reading is clear and the paper's other numbers agree under such a one."""
    nothing = AgreedReading(n, line.index, "unknown", None, None)
    for s in free:  # a growth whose unit is written wrong
        slip = s.figure is not None and s.figure.kind == "points" and not s.figure.against
        if slip and s.figure and s.cost <= CLEAR and paper.says(s.figure).state == "wrong":
            return AgreedReading(n, line.index, "wrong", s.figure, paper.says(s.figure), s.cost)
    for s in free:
        if s.figure is None or s.cost > CLEAR or s.figure.region == ELSEWHERE:
            return replace(nothing, foreign=s.figure is None and s.cost <= BESIDE and s.way != "soft")
        if s.guessed or paper.says(s.figure).state != "wrong":
            continue
        others = paper.ways[s.way] - 1
        usual = paper.agreed[s.way] >= HABIT * others if others > 0 else bool(paper.told[line.index])
        if not usual or not _is_ours(s, n, line, ours, paper):
            return nothing
        return AgreedReading(n, line.index, "wrong", s.figure, paper.says(s.figure), s.cost)
    return nothing
