"""What a printed number may be of: every indicator, region, time and measure in its reach, each with its cost.

Pure. A cost counts what lies between number and words (other names, other numbers, commas, the end of a
sentence); it knows no form of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from wenpan.documents.proof.mentions import ELSEWHERE, Mention, Named
from wenpan.documents.proof.printed import Printed
from wenpan.documents.proof.told import PaperFigure

_BOUND = 2.0  # what a name right before the number costs every other
FAR = 3.2  # beyond it nothing is in reach


@dataclass(frozen=True)
class Line:
    """One paragraph: its numbers and what its words name. `before`: what stands at its head, of a heading."""

    index: int
    plain: str
    numbers: Sequence[Printed]
    mentions: Sequence[Mention]
    regions: Sequence[Named]
    times: Sequence[Named]
    period: str
    home: str
    whole: str
    head: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    monthly: bool = False
    idle: Sequence[Mention] = ()


@dataclass(frozen=True)
class Slot:
    """A reading: what the number would be, and how far it is fetched. `way`: from where its indicator came."""

    cost: float
    figure: PaperFigure | None  # None: of a thing that the catalogue does not know
    way: str
    guessed: bool = False  # one of several indicators that a short word may mean


_LIST = re.compile(r"[、和与及,()\s]*(?:以及|还有|两项|各项)?[、和与及,()\s]*")
_RUN = re.compile(
    r"[、和与及,\s%]|个?百分点|亿元|万元|元|增长|下降|增|降|高|低|快|慢|第|位|名|正|负|为|是|达|到"
)


def _runs(line: Line, marks: Sequence[Mention] | Sequence[Named]) -> list[list[int]]:
    """Indices of marks that are listed one upon the other."""
    runs = [[0]] if marks else []
    for i, (one, then) in enumerate(pairwise(marks)):
        between = line.plain[one.end : then.start]
        if _LIST.fullmatch(between) and between.strip():
            runs[-1].append(i + 1)
        else:
            runs.append([i + 1])
    return runs


def number_runs(line: Line) -> list[list[int]]:
    runs = [[0]] if line.numbers else []
    for i, (one, then) in enumerate(pairwise(line.numbers)):
        between = line.plain[one.end : then.start]
        alike = one.kind == then.kind or {one.kind, then.kind} == {"percent", "points"}
        if alike and between.strip() and not _RUN.sub("", between):
            runs[-1].append(i + 1)
        else:
            runs.append([i + 1])
    return runs


def crossed(line: Line, a: int, b: int) -> float:
    """What the signs between two places cost: a comma little, the end of a sentence more."""
    between = line.plain[a:b]
    return sum(cost * len(re.findall(sign, between)) for sign, cost in _SIGNS)


_SIGNS = (("[,(:]", 0.1), (";", 0.35), ("[。!?]", 0.5))


def by_indicator(
    line: Line, i: int, aligned: dict[int, list[tuple[int, int]]]
) -> list[tuple[float, tuple[str, ...], str, int]]:
    """(cost, codes, way, mention) of every mention in reach of the line's number `i`; () is foreign."""
    n, out = line.numbers[i], list[tuple[float, tuple[str, ...], str, int]]()
    lists = aligned.get(i, [])
    before = [k for k, m in enumerate(line.mentions) if m.end <= n.start]
    after = [k for k, m in enumerate(line.mentions) if m.start >= n.end]
    listed = {k for run in _runs(line, line.mentions) if len(run) > 1 for k in run}
    for steps, k in enumerate(reversed(before)):
        m = line.mentions[k]
        alike = sum(m.end <= o.start < n.start and o.kind == n.kind for o in line.numbers)
        cost = 0.7 * steps + min(crossed(line, m.end, n.start) + 0.15 * min(alike, 3), 0.9)
        if lists and k in listed and not lists[0][1]:
            cost += 0.8
        out.append((cost, m.codes, "soft" if m.idle else f"b{min(steps, 2)}", k))
        if cost > FAR:
            break
    for steps, k in enumerate(after):
        m = line.mentions[k]
        between = line.plain[n.end : m.start]
        if re.search("[。!?;]", between):
            break
        close = bool(
            re.fullmatch(r"的?(?:同比)?(?:增速|增幅|速度)?[,，]?(?:是|为|出自|则?属于|来自)?的?", between)
        )
        alike = sum(n.end <= o.start < m.start and o.kind == n.kind for o in line.numbers)
        cost = (0.15 if close and between.startswith("的") else 0.9) + 0.9 * steps + crossed(line, n.end, m.start) + 0.5 * alike  # fmt: skip
        if lists and k in listed and not lists[0][1]:
            cost += 0.8
        out.append((cost, m.codes, f"a{min(steps, 2)}", k))
        if cost > FAR:
            break
    for k, loose in lists:
        out.append((0.5 if loose else 0.05, line.mentions[k].codes, "list", k))
    if line.head:
        least = min((c for c, codes, w, _ in out if w[0] != "a"), default=9.0)
        out.append((0.6 if least > FAR else 2.6, line.head, "head", -1))
    return sorted(out)


