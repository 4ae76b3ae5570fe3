"""What is in reach of a printed number: indicators, regions and times, before it, behind it, in a list. Pure.

A cost counts what lies between number and words (other names, other numbers, commas, the end of a sentence);
it knows no form of writing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wenpan.documents.proof.mentions import Mention, NamedPlace
from wenpan.documents.proof.printed import PaperNumber

_BOUND = 2.0  # what a name right before the number costs every other
FAR = 3.2  # beyond it nothing is in reach


Placed = dict[int, list[tuple[int, int]]]  # by number: (place among the marks, 1 where loosely listed)


@dataclass(frozen=True)
class Line:
    """One paragraph: its numbers and what its words name. `before`: what stands at its head, of a heading."""

    index: int
    plain: str
    numbers: Sequence[PaperNumber]
    mentions: Sequence[Mention]
    regions: Sequence[NamedPlace]
    times: Sequence[NamedPlace]
    period: str
    home: str
    whole: str
    head: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    monthly: bool = False
    idle: Sequence[Mention] = ()


_LIST = re.compile(r"[、和与及,()\s]*(?:以及|还有|两项|各项)?[、和与及,()\s]*")
_RUN = re.compile(
    r"[、和与及,\s%]|个?百分点|亿元|万元|元|增长|下降|增|降|高|低|快|慢|第|位|名|正|负|为|是|达|到"
)


def _runs(line: Line, marks: Sequence[Mention | NamedPlace]) -> list[list[int]]:
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


def by_indicator(line: Line, i: int, aligned: Placed) -> list[tuple[float, tuple[str, ...], str, int]]:
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
        cost = (
            (0.15 if close and between.startswith("的") else 0.9)
            + 0.9 * steps
            + crossed(line, n.end, m.start)
            + 0.5 * alike
        )
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


def alignments(line: Line, marks: Sequence[Mention | NamedPlace]) -> Placed:
    """By number, the mark that stands at its place of a list as long as the run of numbers is."""
    out = Placed()
    runs = [r for r in _runs(line, marks) if len(r) > 1]
    for numbers in number_runs(line):
        if len(numbers) < 2:
            continue
        first, last = line.numbers[numbers[0]], line.numbers[numbers[-1]]
        begun = max(line.plain.rfind(s, 0, first.start) for s in "。!?") + 1
        ends = min((e for s in "。!?;" if (e := line.plain.find(s, last.end)) >= 0), default=len(line.plain))
        fitting = [
            r
            for r in runs
            if len(r) == len(numbers) and marks[r[0]].start >= begun and marks[r[-1]].end <= ends
        ]
        fitting.sort(
            key=lambda r, a=first.start, z=last.end: min(  # type: ignore[misc]
                abs(marks[r[-1]].end - a), abs(marks[r[0]].start - z)
            )
        )
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


def by_region(line: Line, i: int, aligned: Placed) -> list[tuple[float, str]]:
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
