"""A published table of deals held against itself: sums, rates as printed, and parts that overlap.

Pure. Findings are questions to whoever printed the table; nothing is mended. A rate is computed to as many
places as it is printed with, half up, as official texts round. Parts sum to the whole, unless a part stands
inside another (`within`, 其中). A later stage above an earlier one is a finding only where the place's stages
are nested.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from wenpan.economy.funnel.money import amount_text


@dataclass(frozen=True)
class PublishedRate:
    """One line: `reached` of `n`, and the percent as it was printed ("68.9"; "" where none is)."""

    name: str
    n: Decimal
    reached: Decimal
    printed: str = ""


@dataclass(frozen=True)
class PublishedPart:
    """One part of a whole; `within`: the part that this one is said to stand inside of."""

    name: str
    value: Decimal
    within: str = ""


@dataclass(frozen=True)
class PublishedFinding:
    """`code`: rate | sum | overlap | nesting. `found` as printed, `expected` as it follows from the rest."""

    code: str
    where: str
    found: str
    expected: str
    words: str


def percent(reached: Decimal | int, n: Decimal | int, places: int = 1) -> Decimal | None:
    """reached / n in percent, rounded half up; None where n is 0."""
    if not n:
        return None
    exact = Decimal(reached) * 100 / Decimal(n)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def check_rates(rows: Iterable[PublishedRate]) -> tuple[PublishedFinding, ...]:
    """Every printed rate that its own numerator and denominator do not give."""
    findings = []
    for row in rows:
        if not row.printed:
            continue
        found = Decimal(row.printed.rstrip("%％"))
        places = max(0, -int(found.as_tuple().exponent))
        expected = percent(row.reached, row.n, places)
        if expected != found:
            shown = "—" if expected is None else f"{expected}%"
            words = f"{row.name}印为{found}%, 按{amount_text(row.reached)}/{amount_text(row.n)}应为{shown}"
            findings.append(PublishedFinding("rate", row.name, f"{found}%", shown, words))
    return tuple(findings)


def check_parts(
    whole: Decimal, parts: Sequence[PublishedPart], what: str = "合计"
) -> tuple[PublishedFinding, ...]:
    """Whether the parts make the whole. Too much says which part may stand inside another."""
    apart = [part for part in parts if not part.within]
    total = sum((part.value for part in apart), Decimal(0))
    findings = [_inside(part, parts) for part in parts if part.within]
    if total == whole:
        return tuple(f for f in findings if f)
    sums = "+".join(amount_text(part.value) for part in apart)
    words = f"{what}印为{amount_text(whole)}, 各分项{sums}={amount_text(total)}, 不相等"
    if total > whole:
        inside = _may_be_inside(whole, apart)
        words += (
            f"; 可能“{inside[0].name}”包含在“{inside[1].name}”内(其中), 请核实"
            if inside
            else "; 分项可能有交叉"
        )
        code = "overlap"
    else:
        words, code = words + f", 差{amount_text(whole - total)}未列明", "sum"
    findings.append(PublishedFinding(code, what, amount_text(whole), amount_text(total), words))
    return tuple(f for f in findings if f)


def check_nesting(counts: Sequence[tuple[str, int]], *, nested: bool) -> tuple[PublishedFinding, ...]:
    """Stages in order: a later one above an earlier one contradicts only where stages nest."""
    if not nested:
        return ()
    findings = []
    for (before, many), (after, more) in pairwise(counts):
        if more > many:
            words = f"“{after}”{more}个多于“{before}”{many}个, 而按本地规定后一阶段必经前一阶段"
            findings.append(PublishedFinding("nesting", after, str(more), f"不多于{many}", words))
    return tuple(findings)


def _inside(part: PublishedPart, parts: Sequence[PublishedPart]) -> PublishedFinding | None:
    holder = next((p for p in parts if p.name == part.within), None)
    if holder is not None and part.value <= holder.value:
        return None
    limit = "没有这一分项" if holder is None else f"不多于{amount_text(holder.value)}"
    words = f"“{part.name}”写明在“{part.within}”内, 但{amount_text(part.value)}, 应{limit}"
    return PublishedFinding("overlap", part.name, amount_text(part.value), limit, words)


def _may_be_inside(
    whole: Decimal, parts: Sequence[PublishedPart]
) -> tuple[PublishedPart, PublishedPart] | None:
    """The smallest part, and the largest that could hold it, where the rest fits into the whole."""
    ordered = sorted(parts, key=lambda part: part.value)
    if len(ordered) < 2 or sum((p.value for p in ordered[1:]), Decimal(0)) > whole:
        return None
    return ordered[0], ordered[-1]
