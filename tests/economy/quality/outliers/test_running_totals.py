"""A cumulative amount that leaves the way between its neighbours is asked about; a rising one never is."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.economy.quality.outliers.running_totals import out_of_line, sent_twice
from wenpan.economy.time.periods import Month

PERIODS = [str(Month(2020, 1).plus(n)) for n in range(36)]


def frame(values, unit="A"):
    rows = [(unit, period, value) for period, value in zip(PERIODS, values, strict=False)]
    return pl.DataFrame(
        rows, schema={"unit": pl.String, "period": pl.String, "value": pl.Float64}, orient="row"
    )


@given(st.lists(st.floats(0, 1e6), min_size=4, max_size=36))
@settings(deadline=None)
def test_no_cell_but_the_newest_three_of_a_total_that_only_rises_is_ever_flagged(steps):
    found = out_of_line(frame(np.cumsum(steps).tolist()))
    assert set(found["period"]) <= set(PERIODS[max(len(steps) - 3, 0) : len(steps)])


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [(10_000.0, "high"), (100.0, "low"), (-1000.0, "negative"), (2000.0, "high"), (500.0, "low")],
)
def test_the_wrong_cell_is_named_and_not_its_neighbours(wrong, kind):
    values = [700.0, 800, 900, 1000, 1100, 1200, 1300, 1400]
    values[3] = wrong
    found = out_of_line(frame(values))
    assert found.select("period", "kind", "before", "after").rows() == [("2020-04", kind, 900.0, 1100.0)]


def test_the_newest_cell_is_judged_by_the_steps_before_it():
    usual = [100.0 * n for n in range(1, 13)]
    assert out_of_line(frame([*usual, 1300.0])).is_empty()
    assert out_of_line(frame([*usual, 13_000.0]))["kind"].to_list() == ["high"]
    assert out_of_line(frame([*usual, 130.0]))["kind"].to_list() == ["low"]


def test_what_was_not_reported_is_no_zero_and_three_values_say_nothing():
    assert out_of_line(frame([100.0, None, None, 200.0, 300.0, 400.0, 500.0])).is_empty()
    assert out_of_line(frame([100.0, 1e6, 110.0])).is_empty()


def economy(seed=3, units=150):
    """Projects that rise with pauses, of very different sizes."""
    dice = np.random.default_rng(seed)
    parts = []
    for unit in range(units):
        size = 10 ** dice.uniform(2, 5)
        steps = size * dice.gamma(2, 0.5, 36) * (dice.random(36) > 0.15)
        parts.append(frame(np.round(np.cumsum(steps) + size, 2).tolist(), f"U{unit}"))
    return pl.concat(parts)


def seeded(factor, share=0.01, seed=5):
    """Recall, and the share of the clean cells that are flagged."""
    dice, cells = np.random.default_rng(seed), economy()
    values = cells["value"].to_numpy().copy()
    hit = dice.choice(len(values), int(share * len(values)), replace=False)
    values[hit] = values[hit] * factor
    found = out_of_line(cells.with_columns(pl.Series("value", values)))
    at = cells.with_row_index("n").join(found, on=["unit", "period"])["n"].to_list()
    return len(set(at) & set(hit.tolist())) / len(hit), len(set(at) - set(hit.tolist())) / len(values)


@pytest.mark.parametrize(
    ("factor", "least"), [(10, 0.95), (1000, 0.95), (-1, 0.95), (0.1, 0.9), (2, 0.6), (0.5, 0.6)]
)
def test_seeded_errors_are_found_and_clean_cells_left_in_peace(factor, least):
    recall, false = seeded(factor)
    assert recall >= least
    assert false <= 0.01


def test_a_month_sent_twice_by_one_reporter_is_seen():
    rows = [
        ("town", f"P{n}", period, 100.0 * (m + n)) for n in range(4) for m, period in enumerate(PERIODS[:8])
    ]
    schema = {"group": pl.String, "unit": pl.String, "period": pl.String, "value": pl.Float64}
    cells = pl.DataFrame(rows, schema=schema, orient="row")
    assert sent_twice(cells).is_empty()
    again = cells.with_columns(
        pl.when(pl.col("period") == PERIODS[5])
        .then(pl.col("value").shift(1).over("unit"))
        .otherwise(pl.col("value"))
        .alias("value")
    )
    assert sent_twice(again).rows() == [("town", PERIODS[5])]
