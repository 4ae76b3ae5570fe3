"""`wenpan matters FILE`: proposals as JSON or text, units of the place, and files that cannot be read."""

import json
from pathlib import Path

import pytest

from wenpan.cli import main

TEXT = "请安禾电力会同区住建局在10月底前完成线路改造。\n各级各部门要提高认识，形成合力。\n"


def test_matters_come_as_json_with_their_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speech, units = tmp_path / "speech.txt", tmp_path / "units.csv"
    speech.write_text(TEXT, encoding="utf-8")
    units.write_text("安禾供电公司，安禾电力\n区住建局\n", encoding="utf-8")
    assert main(["matters", str(speech), "--date", "2022-10-14", "--units", str(units)]) == 0
    (matter,) = json.loads(capsys.readouterr().out)
    start, end = matter["span"]
    assert TEXT[start:end] == matter["text"]
    assert (matter["lead"], matter["coop"]) == ("安禾电力", ["区住建局"])
    assert (matter["deadline"], matter["deadline_text"]) == ("2022-10-31", "10月底前")


def test_matters_come_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speech = tmp_path / "speech.txt"
    speech.write_text("秸秆禁烧方案10月20日前必须印发到村。", encoding="utf-8")
    assert main(["matters", str(speech), "--date", "2022-10-14", "--format", "text"]) == 0
    assert "牵头: (未写明)" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.docx"
    empty.write_bytes(b"")
    assert main(["matters", str(empty), "--date", "2022-10-14"]) == 2
    assert "空" in capsys.readouterr().err


def test_a_task_table_tells_its_cells_and_what_it_could_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "任务.csv"
    table.write_text(
        "任务,牵头单位,完成时限\n修复路灯,区城管局,10月底\n清淤河道,区水务局,待定\n", encoding="utf-8"
    )
    assert main(["matters", str(table), "--date", "2022-10-14"]) == 0
    out, err = capsys.readouterr()
    first, second = json.loads(out)
    assert (first["lead"], first["deadline"], first["source"]) == ("区城管局", "2022-10-31", "rules")
    assert first["place"].endswith("!A2:C2") and second["place"].endswith("!A3:C3")
    assert "待定" in err


def test_text_output_tells_where_a_matter_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "任务.csv"
    table.write_text("任务,牵头单位,完成时限\n修复路灯,区城管局,10月底\n", encoding="utf-8")
    assert main(["matters", str(table), "--date", "2022-10-14", "--format", "text"]) == 0
    assert "出处: " in capsys.readouterr().out
