"""What a printed number may be of: each measure of what is in its reach, with how far it is fetched. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wenpan.documents.proof.mentions import ELSEWHERE
from wenpan.documents.proof.paper_figures import PaperFigure
from wenpan.documents.proof.printed import PaperNumber
from wenpan.documents.proof.reach import FAR, Line, Placed, by_indicator, by_region, by_time


@dataclass(frozen=True)
class Slot:
    """A reading: what the number would be, and how far it is fetched. `way`: whence its indicator."""

    cost: float
    figure: PaperFigure | None  # None: of a thing that the catalogue does not know
    way: str
    guessed: bool = False  # one of several indicators that a short word may mean


def _base(line: Line, n: PaperNumber) -> PaperFigure:
    value = -n.value if n.sign < 0 else n.value
    return PaperFigure(
        line.index,
        n.start,
        n.end,
        line.plain[n.start : n.end],
        "",
        value,
        n.decimals,
        n.unit,
        monthly=line.monthly,
    )


def figures_of(
    line: Line, i: int, code: str, region: str, period: str, wholes: Sequence[str]
) -> Iterator[tuple[float, PaperFigure]]:
    """The measures that a number of this unit may print of one indicator, region and time."""
    n = line.numbers[i]
    begun = max(line.plain.rfind(s, 0, n.start) for s in "。!?;") + 1
    f = replace(
        _base(line, n),
        indicator=code,
        subject=line.names.get(code, ""),
        region=region,
        period=period,
        dated=True,
    )
    if n.kind == "level":
        yield 0.0, replace(f, kind="level", value=n.value)
    elif n.kind == "ratio":
        if "/" in code:
            yield 0.0, replace(f, kind="level", value=n.value)
    elif n.kind == "rank" and region != line.whole:
        last = "倒数" in line.plain[max(0, n.start - 3) : n.start]
        yield 0.0, replace(f, kind="rank", value=n.value, against="倒数" if last else "")
    elif n.kind == "climb" and region != line.whole:
        yield 0.0, replace(f, kind="climb", word=n.word, against="上月")
    elif n.kind == "percent":
        yield from _percentages(line, n, f, wholes)
    elif n.kind == "points":
        yield from _points(line, n, f, begun)


_ADJUSTED = re.compile(r"同口径|可比口径|退税|剔除|扣除|还原")
_SHARED = re.compile(r"占(?!地)|比重|份额|贡献|之比|构成|存贷比")


def _percentages(
    line: Line, n: PaperNumber, f: PaperFigure, wholes: Sequence[str]
) -> Iterator[tuple[float, PaperFigure]]:
    """A growth, of the month alone or without refunds too; a share of the city's or of another indicator."""
    begun = max(line.plain.rfind(s, 0, n.start) for s in "。!?;") + 1
    clause = line.plain[max(begun, n.start - 30) : n.start]
    near = re.split("[,:;(]", re.sub(r"\([^()]*\)", "", clause))[-1]
    shared = _SHARED.search(near) or re.match(r"的?(?:比重|份额)", line.plain[n.end :])
    grown = 2.5 if shared else 0.0
    adjusted = 0.8 if _ADJUSTED.search(clause) else 0.0
    if "当月" in near or "单月" in near:
        yield grown, replace(f, kind="growth", monthly=True)
        grown += 0.6
    if "-" not in f.indicator and "/" not in f.indicator:
        yield grown + adjusted, replace(f, kind="growth")
        if _ADJUSTED.search(line.plain[begun : n.end + 40]):
            yield grown + 0.8 - adjusted, replace(f, kind="growth", basis="refund_adjusted")
    if shared:
        value = replace(f, kind="share", value=n.value)
        if f.region != line.whole:
            yield 0.0 if "全市" in clause else 0.4, replace(value, against=f"@{line.whole}")
        for whole in wholes:
            if whole != f.indicator:
                yield 0.2, replace(value, against=f"={whole}")


def _points(line: Line, n: PaperNumber, f: PaperFigure, begun: int) -> Iterator[tuple[float, PaperFigure]]:
    told = {r.code for r in line.regions if begun <= r.start and r.end <= n.start}
    if not re.search(
        "(?<!同)[比较与跟]|[高低快慢]于|领先|落后|相差", line.plain[max(begun, n.start - 14) : n.start]
    ):
        yield 0.3, replace(f, kind="points", word="增长")  # a growth whose unit is written wrong
    now = int(f.period[5:])
    then = {t.code for t in line.times if begun <= t.start and t.end <= n.start and t.code < f.period}
    last = f"{f.period[:4]}-{now - 1:02d}"
    if re.search("上个?月|前一个?月", line.plain[begun : n.start]):
        then.add(last)
    unsaid = 0.8 if not told and not then else 2.0
    if ELSEWHERE in told:
        return
    for r in dict.fromkeys([*told, line.whole]):
        if f.region not in (r, line.whole):
            word = "低" if f.value < 0 else "高"
            yield (
                (0.0 if r in told else unsaid),
                replace(f, kind="points", against=line.names.get(f"@{r}", "全市"), word=word),
            )
    for p in dict.fromkeys([*then, last]):
        if p[:4] == f.period[:4] and 1 < int(p[5:]) < now:
            word = n.word if n.word in ("收窄", "扩大") else "提高"
            yield (
                (0.0 if p in then else unsaid),
                replace(f, kind="points", against=f"1-{int(p[5:])}月", word=word),
            )
        elif p == f"{int(f.period[:4]) - 1}{f.period[4:]}":
            yield 0.0, replace(f, kind="points", against="去年同期", word="提高")


def slots(line: Line, i: int, maps: tuple[Placed, Placed]) -> list[Slot]:
    """All readings of the line's number `i`, the nearest first."""
    listed, placed = maps
    out = list[Slot]()
    n = line.numbers[i]
    reach = by_indicator(line, i, listed)
    begun = max(line.plain.rfind(s, 0, n.start) for s in "。!?;") + 1
    stop = min((e for s in "。!?;" if (e := line.plain.find(s, n.end)) >= 0), default=len(line.plain))
    wholes = [c for m in line.mentions if begun <= m.start < stop for c in m.codes]
    areas, spans = by_region(line, i, placed), by_time(line, i)
    for cost, codes, way, _ in reach:
        if cost > FAR:
            continue
        if not codes:
            out.append(Slot(cost, None, way))
        for nth, code in enumerate(codes[:6]):
            for c2, region in areas:
                for c3, period in spans:
                    if cost + c2 + c3 > FAR:
                        continue
                    for c4, f in figures_of(line, i, code, region, period, wholes):
                        total = cost + c2 + c3 + c4 + (0.3 if nth else 0.0)
                        if total <= FAR:
                            out.append(Slot(total, f, f"{n.kind}{way}", nth > 0))
    return sorted(out, key=lambda s: s.cost)
