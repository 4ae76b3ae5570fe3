"""Amounts with their parts: 税收 and 非税 make the whole, by amount and rate; what refunds pulled. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from wenpan.documents.proof.arithmetic import (
    HUNDRED,
    Contradiction,
    amount,
    half,
    is_increase,
    plainly,
    slack,
)
from wenpan.documents.proof.paper_figures import PaperFigure


def parts(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """税收 and 非税 make the whole: in amount, and by their rates in last year's amount."""
    levels = [f for f in figures if f.kind == "level" and not is_increase(text, f) and not _is_base(text, f)]
    said = [_before(text, f) for f in levels]
    rest = [i for i, words in enumerate(said) if "非税" in words]
    growths = [f for f in figures if f.kind == "growth"]
    whole: PaperFigure | None = None
    for i, first in enumerate(levels):
        at = bisect_right(rest, i)
        if whole is not None and at < len(rest) and "税收" in said[i] and "非税" not in said[i]:
            second = levels[rest[at]]
            total, room = amount(first) + amount(second), slack(first) + slack(second) + slack(whole)
            if abs(total - amount(whole)) > room:
                yield Contradiction(
                    "sum", whole, (first, second),
                    f"{first.words}与{second.words}合计{plainly(total)}万元，总数为{whole.words}",
                )  # fmt: skip
            else:
                yield from _rates_of_parts(text, (levels, growths), (whole, first, second))
        if "收入" in said[i] and "税" not in said[i]:
            whole = first


def _start(f: PaperFigure) -> int:
    return f.start


def _before(text: str, f: PaperFigure) -> str:
    return re.split("[,;。:、]", text[max(0, f.start - 24) : f.start])[-1]


def _rates_of_parts(
    text: str,
    told: tuple[Sequence[PaperFigure], Sequence[PaperFigure]],
    levels: tuple[PaperFigure, PaperFigure, PaperFigure],
) -> Iterator[Contradiction]:
    """`told`: the amounts and the growths of the paragraph in their order."""
    steps, growths = told
    rates = list[dict[str, PaperFigure]]()
    for level in levels:
        after = bisect_right(steps, level.start, key=_start)
        end = steps[after].start if after < len(steps) else len(text)
        own = growths[bisect_left(growths, level.end, key=_start) : bisect_left(growths, end, key=_start)]
        rates.append({_basis(text, f): f for f in reversed(own)})
    for basis in rates[0]:
        if not all(basis in r or (len(r) == 1 and "both" in r) for r in rates[1:]):
            continue
        whole, *parts = [r.get(basis) or r["both"] for r in rates]
        bases = [_last_year(level, rate) for level, rate in zip(levels[1:], parts, strict=True)]
        low, high = (sum((base[n] for base in bases), Decimal(0)) for n in (0, 1))
        if low <= 0:
            continue
        slowest = (amount(levels[0]) - slack(levels[0])) / high * HUNDRED - HUNDRED - half(whole)
        fastest = (amount(levels[0]) + slack(levels[0])) / low * HUNDRED - HUNDRED + half(whole)
        if not slowest <= whole.value <= fastest:
            middle = amount(levels[0]) / ((low + high) / 2) * HUNDRED - HUNDRED
            yield Contradiction(
                "rate",
                whole,
                tuple(parts),
                f"按各部分的数额和增速推算，总增速应为{middle:.2f}%，文中为{whole.value}%",
            )


def _is_base(text: str, f: PaperFigure) -> bool:
    """`占调整预算22881万元`: what a share is of, no amount of its own."""
    return bool(re.search(r"(?:占|预算|计划|目标|任务)[^,。;]{0,8}$", text[max(0, f.start - 14) : f.start]))


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
    low = (amount(level) - slack(level)) / (1 + (rate.value + half(rate)) / HUNDRED)
    high = (amount(level) + slack(level)) / (1 + (rate.value - half(rate)) / HUNDRED)
    return low, high


def _last_before(
    pairs: Sequence[tuple[PaperFigure, PaperFigure]], pull: PaperFigure
) -> tuple[PaperFigure, PaperFigure] | None:
    at = bisect_left(pairs, pull.start, key=lambda pair: pair[1].end)
    return pairs[at - 1] if at else None


def pulls(text: str, figures: Sequence[PaperFigure]) -> Iterator[Contradiction]:
    """Two rates of one thing, natural and adjusted, and by how many points the refunds pulled it down."""
    rates = [f for f in figures if f.kind == "growth"]
    pulls = [
        f
        for f in figures
        if f.kind == "points" and re.search("退税|减税", text[max(0, f.start - 40) : f.start])
    ]
    both = [
        (a, b)
        for a, b in pairwise(rates)
        if pulls and b.start - a.end < 30 and {_basis(text, a), _basis(text, b)} == {"natural", "adjusted"}
    ]
    taxes = [p for p in both if "税收" in text[max(0, p[0].start - 40) : p[0].start]]
    others = [p for p in both if "税收" not in text[max(0, p[0].start - 40) : p[0].start]]
    for pull in pulls:
        named = "税收" in text[max(0, pull.start - 12) : pull.end]
        pair = _last_before(taxes if named else others, pull) or _last_before(both, pull)
        if pair is None:
            continue
        a, b = pair
        gap = abs(a.value - b.value)
        if abs(gap - abs(pull.value)) > half(a) + half(b) + half(pull):
            yield Contradiction(
                "pull", pull, (a, b), f"两个口径的增速相差{gap}个百分点，文中为{abs(pull.value)}个百分点"
            )
