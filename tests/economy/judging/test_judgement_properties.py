"""What holds for every set of figures."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenpan import rules
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.judging.judgement import judge
from wenpan.economy.time.periods import Month

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
REGIONS = ["anhe", "dong", "xi", "bei", "nan"]
FAMILY = pl.DataFrame(
    {"region": ["city", *REGIONS], "name": ["city", *REGIONS], "parent": [None, *["city"] * 5]}
)
AS_OF = Month(2022, 9)
LEVELS = st.floats(1, 1e6).map(lambda x: round(x, 2))
GROWTHS = st.floats(-60, 60).map(lambda x: round(x, 1))
READ = [
    "actual",
    "gap",
    "schedule_gap",
    "rank",
    "rivals",
    "needed",
    "light",
    "reasons",
    "trend",
    "p50",
    "probability",
]


@st.composite
def ledgers(draw: st.DrawFn) -> pl.DataFrame:
    """Year-to-date levels of five districts, rising within each year, some of them missing."""
    rows = []
    for region in draw(st.permutations(REGIONS)):
        for year in (2020, 2021, 2022):
            total = 0.0
            for month in range(2, 13):
                total += draw(LEVELS)
                if draw(st.integers(0, 9)):
                    rows.append((region, "fai", f"{year}-{month:02d}", "ytd", "natural", total, None))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


SCHEMA = {"region": pl.String, "indicator": pl.String, "period": pl.String, "measure": pl.String,
          "basis": pl.String, "value": pl.Float64, "released": pl.Date}  # fmt: skip


def judged(observations: pl.DataFrame, target: float = 5.0, measure: str = "ytd_growth") -> pl.DataFrame:
    targets = pl.DataFrame({
        "region": REGIONS, "indicator": "fai", "year": 2022, "measure": measure, "comparison": ">=",
        "value": target,
    })  # fmt: skip
    return judge(
        observations, targets, indicators={"fai": Indicator("fai", "固定资产投资", "亿元")}, regions=FAMILY,
        as_of=AS_OF, rules=rules.light_rules()["default"],
    )  # fmt: skip


@FEW
@given(ledgers(), st.data())
def test_figures_after_the_month_change_nothing(observations, data):
    later = pl.col("period") > str(AS_OF)
    noise = data.draw(st.floats(0.01, 100))
    changed = observations.with_columns(value=pl.when(later).then(pl.col("value") * noise).otherwise("value"))
    assert judged(changed).select(READ).equals(judged(observations).select(READ))
    assert judged(observations.filter(~later)).select(READ).equals(judged(observations).select(READ))


@FEW
@given(ledgers(), st.randoms())
def test_the_order_of_the_figures_changes_nothing(observations, random):
    order = list(range(observations.height))
    random.shuffle(order)
    columns = ["actual", "gap", "rank", "rank_previous", "rivals", "missing_rivals", "needed", "light"]
    assert judged(observations[order]).select(columns).equals(judged(observations).select(columns))


@FEW
@given(ledgers(), st.floats(-20, 40))
def test_the_growth_that_is_needed_reaches_the_target_exactly(observations, target):
    """With last year's levels: 1 + G = (so far + last year's rest · (1 + g_rest)) / last year."""
    known = {(r["region"], r["period"]): r["value"] for r in observations.iter_rows(named=True)}
    for row in judged(observations, target).iter_rows(named=True):
        levels = [known.get((row["region"], period)) for period in ("2022-09", "2021-09", "2021-12")]
        if row["needed"] is None or None in levels:
            continue
        now, then, last_year = levels
        rest = (last_year - then) * (1 + row["needed"] / 100)
        assert 100 * ((now + rest) / last_year - 1) == pytest.approx(target, abs=1e-6)
        share = then / last_year
        assert share * row["actual"] + (1 - share) * row["needed"] == pytest.approx(target, abs=1e-6)


@FEW
@given(ledgers(), st.floats(1, 1e7))
def test_the_amount_that_is_needed_reaches_the_target_exactly(observations, target):
    for row in judged(observations, target, "ytd").iter_rows(named=True):
        if row["needed"]:
            assert row["actual"] + row["needed"] * row["months_left"] == pytest.approx(target)


@FEW
@given(ledgers())
def test_a_light_is_never_green_without_a_figure_and_never_without_a_reason(observations):
    for row in judged(observations).iter_rows(named=True):
        assert row["reasons"]
        assert (row["actual"] is None) <= (row["light"] == "UNKNOWN")
        if row["light"] == "GREEN":
            assert row["gap"] >= 0


@FEW
@given(st.lists(st.one_of(st.none(), GROWTHS), min_size=5, max_size=5), st.permutations(range(5)))
def test_ranks_follow_the_figures_not_the_names(values, order):
    def ranks(at: list[int]) -> dict:
        rows = [
            (REGIONS[i], "fai", "2022-09", "ytd_growth", "natural", values[j], None) for i, j in enumerate(at)
        ]
        out = judged(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
        return dict(zip(at, out["rank"], strict=True))

    plain, mixed = ranks(list(range(5))), ranks(list(order))
    assert plain == mixed
    reported = sorted((v for v in values if v is not None), reverse=True)
    alone = len(reported) < 2
    assert [plain[j] for j in range(5)] == [
        None if v is None or alone else 1 + reported.index(v) for v in values
    ]
