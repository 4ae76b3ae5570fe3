"""Bad months, zero targets, losses, silence: handled and said, never a crash, never green."""

import math

import pytest

from wenpan.economy.figures.indicators import Indicator


def test_a_month_without_figures_is_unknown_and_says_so(bench):
    row = bench.figure("anhe", "2022-08", 9.0).target(5.0).one()
    assert (row["light"], row["actual"], row["gap"], row["previous"]) == ("UNKNOWN", None, None, 9.0)
    assert row["reasons"] == ["1—9月数据未报, 不作研判"]


def test_not_reported_is_not_zero(bench):
    row = bench.figure("anhe", "2022-09", None).figure("dong", "2022-09", -1.0).target(-5.0).one()
    assert (row["light"], row["actual"], row["rank"]) == ("UNKNOWN", None, None)
    assert (row["rivals"], row["missing_rivals"]) == (1, ["安禾区", "西澜区", "北澜区"])


def test_january_is_said_to_come_with_february(bench):
    row = bench.figure("anhe", "2021-12", 9.0).target(5.0).one("2022-01")
    assert (row["light"], row["reasons"]) == ("UNKNOWN", ["1月数据不单独公布, 待1—2月数据公布后研判"])


def test_a_january_figure_that_is_published_is_judged(bench):
    bench.indicators["fai"] = Indicator("fai", "一般公共预算收入", "亿元", january=True)
    row = bench.figure("anhe", "2022-01", 6.0).target(5.0).one("2022-01")
    assert (row["light"], row["reasons"][0]) == ("GREEN", "1月增长6.0%, 高于目标5.0%达1.0个百分点")


def test_an_empty_ledger_is_unknown(bench):
    assert bench.target(5.0).one()["light"] == "UNKNOWN"


@pytest.mark.parametrize("target", [0.0, -3.0])
@pytest.mark.parametrize("comparison", [">=", "<="])
def test_a_level_target_of_zero_or_less_is_never_green(bench, target, comparison):
    row = bench.figure("anhe", "2022-09", 7.0, "ytd").target(target, "ytd", comparison=comparison).one()
    assert (row["light"], row["gap"], row["schedule_gap"]) == ("UNKNOWN", None, None)
    assert "不是正数, 不能按进度研判" in row["reasons"][0]


def test_a_growth_target_of_zero_is_a_target_like_any_other(bench):
    row = bench.figure("anhe", "2022-09", 0.4).target(0.0).one()
    assert (row["light"], row["reasons"][0]) == ("GREEN", "1—9月增长0.4%, 高于目标0.0%达0.4个百分点")


def test_a_schedule_that_asks_for_nothing_yet_gives_no_light(bench):
    curve = [0.0] * 11 + [1.0]
    row = bench.figure("anhe", "2022-09", 0.0, "ytd").target(10.0, "ytd", schedule="curve", curve=curve).one()
    assert (row["light"], row["gap"]) == ("UNKNOWN", None)


@pytest.mark.parametrize(("base", "word"), [(-10.0, "亏损"), (0.0, "为零")])
def test_growth_of_a_loss_or_of_nothing_is_not_computed(bench, base, word):
    row = bench.figure("anhe", "2021-09", base, "ytd").figure("anhe", "2022-09", 5.0, "ytd").target(5.0).one()
    assert (row["light"], row["actual"], row["level"]) == ("UNKNOWN", None, 5.0)
    assert word in row["reasons"][0]


def test_published_growth_over_a_loss_is_judged_with_the_usual_share(bench):
    """Last year's total is a loss and gives no share, so the months give it: (5 − 0.75·8)/0.25."""
    bench.year("anhe", 2021, {9: -5, 12: -10}).figure("anhe", "2022-09", 8.0)
    row = bench.target(5.0).one()
    assert row["needed"] == pytest.approx(-4.0)
    assert row["light"] == "GREEN"


def test_a_year_to_date_that_exceeds_its_december_gives_no_share(bench):
    """A refund in the last quarter: 105 by September, 100 in December. S = 1.05 is refused for 0.75."""
    bench.year("anhe", 2021, {9: 105, 12: 100}).figure("anhe", "2022-09", 4.0)
    assert bench.target(5.0).one()["needed"] == pytest.approx(8.0)


