"""Places among rivals, as city bulletins print them."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.judging.ranks import families, missing, places, pull, rank_table


def test_equal_values_share_the_better_place():
    assert rank_table({"a": 5, "b": 3, "c": 3, "d": 1}) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_a_rival_that_has_not_reported_is_not_ranked():
    assert rank_table({"a": 5, "b": None, "c": 1}) == {"a": 1, "b": None, "c": 2}


def test_where_less_is_better_the_lowest_leads():
    assert rank_table({"a": 5, "b": -2}, "down") == {"a": 2, "b": 1}


@pytest.mark.parametrize("direction", ["up", "down"])
@given(values=st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=2, max_size=8))
def test_the_frame_ranks_like_the_table(direction, values):
    names = [f"r{i}" for i in range(len(values))]
    family = families(
        pl.DataFrame({"region": names, "name": names, "parent": ["city"] * len(names)}), pl.Series(names)
    )
    key = {"indicator": "fai", "measure": "ytd_growth", "basis": "natural", "at": 1}
    figures = pl.DataFrame({"region": names, "value": pl.Series(values, dtype=pl.Float64)} | key)
    figures = figures.drop_nulls("value")
    ranked = places(figures, family, {"fai": Indicator("fai", "固投", direction=direction)})
    expected = rank_table(dict(zip(names, values, strict=True)), direction)
    assert dict(ranked.select("region", "rank").iter_rows()) == {
        k: v for k, v in expected.items() if v is not None
    }
    known = [value for value in values if value is not None]
    assert dict(ranked.select("region", "tied").iter_rows()) == {
        name: known.count(value) > 1 for name, value in zip(names, values, strict=True) if value is not None
    }
    silent = missing(ranked, family)
    named = silent["missing_rivals"][0].to_list() if silent.height else []
    if ranked.height:
        assert named == [name for name, value in zip(names, values, strict=True) if value is None]


def test_pull_is_share_times_distance():
    """30/120 · (2 − 6) = −1; without a base there is none."""
    out = pull([2.0, 2.0, 2.0], [6.0, 6.0, np.nan], [30.0, np.nan, 30.0], [120.0, 120.0, 120.0])
    np.testing.assert_allclose(out, [-1.0, np.nan, np.nan])


def test_the_pulls_of_all_districts_cancel_out():
    """The city's growth is the base-weighted mean of its districts': 0.25·10 + 0.75·2 = 4."""
    out = pull([10.0, 2.0], [4.0, 4.0], [25.0, 75.0], [100.0, 100.0])
    assert out.tolist() == [pytest.approx(1.5), pytest.approx(-1.5)]
