"""`wenpan check`: 0 clean, 1 findings, 2 unreadable; without a database and without a place."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from tests.documents.fixtures import workbooks as made
from wenpan.commands.plain_files import check


def run(tmp_path: Path, data: bytes, *options: str, name: str = "表.xlsx") -> int:
    path = tmp_path / name
    path.write_bytes(data)
    parser = argparse.ArgumentParser()
    check.add_parser(parser.add_subparsers())
    args = parser.parse_args(["check", str(path), *options])
    return int(args.func(args))


def test_a_clean_workbook_ends_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, made.xlsx(made.TABLE), "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["period"], said["findings"]) == ("indicator_table", "2022-09", [])
    assert said["figures"] == 8


def test_findings_end_with_one_and_name_sheet_and_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, made.changed("D5", "见附注"), "--kind", "indicator_table") == 1
    assert "[必须改正] Sheet1!D5" in capsys.readouterr().out


def test_an_unreadable_file_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, made.far_cell(), "--format", "json") == 2
    assert json.loads(capsys.readouterr().out)["unreadable"] == "far_cells"
    assert run(tmp_path, made.xlsx(made.TABLE), "--kind", "没有") == 2
    assert "没有表种" in capsys.readouterr().err


def test_districts_are_guessed_where_no_place_is_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, made.districts_in_rows(), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "city_table"


def test_a_ledger_makes_the_comparisons_and_the_marked_file_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = tmp_path / "observations.csv"
    ledger.write_text(
        "region,indicator,period,measure,basis,value,released,source\n本区,retail,2022-08,ytd,,450.00,,\n"
    )
    marked = tmp_path / "marked.xlsx"
    assert run(tmp_path, made.xlsx(made.TABLE), "--ledger", str(ledger), "--marked", str(marked)) == 1
    assert "不低于1—8月累计 450亿元" in capsys.readouterr().out
    assert marked.read_bytes()[:2] == b"PK"


def test_a_layout_that_nothing_knows_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["2022年1—9月情况"], ["事项", "甲数"], ["固定资产投资", -3.2]]
    assert run(tmp_path, made.xlsx(rows)) == 1
    assert "不认识这张表的表头" in capsys.readouterr().out
