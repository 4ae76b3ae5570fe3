"""Shares by the largest remainder: they add up to 100.0, and none is far from the truth."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.figures.shares import largest_remainder, shares

counts = st.lists(st.integers(0, 100_000), min_size=1, max_size=60)


@given(counts)
def test_shares_add_up_to_100_and_are_within_a_tenth_of_the_truth(numbers):
    found = shares(numbers)
    if not sum(numbers):
        assert set(found) == {Decimal("0.0")}
        return
    assert sum(found) == Decimal("100.0")
    for count, share in zip(numbers, found, strict=True):
        assert abs(share - Decimal(100) * count / sum(numbers)) < Decimal("0.1")
        assert share > 0 or count * 1000 < sum(numbers) or count == 0
        assert count or share == 0


@pytest.mark.parametrize(
    "numbers, found",
    [
        ([1, 1, 1], ["33.4", "33.3", "33.3"]),  # of equal remainders the first
        ([17, 162, 10, 24, 9], ["7.7", "73.0", "4.5", "10.8", "4.0"]),  # 金寨: 162 of 222 is 73.0, not 72.9
        ([6, 16], ["27.3", "72.7"]),
        ([0, 5], ["0.0", "100.0"]),
    ],
)
def test_shares_as_a_bulletin_prints_them(numbers, found):
    assert [str(share) for share in shares(numbers)] == found


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="负"):
        shares([1, -1])


@given(st.integers(-10_000, 10**9), st.lists(st.floats(0, 1e6), min_size=1, max_size=30))
def test_parts_add_up_to_the_whole_and_none_is_a_unit_away(whole, weights):
    if not sum(weights):
        with pytest.raises(ValueError, match="分配比例"):
            largest_remainder(whole, weights)
        return
    parts = largest_remainder(whole, weights)
    assert sum(parts) == whole
    total = sum(map(Fraction, weights))
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - whole * Fraction(weight) / total) < 1
