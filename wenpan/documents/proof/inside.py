"""Contradictions within a paper: parts and sums, amounts and rates, shares, signs and words, two places.

Pure. Only what must hold is asked: every check allows for the rounding of each printed number, so that a
right paper raises nothing. Each finding names the figures it rests on and the arithmetic.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, pairwise

from wenpan.documents.proof.arithmetic import (
    HUNDRED,
    Contradiction,
    amount,
    half,
    is_increase,
    plainly,
    slack,
)
from wenpan.documents.proof.paper_figures import SCALE, PaperFigure
from wenpan.documents.proof.wholes import parts, pulls
from wenpan.documents.words.characters import same_length

_DONE, _OPEN = re.compile(r"已?(?:办结|完成|落实|销号)"), re.compile(r"正在|未(?:办结|完成)|在办|推进中")
_STATE = r"正在办理|正在落实|已办结|未办结|逾期未办"


def contradictions(paragraphs: Sequence[str], found: Sequence[PaperFigure]) -> list[Contradiction]:
    plain = [same_length(text) for text in paragraphs]
    by_paragraph, by_sentence = (
        defaultdict[int, list[PaperFigure]](list),
        defaultdict[int, list[PaperFigure]](list),
    )
    for f in found:
        by_paragraph[f.paragraph].append(f)
        by_sentence[f.sentence].append(f)
    out = [c for f in found for c in _signs(plain[f.paragraph], f)]
    for together in by_sentence.values():
        out += _increase(plain[together[0].paragraph], together)
        out += _counts(plain[together[0].paragraph], together)
        out += _quotients(plain[together[0].paragraph], together)
    for together in by_paragraph.values():
        text = plain[together[0].paragraph]
        out += parts(text, together)
        out += pulls(text, together)
        out += _breakdowns(text, together)
        out += _below_targets(text, together)
        out += _rates_of_counts(text, together)
        out += _less_than_each(text, together)
        out += _two_sides(text, together)
    out += _twice(plain, found)
    made_whole = {n for n, together in by_paragraph.items() if _is_made_whole(together)}
    out = [c for c in out if not (c.kind == "share" and c.at.paragraph in made_whole and c.is_close)]
    return list({(c.kind, c.at): c for c in out}.values())


def _is_made_whole(figures: Sequence[PaperFigure]) -> bool:
    """Shares that give 100 together: one of them may have been rounded the other way for that."""
    shares = [f.value for f in figures if f.kind == "share"]
    return len(shares) > 1 and sum(shares) == HUNDRED


def _signs(text: str, f: PaperFigure) -> Iterator[Contradiction]:
    """`下降-3.2%`, `增长-2.1%`: the word and the sign say two things."""
    if (
        f.kind == "growth"
        and "-" in text[f.start : f.end]
        and re.match(r"增长|上升|提高|下降|减少|降低", text[f.start : f.end])
    ):
        yield Contradiction("sign", f, (), f"“{text[f.start : f.end]}”文字与正负号不一致")


def _increase(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`28583万元,增长10.85%,增收2798万元`: the amount it grew by and its rate belong together."""
    for i, level in enumerate(figures):
        if level.kind != "level" or is_increase(text, level):
            continue
        after = []
        for f in figures[i + 1 :]:
            if f.kind == "level" and not is_increase(text, f):
                break
            after.append(f)
        rates = [f for f in after if f.kind == "growth"]
        grown = [f for f in after if f.kind == "level"]
        for rate, more in zip(rates, grown, strict=False):
            step = amount(more) if rate.value >= 0 else -abs(amount(more))
            base = amount(level) - step
            if base - slack(level) - slack(more) <= 0 or more.unit[-1:] != level.unit[-1:]:
                continue
            low = (step - slack(more)) / (base + slack(level) + slack(more)) * HUNDRED - half(rate)
            high = (step + slack(more)) / (base - slack(level) - slack(more)) * HUNDRED + half(rate)
            if not low <= rate.value <= high:
                exact = step / base * HUNDRED
                yield Contradiction(
                    "rate", rate, (level, more),
                    f"{level.words}减去{more.words}，上年为{plainly(base)}，增速应为{exact:.2f}%，文中为{rate.value}%",
                )  # fmt: skip


