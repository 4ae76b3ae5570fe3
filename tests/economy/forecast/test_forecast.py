"""What the forecast must do with the figures that districts really publish."""

import numpy as np
import polars as pl
import pytest

from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.forecast import forecast_year_end
from wenpan.economy.time.periods import Month

SCHEMA = {
    "region": pl.String,
    "indicator": pl.String,
    "period": pl.String,
    "measure": pl.String,
    "basis": pl.String,
    "value": pl.Float64,
}
REGIONS = tuple(f"r{i}" for i in range(9))
INDICATORS = {
    "fai": Indicator("fai", "固定资产投资", measures=(Measure.YTD_GROWTH,)),
    "revenue": Indicator("revenue", "一般公共预算收入"),
    "gdp": Indicator("gdp", "地区生产总值", frequency="quarterly"),
    "deposits": Indicator("deposits", "存款余额", aggregation="last", headline=Measure.BALANCE_GROWTH),
    "air": Indicator("air", "细颗粒物浓度", aggregation="mean", direction="down"),
    "profit": Indicator("profit", "利润总额"),
    "services": Indicator("services", "规上服务业", lag_months=1),
}


def frame(rows):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def wanted(*rows):
    return pl.DataFrame(
        [(*row, "natural")[:4] for row in rows],
        schema=["region", "indicator", "measure", "basis"],
        orient="row",
    )


