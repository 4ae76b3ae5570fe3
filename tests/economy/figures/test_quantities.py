"""Numbers as official texts print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.figures import quantities as q


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2.25, 1, "2.3"),  # half away from zero, not to even
        (-2.25, 1, "-2.3"),
        (1.005, 2, "1.01"),  # the decimal text decides, not the binary fraction below it
        (-0.04, 1, "0.0"),  # never -0.0
        (None, 1, "—"),
        (float("nan"), 1, "—"),
    ],
)
def test_rounding_once_and_away_from_zero(value, decimals, text):
    assert q.number(value, decimals) == text


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        (3.2, "增长3.2%"),
        (-3.2, "下降3.2%"),
        (0.0, "持平"),
        (0.04, "略增(不足0.1%)"),
        (-0.04, "略降(不足0.1%)"),
        (None, "增速—"),
    ],
)
def test_growth_is_worded_by_its_sign(growth, words):
    assert q.growth_words(growth) == words


@given(st.floats(-500, 500))
def test_no_growth_is_ever_a_negative_increase(growth):
    assert "-" not in q.growth_words(growth)


@given(st.decimals(-50, 50, places=1), st.decimals(-50, 50, places=1))
def test_the_printed_distance_is_that_of_the_printed_numbers(one, other):
    assert q.points_words(float(one), float(other)) == f"{abs(one - other):.1f}个百分点"


def test_numbers_that_differ_are_printed_so_that_it_shows():
    places = q.telling_decimals(4.96, 5.0, 1)
    assert (q.percent(4.96, places), q.points_words(4.96, 5.0)) == ("4.96%", "0.04个百分点")


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.43, "为43%"), (0.001, "不足1%"), (0.9995, "超过99%"), (0.0, "为0%"), (1.0, "为100%")],
)
def test_only_a_known_outcome_is_certain(probability, words):
    assert q.chance(probability) == words


@pytest.mark.parametrize(
    ("value", "unit", "to", "result"),
    [
        ("64.2", "亿元", "万元", "642000"),
        ("642000", "万元", "亿元", "64.2"),
        ("5", "元", "元", "5"),
        ("3", "亿美元", "万美元", "30000"),
    ],
)
def test_units_of_one_family_convert_exactly(value, unit, to, result):
    assert q.convert(Decimal(value), unit, to) == Decimal(result)


@pytest.mark.parametrize(("unit", "to"), [("亿元", "万美元"), ("亿万元", "亿元"), ("", "元")])
def test_units_that_do_not_measure_the_same_are_refused(unit, to):
    with pytest.raises(q.UnitError, match="单位不能换算"):
        q.convert(Decimal(1), unit, to)
