"""`wenpan proof`: what it prints, what it writes, what it refuses."""

import io
import json

import docx
import pytest

from wenpan.cli import main

FIGURES = "region,indicator,period,measure,value\n本区,industry_va,2022-09,ytd_growth,6.5\n"
TEXT = "1—9月，规模以上工业增加值增长5.6%。"


@pytest.fixture
def paper(tmp_path, monkeypatch):
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path / "home"))
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(tmp_path / "稿.docx")
    (tmp_path / "observations.csv").write_text(FIGURES, "utf-8")
    return tmp_path


def run(paper, *more: str, name: str = "稿.docx") -> int:
    return main(
        [
            "proof",
            str(paper / name),
            "--period",
            "2022-09",
            "--figures",
            str(paper / "observations.csv"),
            *more,
        ]
    )


def test_a_wrong_figure_is_told_with_the_right_one_and_commented_in_a_copy(paper, capsys) -> None:
    before = (paper / "稿.docx").read_bytes()
    assert run(paper, "--out", str(paper / "核.docx")) == 1
    out = capsys.readouterr().out
    assert "不符" in out and "6.5%" in out and "observations.csv" in out
    copy = docx.Document(io.BytesIO((paper / "核.docx").read_bytes()))
    assert [p.text for p in copy.paragraphs] == [TEXT]
    assert ["6.5%" in c.text for c in copy.comments] == [True]
    assert (paper / "稿.docx").read_bytes() == before


def test_json_gives_every_figure_with_what_it_was_matched_to(paper, capsys) -> None:
    assert run(paper, "--format", "json") == 1
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["state"], row["indicator"], row["period"], row["right"]) == (
        "wrong",
        "industry_va",
        "2022-09",
        "6.5%",
    )
    assert TEXT[slice(*row["span"])] == row["words"]


@pytest.mark.parametrize("what", ["no file", "out is the paper", "out of a text", "no such month"])
def test_what_cannot_be_done_is_said_and_nothing_is_written(paper, capsys, what: str) -> None:
    (paper / "稿.txt").write_text(TEXT, "utf-8")
    given = {
        "no file": (["--format", "text"], "没有.docx"),
        "out is the paper": (["--out", str(paper / "稿.docx")], "稿.docx"),
        "out of a text": (["--out", str(paper / "核.docx")], "稿.txt"),
        "no such month": (["--period", "2022-13"], "稿.docx"),
    }[what]
    before = sorted(p.name for p in paper.iterdir())
    assert run(paper, *given[0], name=given[1]) == 2
    assert capsys.readouterr().err.startswith("×")
    assert sorted(p.name for p in paper.iterdir()) == before