def test_all_of_last_year_had_come_by_september(bench):
    """S = 1: nothing of last year is left to grow on; no number is given."""
    bench.year("anhe", 2021, {9: 100, 12: 100}).figure("anhe", "2022-09", 4.0)
    row = bench.target(5.0).one()
    assert row["needed"] is None


def test_a_missing_target_value_is_unknown(bench):
    bench.figure("anhe", "2022-09", 3.0).target(None)
    assert bench.one()["light"] == "UNKNOWN"


def test_an_indicator_that_nobody_knows_is_judged_by_its_code(bench):
    row = bench.figure("anhe", "2022-09", 3.0, indicator="new").target(5.0, indicator="new").one()
    assert (row["indicator"], row["light"]) == ("new", "YELLOW")


def test_a_region_that_nobody_knows_is_judged_without_rank(bench):
    row = bench.figure("moon", "2022-09", 3.0).target(5.0, region="moon").one()
    assert (row["light"], row["rank"], row["missing_rivals"]) == ("YELLOW", None, [])


def test_no_number_of_a_judgement_is_nan(bench):
    bench.figure("anhe", "2022-09", 3.0).target(5.0).target(0.0, "ytd").target(5.0, "month_growth")
    for row in bench.judged():
        assert not any(isinstance(value, float) and math.isnan(value) for value in row.values())


def test_a_forecast_that_is_refused_says_why_and_changes_no_light(bench):
    row = bench.figure("anhe", "2022-09", 6.0).target(5.0).one()
    assert (row["p50"], row["probability"], row["light"]) == (None, None, "GREEN")


def test_tianjin_needs_the_citys_figure_before_it_gives_green(bench):
    bench.figure("anhe", "2022-09", 6.0).target(5.0)
    assert bench.one(rule_set="tianjin-2022")["light"] == "UNKNOWN"
    bench.figure("city", "2022-09", 6.0)
    assert bench.one(rule_set="tianjin-2022")["light"] == "GREEN"


@pytest.mark.parametrize(("actual", "city", "light"), [
    (6.0, 5.0, "GREEN"),
    (5.0, 5.0, "GREEN"),  # at plan and at the average
    (4.9, 3.0, "YELLOW"),  # growing, below plan
    (5.5, 6.0, "YELLOW"),  # growing, below the city
    (0.0, -1.0, "YELLOW"),  # neither growing nor negative
    (-0.1, -5.0, "RED"),  # negative, although above the city
])  # fmt: skip
def test_tianjin_2022(bench, actual, city, light):
    bench.figure("anhe", "2022-09", actual).figure("city", "2022-09", city).target(5.0)
    assert bench.one(rule_set="tianjin-2022")["light"] == light


@pytest.mark.parametrize(
    ("done", "light"), [(60, "GREEN"), (48, "GREEN"), (47.9, "YELLOW"), (36, "YELLOW"), (35.9, "RED")]
)
def test_wuhan_reads_a_ratio_not_points(bench, done, light):
    """Due 60 of 80: 80 % of it is 48, 60 % is 36."""
    assert (
        bench.figure("anhe", "2022-09", done, "ytd").target(80.0, "ytd").one(rule_set="wuhan")["light"]
        == light
    )


def test_wuhan_says_nothing_about_growth_targets(bench):
    row = bench.figure("anhe", "2022-09", 3.0).target(5.0).one(rule_set="wuhan")
    assert row["light"] == "UNKNOWN"
    assert any("缺少" in reason for reason in row["reasons"])


def test_sanya_looks_back_two_periods(bench):
    bench.figure("anhe", "2022-08", 6.0).figure("anhe", "2022-09", 4.0).target(5.0)
    assert bench.one(rule_set="sanya-2022-districts")["light"] == "YELLOW"
    bench.figures[0]["value"] = 4.9
    assert bench.one(rule_set="sanya-2022-districts")["light"] == "RED"


def test_the_verdict_keeps_its_rule_set_and_version(bench):
    row = (
        bench.figure("anhe", "2022-09", 6.0)
        .figure("city", "2022-09", 6.0)
        .target(5.0)
        .one(rule_set="tianjin-2022")
    )
    assert (row["rule_set"], row["rule_version"]) == ("tianjin-2022", "2022-03")
