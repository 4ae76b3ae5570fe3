"""Errors seeded into a clean economy are found, its own movements are not; damage to the records is told."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.shared_data import SHARED
from wenpan.economy.quality.outliers.deviations import deviations
from wenpan.economy.quality.outliers.structure import damages
from wenpan.rules.outliers import outlier_limits

LIMITS = outlier_limits()
SURVEY = SHARED / "data" / "business_survey"
real = pytest.mark.skipif(not SURVEY.exists(), reason="the survey economy is not here")


def months(units: int = 30, years: int = 4, seed: int = 1, noise: float = 0.1) -> pl.DataFrame:
    """Units with a level, growth and season of their own, a common year and noise of a tenth."""
    dice = np.random.default_rng(seed)
    rows = []
    common = np.cumsum(dice.normal(0, 0.03, years * 12))
    for unit in range(units):
        level, growth, season = dice.gamma(2, 500), dice.normal(0.05, 0.05), dice.normal(0, 0.5, 12)
        for at in range(years * 12):
            value = level * np.exp(growth * at / 12 + season[at % 12] + common[at] + dice.normal(0, noise))
            rows.append((f"U{unit}", "output", f"{2019 + at // 12}-{at % 12 + 1:02d}", value))
    return pl.DataFrame(rows, schema=["unit", "measure", "period", "value"], orient="row")


def seeded(cells: pl.DataFrame, factor: float, share: float = 0.02, rounds: int = 5) -> tuple[float, float]:
    """Recall, and the share of clean cells that were flagged."""
    dice = np.random.default_rng(7)
    hits = seeds = false = clean = 0
    for _ in range(rounds):
        at = (dice.random(cells.height) < share) & (cells["value"].to_numpy() != 0)
        values = np.where(at, cells["value"].to_numpy() * factor, cells["value"].to_numpy())
        found = deviations(cells.with_columns(pl.Series("value", values)), LIMITS)
        flagged = (
            cells.with_row_index("n")
            .join(found, on=["unit", "measure", "period"], how="semi")["n"]
            .to_numpy()
        )
        hit = np.zeros(cells.height, dtype=bool)
        hit[flagged] = True
        hits, seeds = hits + int((hit & at).sum()), seeds + int(at.sum())
        false, clean = false + int((hit & ~at).sum()), clean + int((~at).sum())
    return hits / seeds, false / clean


@pytest.mark.shared
@real
@pytest.mark.parametrize(
    ("factor", "least"), [(10, 0.95), (0.1, 0.95), (1000, 0.95), (-1, 0.95), (2, 0.6), (0.5, 0.6)]
)
def test_errors_seeded_into_the_survey_economy_are_found(factor: float, least: float):
    recall, false = seeded(survey("clean", "Q"), factor)
    assert recall >= least
    assert false <= 0.01


@pytest.mark.shared
@real
@pytest.mark.parametrize("frequency", ["Q", "A"])
def test_the_clean_survey_economy_is_left_alone(frequency: str):
    cells = survey("clean", frequency)
    assert deviations(cells, LIMITS).height <= 0.01 * cells.height
    assert damages(cells).is_empty()


@pytest.mark.shared
@real
def test_every_damage_of_the_damaged_economy_is_found():
    found = pl.concat([damages(survey("dirty", frequency)) for frequency in ("A", "Q")])
    assert set(found.rows()) == {
        ("Agria", "gdp", "2015", "missing"),
        ("Induston", "export", "2018-Q3", "missing"),
        ("Induston", "export", "2018-Q2", "doubled"),
        ("Crowdon", "balance", "2014-Q1", "emptied"),
        ("Wheaton", "import", "2019-Q2", "emptied"),
    }


@pytest.mark.parametrize(("factor", "least"), [(10, 0.95), (1000, 0.95), (-1, 0.95), (2, 0.6)])
def test_errors_are_found_in_noisy_months_too(factor: float, least: float):
    recall, false = seeded(months(), factor, rounds=2)
    assert recall >= least
    assert false <= 0.01


def test_a_season_and_a_shock_that_all_share_are_no_outlier():
    cells = months(noise=0.02)
    shock = cells.with_columns(
        pl.when(pl.col("period") == "2022-04").then(pl.col("value") / 3).otherwise("value").alias("value")
    )
    assert deviations(shock, LIMITS).is_empty()
    alone = cells.with_columns(
        pl.when((pl.col("period") == "2022-04") & (pl.col("unit") == "U3")).then(pl.col("value") / 3)
        .otherwise("value").alias("value")
    )  # fmt: skip
    (row,) = deviations(alone, LIMITS).rows(named=True)
    assert (row["unit"], row["period"], row["direction"]) == ("U3", "2022-04", "low")


def test_an_error_in_the_first_month_of_a_new_year_is_found():
    cells = months(noise=0.05).filter(pl.col("period") <= "2022-01")
    wrong = cells.with_columns(
        pl.when((pl.col("period") == "2022-01") & (pl.col("unit") == "U5")).then(pl.col("value") * 10)
        .otherwise("value").alias("value")
    )  # fmt: skip
    found = deviations(wrong, LIMITS).rows(named=True)
    assert [(row["unit"], row["period"]) for row in found] == [("U5", "2022-01")]


def test_a_short_series_says_nothing():
    cells = months(units=6).filter(pl.col("period") < "2019-08")
    wild = cells.with_columns(
        pl.when(pl.col("unit") == "U1").then(pl.col("value") * 50).otherwise("value").alias("value")
    )
    assert deviations(wild, LIMITS).is_empty()
    assert deviations(cells.clear(), LIMITS).is_empty()


def returns(**changed: object) -> pl.DataFrame:
    rows = [
        (u, m, f"2022-{n:02d}", float(10 * n + len(m)))
        for u in ("甲", "乙")
        for m in "abc"
        for n in range(1, 7)
    ]
    return pl.DataFrame(rows, schema=["unit", "measure", "period", "value"], orient="row")


def test_a_month_sent_twice_is_told():
    """June of 甲 is May once more, in every measure."""
    again = returns().with_columns(
        pl.when((pl.col("unit") == "甲") & (pl.col("period") == "2022-06"))
        .then(pl.col("value") - 10).otherwise("value").alias("value")
    )  # fmt: skip
    assert damages(again).rows() == [("甲", "", "2022-06", "repeated")]
    one = again.with_columns(
        pl.when(pl.col("measure") == "a").then(1.0 * pl.int_range(pl.len())).otherwise("value").alias("value")
    )
    assert damages(one).is_empty(), "one measure that moved is a new return"


def test_a_unit_that_began_later_is_not_missing_but_one_that_stopped_is_when_it_is_due():
    later = returns().filter((pl.col("unit") == "甲") | (pl.col("period") >= "2022-03"))
    assert damages(later).is_empty()
    stopped = returns().filter((pl.col("unit") == "甲") | (pl.col("period") <= "2022-04"))
    assert damages(stopped).is_empty()
    due = damages(stopped, until="2022-06")
    assert {row[2] for row in due.rows()} == {"2022-05", "2022-06"}
    assert set(due["unit"]) == {"乙"}


def survey(which: str, frequency: str) -> pl.DataFrame:
    frame = pl.read_csv(
        SURVEY / f"economy_samplonia_{which}.csv", null_values="NA", schema_overrides={"period": pl.String}
    )
    return frame.filter(pl.col("freq") == frequency).select(
        pl.col("region").alias("unit"),
        "measure",
        pl.col("period").str.replace("Q", "-Q"),
        pl.col("value").cast(pl.Float64),
    )