def _counts(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`22件,已办结6件,占27%;正在办理16件`: done and open make the whole; a share is its part of the whole."""
    counts = [f for f in figures if f.kind == "count"]
    if len(counts) < 2:
        return
    whole, parts = counts[0], [c for c in counts[1:] if c.unit == counts[0].unit]
    states = [_state(text, f) for f in parts]
    if len(parts) >= 2 and set(states) == {"done", "open"} and len(parts) == len(set(states)):
        total = sum((f.value for f in parts), Decimal(0))
        if total != whole.value:
            said = "+".join(str(f.value) for f in parts)
            yield Contradiction("sum", whole, tuple(parts), f"各部分合计{said}={total}，总数为{whole.value}")
    elif any(p.value > whole.value for p in parts) and re.search("其中", text[whole.end : parts[0].start]):
        more = max(parts, key=lambda f: f.value)
        yield Contradiction("sum", more, (whole,), f"部分{more.words}大于总数{whole.words}")
    for part in parts:
        share = next((f for f in figures if f.kind == "share" and 0 <= f.start - part.end <= 6), None)
        if (
            share is not None
            and not _OF_SOME_WHOLE.match(text, share.start)
            and not _is_of_another(text, part, share)
        ):
            yield from _share(part, whole, share)


def _is_of_another(text: str, part: PaperFigure, share: PaperFigure) -> bool:
    """`已完成550项,正在办理29项,完成率95%`: the rate is of those that are done, not of the 29."""
    return bool(re.match("完成率|办结率", text[share.start :])) and _state(text, part) == "open"


_OF_SOME_WHOLE = re.compile(r"(?!完成|办结)[一-龥]{2}率")  # 按期率: of those that are done, not of all


def _rates_of_counts(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`已办结19项;按期办结16项,按期率84.2%`: wrong only where it is the part of no count beside it."""
    counts = [f for f in figures if f.kind == "count"]
    for share in figures:
        if share.kind != "share" or not _OF_SOME_WHOLE.match(text, share.start):
            continue
        at = bisect_left(counts, share.start - 6, key=lambda c: c.end)
        part = counts[at] if at < len(counts) and counts[at].end <= share.start else None
        near = counts[bisect_left(counts, part.sentence - 1, key=lambda c: c.sentence) : at] if part else ()
        wholes = [
            c
            for c in near
            if part and c.unit == part.unit and c.end < part.start and c.value >= part.value > 0
        ]
        if part and wholes and all(list(_share(part, c, share)) for c in wholes):
            yield from _share(part, wholes[-1], share)


_EACH = re.compile(
    r"(?P<least>\d+(?:\.\d+)?)(?P<of>亿元|万元)(?:及?以上)(?:的|项目)*(?P<n>\d+)[个项家户],[^,。;\d]{0,8}?(?:投资|金额|合同额|资金)额?"
    r"(?P<sum>\d+(?:\.\d+)?)(?P<unit>亿元|万元)"
)


def _less_than_each(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`1亿元以上16个,协议投资64.85万元`: less than its parts are together at the least."""
    levels = {f.end: f for f in reversed(figures) if f.kind == "level"}
    for m in _EACH.finditer(text):
        least = Decimal(m["least"]) * SCALE[m["of"][0]] * int(m["n"])
        told = levels.get(m.end())
        if told is not None and amount(told) + slack(told) < least:
            reason = (
                f"{m['n']}个均在{m['least']}{m['of']}以上，合计至少{plainly(least)}万元，文中为{told.words}"
            )
            yield Contradiction("sum", told, (), reason)


_SIDES = re.compile(
    r"(?P<whole>\d+)(?P<unit>[项个家户])[^,。;\d]{0,12}?中,?(?P<up>\d+)(?P=unit)(?:同比|实现)?(?:增长|上升|正增长)[,、](?P<down>\d+)(?P=unit)(?:同比)?(?:下降|负增长)"
    r"(?:[,、](?P<even>\d+)(?P=unit)持平)?(?![,、]?(?:有)?\d+[项个家户])"
)


def _two_sides(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`33项指标中,18项增长,15项下降。`: what grew and what fell, with nothing said of the rest."""
    starts = {f.start: f for f in reversed(figures)}
    for m in _SIDES.finditer(text):
        whole = starts.get(m.start("whole"))
        total = int(m["up"]) + int(m["down"]) + int(m["even"] or 0)
        if whole is not None and total != whole.value:
            reason = f"{'+'.join(m[n] for n in ('up', 'down', 'even') if m[n])}={total}，总数为{whole.value}"
            yield Contradiction("sum", whole, (), reason)


def _breakdowns(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`共21项。其中，已办结10项、占47.6%；正在办理8项、占38.1%`: each share, and all parts together."""
    whole: PaperFigure | None = None
    pairs = list[tuple[PaperFigure, PaperFigure]]()
    for one, then in pairwise([*figures, *figures[-1:]]):
        if one.kind != "count":
            continue
        beside = then.kind == "share" and 0 <= then.start - one.end <= 3
        if beside and _is_of_another(text, one, then):
            continue
        if beside and whole and one.unit == whole.unit and not _OF_SOME_WHOLE.match(text, then.start):
            pairs.append((one, then))
        elif not pairs:
            whole = one
    if whole is None:
        return
    for part, share in pairs:
        yield from _share(part, whole, share)
    if len(pairs) > 1 and abs(sum((share.value for _, share in pairs), Decimal(0)) - 100) <= 1:
        total = sum((part.value for part, _ in pairs), Decimal(0))
        if total != whole.value:
            parts = tuple(part for part, _ in pairs)
            yield Contradiction("sum", whole, parts, f"各部分合计{total}，总数为{whole.value}")


_TARGET = re.compile(
    r"(?:[高低]于|优于|与)[^,。;()]{0,16}目标\((?:增长|下降)\d+(?:\.\d+)?%(?:以[上内])?\)(?:(?P<points>\d+(?:\.\d+)?)个?百分点|(?P<even>持平))"
)


def _below_targets(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`增长4.1%…;低于目标(增长6%)1.9个百分点`: the growth, the target and what lies between them."""
    growths = [f for f in figures if f.kind == "growth"]
    for m in _TARGET.finditer(text):
        target = _first(growths, m.start(), m.end())
        growth = _first(growths, text.rfind("。", 0, m.start()) + 1, m.start())
        if target is None or growth is None or growth.planned:
            continue
        gap, said = abs(growth.value - target.value), Decimal(m["points"] or 0)
        room = (
            half(growth)
            + half(target)
            + Decimal(5).scaleb(-len((m["points"] or "0.0").partition(".")[2]) - 1)
        )
        if abs(gap - said) > room:
            reason = (
                f"增速{growth.value}%与目标{target.value}%相差{gap}个百分点，文中为{m['points'] or '持平'}"
            )
            yield Contradiction("target", target, (growth,), reason)


def _first(figures: Sequence[PaperFigure], a: int, b: int) -> PaperFigure | None:
    """The first of a paragraph's figures, in their order, that begins from `a` on and before `b`."""
    at = bisect_left(figures, a, key=lambda f: f.start)
    return figures[at] if at < len(figures) and figures[at].start < b else None


def _state(text: str, f: PaperFigure) -> str:
    before = re.split("[,;。:、]", text[max(0, f.start - 14) : f.start])[-1]
    return "open" if _OPEN.search(before) else "done" if _DONE.search(before) else ""


def _share(part: PaperFigure, whole: PaperFigure, share: PaperFigure | None) -> Iterator[Contradiction]:
    if share is None or not amount(whole):
        return
    exact = amount(part) / amount(whole) * HUNDRED
    room = half(share) + (slack(part) + slack(whole) * exact / HUNDRED) / amount(whole) * HUNDRED * (
        part.kind == "level"
    )
    if abs(exact - share.value) > room:
        reason = f"{part.words}占{whole.words}应为{exact:.2f}%，文中为{share.value}%"
        close = abs(exact - share.value) <= 2 * half(share)
        yield Contradiction("share", share, (part, whole), reason, close)


def _quotients(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`22797万元,占预算22881万元的99.63%`: a quotient of two amounts that stand beside it."""
    for i, share in enumerate(figures):
        if share.kind != "share" or i < 2 or not text[share.start : share.end].startswith("的"):
            continue
        whole, part = figures[i - 1], figures[i - 2]
        beside = whole.end <= share.start + 14 and whole.start - part.end < 16
        if part.kind == whole.kind == "level" and beside and part.unit[-1] == whole.unit[-1]:
            yield from _share(part, whole, share)


def _twice(plain: Sequence[str], found: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """The same thing in two places with two numbers."""
    told = dict[tuple[str, ...], PaperFigure]()
    for f in found:
        key = _key(plain[f.paragraph], f)
        if not key:
            continue
        first = told.setdefault(key, f)
        if (first.kind == "count" and f.value != first.value) or (
            first.kind != "count" and abs(amount(f) - amount(first)) > max(slack(f), slack(first))
        ):
            yield Contradiction("twice", f, (first,), f"前文为{first.words}，此处为{f.words}")


@lru_cache(maxsize=8)
def _depths(text: str) -> list[int]:
    """By position, how many brackets have been opened before it and not closed."""
    return [*accumulate(((c == "(") - (c == ")") for c in text), initial=0)]


def _key(text: str, f: PaperFigure) -> tuple[str, ...]:
    if f.kind == "count" and _depths(text)[f.start] <= 0:
        before = re.search(rf"({_STATE})(?:的|事项)?$", text[max(0, f.start - 8) : f.start])
        after = re.match(rf"({_STATE})", text[f.end : f.end + 5])
        m = before or after
        return ("count", m[1], f.unit, f.period) if m else ()
    if f.kind in ("level", "growth") and f.indicator and f.period and not f.planned:
        if f.kind == "level" and is_increase(text, f):
            return ()
        return (f.kind, f.indicator, f.region, f.period, f.basis, str(f.monthly))
    return ()
