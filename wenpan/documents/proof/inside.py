"""Contradictions within a paper: parts and sums, amounts and rates, shares, signs and words, two places.

Pure. Only what must hold is asked: every check allows for the rounding of each printed number, so that a
right paper raises nothing. Each finding names the figures it rests on and the arithmetic.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from wenpan.documents.proof.figures import SCALE, PaperFigure
from wenpan.documents.words.characters import same_length

_HUNDRED = Decimal(100)
_DONE, _OPEN = re.compile(r"已?(?:办结|完成|落实|销号)"), re.compile(r"正在|未(?:办结|完成)|在办|推进中")
_STATE = r"正在办理|正在落实|已办结|未办结|逾期未办"


@dataclass(frozen=True)
class Contradiction:
    """`at` is the figure to be marked, `others` what it contradicts, `reason` says the arithmetic."""

    kind: str  # sum | share | rate | pull | sign | twice | rank
    at: PaperFigure
    others: tuple[PaperFigure, ...]
    reason: str


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
        out += _parts(text, together)
        out += _pulls(text, together)
    out += _twice(plain, found)
    return list({(c.kind, c.at): c for c in out}.values())


def half(f: PaperFigure) -> Decimal:
    """Half a unit of the last printed digit."""
    return Decimal(5).scaleb(-f.decimals - 1)


def amount(f: PaperFigure) -> Decimal:
    """In 万 of its unit, or as counted."""
    return f.value * SCALE.get(f.unit[:1], Decimal(1)) if f.kind == "level" else f.value


def slack(f: PaperFigure) -> Decimal:
    return half(f) * SCALE.get(f.unit[:1], Decimal(1)) if f.kind == "level" else half(f)


def _signs(text: str, f: PaperFigure) -> Iterator[Contradiction]:
    """`下降-3.2%`, `增长-2.1%`: the word and the sign say two things."""
    if (
        f.kind == "growth"
        and "-" in text[f.start : f.end]
        and re.match(r"增长|上升|提高|下降|减少|降低", f.word)
    ):
        yield Contradiction("sign", f, (), f"“{text[f.start : f.end]}”文字与正负号不一致")


def _increase(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`28583万元,增长10.85%,增收2798万元`: the amount it grew by and its rate belong together."""
    for i, level in enumerate(figures):
        if level.kind != "level" or _is_increase(text, level):
            continue
        after = []
        for f in figures[i + 1 :]:
            if f.kind == "level" and not _is_increase(text, f):
                break
            after.append(f)
        rates = [f for f in after if f.kind == "growth"]
        grown = [f for f in after if f.kind == "level"]
        for rate, more in zip(rates, grown, strict=False):
            step = amount(more) if rate.value >= 0 else -abs(amount(more))
            base = amount(level) - step
            if base <= 0 or more.unit[-1:] != level.unit[-1:]:
                continue
            low = (step - slack(more)) / (base + slack(level) + slack(more)) * _HUNDRED - half(rate)
            high = (step + slack(more)) / (base - slack(level) - slack(more)) * _HUNDRED + half(rate)
            if not low <= rate.value <= high:
                exact = step / base * _HUNDRED
                yield Contradiction(
                    "rate", rate, (level, more),
                    f"{level.words}减去{more.words}，上年为{_n(base)}，增速应为{exact:.2f}%，文中为{rate.value}%",
                )  # fmt: skip


def _is_increase(text: str, f: PaperFigure) -> bool:
    return bool(
        re.search(
            r"(?:增收|减收|增加额?|减少|净增|增支|多收|少收|同比增|同比减|增)(?:了|约)?$",
            text[max(0, f.start - 6) : f.start],
        )
    )


