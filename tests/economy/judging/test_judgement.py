"""The judgement of one month: tables of cases with the arithmetic written out."""

import datetime

import polars as pl
import pytest

from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.judging.judgement import JUDGED


def test_a_growth_below_its_target_is_said_in_points(bench):
    row = bench.figure("anhe", "2022-09", 3.2).target(5.0).one()
    assert row["gap"] == pytest.approx(3.2 - 5.0)
    assert row["gap_unit"] == "points"
    assert row["reasons"][0] == "1—9月增长3.2%, 低于目标5.0%达1.8个百分点"
    assert row["light"] == "YELLOW"


def test_a_fall_is_worded_as_a_fall(bench):
    row = bench.figure("anhe", "2022-09", -3.2).target(5.0).one()
    assert row["reasons"][0] == "1—9月下降3.2%, 低于目标5.0%达8.2个百分点"
    assert not any("增长-" in reason for reason in row["reasons"])


@pytest.mark.parametrize(
    ("year_end", "light"),
    [(9.0, "GREEN"), (5.5, "GREEN"), (5.3, "YELLOW"), (5.01, "YELLOW"), (4.99, "RED"), (1.0, "RED")],
)
def test_the_default_light_goes_by_the_chance_of_the_target(bench, sure_of, year_end, light):
    """On course today (6 against 5): yellow below seven tenths, red where a miss is the likelier."""
    row = bench.figure("anhe", "2022-09", 6.0).target(5.0).one(forecaster=sure_of(year_end))
    assert row["light"] == light


@pytest.mark.parametrize("actual", [4.9, 2.9, -20.0])
def test_without_a_forecast_no_distance_in_points_makes_a_red_light(bench, actual):
    """Two points are little for one indicator and much for another; only its own misses can tell."""
    assert bench.figure("anhe", "2022-09", actual).target(5.0).one()["light"] == "YELLOW"


def test_a_distance_below_the_target_alone_is_yellow_however_sure_the_year_is(bench, sure_of):
    row = bench.figure("anhe", "2022-09", 4.9).target(5.0).one(forecaster=sure_of(9.0))
    assert row["light"] == "YELLOW"


def test_two_points_are_two_points_whatever_the_binary_fractions_say(bench):
    row = bench.figure("anhe", "2022-09", 4.3).target(6.3).one()  # 4.3 − 6.3 = −2.0 exactly, in decimals
    assert row["light"] == "YELLOW"


def test_a_level_is_measured_against_what_is_due_by_now(bench):
    """Target 80, nine months due 60. Done 54: 54/60 − 1 = −10 %; 54/80 = 67.5 % against 75 %: 7.5 points."""
    row = bench.figure("anhe", "2022-09", 54.0, "ytd").target(80.0, "ytd").one()
    assert row["schedule_share"] == pytest.approx(0.75)
    assert row["gap"] == pytest.approx(-10.0)
    assert row["gap_unit"] == "percent"
    assert row["schedule_gap"] == pytest.approx(-7.5)
    assert row["level"] == 54.0
    assert (
        row["reasons"][0] == "1—9月累计54.00亿元, 为年度目标80.00亿元的67.5%, 慢于时序进度(75.0%)7.5个百分点"
    )
    assert row["light"] == "YELLOW"


def test_an_amount_still_needed_is_spread_over_the_months_left(bench):
    row = bench.figure("anhe", "2022-09", 54.0, "ytd").target(80.0, "ytd").one()
    assert (row["needed"], row["needed_kind"], row["needed_unit"]) == (
        pytest.approx(26 / 3),
        "amount",
        "亿元",
    )
    assert row["months_left"] == 3
    assert "后3个月月均需完成8.67亿元" in row["reasons"]


def test_a_target_that_is_reached_needs_nothing_more(bench):
    row = bench.figure("anhe", "2022-09", 81.0, "ytd").target(80.0, "ytd").one()
    assert row["needed"] == 0
    assert "已达到全年目标" in row["reasons"]


def test_the_set_curve_is_the_schedule(bench):
    """Sanya's quarter ends: 20/50/75/100 %."""
    curve = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.65, 0.75, 0.85, 0.95, 1.0]
    row = (
        bench.figure("anhe", "2022-06", 50.0, "ytd")
        .target(100.0, "ytd", schedule="curve", curve=curve)
        .one("2022-06")
    )
    assert (row["schedule_share"], row["gap"]) == (0.5, pytest.approx(0.0))


def test_a_seasonal_schedule_is_the_mean_of_past_shares(bench):
    """2020: 50/100, 2021: 70/100 by September; the mean is 60 %."""
    bench.year("anhe", 2020, {9: 50, 12: 100}).year("anhe", 2021, {9: 70, 12: 100}).year(
        "anhe", 2022, {9: 60}
    )
    row = bench.target(100.0, "ytd", schedule="seasonal").one()
    assert row["schedule_share"] == pytest.approx(0.6)
    assert row["gap"] == pytest.approx(0.0)


