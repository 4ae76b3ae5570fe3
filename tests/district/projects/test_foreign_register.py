"""A foreign register comes in through the intake: ratings as given, key projects at a stated rate."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.shared_data import SHARED
from wenpan.cli import main
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.projects.models import KeyProject, Rating
from wenpan.district.projects.ratings import queries
from wenpan.economy.judging import ratings as core
from wenpan.rules.registers import register_kinds

from .conftest import AT

HEAD = ("report_year,project,department,category,rag_raw,sro_raw,start,end,fy_budget_gbpm,fy_forecast_gbpm,"
        "fy_variance,whole_life_cost_gbpm,rag,rag_sro")  # fmt: skip
ROWS = [
    '2021,Northern Tunnel,DfT,Infrastructure,,,01.04.16,31.03.24,Ł1.50,3,,"Ł1,060.97",Amber,',
    "2021,Harbour Wall,DEFRA,Infrastructure,,,2015-01-01,2023-01-01,Exempt under Section 43,4,,20,Green,",
    "2021,Archive Move,DCMS,Property,,,2019-06-01,TBC,2,2,,15,Red,",
    "2022,NORTHERN TUNNEL PROGRAMME,DfT,Infrastructure,,,2016-04-01,30/09/2024,2,2,,1100,Amber/Red,",
    "2022,Harbour Wall,DEFRA,Infrastructure,,,2015-01-01,2023-01-20,3,4,,Exempt under Section 43,,Green",
    "2022,Archive Move,DCMS,Property,,,2019-06-01,2025-01-01,2,2,,15,Purple,",
]  # fmt: skip
NAME = "英国政府重大项目登记册(GMPP)"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text("\n".join([HEAD, *ROWS]), "utf-8")
    return path


@pytest.fixture
def tables(register: Path, tmp_path: Path):
    def convert(*more: str, code: int = 1) -> Path:
        out = tmp_path / "out"
        assert main(["register", str(register), "--out", str(out), *more]) == code
        return out

    return convert


RATE = ("--rate", "9", "--rate-source", "2022年3月31日中间价")


def test_every_cell_that_cannot_be_read_is_listed_with_its_address(tables) -> None:
    lines = list(csv.DictReader((tables() / "需核实的单元格.csv").read_text("utf-8-sig").splitlines()))
    found = {(line["检查"].removeprefix("register."), line["单元格"]) for line in lines}
    assert found == {
        ("mangled_sign", "I2"),
        ("mangled_sign", "L2"),
        ("exempt", "I3"),
        ("not_given", "H4"),
        ("exempt", "L6"),
        ("rating_unknown", "M7"),
    }
    assert all(line["发现"] and line["项目"] for line in lines)


def test_ratings_are_kept_as_given_in_their_own_unit(tables, accepted) -> None:
    accepted((tables() / "项目评级表.xlsx").read_bytes())
    assert Rating.objects.count() == len(ROWS)
    tunnel = Rating.objects.get(name="Northern Tunnel", on=date(2021, 3, 31))
    assert (tunnel.register, tunnel.word, tunnel.light, tunnel.rated_by) == (
        NAME,
        "Amber",
        "YELLOW",
        "登记机关",
    )
    assert (tunnel.start, tunnel.finish) == (date(2016, 4, 1), date(2024, 3, 31))
    assert (tunnel.cost, tunnel.unit) == (1060.97, "百万英镑")
    exempt = Rating.objects.get(name="Harbour Wall", on=date(2022, 3, 31))
    assert (exempt.cost, exempt.unit, exempt.word, exempt.rated_by) == (None, "", "Green", "项目自评")
    assert Rating.objects.get(name="Archive Move", on=date(2022, 3, 31)).word == ""
    assert not KeyProject.objects.exists()


def test_the_back_test_of_what_was_imported_is_that_of_the_register_itself(
    tables, register, accepted
) -> None:
    from dataclasses import asdict

    import polars as pl

    from wenpan.documents.registers.register import from_file

    accepted((tables() / "项目评级表.xlsx").read_bytes())
    read = from_file(register.read_bytes(), register.name, register_kinds()["uk_gmpp"])
    direct = pl.DataFrame([asdict(e) for e in read.entries]).with_columns(register=pl.lit(NAME))
    asked = ["code", "on", "slip"]
    from_files = core.pairs(direct).select(asked).sort("code", "on")
    assert core.pairs(queries.frame(NAME)).select(asked).sort("code", "on").equals(from_files)
    said = {o.word: (o.asked, o.slipped) for o in queries.outcomes(NAME)}
    assert said == {"Amber": (1, 1), "Green": (1, 0)}


def test_a_key_list_is_in_yuan_only_at_a_stated_rate_and_its_title_says_so(tables, accepted) -> None:
    out = tables(*RATE)
    submission = accepted((out / "重点项目清单-2022.xlsx").read_bytes())
    assert "1英镑=9元" in submission.title
    assert set(KeyProject.objects.values_list("name", flat=True)) == {
        "NORTHERN TUNNEL PROGRAMME",
        "Archive Move",
    }
    tunnel = KeyProject.objects.get(name="NORTHERN TUNNEL PROGRAMME")
    assert tunnel.planned_total == Decimal("990000.00")  # 1,100 million pounds × 9 = 9,900 million yuan
    assert tunnel.year_plan == Decimal("1800.00")
    assert (tunnel.year, tunnel.level) == (2022, "national")
    assert (tunnel.planned_start, tunnel.planned_finish) == ("2016-04", "2024-09")
    lines = (out / "需核实的单元格.csv").read_text("utf-8-sig")
    assert "register.no_cost" in lines


def test_without_a_rate_no_key_list_is_written(tables) -> None:
    assert sorted(p.name for p in tables().iterdir()) == ["需核实的单元格.csv", "项目评级表.xlsx"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--rate", "9"), "--rate-source"),
        (("--rate", "0", "--rate-source", "x"), "--rate"),
        ((*RATE, "--years", "1999"), "没有1999年的报告"),
        (("--kind", "moon"), "没有登记册种类 moon"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused_in_words(tables, capsys, more, said: str) -> None:
    tables(*more, code=2)
    assert said in capsys.readouterr().err


def test_a_file_that_is_no_register_is_refused(tmp_path: Path, capsys) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n3,4\n", "utf-8")
    assert main(["register", str(path), "--out", str(tmp_path)]) == 2
    assert "没有找到登记册的表头" in capsys.readouterr().err


def test_a_rated_project_that_is_on_the_key_list_is_found_by_its_code(tables, accepted) -> None:
    out = tables(*RATE)
    for name in ("项目评级表.xlsx", "重点项目清单-2022.xlsx"):
        accepted((out / name).read_bytes())
    rated = {r.name: r for r in queries.newest(NAME, date(2022, 3, 31))}
    assert rated["NORTHERN TUNNEL PROGRAMME"].key_project is not None
    assert rated["NORTHERN TUNNEL PROGRAMME"].slip == 6.0
    assert rated["Harbour Wall"].key_project is None
    history = queries.history(rated["Harbour Wall"].rating.code)
    assert [(r.on.year, r.word) for r in history] == [(2022, "Green"), (2021, "Green")]


def rating_table(files, *rows, title="宁澜市重大项目评级表", note="市督查室"):
    from wenpan.demo.files.grid import Sheet, workbook

    head = ["编号", "项目名称", "报告日期", "评级", "计划完工日期", "总费用", "金额单位"]
    return workbook([Sheet("评级", title, note, [head], list(rows))])


def test_a_citys_own_colours_come_in_too(files, accepted) -> None:
    accepted(rating_table(files, ["K1", "桐溪大桥", "2022年9月", "红灯", "2023-06-30", None, None]))
    rating = Rating.objects.get()
    assert (rating.register, rating.on, rating.light) == ("宁澜市重大项目", date(2022, 9, 30), "RED")


@pytest.mark.parametrize(
    ("row", "check", "state"),
    [
        (["K1", "桥", "下半年", "红灯", "", None, None], "ratings.not_a_day", "refused"),
        (["K1", "桥", "2022-09-30", "红灯", "待定", None, None], "ratings.not_a_day", "ready"),
        (["K1", "桥", "2022-09-30", "红灯", "", 5.0, ""], "ratings.unit_missing", "refused"),
        (["", "桥", "2022-09-30", "红灯", "", None, None], "records.required", "refused"),
    ],
)
def test_a_rating_that_is_not_plain_is_a_finding(files, checked, said, row, check: str, state: str) -> None:
    submission = checked(rating_table(files, row))
    assert check in said(submission)
    assert submission.state == state


def test_a_corrected_rating_is_a_new_version_and_undoing_it_brings_the_old_one_back(
    files, accepted, analyst
) -> None:
    row = ["K1", "桥", "2022-09-30", "黄灯", "2023-06-30", None, None]
    first = accepted(rating_table(files, row))
    second = accepted(rating_table(files, [*row[:3], "红灯", *row[4:]]))
    current = Rating.objects.filter(superseded_at__isnull=True)
    assert [(r.word, r.version) for r in current] == [("红灯", 2)]
    with pytest.raises(Refused) as refused:
        intake.undo(submission=first, by=analyst, reason="错", at=AT)
    assert refused.value.code == "later_batch"
    first.refresh_from_db()
    intake.undo(submission=second, by=analyst, reason="报错了", at=AT)
    assert [(r.word, r.version, r.submission) for r in current.all()] == [("黄灯", 3, first)]
    intake.undo(submission=first, by=analyst, reason="都不要", at=AT)
    assert not current.all().exists()
    assert Rating.objects.count() == 3


def test_the_same_table_again_changes_nothing(files, accepted) -> None:
    row = ["K1", "桥", "2022-09-30", "黄灯", "2023-06-30", 5.0, "亿元"]
    accepted(rating_table(files, row))
    accepted(rating_table(files, row, note="市督查室再报"))
    assert Rating.objects.count() == 1


PANEL = SHARED / "data/uk_major_projects/gmpp_panel_2014_2023.csv"


@pytest.mark.shared
@pytest.mark.skipif(not PANEL.exists(), reason="the register is not in the shared folder")
def test_the_real_register_comes_in_whole(tmp_path: Path, accepted) -> None:
    assert main(["register", str(PANEL), "--out", str(tmp_path), *RATE]) == 1
    accepted((tmp_path / "项目评级表.xlsx").read_bytes())
    assert Rating.objects.count() == 1729
    said = {o.word: round(o.share) for o in queries.outcomes(NAME)}
    assert said["Green"] < said["Amber/Green"] < said["Amber"] < said["Red"]
    accepted((tmp_path / "重点项目清单-2023.xlsx").read_bytes())
    assert KeyProject.objects.count() > 150
