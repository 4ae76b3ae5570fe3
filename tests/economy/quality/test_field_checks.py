"""A draw that anyone can repeat from seed and list, and the error rate as the regulation defines it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.quality.field_checks import DrawError, draw, draw_by_group, error_rate, population_hash

UNITS = [f"企业{n:03d}" for n in range(214)]


def test_the_same_seed_and_list_draw_the_same_units_in_any_order_of_the_list():
    first, again = draw(UNITS, 20, "2022-10-18 071523"), draw(UNITS[::-1], 20, "2022-10-18 071523")
    assert first == again
    assert len(set(first.drawn)) == 20
    assert first.population == 214 and first.population_hash == population_hash(UNITS)
    assert draw(UNITS, 20, "2022-10-18 071524").drawn != first.drawn
    assert draw(UNITS[1:], 20, "2022-10-18 071523").population_hash != first.population_hash


def test_a_larger_draw_contains_the_smaller_one():
    assert draw(UNITS, 30, "x").drawn[:20] == draw(UNITS, 20, "x").drawn


def test_where_there_are_fewer_all_are_checked():
    assert set(draw(UNITS[:5], 20, "x").drawn) == set(UNITS[:5])


@pytest.mark.parametrize(
    ("units", "count", "seed"),
    [(["甲", "甲"], 1, "x"), (["甲"], 0, "x"), (["甲"], 1, " "), ([""], 1, "x"), (["a\nb"], 1, "x")],
)
def test_a_draw_that_could_not_be_repeated_is_refused(units: list[str], count: int, seed: str):
    with pytest.raises(DrawError):
        draw(units, count, seed)


def test_each_unit_is_drawn_as_often_as_another():
    """214 units, 20 each time, 2,000 seeds: 187 times each, give or take four standard deviations (52)."""
    times = dict.fromkeys(UNITS, 0)
    for seed in range(2000):
        for unit in draw(UNITS, 20, str(seed)).drawn:
            times[unit] += 1
    assert all(abs(count - 2000 * 20 / 214) < 56 for count in times.values())


def test_towns_draw_apart():
    found = draw_by_group([("桐溪镇", UNITS[:50], 3), ("柳湾镇", UNITS[50:90], 3)], "x")
    assert [len(d.drawn) for d in found.values()] == [3, 3]
    assert set(found["桐溪镇"].drawn) <= set(UNITS[:50])


@pytest.mark.parametrize(
    ("reported", "actual", "rate"),
    [(110.0, 100.0, 10.0), (90.0, 100.0, 10.0), (None, 100.0, 100.0), (0.0, 0.0, 0.0), (None, 0.0, 0.0),
     (5.0, 0.0, None), (200.0, 100.0, 100.0)],
)  # fmt: skip
def test_the_error_is_counted_against_the_actual_value(
    reported: float | None, actual: float, rate: float | None
):
    assert error_rate(reported, actual) == rate


@given(
    st.sets(st.text("abcdefg", min_size=1), min_size=1, max_size=30),
    st.integers(1, 40),
    st.text("xyz", min_size=1),
)
def test_a_draw_is_a_part_of_its_population(units: set[str], count: int, seed: str):
    found = draw(units, count, seed)
    assert set(found.drawn) <= units
    assert len(found.drawn) == min(count, len(units))
