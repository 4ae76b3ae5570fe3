"""What lights are worth; and the default may not be worth less than the habit that it replaces."""

import datetime
import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import yaml

from wenpan import rules
from wenpan.economy.figures import plain_files
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.judging.past_lights import lights_of_years, value_by_year, value_table
from wenpan.economy.judging.warning_value import RATIOS, economic_value, timeliness, warning_record
from wenpan.rules.proposed_lights import cost_ratio, proposed, proposed_text

MISSED = np.array([True, True, False, False])
POINTS = {
    "code": "points", "name": "固定百分点", "version": "1", "effective_from": datetime.date(2000, 1, 1),
    "source": "试验", "object": "indicator", "needs": ["actual", "margin"],
    "rules": [{"code": "far", "light": "RED", "kind": "growth", "reason": "差距超过2个百分点",
               "when": [{"fact": "margin", "comparison": "<", "limit": -2, "unit": "points"}]}],
}  # fmt: skip


def test_who_knows_everything_is_worth_one_at_every_ratio():
    assert [economic_value(MISSED, MISSED, r) for r in RATIOS] == pytest.approx([1.0] * len(RATIOS))


def test_warning_always_or_never_is_worth_nothing_at_best():
    for blind in (np.ones(4, bool), np.zeros(4, bool)):
        values = [economic_value(blind, MISSED, r) for r in RATIOS]
        assert max(values) == pytest.approx(0.0, abs=1e-12)


def test_value_by_hand():
    """One of two misses warned of, one false alarm; C .2, L 1: (.2 − (.1 + .25)) / (.2 − .1) = −1.5."""
    warned = np.array([True, False, True, False])
    assert economic_value(warned, MISSED, 0.2) == pytest.approx(-1.5)
    record = warning_record(warned, MISSED)
    assert (record.hit_rate, record.false_alarm_rate, record.difference) == (0.5, 0.5, 0.0)


@pytest.mark.parametrize("ratio", [0, 1, -0.1, 2])
def test_a_ratio_outside_0_and_1_is_refused(ratio):
    with pytest.raises(ValueError, match="between 0 and 1"):
        economic_value(MISSED, MISSED, ratio)


def test_a_warning_counts_from_the_month_since_which_it_stood():
    warned = np.array([[True, False, True], [False, True, True], [False, False, False]])
    early = timeliness(warned, np.array([True, True, True]), (3, 6, 9))
    assert early.months_before == pytest.approx((3 + 6 + 0) / 3)
    assert early.changes == pytest.approx((2 + 1 + 0) / 3)


@pytest.mark.parametrize(("dispatches", "red"), [(10, 0.9), (2, 0.5), (1.25, 0.2)])
def test_the_set_proposed_for_a_ratio_warns_where_a_warning_pays(dispatches, red):
    data = proposed(dispatches)
    limits = {rule["code"]: rule["when"][0]["limit"] for rule in data["rules"]}
    assert limits["unlikely"] == pytest.approx(red) and limits["unlikely"] < limits["doubtful"] <= 1
    RuleSet.from_data(yaml.safe_load(proposed_text(dispatches)))
    assert f"{dispatches:g}次空跑换一次及时" in data["name"]


@pytest.mark.parametrize("dispatches", [1, 0, -3, 1000])
def test_a_miss_that_is_worth_no_dispatch_has_no_set(dispatches):
    with pytest.raises(ValueError, match="应在1到100之间"):
        cost_ratio(dispatches)


def invented(seed=7, regions=14, years=range(2008, 2020)) -> pl.DataFrame:
    """One jumpy indicator and one smooth one, twelve years, with shocks that a year's regions share."""
    rng = np.random.default_rng(seed)
    rows = []
    for code, noise, common in (("jumpy", 0.22, 0.08), ("smooth", 0.012, 0.012)):
        usual = np.ones(12) / 12
        shared = {y: rng.normal(0.05, common) for y in years}
        for r in range(regions):
            level = 100.0
            for y in years:
                level *= np.exp(shared[y] + rng.normal(0, common))
                total = np.cumsum(level * usual * np.exp(rng.normal(0, noise, 12)))
                for m in range(2, 13):
                    rows.append((f"r{r:02d}", code, f"{y}-{m:02d}", "ytd", "natural", total[m - 1]))
    names = ["region", "indicator", "period", "measure", "basis", "value"]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.with_columns(released=pl.lit(None, dtype=pl.Date))


