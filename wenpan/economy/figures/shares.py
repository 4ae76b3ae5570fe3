"""Parts that add up to the whole to the last digit: the largest-remainder rule (最大余额法).

Pure; the one place of the rule, for printed shares and for targets divided over units. Each part is
cut to the smallest unit, and the units that are left go to the largest remainders; of equal
remainders the earlier gets it. So no part is further than one unit from its exact value, and a
reader who adds them finds the whole (Jinzhai printed 72.9 for 72.97 by hand).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

TENTHS = 1000  # of a percent in the whole


def largest_remainder(whole: int, weights: Sequence[float]) -> list[int]:
    """`whole` units divided in proportion to `weights`, which are not negative and not all zero."""
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if total <= 0 or any(weight < 0 for weight in exact):
        raise ValueError("分配比例应为非负数, 且不全为零")
    parts = [whole * weight / total for weight in exact]
    cut = [part.numerator // part.denominator for part in parts]
    order = sorted(range(len(parts)), key=lambda at: (cut[at] - parts[at], at))
    for at in order[: whole - sum(cut)]:
        cut[at] += 1
    return cut


def shares(counts: Sequence[int]) -> list[Decimal]:
    """Percent of the sum, one decimal each, together 100.0; all 0.0 where the sum is 0."""
    if any(count < 0 for count in counts):
        raise ValueError("项数不能为负")
    if not sum(counts):
        return [Decimal("0.0") for _ in counts]
    return [(Decimal(tenths) / 10).quantize(Decimal("0.1")) for tenths in largest_remainder(TENTHS, counts)]
