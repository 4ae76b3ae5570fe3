"""Places among rivals, as city bulletins print them."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.judging.ranked_place import RankedPlace
from wenpan.economy.judging.ranks import RankRule, families, missing, places, pull, rank_table


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


@pytest.mark.parametrize(
    ("values", "behind"),
    [
        ([5, 3, 1], [2, 1, 0]),
        ([5, 1, 1], [2, 0, 0]),  # two share the last place: both are last
        ([5, 5, 1], [1, 1, 0]),
        ([3, 3, 3], [2, 2, 2]),  # all are first, nobody is last
    ],
)
def test_who_is_last_is_who_has_nobody_behind(values, behind):
    names = ["a", "b", "c"]
    family = families(
        pl.DataFrame({"region": names, "name": names, "parent": ["city"] * 3}), pl.Series(names)
    )
    figures = pl.DataFrame({"region": names, "value": [float(v) for v in values]}).with_columns(
        indicator=pl.lit("fai"), measure=pl.lit("ytd_growth"), basis=pl.lit("natural"), at=pl.lit(1)
    )
    assert places(figures, family, {}).sort("region")["behind"].to_list() == behind


TEN = [f"r{i}" for i in range(10)]


@pytest.mark.parametrize(
    ("told", "enough"),
    [
        ([(1, TEN), (2, TEN)], [True, True]),
        ([(1, TEN), (2, TEN[:9])], [True, False]),  # one of last month's is still out
        ([(1, TEN), (2, TEN[:1])], [True, False]),  # only our own table is in
        ([(1, TEN), (2, TEN[:1]), (3, TEN[:1])], [True, False, False]),  # still, a month later
        ([(1, TEN), (2, TEN[:9]), (3, TEN[:9])], [True, False, True]),  # one has left: nine are ranked again
        ([(1, TEN[:6]), (2, TEN[:6])], [True, True]),
        ([(1, TEN), (14, TEN[:9])], [True, False]),  # a year before still counts
        ([(1, TEN), (15, TEN[:9])], [True, True]),  # longer ago does not
        ([(1, TEN[:1])], [True]),  # nobody to be measured by; alone there is no place all the same
    ],
)
def test_a_month_is_compared_when_all_of_the_month_before_have_published(told, enough):
    assert RankRule().enough(told, 10) == enough


def test_a_place_may_ask_for_a_share_only():
    told = [(1, TEN), (2, TEN[:8]), (3, TEN[:7])]
    assert RankRule(of_last=0.8).enough(told, 10) == [True, True, True]
    assert RankRule(of_last=0.9).enough(told, 10) == [True, False, False]


@pytest.mark.parametrize(
    ("rank", "rivals", "behind", "last"),
    [
        (5, 5, 0, True),
        (4, 5, 0, True),  # shared
        (4, 5, 1, False),
        (1, 1, 0, False),
        (None, 3, None, False),
        (5, 5, None, True),  # judged before it was counted
        (4, 5, None, False),
    ],
)
def test_the_last_place_is_one_truth_for_pages_and_papers(rank, rivals, behind, last):
    place = RankedPlace()
    place.rank, place.rivals, place.behind = rank, rivals, behind
    assert place.last is last