def _counts(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`22件,已办结6件,占27%;正在办理16件`: done and open make the whole; a share is its part of the whole."""
    counts = [f for f in figures if f.kind == "count"]
    if len(counts) < 2:
        return
    whole, parts = counts[0], [c for c in counts[1:] if c.unit == counts[0].unit]
    states = [_state(text, f) for f in parts]
    if len(parts) >= 2 and set(states) == {"done", "open"} and len(parts) == len(set(states)):
        total = sum(f.value for f in parts)
        if total != whole.value:
            said = "+".join(str(f.value) for f in parts)
            yield Contradiction("sum", whole, tuple(parts), f"各部分合计{said}={total}，总数为{whole.value}")
    elif any(p.value > whole.value for p in parts) and re.search("其中", text[whole.end : parts[0].start]):
        more = max(parts, key=lambda f: f.value)
        yield Contradiction("sum", more, (whole,), f"部分{more.words}大于总数{whole.words}")
    for part in parts:
        share = next((f for f in figures if f.kind == "share" and 0 <= f.start - part.end <= 6), None)
        yield from _share(part, whole, share)


def _state(text: str, f: PaperFigure) -> str:
    before = re.split("[,;。:、]", text[max(0, f.start - 14) : f.start])[-1]
    return "open" if _OPEN.search(before) else "done" if _DONE.search(before) else ""


def _share(part: PaperFigure, whole: PaperFigure, share: PaperFigure | None) -> Iterator[Contradiction]:
    if share is None or not amount(whole):
        return
    exact = amount(part) / amount(whole) * _HUNDRED
    room = half(share) + (slack(part) + slack(whole) * exact / _HUNDRED) / amount(whole) * _HUNDRED * (
        part.kind == "level"
    )
    if abs(exact - share.value) > room:
        yield Contradiction(
            "share",
            share,
            (part, whole),
            f"{part.words}占{whole.words}应为{exact:.2f}%，文中为{share.value}%",
        )


def _quotients(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """`22797万元,占预算22881万元的99.63%`: a quotient of two amounts that stand beside it."""
    for i, share in enumerate(figures):
        if share.kind != "share" or i < 2 or not text[share.start : share.end].startswith("的"):
            continue
        whole, part = figures[i - 1], figures[i - 2]
        beside = whole.end <= share.start + 14 and whole.start - part.end < 16
        if part.kind == whole.kind == "level" and beside and part.unit[-1] == whole.unit[-1]:
            yield from _share(part, whole, share)


def _parts(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """税收 and 非税 make the whole: in amount, and by their rates in last year's amount."""
    levels = [f for f in figures if f.kind == "level" and not _is_increase(text, f)]
    for i, first in enumerate(levels):
        for second in levels[i + 1 :]:
            if (
                "非税" not in _before(text, second)
                or "税收" not in _before(text, first)
                or "非税" in _before(text, first)
            ):
                continue
            whole = next(
                (
                    f
                    for f in reversed(levels[:i])
                    if "收入" in _before(text, f) and "税" not in _before(text, f)
                ),
                None,
            )
            if whole is None:
                continue
            total, room = amount(first) + amount(second), slack(first) + slack(second) + slack(whole)
            if abs(total - amount(whole)) > room:
                yield Contradiction(
                    "sum", whole, (first, second),
                    f"{first.words}与{second.words}合计{_n(total)}万元，总数为{whole.words}",
                )  # fmt: skip
            else:
                yield from _rates_of_parts(text, figures, (whole, first, second))
            break


def _before(text: str, f: PaperFigure) -> str:
    return re.split("[,;。:、]", text[max(0, f.start - 24) : f.start])[-1]


def _rates_of_parts(
    text: str, figures: Sequence[PaperFigure], levels: tuple[PaperFigure, PaperFigure, PaperFigure]
) -> Iterator[Contradiction]:
    ends = [*sorted(f.start for f in figures if f.kind == "level"), len(text)]
    rates = list[dict[str, PaperFigure]]()
    for level in levels:
        end = next(
            e for e in ends if e > level.start and (e == len(text) or not _is_increase_at(text, figures, e))
        )
        rates.append(
            {
                _basis(text, f): f
                for f in reversed(figures)
                if f.kind == "growth" and level.end <= f.start < end
            }
        )
    for basis in rates[0]:
        if not all(basis in r or (len(r) == 1 and "both" in r) for r in rates[1:]):
            continue
        whole, *parts = [r.get(basis) or r["both"] for r in rates]
        bases = [_last_year(level, rate) for level, rate in zip(levels[1:], parts, strict=True)]
        low, high = sum(b[0] for b in bases), sum(b[1] for b in bases)
        slowest = (amount(levels[0]) - slack(levels[0])) / high * _HUNDRED - _HUNDRED - half(whole)
        fastest = (amount(levels[0]) + slack(levels[0])) / low * _HUNDRED - _HUNDRED + half(whole)
        if not slowest <= whole.value <= fastest:
            middle = amount(levels[0]) / ((low + high) / 2) * _HUNDRED - _HUNDRED
            yield Contradiction(
                "rate",
                whole,
                tuple(parts),
                f"按各部分的数额和增速推算，总增速应为{middle:.2f}%，文中为{whole.value}%",
            )


def _is_increase_at(text: str, figures: Sequence[PaperFigure], start: int) -> bool:
    return any(f.start == start and _is_increase(text, f) for f in figures)


def _basis(text: str, f: PaperFigure) -> str:
    piece = re.split("[,;。:]", text[max(0, f.start - 20) : f.start])[-1]
    if re.search("同口径.{0,4}自然|自然.{0,4}同口径|均", piece):
        return "both"
    return (
        "natural"
        if "自然" in piece
        else "adjusted"
        if re.search("同口径|可比|扣除|剔除|还原", piece)
        else "both"
    )


def _last_year(level: PaperFigure, rate: PaperFigure) -> tuple[Decimal, Decimal]:
    low = (amount(level) - slack(level)) / (1 + (rate.value + half(rate)) / _HUNDRED)
    high = (amount(level) + slack(level)) / (1 + (rate.value - half(rate)) / _HUNDRED)
    return low, high


def _pulls(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """Two rates of one thing, natural and adjusted, and by how many points the refunds pulled it down."""
    rates = [f for f in figures if f.kind == "growth"]
    pulls = [
        f
        for f in figures
        if f.kind == "points" and re.search("退税|减税", text[max(0, f.start - 40) : f.start])
    ]
    for pull in pulls:
        named = "税收" in text[max(0, pull.start - 12) : pull.end]
        pairs = [
            (a, b)
            for a, b in pairwise(rates)
            if b.start - a.end < 30
            and {_basis(text, a), _basis(text, b)} == {"natural", "adjusted"}
            and b.end < pull.start
        ]
        pairs = [p for p in pairs if ("税收" in text[max(0, p[0].start - 40) : p[0].start]) == named] or pairs
        if not pairs:
            continue
        a, b = pairs[-1]
        gap = abs(a.value - b.value)
        if abs(gap - abs(pull.value)) > half(a) + half(b) + half(pull):
            yield Contradiction(
                "pull", pull, (a, b), f"两个口径的增速相差{gap}个百分点，文中为{abs(pull.value)}个百分点"
            )


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


def _key(text: str, f: PaperFigure) -> tuple[str, ...]:
    if f.kind == "count":
        before = re.search(rf"({_STATE})(?:的|事项)?$", text[max(0, f.start - 8) : f.start])
        after = re.match(rf"({_STATE})", text[f.end : f.end + 5])
        m = before or after
        return ("count", m[1], f.unit, f.period) if m else ()
    if f.kind in ("level", "growth") and f.indicator and f.period:
        if f.kind == "level" and _is_increase(text, f):
            return ()
        return (f.kind, f.indicator, f.region, f.period, f.basis, str(f.monthly))
    return ()


def _n(value: Decimal) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
