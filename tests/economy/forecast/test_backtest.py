"""The back-test: scores by hand, nothing that peeks, and the command from plain files."""

import importlib.util
import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.shared_data import SHARED
from wenpan.cli import main
from wenpan.commands.plain_files import engines
from wenpan.economy.forecast.bench import backtest, scores
from wenpan.economy.forecast.year_end import LEVELS
from wenpan.economy.time.periods import Month

PROVINCES = SHARED / "data" / "provinces_monthly"


@pytest.fixture(scope="module")
def observations():
    rng = np.random.default_rng(3)
    rows = []
    for i in range(6):
        for year in range(2012, 2021):
            total = np.cumsum(100 * (i + 1) * 1.05 ** (year - 2012) * np.exp(rng.normal(0, 0.06, 12)))
            rows += [
                (f"r{i}", "revenue", f"{year}-{m:02d}", "ytd", "natural", total[m - 1]) for m in range(1, 13)
            ]
    names = ["region", "indicator", "period", "measure", "basis", "value"]
    return pl.DataFrame(rows, schema=names, orient="row")


@pytest.fixture(scope="module")
def files(observations, tmp_path_factory):
    folder = tmp_path_factory.mktemp("backtest")
    observations.write_csv(folder / "observations.csv")
    (folder / "targets.csv").write_text(
        "region,indicator,year,measure,comparison,value,set_by\n"
        + "".join(f"r{i},revenue,{y},ytd_growth,>=,5,district\n" for i in range(6) for y in (2018, 2019))
    )
    return folder


def run(files, *more, out="out.csv"):
    return main(
        ["backtest", "--observations", str(files / "observations.csv"), "--from", "2018", "--to", "2020",
         "--out", str(files / out), *more]
    )  # fmt: skip


def test_crps_of_a_point_is_its_error():
    q = np.full((1, len(LEVELS)), 3.0)
    assert scores.crps(q, np.array([5.0]))[0] == pytest.approx(2.0, rel=0.02)


def test_crps_of_a_uniform_distribution_is_known():
    """For U(0, 1) and y: (y³ + (1 − y)³)/3; at y = 0.5 it is 1/12."""
    assert scores.crps(LEVELS[None], np.array([0.5]))[0] == pytest.approx(1 / 12, rel=0.03)


def test_brier_and_log_score_by_hand():
    p, happened = np.array([0.8, 0.8]), np.array([True, False])
    assert scores.brier(p, happened) == pytest.approx([0.04, 0.64])
    assert scores.log_score(p, happened) == pytest.approx([-np.log(0.8), -np.log(0.2)])


def test_a_miss_counts_as_called_from_the_month_since_which_the_call_stood():
    months = np.array([3.0, 6.0, 9.0])
    alarm = np.array([[True, True, True], [True, False, True], [False, False, False], [True, False, False]])
    met = np.array([False, False, False, True])
    c = scores.calls(alarm, met, months)
    assert (c.missed, c.called) == (3, 2)
    assert c.months_before == pytest.approx((9 + 3 + 0) / 3)
    assert c.false_alarms == 1.0  # the met one was called once


def test_an_origin_hands_on_nothing_later(observations):
    periods = ["2019-06", "2019-Q2", "2019-07", "2019-Q3", "2020-01"]
    frame = observations.head(5).with_columns(period=pl.Series(periods), region=pl.Series(list("abcde")))
    assert set(backtest.up_to(frame, Month(2019, 6))["period"]) == {"2019-06", "2019-Q2"}


def test_an_origin_sees_the_version_that_was_out_then(observations):
    first = observations.head(1).with_columns(
        period=pl.lit("2019-06"), value=100.0, released=date(2019, 7, 17)
    )
    revised = first.with_columns(value=90.0, released=date(2020, 2, 1))
    both = pl.concat([revised, first])
    assert backtest.up_to(both, Month(2019, 6))["value"].to_list() == [100.0]
    assert backtest.up_to(both, Month(2020, 6))["value"].to_list() == [90.0]


def test_the_truth_of_a_year_is_its_december(observations):
    wanted = backtest.candidates(observations, {})
    assert wanted["measure"].unique().to_list() == ["ytd_growth"]
    actual = backtest.truth(observations, {}, wanted, range(2019, 2020))[2019]

    def december(year):
        return observations.filter((pl.col("region") == "r0") & (pl.col("period") == f"{year}-12"))["value"][
            0
        ]

    assert actual[0] == pytest.approx(100 * (december(2019) / december(2018) - 1))


