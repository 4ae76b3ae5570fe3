"""Ranks, pull and the basis that is ranked: what is compared with what, and what months add up to."""

import pytest

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.figures.series import one_period_each


def test_ties_share_the_better_place_and_missing_rivals_are_named(bench):
    bench.figure("anhe", "2022-09", 3.0).figure("dong", "2022-09", 3.0).figure("xi", "2022-09", 5.0)
    row = bench.target(5.0).one()
    assert (row["rank"], row["rivals"], row["missing_rivals"]) == (2, 3, ["北澜区"])
    assert "未公布: 北澜区" in row["reasons"]


def test_the_city_is_not_its_districts_rival(bench):
    bench.figure("anhe", "2022-09", 3.0).figure("city", "2022-09", 9.0)
    row = bench.target(5.0).one()
    assert (row["rank"], row["rivals"], row["rank_pending"]) == (None, 1, True)  # one alone has no place
    assert (row["city"], row["versus_city"]) == (9.0, pytest.approx(-6.0))
    assert "低于全市平均6.0个百分点" in row["reasons"]


def test_where_less_is_better_the_lowest_is_first_and_above_the_limit_is_bad(bench):
    bench.indicators["fai"] = Indicator("fai", "单位GDP能耗", direction="down")
    for region, value in {"anhe": -2.0, "dong": -3.0, "xi": -1.0, "bei": 0.5}.items():
        bench.figure(region, "2022-09", value)
    row = bench.target(-2.5, comparison="<=").one()
    assert row["rank"] == 2
    assert row["gap"] == pytest.approx(0.5)  # actual − target, with its sign
    assert row["light"] == "YELLOW"
    assert row["reasons"][0] == "1—9月下降2.0%, 高于控制目标(下降2.5%)达0.5个百分点"
    assert bench.figures[0].update(value=-3.0) is None
    assert bench.one()["light"] == "GREEN"


def test_rank_change_is_counted_from_the_previous_published_period(bench):
    """August: anhe 1st. September: 3rd. July is not read, and a month without figures is skipped."""
    for region, august, september in [("anhe", 9.0, 1.0), ("dong", 5.0, 5.0), ("xi", 4.0, 4.0)]:
        bench.figure(region, "2022-07", august).figure(region, "2022-09", september)
    row = bench.target(5.0).one()
    assert (row["rank_previous"], row["rank"], row["rank_change"]) == (1, 3, -2)
    assert row["previous"] == 9.0
    assert any("较上期后移2位" in reason for reason in row["reasons"])


def test_a_first_figure_has_no_previous_rank(bench):
    row = bench.figure("anhe", "2022-09", 3.0).figure("dong", "2022-09", 4.0).target(5.0).one()
    assert (row["rank"], row["rank_previous"], row["rank_change"]) == (2, None, None)


def test_pull_is_the_base_share_times_the_distance_to_the_city(bench):
    """Base a year ago 30 of the city's 120: share 0.25; 0.25·(2 − 6) = −1 point."""
    bench.figure("anhe", "2021-09", 30, "ytd").figure("city", "2021-09", 120, "ytd")
    bench.figure("anhe", "2022-09", 2.0).figure("city", "2022-09", 6.0)
    assert bench.target(5.0).one()["pull"] == pytest.approx(-1.0)


def test_published_growth_is_never_recomputed_from_levels(bench):
    """Levels say 110/100 = +10 %; published, on a comparable basis, +3 %."""
    bench.figure("anhe", "2021-09", 100, "ytd").figure("anhe", "2022-09", 110, "ytd").figure(
        "anhe", "2022-09", 3.0
    )
    row = bench.target(5.0).one()
    assert (row["actual"], row["computed"], row["level"]) == (3.0, False, 110.0)


def test_growth_that_a_rival_publishes_is_not_computed_for_the_one_that_has_not(bench):
    """anhe's levels would give +10 %, but dong's 3 % is comparable growth: the two cannot be ranked."""
    bench.figure("anhe", "2021-09", 100, "ytd").figure("anhe", "2022-09", 110, "ytd").figure(
        "dong", "2022-09", 3.0
    )
    row = bench.target(5.0).one()
    assert (row["actual"], row["rank"], row["light"]) == (None, None, "UNKNOWN")