def test_needed_growth_uses_last_years_share(bench):
    """Last year 60 of 100 by September: S = 0.6. Growth 2 %, target 5 %: (5 − 0.6·2)/0.4 = 9.5 %."""
    bench.year("anhe", 2021, {9: 60, 12: 100}).figure("anhe", "2022-09", 2.0)
    row = bench.target(5.0).one()
    assert row["needed"] == pytest.approx(9.5)
    assert row["needed_unit"] == "%"
    assert "后3个月增速需不低于9.5%" in row["reasons"]


def test_without_levels_the_usual_seasonal_curve_gives_the_share(bench):
    """S = 0.8 from the catalogue: (5 − 0.8·4)/0.2 = 9 %."""
    bench.indicators["fai"] = Indicator("fai", "固定资产投资", seasonal=(*[0.1] * 8, 0.8, 0.8, 0.8, 1.0))
    row = bench.figure("anhe", "2022-09", 4.0).target(5.0).one()
    assert row["needed"] == pytest.approx(9.0)
    assert any("按常年比重推算" in reason for reason in row["reasons"])


def test_without_any_share_the_months_give_it(bench):
    """S = 9/12: (5 − 0.75·4)/0.25 = 8 %."""
    assert bench.figure("anhe", "2022-09", 4.0).target(5.0).one()["needed"] == pytest.approx(8.0)


def test_a_need_below_zero_is_worded_as_a_fall_that_is_allowed(bench):
    """(5 − 0.75·8)/0.25 = −4 %."""
    row = bench.figure("anhe", "2022-09", 8.0).target(5.0).one()
    assert row["needed"] == pytest.approx(-4.0)
    assert "后3个月降幅不超过4.0%即可(上年各月比重未公布, 按常年比重推算)" in row["reasons"]


def test_in_december_nothing_is_left_to_need(bench):
    row = bench.figure("anhe", "2022-12", 4.0).target(5.0).one("2022-12")
    assert (row["needed"], row["months_left"]) == (None, 0)


def test_several_targets_of_one_indicator_are_judged_side_by_side(bench):
    """Guanshanhu: revenue 33.82 against the congress's 37.1, the city's 42, both linear by September."""
    bench.figure("anhe", "2022-09", 33.82, "ytd")
    bench.target(37.1, "ytd", set_by="congress").target(42.0, "ytd", set_by="city")
    congress, city = bench.judged()
    assert (congress["set_by"], city["set_by"]) == ("congress", "city")
    assert congress["gap"] == pytest.approx(100 * (33.82 / (37.1 * 0.75) - 1))
    assert city["gap"] == pytest.approx(100 * (33.82 / 31.5 - 1))


def test_a_lagging_indicator_is_judged_at_the_month_that_is_out(bench):
    bench.indicators["fai"] = Indicator("fai", "规上服务业", lag_months=1)
    row = bench.figure("anhe", "2022-08", 3.0).target(2.0).one()
    assert (row["as_of"], row["period"], row["light"]) == ("2022-09", "2022-08", "GREEN")
    assert row["reasons"][0].startswith("1—8月增长3.0%")


def test_in_january_a_lagging_indicator_is_judged_against_last_years_target(bench):
    bench.indicators["fai"] = Indicator("fai", "规上服务业", lag_months=1)
    row = bench.figure("anhe", "2022-12", 3.0).target(2.0).one("2023-01")
    assert (row["period"], row["year"], row["months_left"]) == ("2022-12", 2022, 0)


def test_a_quarterly_indicator_is_judged_at_the_last_quarter_that_ended(bench):
    bench.indicators["fai"] = Indicator("fai", "地区生产总值", frequency="quarterly")
    bench.figure("anhe", "2022-Q3", 6.2).figure("anhe", "2022-Q2", 5.0)
    row = bench.target(6.0).one("2022-10")
    assert (row["period"], row["actual"], row["previous"], row["months_left"]) == ("2022-Q3", 6.2, 5.0, 3)
    assert row["reasons"][0] == "前三季度增长6.2%, 高于目标6.0%达0.2个百分点"
    assert row["trend"][-2:] == [5.0, 6.2]


def test_a_balance_must_grow_from_last_december(bench):
    """December 100, target 112: due in September 100 + 12·0.75 = 109. Balance 107: 107/109 − 1."""
    bench.indicators["fai"] = Indicator(
        "fai", "存款余额", "亿元", aggregation="last", headline=Measure.BALANCE_GROWTH
    )
    bench.figure("anhe", "2021-12", 100, "balance").figure("anhe", "2022-09", 107, "balance")
    row = bench.target(112.0, "balance").one()
    assert row["gap"] == pytest.approx(100 * (107 / 109 - 1))
    assert row["needed"] == pytest.approx((112 - 107) / 3)


def test_growth_of_a_balance_needs_an_amount_by_december(bench):
    """December 100, target +12 %: 112 − 107 = 5 over three months."""
    bench.indicators["fai"] = Indicator("fai", "存款余额", "亿元", aggregation="last")
    bench.figure("anhe", "2021-12", 100, "balance").figure("anhe", "2022-09", 107, "balance")
    bench.figure("anhe", "2022-09", 9.0, "balance_growth")
    row = bench.target(12.0, "balance_growth").one()
    assert (row["needed"], row["needed_kind"]) == (pytest.approx(5 / 3), "amount")
    assert row["reasons"][0].startswith("9月末增长9.0%")