def alignments(line: Line, marks: Sequence[Mention] | Sequence[Named]) -> dict[int, list[tuple[int, int]]]:
    """By number, the mark that stands at its place of a list as long as the run of numbers is."""
    out = dict[int, list[tuple[int, int]]]()
    runs = [r for r in _runs(line, marks) if len(r) > 1]
    for numbers in number_runs(line):
        if len(numbers) < 2:
            continue
        first, last = line.numbers[numbers[0]], line.numbers[numbers[-1]]
        begun = max(line.plain.rfind(s, 0, first.start) for s in "。!?") + 1
        ends = min((e for s in "。!?;" if (e := line.plain.find(s, last.end)) >= 0), default=len(line.plain))
        fitting = [r for r in runs if len(r) == len(numbers) and marks[r[0]].start >= begun and marks[r[-1]].end <= ends]  # fmt: skip
        fitting.sort(key=lambda r: min(abs(marks[r[-1]].end - first.start), abs(marks[r[0]].start - last.end)))  # fmt: skip
        loose = list[int]()
        if not fitting:  # as many of them, though not listed one upon the other: the last ones before
            for k in reversed([k for k, m in enumerate(marks) if begun <= m.start and m.end <= first.start]):
                if all(marks[k][2] != marks[o][2] for o in loose):
                    loose.insert(0, k)
            loose = loose[-len(numbers) :] if len(loose) >= len(numbers) else []
        for run in [*fitting[:1], *([loose] if loose else [])]:
            for k, i in zip(run, numbers, strict=True):
                out.setdefault(i, []).append((k, 0 if fitting else 1))
    return out


def by_region(line: Line, i: int, aligned: dict[int, list[tuple[int, int]]]) -> list[tuple[float, str]]:
    n = line.numbers[i]
    if i in aligned and not aligned[i][0][1]:
        return [(0.0, line.regions[k].code) for k, _ in aligned[i]] + [(1.5, line.home)]
    begun = max(line.plain.rfind(s, 0, n.start) for s in "。!?") + 1
    out, home = {line.regions[k].code: 0.3 for k, _ in aligned.get(i, [])}, 0.0
    before = [r for r in line.regions if begun <= r.start and r.end <= n.start]
    for steps, r in enumerate(reversed(before)):
        between = line.plain[r.end : n.start]
        told = sum(r.end <= o.start < n.start for o in line.numbers)
        near = bool(
            re.fullmatch(
                r"(?:的|是|为|平均|水平|总量|总额|增速|增幅|区县|则|达到?|:|\(|增长|下降|最[快慢高低大小]|,为|\s)*[-+]?",
                between,
            )
        )
        cost = 0.3 * steps + 0.15 * told + 0.15 * len(re.findall("[,;(]", between))
        if r.compared and n.kind == "points":
            continue
        if r.compared and not near and not told:
            cost += 0.6
        if near:
            cost, home = min(cost, 0.0), max(home, _BOUND)
        elif r.code != line.home and not r.compared and not told:
            home = max(home, 0.7)
        elif r.code != line.home and not r.compared:
            clause = r.code != line.whole and ";" not in between and not steps
            home = max(home, 1.0 if clause else 0.25)
        out[r.code] = min(out.get(r.code, 9.0), cost)
    if m := re.match(r"(?:的?是|则?是|出自|属于)", line.plain[n.end :]):
        for r in line.regions:
            if 0 <= r.start - n.end - m.end() <= 2:
                out[r.code] = 0.1
    out[line.home] = min(out.get(line.home, 9.0), home)
    if home >= _BOUND:
        out = {code: c if not c else c + 1.0 for code, c in out.items()}
    return sorted((c, code) for code, c in out.items())