def test_a_target_that_names_no_basis_is_read_on_the_one_that_is_published(bench):
    """National industrial profit 2018: levels 49713/55846 = −11 %, published, comparable: +14.7 %."""
    bench.figure("anhe", "2021-09", 55846, "ytd").figure("anhe", "2022-09", 49713, "ytd")
    bench.figure("anhe", "2022-09", 14.7, basis="comparable").figure(
        "dong", "2022-09", 20.0, basis="comparable"
    )
    row = bench.target(10.0, basis=None).one()
    assert (row["actual"], row["basis"], row["computed"], row["rank"]) == (14.7, "comparable", False, 2)
    assert row["reasons"][0] == "1—9月按同口径增长14.7%, 高于目标10.0%达4.7个百分点"


def test_a_basis_that_is_asked_for_and_not_published_is_not_made_up(bench):
    bench.figure("anhe", "2021-09", 55846, "ytd").figure("anhe", "2022-09", 49713, "ytd")
    bench.figure("anhe", "2022-09", 14.7, basis="comparable")
    row = bench.target(10.0, basis="natural").one()
    assert (row["actual"], row["light"]) == (None, "UNKNOWN")


def test_a_level_target_is_ranked_on_the_growth_basis_that_is_published(bench):
    for region, growth, level in [("anhe", 6.0, 10), ("dong", 3.0, 500)]:
        bench.figure(region, "2022-09", growth, basis="comparable").figure(region, "2022-09", level, "ytd")
    assert bench.target(12.0, "ytd").one()["rank"] == 1


def test_growth_is_computed_from_levels_where_nobody_publishes_it_and_marked(bench):
    bench.figure("anhe", "2021-09", 100, "ytd").figure("anhe", "2022-09", 104, "ytd")
    row = bench.target(5.0).one()
    assert (row["actual"], row["computed"]) == (pytest.approx(4.0), True)
    assert row["reasons"][0] == "1—9月增长4.0%, 低于目标5.0%达1.0个百分点(增速由绝对额推算, 非公布增速)"


def test_months_are_added_up_where_no_cumulative_figure_is_published(bench):
    """Nine months of 5, a year ago of 4: 45, and 45/36 − 1 = +25 %."""
    for month in range(1, 10):
        bench.figure("anhe", f"2022-{month:02d}", 5.0, "month").figure(
            "anhe", f"2021-{month:02d}", 4.0, "month"
        )
    level, growth = bench.target(60.0, "ytd").target(20.0).judged()
    assert (level["actual"], level["computed"], growth["actual"]) == (45.0, True, pytest.approx(25.0))
    assert level["reasons"][0].endswith("与时序进度持平(累计数由当月数相加)")


def test_months_with_a_gap_do_not_add_up(bench):
    for month in (1, 2, 3, 5, 6, 7, 8, 9):
        bench.figure("anhe", f"2022-{month:02d}", 5.0, "month")
    row = bench.target(60.0, "ytd").one()
    assert (row["actual"], row["light"]) == (None, "UNKNOWN")


def test_a_level_target_is_ranked_by_growth_not_by_size(bench):
    for region, growth, level in [("anhe", 6.0, 10), ("dong", 3.0, 500)]:
        bench.figure(region, "2022-09", growth).figure(region, "2022-09", level, "ytd")
    row = bench.target(12.0, "ytd").one()
    assert (row["rank"], row["rivals"]) == (1, 2)
    assert any("增速居第1位" in reason for reason in row["reasons"])


def test_versions_are_looked_for_unless_the_caller_knows_that_there_are_none(bench):
    """dong's 4 % was corrected to 2 %: anhe's 3 % is then the better of two, not the second of three."""
    bench.figure("anhe", "2022-09", 3.0).figure("dong", "2022-09", 4.0)
    bench.target(5.0)
    assert bench.one(one_version_each=True) == bench.one()
    row = bench.figure("dong", "2022-09", 2.0).one()
    assert (row["rank"], row["rivals"]) == (1, 2)
    assert bench.one(one_version_each=True)["rivals"] == 3  # believed: nothing is looked for


def test_a_month_and_the_quarter_that_ends_with_it_are_one_place(bench):
    bench.figure("anhe", "2022-09", 3.0).figure("dong", "2022-09", 4.0).figure("xi", "2022-09", 2.0)
    assert one_period_each(bench.observations())
    bench.figure("dong", "2022-Q3", 4.0, indicator="gdp")
    assert one_period_each(bench.observations())
    bench.figure("dong", "2022-Q3", 4.0)
    assert not one_period_each(bench.observations())
    row = bench.target(5.0).one()
    assert (row["rank"], row["rivals"]) == (2, 3)
