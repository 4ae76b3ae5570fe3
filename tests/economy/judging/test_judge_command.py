"""`wenpan judge`, from plain files to a plain file; on real figures where they are at hand."""

import csv
import gzip
import importlib.util
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.shared_data import SHARED
from wenpan.cli import main

COLUMNS = (
    "region,indicator,as_of,target,actual,gap,schedule_gap,rank,rivals,"
    "needed,p10,p50,p90,probability,light,reasons"
)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    lines = ["region,indicator,period,measure,basis,value,released,source"]
    for region, factor in (("anhe", 1.02), ("dong", 1.08)):
        for year in (2019, 2020, 2021, 2022):
            for month in range(2, 13):
                lines.append(
                    f"{region},fai,{year}-{month:02d},ytd,,{100 * month * factor ** (year - 2019):.2f},,"
                )
    (tmp_path / "o.csv.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (tmp_path / "t.csv").write_text(
        "region,indicator,year,measure,comparison,value,set_by\nanhe,fai,2022,ytd_growth,>=,5,city\n"
    )
    return ["judge", "--observations", str(tmp_path / "o.csv.gz"), "--targets", str(tmp_path / "t.csv"),
            "--as-of", "2022-09", "--out", str(tmp_path / "out.csv")]  # fmt: skip


def written(files: list[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(files[files.index("--out") + 1]).open(encoding="utf-8")))


def test_one_row_per_target_with_the_agreed_columns(files):
    assert main(files) == 0
    (row,) = written(files)
    assert ",".join(row) == COLUMNS
    assert (row["region"], row["rank"], row["rivals"], row["light"]) == ("anhe", "2", "2", "RED")
    assert float(row["actual"]) == pytest.approx(2.0, abs=0.01)
    assert row["reasons"].startswith(
        "1—9月增长2.0%, 低于目标5.0%达3.0个百分点(增速由绝对额推算, 非公布增速); "
    )


def test_figures_after_the_month_do_not_matter(files):
    assert main(files) == 0
    before = written(files)
    observations = Path(files[2])
    lines = gzip.decompress(observations.read_bytes()).decode().splitlines()
    kept = [line for line in lines if not any(f"2022-{m}" in line for m in (10, 11, 12))]
    assert len(kept) == len(lines) - 6
    observations.write_bytes(gzip.compress("\n".join(kept).encode()))
    assert main(files) == 0
    assert written(files) == before


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
def test_the_suffix_decides_the_format(files, suffix):
    out = Path(files[-1]).with_suffix(f".{suffix}")
    assert main([*files[:-1], str(out)]) == 0
    frame = pl.read_parquet(out) if suffix == "parquet" else pl.read_ndjson(out)
    assert ",".join(frame.columns) == COLUMNS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--as-of", "2022-Q3"], "需要月份"),
        (["--out", "x.xlsx"], "后缀"),
        (["--targets", "nowhere.csv"], "nowhere.csv"),
        (["--rules", "yinchuan-2025"], "没有适用于指标的规则"),
    ],
)
def test_a_wrong_argument_ends_with_one_clear_line(files, change, said, capsys):
    assert main([*files, *change]) == 2
    assert said in capsys.readouterr().err


def test_another_rule_set_can_be_asked(files):
    assert main([*files, "--rules", "wuhan"]) == 0
    assert written(files)[0]["light"] == "UNKNOWN"  # Wuhan's ratio has nothing to say about growth


def test_the_cut_into_calls_changes_no_judgement(files, monkeypatch):
    targets = Path(files[4])
    targets.write_text(targets.read_text() + "dong,fai,2022,ytd,>=,1500,city\nanhe,new,2022,ytd,>=,1,city\n")
    assert main(files) == 0
    whole = written(files)
    monkeypatch.setattr("wenpan.commands.plain_files.judge.CHUNK", 1)
    assert main(files) == 0
    assert written(files) == whole
    assert [(row["region"], row["indicator"]) for row in whole] == [
        ("anhe", "fai"),
        ("dong", "fai"),
        ("anhe", "new"),
    ]