def test_another_basis_is_another_series(bench):
    bench.figure("anhe", "2022-09", -19.4).figure("anhe", "2022-09", 4.0, basis="refund_adjusted")
    row = bench.target(3.0, basis="refund_adjusted").one()
    assert (row["actual"], row["light"]) == (4.0, "GREEN")
    assert row["reasons"][0].startswith("1—9月按扣除留抵退税增长4.0%")


def test_the_trend_keeps_its_gaps(bench):
    bench.figure("anhe", "2022-09", 3.0).figure("anhe", "2022-07", 2.0).figure("anhe", "2021-09", 1.0)
    trend = bench.target(5.0).one()["trend"]
    assert trend == [1.0, *[None] * 9, 2.0, None, 3.0]


def test_the_streak_counts_published_periods_on_this_side_of_the_target(bench):
    for month, value in {4: 6.0, 5: 4.0, 6: 4.5, 8: 4.0, 9: 3.0}.items():
        bench.figure("anhe", f"2022-{month:02d}", value)
    assert bench.target(5.0).one()["streak"] == 4  # 5, 6, 8, 9月; 7月 is not published


def test_a_forecast_gives_quantiles_and_a_probability(bench, sure_of):
    """Year end between 3 and 5 for sure, about 4: a target of 9 is out of reach, one of 2 is safe."""
    bench.figure("anhe", "2022-09", 4.0).target(9.0).target(2.0)
    far, near = bench.judged(forecaster=sure_of(4.0))
    assert far["p50"] == near["p50"] == pytest.approx(4.0, abs=0.1)
    assert far["probability"] < 0.01 < 0.99 < near["probability"]


def test_a_target_kept_today_but_likely_to_be_missed_is_red(bench, sure_of):
    row = bench.figure("anhe", "2022-09", 5.5).target(5.0).one(forecaster=sure_of(4.7))
    assert row["light"] == "RED"
    assert any("预计完成全年目标的概率" in reason for reason in row["reasons"])


def test_a_documented_excuse_holds_a_red_light_at_yellow_and_says_so(bench, sure_of):
    bench.figure("anhe", "2022-09", 1.0).target(5.0, excuse="8月山洪停工, 区政府报告〔2022〕31号")
    row = bench.one(forecaster=sure_of(2.0))
    assert row["light"] == "YELLOW"
    assert "有书面说明, 暂按黄灯管理(原应为红灯): 8月山洪停工, 区政府报告〔2022〕31号" in row["reasons"]


def test_untargeted_indicators_are_listed_but_not_lit(bench):
    bench.figure("anhe", "2022-09", 3.0).figure("dong", "2022-09", 2.0)
    bench.target(1.0, year=2021)  # another year's promise
    (row,) = bench.judged(with_untargeted=True, only_regions=["anhe"])
    assert (row["target"], row["light"], row["rank"]) == (None, "UNKNOWN", 1)
    assert row["reasons"][0] == "1—9月增长3.0%, 未设年度目标, 不作研判"


def test_only_regions_limits_what_is_judged_not_who_is_ranked(bench):
    bench.figure("anhe", "2022-09", 3.0).figure("dong", "2022-09", 4.0)
    bench.target(5.0).target(5.0, region="dong")
    (row,) = bench.judged(only_regions=["anhe"])
    assert (row["region"], row["rank"], row["rivals"]) == ("anhe", 2, 2)


def test_a_figure_released_after_the_round_of_the_month_is_not_read(bench):
    """September's figures come out in October; a revision of November is for later judgements."""
    bench.figure("anhe", "2022-09", 3.0, released=datetime.date(2022, 10, 18))
    bench.figure("anhe", "2022-09", 8.0, released=datetime.date(2022, 11, 20))
    bench.target(5.0)
    assert bench.one()["actual"] == 3.0
    assert bench.one(known_on=datetime.date(2022, 12, 1))["actual"] == 8.0
    assert bench.one(known_on=datetime.date(2022, 10, 1))["light"] == "UNKNOWN"


def test_without_regions_all_are_rivals(bench):
    bench.regions = None
    row = bench.figure("anhe", "2022-09", 3.0).figure("dong", "2022-09", 4.0).target(5.0).one()
    assert (row["rank"], row["rivals"]) == (2, 2)


def test_a_region_without_rivals_has_no_rank(bench):
    bench.regions = pl.DataFrame({"region": ["anhe"], "name": ["安禾区"], "parent": ["city"]})
    assert bench.figure("anhe", "2022-09", 3.0).target(5.0).one()["rank"] is None


def test_the_output_has_the_agreed_columns_even_when_nothing_is_judged(bench):
    frame_schema = list(JUDGED)
    row = bench.figure("anhe", "2022-09", 3.0).target(5.0).one()
    assert list(row) == frame_schema
    assert bench.judged(only_regions=["nowhere"]) == []
