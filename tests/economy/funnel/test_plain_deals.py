"""`wenpan funnel` on plain files: what it reads, what it refuses and how, what it writes."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from wenpan.cli import main
from wenpan.economy.figures.plain_files import PlainFileError
from wenpan.economy.funnel.plain_deals import before_signing, read_deal_events
from wenpan.economy.funnel.stages import Stage

HEAD = "deal,stage,on\n"
COLUMNS = ["cohort", "stage", "n", "reached", "rate", "low", "high", "median_days"]


def events(signed: int = 6, started: int = 3) -> str:
    lines = [f"D{i},signed,2022-01-{i + 1:02d}" for i in range(signed)]
    lines += [f"D{i},started,2022-03-{i + 1:02d}" for i in range(started)]
    lines += [f"F{i},framework,2022-01-05" for i in range(9)]
    return HEAD + "\n".join(lines) + "\n"


def run(tmp_path: Path, text: str, *more: str, name: str = "events.csv", out: str = "funnel.csv") -> int:
    (tmp_path / name).write_text(text, encoding="utf-8")
    given = [
        "funnel",
        "--events",
        str(tmp_path / name),
        "--as-of",
        "2022-09-30",
        "--out",
        str(tmp_path / out),
    ]
    return main([*given, *more])


def test_one_row_per_cohort_and_later_stage(tmp_path):
    assert run(tmp_path, events()) == 0
    frame = pl.read_csv(tmp_path / "funnel.csv")
    assert frame.columns == COLUMNS
    assert frame["stage"].to_list() == ["registered", "started", "completed", "producing"]
    started = frame.row(1, named=True)
    assert (started["cohort"], started["n"], started["reached"], started["rate"]) == (2022, 6, 3, 0.5)
    assert started["low"] < 0.5 < started["high"]
    assert started["median_days"] == 59  # 1 January → 1 March, three times


def test_by_quarter_and_as_of_an_earlier_day(tmp_path):
    assert run(tmp_path, events(), "--by", "quarter") == 0
    assert pl.read_csv(tmp_path / "funnel.csv")["cohort"].unique().to_list() == ["2022-Q1"]
    given = ["funnel", "--events", str(tmp_path / "events.csv"), "--out", str(tmp_path / "funnel.csv")]
    assert main([*given, "--as-of", "2022-03-01"]) == 0
    assert pl.read_csv(tmp_path / "funnel.csv")["reached"].to_list() == [0, 1, 0, 0]


def test_a_rate_from_four_deals_is_empty_not_zero(tmp_path):
    assert run(tmp_path, events(signed=4, started=0)) == 0
    rows = (tmp_path / "funnel.csv").read_text(encoding="utf-8").splitlines()
    assert rows[2] == "2022,started,4,0,,,,"


def test_framework_agreements_alone_make_no_cohort(tmp_path):
    assert run(tmp_path, HEAD + "F1,framework,2022-01-05\n") == 0
    assert pl.read_csv(tmp_path / "funnel.csv").height == 0


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl"])
def test_the_same_in_every_format(tmp_path, suffix):
    frame = pl.read_csv(io.StringIO(events()), try_parse_dates=suffix == ".parquet")
    if suffix == ".csv":
        source = gzip.compress(frame.write_csv().encode())
        name = "events.csv.gz"
    else:
        name = f"events{suffix}"
        out = io.BytesIO()
        frame.write_parquet(out) if suffix == ".parquet" else frame.write_ndjson(out)
        source = out.getvalue()
    (tmp_path / name).write_bytes(source)
    target = tmp_path / f"funnel{suffix}"
    arguments = ["funnel", "--events", str(tmp_path / name), "--as-of", "2022-09-30", "--out", str(target)]
    assert main(arguments) == 0
    read = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".jsonl": pl.read_ndjson}[suffix]
    written = read(target)
    assert written.columns == COLUMNS
    assert written["reached"].to_list() == [0, 3, 0, 0]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("deal,stage\nA,signed\n", "events.csv: 缺少列 on, 现有: deal, stage"),
        ("", "events.csv: 缺少列 deal, 现有: (无)"),
        (HEAD + "A,signed,2022-01-01\nA,landed,2022-01-02\n", "第3行的 stage 应为 lead、talk、"),
        (HEAD + "A,signed,2022-02-30\n", "第2行的 on 应为日期(如 2022-09-30), 实为 '2022-02-30'"),
        (HEAD + "A,signed,2022-9-1\n", "实为 '2022-9-1'"),
        (HEAD + "A,signed,\n", "实为 '(空)'"),
        (HEAD + "\n\nA,signed,20220901\n", "第4行的 on"),
        (HEAD + ",signed,2022-01-01\n", "第2行的 deal 为空"),
        (HEAD + "A,signed\n", "第2行应有3列(deal,stage,on), 实为2列"),
    ],
)  # fmt: skip
def test_a_refusal_names_file_line_found_and_expected(tmp_path, capsys, lines, told):
    assert run(tmp_path, lines) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "events.csv" in error
    assert not (tmp_path / "funnel.csv").exists()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        (
            "a.jsonl",
            b'{"deal":"A","stage":"signed","on":"2022-01-01"}\n[1]\n',
            "a.jsonl: 第2行应为一个 JSON 对象",
        ),
        ("a.jsonl", b'{"deal":"A","stage":"signed"}\n', "第1行: 缺少列 on"),
        ("a.parquet", b"no parquet", "a.parquet: 读不出来"),
        ("a.csv", "deal,stage,on\n甲,signed,2022-01-01".encode("gb18030"), "a.csv: 读不出来, 应为 UTF-8"),
        ("a.xlsx", b"PK", "后缀应为 .csv .parquet .jsonl, 实为 .xlsx"),
    ],
)
def test_a_file_of_another_kind_is_refused(name, data, told):
    with pytest.raises(PlainFileError) as refused:
        read_deal_events(data, name)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--as-of", "2022-09", "--out", "x.csv"], "--as-of 应为日期(如 2022-09-30), 实为 '2022-09'"),
        (["--as-of", "2022-09-30", "--out", "x.xlsx"], "--out 的后缀应为 .csv .parquet .jsonl, 实为 .xlsx"),
    ],
)
def test_a_wrong_argument_is_one_clear_line(tmp_path, capsys, arguments, told):
    (tmp_path / "events.csv").write_text(events(), encoding="utf-8")
    assert main(["funnel", "--events", str(tmp_path / "events.csv"), *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    missing = str(tmp_path / "none.csv")
    assert main(["funnel", "--events", missing, "--as-of", "2022-09-30", "--out", "x.csv"]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_a_stage_told_twice_counts_from_its_first_day_and_order_in_the_file_is_nothing():
    rows = "A,started,2022-05-01\nA,signed,2022-01-01\nA,started,2022-03-01\n"
    assert read_deal_events((HEAD + rows).encode())["A"] == {
        Stage.STARTED: date(2022, 3, 1),
        Stage.SIGNED: date(2022, 1, 1),
    }


def test_a_start_before_the_signing_is_kept_and_said(tmp_path, capsys):
    text = HEAD + "".join(f"D{i},signed,2022-05-01\nD{i},started,2022-04-30\n" for i in range(5))
    assert before_signing(read_deal_events(text.encode()).values()) == 5
    assert run(tmp_path, text) == 0
    assert "5 个项目有早于签约的后续阶段" in capsys.readouterr().err


def test_json_lines_have_null_where_a_rate_is_refused(tmp_path):
    assert run(tmp_path, events(signed=4, started=0), out="funnel.jsonl") == 0
    first = json.loads((tmp_path / "funnel.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (first["n"], first["rate"]) == (4, None)