def flows(
    indicator="revenue", years=range(2015, 2023), growth=6.0, noise=0.03, measure="ytd", seed=1, first=1
):
    """Running totals that grow by `growth` a year with a seasonal pattern."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.4 * np.cos(np.arange(12))
    rows = []
    for i, region in enumerate(REGIONS):
        for year in years:
            month = (
                100
                * (i + 1)
                * (1 + growth / 100) ** (year - 2015)
                * season
                * np.exp(rng.normal(0, noise, 12))
            )
            total = np.cumsum(month)
            for m in range(first, 13):
                value = total[m - 1] if measure == "ytd" else month[m - 1]
                rows.append((region, indicator, f"{year}-{m:02d}", measure, "natural", value))
    return rows


def growths(indicator="fai", years=range(2015, 2023), seed=2):
    """Published growth only, none for January, drifting slowly through the year."""
    rng = np.random.default_rng(seed)
    rows = []
    for region in REGIONS:
        for year in years:
            path = 8 + rng.normal(0, 2) + np.cumsum(rng.normal(0, 0.4, 12))
            rows += [
                (region, indicator, f"{year}-{m:02d}", "ytd_growth", "natural", round(path[m - 1], 1))
                for m in range(2, 13)
            ]
    return rows


def run(rows, as_of, want, indicators=INDICATORS):
    return forecast_year_end(frame(rows), indicators=indicators, as_of=as_of, wanted=want)


def value_of(rows, region, indicator, period, measure):
    return next(r[5] for r in rows if r[:4] == (region, indicator, period, measure))


def test_levels_are_forecast_near_what_came_and_the_truth_is_inside_four_times_in_five():
    inside = []
    for seed in range(12):
        rows = flows(seed=seed)
        end = run(rows, Month(2022, 6), wanted(*((r, "revenue", "ytd") for r in REGIONS)))
        came = np.array([value_of(rows, r, "revenue", "2022-12", "ytd") for r in REGIONS])
        assert np.all(np.abs(end.p(0.5) / came - 1) < 0.05)
        assert end.notes == [""] * 9
        inside += list((came >= end.p(0.1)) & (came <= end.p(0.9)))
    assert 0.7 < np.mean(inside) < 0.92


def test_growth_alone_is_enough():
    rows = growths()
    end = run(rows, Month(2022, 9), wanted(("r0", "fai", "ytd_growth")))
    so_far = value_of(rows, "r0", "fai", "2022-09", "ytd_growth")
    assert end.origin_value[0] == so_far and end.origin_month[0] == 9
    assert abs(end.p(0.5)[0] - so_far) < 2
    assert end.p(0.1)[0] < end.p(0.5)[0] < end.p(0.9)[0]


def test_an_amount_is_not_made_up_where_only_growth_is_published():
    end = run(growths(), Month(2022, 9), wanted(("r0", "fai", "ytd")))
    assert np.isnan(end.p(0.5)[0]) and end.notes == ["未公布绝对额, 暂不预测绝对额"]


def test_published_growth_wins_over_the_ratio_of_levels():
    """The level breaks by a half in 2022 (changed definition), the published growth says +8 %."""
    rows = flows(years=range(2016, 2022), noise=0.01)
    for i, region in enumerate(REGIONS):
        for m in range(1, 7):
            half = 0.5 * value_of(rows, region, "revenue", f"2021-{m:02d}", "ytd")
            rows.append((region, "revenue", f"2022-{m:02d}", "ytd", "natural", half))
            rows.append((region, "revenue", f"2022-{m:02d}", "ytd_growth", "natural", 8.0 + i / 10))
    end = run(rows, Month(2022, 6), wanted(("r0", "revenue", "ytd_growth"), ("r0", "revenue", "ytd")))
    assert 5 < end.p(0.5)[0] < 11
    before = value_of(rows, "r0", "revenue", "2021-12", "ytd")
    assert 0.48 < end.p(0.5)[1] / before < 0.52  # the level goes on at its new height


def test_monthly_figures_alone_are_added_up():
    running, single = flows(), flows(measure="month")
    a = run(running, Month(2022, 9), wanted(("r3", "revenue", "ytd")))
    b = run(single, Month(2022, 9), wanted(("r3", "revenue", "ytd")))
    assert b.p(0.5)[0] == pytest.approx(a.p(0.5)[0], rel=1e-6)


def test_january_may_be_missing():
    full, without = flows(), flows(first=2)
    a = run(full, Month(2022, 6), wanted(("r3", "revenue", "ytd")))
    b = run(without, Month(2022, 6), wanted(("r3", "revenue", "ytd")))
    assert np.array_equal(a.quantiles, b.quantiles)  # 1—2月 are one period


def test_before_the_first_figure_of_the_year_the_forecast_rests_on_earlier_years():
    rows = flows(years=range(2015, 2022))
    end = run(rows, Month(2022, 1), wanted(("r0", "revenue", "ytd_growth")))
    assert end.origin_month[0] == 0 and 0 < end.p(0.5)[0] < 12


def test_a_quarterly_indicator_is_forecast_from_quarters():
    rows = []
    for i, region in enumerate(REGIONS):
        for year in range(2016, 2023):
            for q in range(1, 5):
                level = (i + 1) * 250 * q * 1.06 ** (year - 2016)
                rows.append((region, "gdp", f"{year}-Q{q}", "ytd", "natural", level))
                rows.append((region, "gdp", f"{year}-Q{q}", "ytd_growth", "natural", 6 + (q % 2) / 10))
    end = run(rows, Month(2022, 10), wanted(("r0", "gdp", "ytd_growth"), ("r0", "gdp", "ytd")))
    assert end.origin_month.tolist() == [9, 9]
    assert end.p(0.5)[0] == pytest.approx(6, abs=0.3)
    assert [p.period for p in end.fan(0)] == ["2022-Q3", "2022-Q4"]


def test_a_balance_is_a_stock_and_not_a_sum():
    rows = []
    for i, region in enumerate(REGIONS):
        for year in range(2016, 2023):
            for m in range(1, 13):
                level = 1000 * (i + 1) * 1.09 ** (year - 2016 + m / 12)
                rows.append((region, "deposits", f"{year}-{m:02d}", "balance", "natural", level))
    end = run(
        rows, Month(2022, 9), wanted(("r0", "deposits", "balance"), ("r0", "deposits", "balance_growth"))
    )
    assert end.p(0.5)[0] == pytest.approx(1000 * 1.09**7, rel=0.005)
    assert end.p(0.5)[1] == pytest.approx(9, abs=0.5)


def test_a_mean_stays_in_its_own_unit():
    rows = [
        (r, "air", f"{y}-{m:02d}", "ytd", "natural", 40 + i + 0.1 * m)
        for i, r in enumerate(REGIONS)
        for y in range(2016, 2023)
        for m in range(1, 13)
    ]
    end = run(rows, Month(2022, 9), wanted(("r0", "air", "ytd")))
    assert end.p(0.5)[0] == pytest.approx(41.2, abs=0.5)
    assert end.origin_value[0] == pytest.approx(40.9)


def test_losses_are_forecast_as_amounts_but_not_as_growth():
    rng = np.random.default_rng(5)
    rows = [
        (r, "profit", f"{y}-{m:02d}", "ytd", "natural", -50.0 * m / 12 + rng.normal(0, 3))
        for r in REGIONS
        for y in range(2016, 2023)
        for m in range(1, 13)
    ]
    end = run(rows, Month(2022, 9), wanted(("r0", "profit", "ytd"), ("r0", "profit", "ytd_growth")))
    assert end.p(0.1)[0] < -30 and end.p(0.9)[0] > -75 and end.p(0.5)[0] < 0
    assert np.isnan(end.p(0.5)[1]) and end.notes[1] == "上年为零或亏损, 不预测增速"


def test_a_first_year_of_levels_is_refused_with_its_reason():
    end = run(flows(years=[2022]), Month(2022, 9), wanted(("r0", "revenue", "ytd")))
    assert np.isnan(end.p(0.5)[0]) and end.notes == ["不足两年, 暂不预测"]
    assert np.isnan(end.probability([">="], np.array([1.0]))[0]) and end.fan(0) == []


def test_a_first_year_without_any_history_is_too_little_to_say():
    """Nobody ever missed anything: nothing tells how far off a forecast would be."""
    for seen in (growths(years=[2022]), [r for r in growths(years=[2022]) if r[2] == "2022-09"]):
        end = run(seen, Month(2022, 9), wanted(("r0", "fai", "ytd_growth")))
        assert np.isnan(end.quantiles).all() and end.notes == ["没有足够数据, 暂不预测"]


def test_a_first_year_is_answered_wide_where_rivals_have_a_record():
    alone = [r for r in growths() if r[0] != "r0" or r[2] >= "2022"]
    short = run(alone, Month(2022, 9), wanted(("r0", "fai", "ytd_growth")))
    long = run(growths(), Month(2022, 9), wanted(("r0", "fai", "ytd_growth")))
    assert short.notes == ["历史不足两年, 区间按同类指标放宽"]
    assert short.p(0.9)[0] - short.p(0.1)[0] > long.p(0.9)[0] - long.p(0.1)[0]


def test_nothing_at_all_is_no_number():
    end = run(flows(), Month(2022, 9), wanted(("nowhere", "revenue", "ytd"), ("r0", "unheard", "ytd")))
    assert np.isnan(end.quantiles).all() and end.notes == ["没有数据, 暂不预测"] * 2


def test_a_series_that_stopped_two_years_ago_is_refused():
    rows = [r for r in flows() if not (r[0] == "r0" and r[2] >= "2021")]
    end = run(rows, Month(2022, 9), wanted(("r0", "revenue", "ytd")))
    assert end.notes == ["近两年没有数据, 暂不预测"]


def test_a_late_figure_is_said():
    rows = [r for r in flows() if not (r[0] == "r0" and r[2] > "2022-06")]
    end = run(rows, Month(2022, 9), wanted(("r0", "revenue", "ytd"), ("r1", "revenue", "ytd")))
    assert end.notes == ["最新数据为1—6月", ""]


def test_services_a_month_late_are_not_called_late():
    rows = [r for r in growths("services") if r[2] <= "2022-08"]
    end = run(rows, Month(2022, 9), wanted(("r0", "services", "ytd_growth")))
    assert end.notes == [""] and end.origin_month[0] == 8


def test_rivals_that_have_not_reported_do_no_harm():
    rows = [r for r in flows() if r[0] == "r0" or r[2] < "2022"]
    end = run(rows, Month(2022, 9), wanted(("r0", "revenue", "ytd_growth")))
    assert abs(end.p(0.5)[0] - 6) < 4


def test_a_published_december_is_the_answer():
    rows = flows()
    end = run(rows, Month(2022, 12), wanted(("r0", "revenue", "ytd")))
    came = value_of(rows, "r0", "revenue", "2022-12", "ytd")
    assert np.all(end.quantiles == came)
    assert end.probability([">="], np.array([came]))[0] == 1
    assert end.probability(["<="], np.array([came - 1]))[0] == 0


def test_last_year_that_is_no_measure_is_not_taken_as_one():
    """All of last year was booked by June, after a correction nothing came; this year is ordinary again."""
    rows = [r for r in flows(noise=0.01) if not (r[0] == "r0" and r[2].startswith("2021"))]
    total = 900.0
    for m in range(1, 13):
        rows.append(("r0", "revenue", f"2021-{m:02d}", "ytd", "natural", total * min(m, 6) / 6 + 0.01 * m))
    end = run(rows, Month(2022, 6), wanted(("r0", "revenue", "ytd")))
    came = value_of(rows, "r0", "revenue", "2022-12", "ytd")
    assert 0.65 < end.p(0.5)[0] / came < 1.25
    assert np.all(np.diff(end.quantiles[0]) > 0)


def test_extreme_growth_without_levels_does_not_multiply_the_guessed_course_of_the_year():
    """2020 grew by 3,000 % in spring and by 20 % by December; the year after is ordinary again."""
    rows = [r for r in growths() if not (r[0] == "r0" and r[2][:4] == "2020")]
    rows += [
        ("r0", "fai", f"2020-{m:02d}", "ytd_growth", "natural", 3000.0 * (12 - m) / 10 + 20)
        for m in range(2, 13)
    ]
    for as_of in (Month(2021, 3), Month(2021, 9), Month(2022, 6)):
        end = run(rows, as_of, wanted(("r0", "fai", "ytd_growth")))
        assert -20 < end.p(0.5)[0] < 40


def test_probability_falls_as_the_target_rises_and_both_sides_add_up_to_one():
    end = run(flows(), Month(2022, 6), wanted(*[("r0", "revenue", "ytd_growth")] * 5))
    target = end.p(0.5)[0] + np.array([-8.0, -2.0, 0.0, 2.0, 8.0])
    up, down = (end.probability([c] * 5, target) for c in (">=", "<="))
    assert np.all(np.diff(up) < 0) and up[0] > 0.9 and up[4] < 0.1
    assert up[2] == pytest.approx(0.5, abs=0.01)
    assert up + down == pytest.approx(np.ones(5))


def test_the_fan_starts_at_the_known_figure_and_opens_to_december():
    end = run(flows(), Month(2022, 6), wanted(("r0", "revenue", "ytd")))
    fan = end.fan(0)
    assert [p.period for p in fan] == [f"2022-{m:02d}" for m in range(6, 13)]
    assert fan[0].p10 == fan[0].p90 == end.origin_value[0]
    widths = [p.p90 - p.p10 for p in fan]
    assert widths == sorted(widths)
    assert (fan[-1].p10, fan[-1].p90) == pytest.approx((end.p(0.1)[0], end.p(0.9)[0]))


def test_a_comparison_that_is_not_one_is_an_error():
    end = run(flows(), Month(2022, 6), wanted(("r0", "revenue", "ytd")))
    with pytest.raises(ValueError, match="comparison"):
        end.probability(["="], np.array([1.0]))
