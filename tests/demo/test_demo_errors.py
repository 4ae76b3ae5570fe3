"""The errors seeded into the demonstration's returns: each of a kind of its own."""

from __future__ import annotations

from wenpan.demo.play.quality import WRONG


def test_the_seeded_errors_are_a_nought_too_many_or_few_yuan_for_wan_swapped_digits_and_twice():
    assert [change(2703.0) for change in WRONG] == [27_030.0, 270.3, 27_030_000.0, 7203.0, 5406.0]


def test_a_swap_keeps_the_digits():
    assert sorted(f"{WRONG[3](1513.0):.0f}") == sorted("1513")