def test_the_command_writes_every_origin_and_prints_the_tables(files, capsys):
    assert run(files) == 0
    out = pl.read_csv(files / "out.csv")
    assert set(out["origin"]) == {f"{y}-{m}" for y in (2018, 2019, 2020) for m in ("03", "06", "09")}
    assert {"region", "indicator", "year", "p10", "p50", "p90", "crps", "actual"} <= set(out.columns)
    ours = out.filter(pl.col("method") == "wenpan")
    assert ours.height == 6 * 9
    assert (ours["p10"] <= ours["p50"]).all() and (ours["p50"] <= ours["p90"]).all()
    assert (ours["error"] - (ours["p50"] - ours["actual"]).abs()).abs().max() < 1e-9
    printed = capsys.readouterr().out
    for word in ("MAE", "CRPS", "cover80", "reliability", "naive: so far below target", "carry"):
        assert word in printed


def test_with_targets_the_probability_of_each_is_scored(files, capsys):
    assert run(files, "--targets", str(files / "targets.csv"), "--origins", "2-11") == 0
    printed = capsys.readouterr().out
    assert "P(target met)" in printed and "false alarms" in printed


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--origins", "13"], "--origins"),
        (["--peers", "Oracle"], "--peers"),
        (["--min-years", "30"], "没有可以回测的序列"),
        (["--out", "x.docx"], "--out"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(files, capsys, more, said):
    assert run(files, *more) == 2
    assert said in capsys.readouterr().err


def test_a_missing_peer_library_is_said_and_never_replaced_by_a_fallback(files, capsys):
    if importlib.util.find_spec("statsforecast"):
        pytest.skip("statsforecast is installed here")
    assert run(files, "--peers", "AutoETS") == 2
    assert "wenpan[bench]" in capsys.readouterr().err


def test_two_processes_give_the_same_bytes_as_one(files):
    assert run(files, out="one.jsonl") == 0
    assert run(files, "--workers", "2", out="two.jsonl") == 0
    one, two = ((files / f"{n}.jsonl").read_bytes() for n in ("one", "two"))
    assert one == two and json.loads(one.splitlines()[0])["method"] == "wenpan"


@pytest.mark.slow
def test_dask_gives_the_same_bytes_as_local(files):
    pytest.importorskip("distributed", reason="the extra [dask] is not installed here")
    assert run(files, out="local.csv") == 0
    assert run(files, "--engine", "dask", "--workers", "2", out="dask.csv") == 0
    assert (files / "local.csv").read_bytes() == (files / "dask.csv").read_bytes()


@pytest.mark.parametrize("engine", ["dask", "ray"])
def test_a_missing_engine_says_what_to_install(engine):
    try:
        __import__({"dask": "distributed", "ray": "ray"}[engine])
    except ImportError:
        with pytest.raises(engines.EngineMissingError, match="pip install"):
            engines.run(engine, len, [("a",)])
    else:
        pytest.skip(f"{engine} is installed here")


def test_results_come_back_in_the_order_of_the_calls():
    assert engines.run("local", pow, [(2, 3), (3, 2)]) == [8, 9]


@pytest.mark.shared
@pytest.mark.slow
def test_on_the_provinces_four_of_five_truths_lie_inside(tmp_path, capsys):
    if not PROVINCES.exists():
        pytest.skip("the shared real data are not here")
    out = tmp_path / "out.parquet"
    arguments = ["--observations", str(PROVINCES / "observations.csv.gz"), "--from", "2011", "--to", "2018"]
    assert main(["backtest", *arguments, "--out", str(out)]) == 0
    rows = pl.read_parquet(out).with_columns(month=pl.col("origin").str.slice(5))
    ours = rows.filter(pl.col("method") == "wenpan")
    carry = rows.filter(pl.col("method") == "carry")
    assert 0.78 <= ours["inside"].mean() <= 0.82
    assert ours.group_by("month").agg(pl.col("inside").mean())["inside"].is_between(0.72, 0.88).all()
    assert ours["crps"].mean() < 0.7 * carry["crps"].mean()
