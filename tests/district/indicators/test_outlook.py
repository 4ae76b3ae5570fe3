"""The year's end from the parts and from the whole: side by side, and made to agree to the last digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.indicators.outlook import Growth, outlook

PARTS = (Growth("小", 40, -30, -28, -26), Growth("大", 60, 4, 6, 8))


def test_the_parts_sum_stands_beside_the_wholes_own_forecast():
    found = outlook((-8, -6, -4), PARTS, 2)
    assert found is not None
    assert found.bottom_up == pytest.approx(40 * 0.72 + 60 * 1.06)  # 92.4
    assert found.top_down == pytest.approx(94.0)
    assert found.bottom_up < found.total < found.top_down


def test_without_last_years_amounts_nothing_is_said():
    assert outlook((1, 2, 3), (), 2) is None
    assert outlook((1, 2, 3), (Growth("零", 0, 1, 2, 3),), 2) is None


growths = st.tuples(st.floats(0.1, 1e4), st.floats(-95, 80), st.floats(0, 30))


@given(st.lists(growths, min_size=1, max_size=6), st.floats(-60, 60), st.floats(0, 20))
def test_the_agreed_parts_are_never_negative_and_add_up_to_the_printed_total(parts, whole, spread):
    given_parts = [Growth(str(i), base, p - s, p, p + s) for i, (base, p, s) in enumerate(parts)]
    found = outlook((whole - spread, whole, whole + spread), given_parts, 2)
    assert found is not None
    assert all(agreed >= 0 for _name, _own, agreed in found.parts)
    assert round(sum(agreed for _name, _own, agreed in found.parts), 2) == round(found.total, 2)