def last_years_growth(observations: pl.DataFrame, years: range) -> pl.DataFrame:
    """Each region must grow as it did the year before."""
    december = observations.filter(pl.col("period").str.ends_with("-12")).with_columns(
        year=pl.col("period").str.slice(0, 4).cast(pl.Int32)
    )
    before = december.select("region", "indicator", pl.col("year") + 1, last="value")
    growth = december.join(before, on=["region", "indicator", "year"]).filter(pl.col("last") > 0)
    growth = growth.with_columns(value=(100 * (pl.col("value") / pl.col("last") - 1)).clip(-10, 15).round(1))
    promised = growth.select("region", "indicator", pl.col("year") + 1, "value").filter(
        pl.col("year").is_in(list(years))
    )
    text = promised.with_columns(measure=pl.lit("ytd_growth"), comparison=pl.lit(">=")).write_csv()
    return plain_files.read_targets(text.encode(), "targets.csv")


def worth(observations, years, sets, indicators=None) -> pl.DataFrame:
    rows = lights_of_years(
        observations, last_years_growth(observations, years), indicators=indicators or {}, regions=None,
        rule_sets=sets, months=(3, 6, 9),
    )  # fmt: skip
    return value_table(rows)


def of(table: pl.DataFrame, code: str, warning: str) -> dict:
    return table.filter((pl.col("rules") == code) & (pl.col("warning") == warning)).row(0, named=True)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    default = rules.rules_in_force(datetime.date(2022, 1, 1), tmp_path_factory.mktemp("home"))
    return worth(invented(), range(2015, 2020), [default, RuleSet.from_data(POINTS)]), default.code


def test_the_default_is_not_worth_less_than_below_target(table):
    """A set that does worse than the habit may not be the default; fixed points are such a set."""
    rows, default = table
    red, habit, points = (of(rows, *key) for key in ((default, "红灯"), ("", "低于目标"), ("points", "红灯")))
    assert red["difference"] >= habit["difference"]
    assert all(red[f"value_{r}"] >= habit[f"value_{r}"] for r in (30, 40, 50, 60, 70))
    assert points["difference"] < habit["difference"]


def test_the_proposed_set_is_never_worse_than_always_or_never(table):
    line = of(table[0], "", "概率低于1−代价比")
    assert all(line[f"value_{round(100 * r):02d}"] >= -0.02 for r in RATIOS)


def test_nor_below_the_habit_at_any_ratio(table):
    line, habit = of(table[0], "", "概率低于1−代价比"), of(table[0], "", "低于目标")
    assert all(
        line[f"value_{round(100 * r):02d}"] >= habit[f"value_{round(100 * r):02d}"] - 0.02 for r in RATIOS
    )


SHARED = Path(os.environ.get("WENPAN_SHARED", "../shared")) / "data" / "provinces_monthly"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the provinces' real series are not here")
def test_on_real_provinces_the_default_beats_below_target(tmp_path):
    seen = plain_files.read_observations((SHARED / "observations.csv.gz").read_bytes(), "observations.csv.gz")
    chosen = seen.filter(pl.col("indicator").is_in(["cement", "thermal_power", "motor_vehicles"]))
    default = rules.rules_in_force(datetime.date(2022, 1, 1), tmp_path)
    rows = worth(chosen, range(2013, 2016), [default])
    red, habit, fitting = (
        of(rows, *key) for key in ((default.code, "红灯"), ("", "低于目标"), ("", "概率低于1−代价比"))
    )
    assert red["difference"] >= 0.03 + habit["difference"]
    values = [(fitting[f"value_{round(100 * r):02d}"], habit[f"value_{round(100 * r):02d}"]) for r in RATIOS]
    assert all(ours >= max(theirs, 0.0) - 0.02 for ours, theirs in values)


def test_each_year_stands_by_itself_beside_all_together():
    rows = pl.DataFrame(
        {
            "target_id": ["a", "b"] * 2,
            "region": "r",
            "indicator": "x",
            "year": [2020, 2020, 2021, 2021],
            "month": [6] * 4,
            "rules": "s",
            "light": ["RED", "GREEN", "GREEN", "RED"],
            "margin": [-1.0, 1.0, -1.0, 1.0],
            "progress": [None] * 4,
            "up": True,
            "probability": [0.1, 0.9, 0.1, 0.9],
            "missed": [True, False, True, False],
        },
        schema_overrides={"progress": pl.Float64, "month": pl.Int32},
    )
    found = value_by_year(rows)
    red = found.filter(pl.col("warning") == "红灯")
    assert red.select("year", "cases", "difference").rows() == [
        (None, 4, 0.0),
        (2020, 2, 1.0),
        (2021, 2, -1.0),
    ]
