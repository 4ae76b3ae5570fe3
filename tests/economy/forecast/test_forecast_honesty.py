"""The forecast knows nothing of the future and does not depend on who stands beside it."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.economy.forecast import forecast_year_end
from wenpan.economy.forecast.carry import forecast_year_end as carry_forward
from wenpan.economy.time.periods import Month

REGIONS = [f"r{i}" for i in range(6)]


def figures():
    """Running totals of revenue, and growth alone of investment, 2017—2021."""
    rng = np.random.default_rng(1)
    rows = []
    for region in REGIONS:
        for year in range(2017, 2022):
            total = np.cumsum(100 * 1.06 ** (year - 2017) * np.exp(rng.normal(0, 0.05, 12)))
            path = 8 + rng.normal(0, 2) + np.cumsum(rng.normal(0, 0.4, 12))
            for m in range(1, 13):
                rows.append((region, "revenue", f"{year}-{m:02d}", "ytd", "natural", total[m - 1]))
                if m > 1:
                    rows.append((region, "fai", f"{year}-{m:02d}", "ytd_growth", "natural", path[m - 1]))
    names = ["region", "indicator", "period", "measure", "basis", "value"]
    return pl.DataFrame(rows, schema=names, orient="row")


FRAME = figures()
WANTED = pl.DataFrame(
    [(r, c, m, "natural") for r in REGIONS[:3] for c, m in
     (("revenue", "ytd"), ("revenue", "ytd_growth"), ("fai", "ytd_growth"))],
    schema=["region", "indicator", "measure", "basis"],
    orient="row",
)  # fmt: skip


def forecast(observations, as_of, wanted=WANTED, method=forecast_year_end):
    return method(observations, indicators={}, as_of=as_of, wanted=wanted)


@settings(max_examples=40, deadline=None)
@given(
    year=st.integers(2018, 2021),
    month=st.integers(1, 12),
    seed=st.integers(0, 10_000),
    what=st.sampled_from(["scale", "drop", "zero", "add a year"]),
)
def test_changing_any_figure_after_the_origin_never_changes_the_forecast(year, month, seed, what):
    as_of = Month(year, month)
    later = FRAME["period"] > str(as_of)
    pick = pl.Series(np.random.default_rng(seed).random(FRAME.height) < 0.5) & later
    factor = pl.Series(np.random.default_rng(seed + 1).uniform(-3, 3, FRAME.height))
    if what == "drop":
        changed = FRAME.filter(~pick)
    elif what == "add a year":
        more = FRAME.filter(pl.col("period").str.starts_with("2021")).with_columns(
            period=pl.lit(str(year + 1)) + pl.col("period").str.slice(4)
        )
        changed = pl.concat([FRAME.filter(~later), more])
    else:
        value = pl.lit(0.0) if what == "zero" else pl.col("value") * factor
        changed = FRAME.with_columns(value=pl.when(pick).then(value).otherwise(pl.col("value")))
    for method in (forecast_year_end, carry_forward):
        a, b = forecast(FRAME, as_of, method=method), forecast(changed, as_of, method=method)
        assert np.array_equal(a.quantiles, b.quantiles, equal_nan=True)
        assert a.notes == b.notes


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_the_figures_does_not_matter(seed):
    a = forecast(FRAME, Month(2021, 6))
    b = forecast(FRAME.sample(fraction=1, shuffle=True, seed=seed), Month(2021, 6))
    assert np.array_equal(a.quantiles, b.quantiles)


def test_an_indicator_is_forecast_the_same_to_the_last_bit_whatever_stands_beside_it():
    together = forecast(FRAME, Month(2021, 6))
    for code in ("revenue", "fai"):
        mine = (WANTED["indicator"] == code).to_numpy()
        alone = forecast(
            FRAME.filter(pl.col("indicator") == code), Month(2021, 6), WANTED.filter(pl.Series(mine))
        )
        assert np.array_equal(alone.quantiles, together.quantiles[mine])


@settings(max_examples=10, deadline=None)
@given(regions=st.lists(st.integers(1, 6), min_size=2, max_size=4), month=st.integers(1, 11))
def test_nor_does_it_matter_how_many_regions_the_others_have(regions, month):
    """Indicators are worked on in the same array operations, groups of one size together."""
    one = FRAME.filter(pl.col("indicator") == "revenue")
    parts = [
        one.filter(pl.col("region").is_in(REGIONS[:n])).with_columns(indicator=pl.lit(f"i{j}"))
        for j, n in enumerate(regions)
    ]
    asked = pl.DataFrame(
        [("r0", f"i{j}", "ytd_growth", "natural") for j in range(len(regions))],
        schema=WANTED.columns,
        orient="row",
    )
    together = forecast(pl.concat(parts), Month(2021, month), asked)
    for j, part in enumerate(parts):
        alone = forecast(part, Month(2021, month), asked[j : j + 1])
        assert np.array_equal(alone.quantiles[0], together.quantiles[j])


@settings(max_examples=15, deadline=None)
@given(factor=st.floats(1e-3, 1e6))
def test_growth_does_not_depend_on_the_unit_of_the_levels(factor):
    scaled = FRAME.with_columns(
        value=pl.when(pl.col("measure") == "ytd").then(pl.col("value") * factor).otherwise("value")
    )
    a, b = forecast(FRAME, Month(2021, 9)), forecast(scaled, Month(2021, 9))
    growth = (WANTED["measure"] == "ytd_growth").to_numpy()
    assert np.allclose(a.quantiles[growth], b.quantiles[growth], rtol=1e-6, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(year=st.integers(2018, 2021), month=st.integers(1, 11))
def test_quantiles_never_cross(year, month):
    q = forecast(FRAME, Month(year, month)).quantiles
    assert np.all(np.diff(q, axis=1) >= 0)
