"""Which requests are alike, and which withdrawn ones are drawn for inspection. Pure.

alike   the same category, and titles of which the shorter says nearly what the longer says
drawn   of the month's, a share by the hash of month and number: anyone can repeat it, nobody can steer it
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

ALIKE = 60.0  # of 100
SHARE = 0.2


def likeness(one: str, other: str) -> float:
    """0 … 100; the order of the characters counts, what the longer says besides does little."""
    return float(max(fuzz.ratio(one, other), 0.9 * fuzz.partial_ratio(one, other)))


def most_alike(title: str, others: Iterable[tuple[int, str]], most: int = 8) -> list[int]:
    """Keys of the titles that are alike, the likest first."""
    scored = [(likeness(title, other), -key) for key, other in others]
    return [-key for points, key in sorted(scored, reverse=True) if points >= ALIKE][:most]


def draw_share(month: str, numbers: Sequence[str], share: float = SHARE) -> list[str]:
    """At least one of any, rounded up; in the order of the draw."""
    order = sorted(set(numbers), key=lambda number: hashlib.sha256(f"{month}|{number}".encode()).hexdigest())
    return order[: math.ceil(share * len(order))]