def test_a_file_without_targets_of_that_year_gives_an_empty_answer(files, capsys):
    assert main([*files, "--as-of", "2020-09"]) == 0
    assert written(files) == []
    assert "没有该年度的目标" in capsys.readouterr().err


def test_an_indicator_published_by_quarters_only_is_judged_by_quarters(files):
    quarters = "".join(f"anhe,output,2022-Q{q},ytd_growth,,{q}.5,,\n" for q in (1, 2, 3))
    Path(files[2]).write_text("region,indicator,period,measure,basis,value,released,source\n" + quarters)
    Path(files[4]).write_text(
        "region,indicator,year,measure,comparison,value\nanhe,output,2022,ytd_growth,>=,3\n"
    )
    assert main([*files, "--as-of", "2022-11"]) == 0
    assert written(files)[0]["reasons"].startswith("前三季度增长3.5%, 高于目标3.0%达0.5个百分点")


def test_a_target_id_twice_is_refused(files, capsys):
    Path(files[4]).write_text("target_id,region,indicator,year,measure,comparison,value\n"
                              "a,anhe,fai,2022,ytd,>=,1\na,dong,fai,2022,ytd,>=,1\n")  # fmt: skip
    assert main(files) == 2
    assert "target_id 重复: a" in capsys.readouterr().err


@pytest.mark.skipif(importlib.util.find_spec("dask") is not None, reason="dask is installed")
def test_an_engine_that_is_not_installed_is_said(files, capsys):
    assert main([*files, "--engine", "dask"]) == 2
    assert "wenpan[dask]" in capsys.readouterr().err


def test_judging_needs_no_django(files):
    code = "import sys; from wenpan.cli import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code, *files], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_real_provinces_are_judged_whole(tmp_path):
    data = SHARED / "data" / "provinces_monthly"
    seen = (
        pl.read_csv(data / "observations.csv.gz", infer_schema=False).select("region", "indicator").unique()
    )
    seen.select("region", "indicator", year=2016, measure=pl.lit("ytd_growth"), comparison=pl.lit(">="),
                value=pl.lit(5.0), set_by=pl.lit("")).write_csv(tmp_path / "t.csv")  # fmt: skip
    out = tmp_path / "out.parquet"
    arguments = [
        "judge",
        "--observations",
        str(data / "observations.csv.gz"),
        "--targets",
        str(tmp_path / "t.csv"),
    ]
    arguments += ["--indicators", str(data / "indicators.csv"), "--regions", str(data / "regions.csv")]
    assert main([*arguments, "--as-of", "2016-09", "--out", str(out), "--full"]) == 0
    frame = pl.read_parquet(out)
    assert frame.height == seen.height
    assert frame.filter(pl.col("actual").is_null())["light"].unique().to_list() == ["UNKNOWN"]
    assert frame.filter(pl.col("actual").is_not_null())["computed"].all()
    ranked = frame.filter(pl.col("rank").is_not_null())
    assert (ranked["rank"] <= ranked["rivals"]).all()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_published_growth_of_national_profit_is_not_that_of_its_levels(tmp_path):
    data = SHARED / "data" / "national_monthly"
    (tmp_path / "t.csv").write_text(
        "region,indicator,year,measure,comparison,value,set_by\n"
        "China,industrial_profit,2018,ytd_growth,>=,5,\nChina,retail_sales,2018,ytd,>=,400000,\n"
    )
    out = tmp_path / "out.parquet"
    arguments = [
        "judge",
        "--observations",
        str(data / "observations.csv.gz"),
        "--targets",
        str(tmp_path / "t.csv"),
    ]
    arguments += ["--indicators", str(data / "indicators.csv")]
    assert main([*arguments, "--as-of", "2018-09", "--out", str(out), "--full"]) == 0
    profit, retail = pl.read_parquet(out).to_dicts()
    assert (profit["computed"], profit["basis"], profit["actual"]) == (False, "comparable", 14.7)
    assert (retail["measure"], retail["level"]) == ("ytd", retail["actual"])