def by_time(line: Line, i: int) -> list[tuple[float, str]]:
    """A period that the paragraph names holds until it names another; 上月, 去年同期 hold for one number."""
    n = line.numbers[i]
    begun = max(line.plain.rfind(s, 0, n.start) for s in "。!?") + 1
    out, own = dict[str, float](), 0.0
    before = [t for t in line.times if t.end <= n.start]
    held = next((t for t in reversed(before) if t.holds and not t.compared), None)
    for t in before:
        between = line.plain[t.end : n.start]
        told = sum(t.end <= o.start < n.start for o in line.numbers)
        near = bool(
            re.fullmatch(r"(?:的|是|为|还是|还|累计|当月|末|时候|时|到了|\s)*(?:增长|下降)?[-+]?", between)
        )
        if t.start < begun and t is not held:
            continue
        cost = 0.3 + 0.2 * told + 0.1 * len(re.findall("[,;]", between)) + 0.5 * t.compared
        if near or t is held:
            cost = 0.0
        if t.code != line.period and (near or (not told and not t.compared and "," not in between)):
            own = max(own, 2.5 if near else 1.0)
        elif t.code != line.period and not t.compared:
            own = max(own, 0.3)
        out[t.code] = min(out.get(t.code, 9.0), cost)
    if held and held.code != line.period:
        own = max(own, 2.5 if held.start >= begun else 1.2)
    out[line.period] = min(out.get(line.period, 9.0), own)
    return sorted((c, code) for code, c in out.items() if code)


def _base(line: Line, n: Printed) -> PaperFigure:
    value = -n.value if n.sign < 0 else n.value
    return PaperFigure(line.index, n.start, n.end, line.plain[n.start : n.end], "", value, n.decimals, n.unit, monthly=line.monthly)  # fmt: skip


def figures_of(
    line: Line, i: int, code: str, region: str, period: str, wholes: Sequence[str]
) -> Iterator[tuple[float, PaperFigure]]:
    """The measures that a number of this unit may print of one indicator, region and time."""
    n = line.numbers[i]
    begun = max(line.plain.rfind(s, 0, n.start) for s in "。!?;") + 1
    clause = line.plain[max(begun, n.start - 30) : n.start]
    near = re.split("[,:;(]", re.sub(r"\([^()]*\)", "", clause))[-1]
    sentence = line.plain[begun : n.end + 40]
    f = replace(_base(line, n), indicator=code, subject=line.names.get(code, ""), region=region, period=period, dated=True)  # fmt: skip
    if n.kind == "level":
        yield 0.0, replace(f, kind="level", value=n.value)
    elif n.kind == "ratio":
        if "/" in code:
            yield 0.0, replace(f, kind="level", value=n.value)
    elif n.kind == "rank":
        last = "倒数" in line.plain[max(0, n.start - 3) : n.start]
        if region != line.whole:
            yield 0.0, replace(f, kind="rank", value=n.value, against="倒数" if last else "")
    elif n.kind == "climb":
        if region != line.whole:
            for since in ("上月",):
                yield 0.0, replace(f, kind="climb", word=n.word, against=since)
    elif n.kind == "percent":
        shared = bool(re.search(r"占(?!地)|比重|份额|贡献|之比|构成|存贷比", near)) or bool(
            re.match(r"的?(?:比重|份额)", line.plain[n.end :])
        )
        grown = 2.5 if shared else 0.0
        adjusted = bool(re.search(r"同口径|可比口径|退税|剔除|扣除|还原", clause))
        alone = "当月" in near or "单月" in near
        if alone:
            yield grown, replace(f, kind="growth", monthly=True)
            grown += 0.6
        if "-" not in code and "/" not in code:
            yield grown + (0.8 if adjusted else 0.0), replace(f, kind="growth")
            if re.search(r"同口径|可比口径|退税|剔除|扣除|还原", sentence):
                yield grown + (0.0 if adjusted else 0.8), replace(f, kind="growth", basis="refund_adjusted")
        if shared:
            value = replace(f, kind="share", value=n.value)
            if region != line.whole:
                at = max(clause.rfind("全市"), clause.rfind("全区"))
                yield (0.0 if "全市" in clause else 0.4) + 0.0 * at, replace(value, against=f"@{line.whole}")
            for whole in wholes:
                if whole != code:
                    yield 0.2, replace(value, against=f"={whole}")
    elif n.kind == "points":
        yield from _points(line, n, f, begun)


def _points(line: Line, n: Printed, f: PaperFigure, begun: int) -> Iterator[tuple[float, PaperFigure]]:
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
        if r != f.region and f.region != line.whole:
            word = "低" if f.value < 0 else "高"
            yield (0.0 if r in told else unsaid), replace(f, kind="points", against=line.names.get(f"@{r}", "全市"), word=word)  # fmt: skip
    for p in dict.fromkeys([*then, last]):
        if p[:4] == f.period[:4] and 1 < int(p[5:]) < now:
            word = n.word if n.word in ("收窄", "扩大") else "提高"
            yield (
                (0.0 if p in then else unsaid),
                replace(f, kind="points", against=f"1-{int(p[5:])}月", word=word),
            )
        elif p == f"{int(f.period[:4]) - 1}{f.period[4:]}":
            yield 0.0, replace(f, kind="points", against="去年同期", word="提高")


def slots(line: Line, i: int, maps: tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, int]]]]) -> list[Slot]:  # fmt: skip
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
