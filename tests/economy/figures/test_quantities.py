"""Numbers as official texts print them."""

from decimal import Decimal

import pytest

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
    ("value", "unit", "least", "text"),
    [
        (12.30, "亿元", 0, "12.3亿元"),
        (5.0, "%", 1, "5.0%"),
        (5.0, "个", 0, "5个"),
        (33.819999999, "", 0, "33.82"),  # arithmetic noise does not show
        (-0.00001, "", 0, "0"),
        (None, "亿元", 0, "—"),  # a missing figure has no unit
    ],
)
def test_a_figure_is_repeated_as_it_was_given(value, unit, least, text):
    assert q.as_given(value, unit, least=least) == text


def test_thousands_are_grouped_on_pages_only():
    assert (q.grouped(1291.92, 2), q.number(1291.92, 2)) == ("1,291.92", "1291.92")
    assert q.as_given(1291.9, thousands=True) == "1,291.9"


@pytest.mark.parametrize(
    ("value", "others", "places"),
    [
        (4.9, (5.0,), 1),
        (4.96, (5.0,), 2),  # both print 5.0
        (4.96, (5.04, 5.0), 2),
        (0.04, (0,), 2),  # not 0.0
        (4.99996, (5.0,), 1),  # the ledger keeps four places: these are the same
        (4.9996, (5.0,), 4),
        (4.96, (None,), 1),
        (None, (5.0,), 1),
    ],
)
def test_numbers_that_differ_are_printed_so_that_it_shows(value, others, places):
    assert q.telling_decimals(value, *others, decimals=1) == places


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.43, "为43%"),
        (0.0099, "低于1%"), (0.01, "为1%"), (0.0149, "为1%"),
        (0.99, "为99%"), (0.9901, "高于99%"),
        (0.0, "低于1%"), (1.0, "高于99%"),
    ],
)  # fmt: skip
def test_no_forecast_is_certain(probability, words):
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
