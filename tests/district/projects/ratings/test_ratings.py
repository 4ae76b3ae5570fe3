"""Ratings of another authority come in through the intake, as given and in their own unit."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.projects.conftest import AT
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.projects.models import KeyProject, Rating
from wenpan.district.projects.ratings import queries

NAME = "英国政府重大项目"
BY = "登记机关"
MONEY = "百万英镑"
ROWS = [
    ["N1", "Northern Tunnel", "2021-03-31", "Amber", "黄", BY, "2016-04-01", "2024-03-31", 1060.97, MONEY],
    ["H1", "Harbour Wall", "2021-03-31", "Green", "绿", BY, "2015-01-01", "2023-01-01", 20.0, MONEY],
    ["A1", "Archive Move", "2021-03-31", "Red", "红", BY, "2019-06-01", None, 15.0, MONEY],
    ["N1", "NORTHERN TUNNEL PROGRAMME", "2022-03-31", "Amber/Red", "红", BY,
     "2016-04-01", "2024-09-30", 1100.0, MONEY],
    ["H1", "Harbour Wall", "2022-03-31", "Green", "绿", "项目自评", "2015-01-01", "2023-01-20", None, None],
    ["A1", "Archive Move", "2022-03-31", None, None, None, "2019-06-01", "2025-01-01", 15.0, MONEY],
]  # fmt: skip


@pytest.fixture
def ratings() -> bytes:
    """Two reports of another authority, in its own words and unit."""
    from wenpan.demo.files.grid import PrintedSheet, workbook

    head = [
        "编号",
        "项目名称",
        "报告日期",
        "评级",
        "红黄绿",
        "评级方",
        "开工日期",
        "计划完工日期",
        "总费用",
        "金额单位",
    ]
    return workbook([PrintedSheet("评级", f"{NAME}评级表", "登记机关", [head], ROWS)])


@pytest.fixture
def key_list() -> bytes:
    from wenpan.demo.files.grid import PrintedSheet, workbook

    head = [
        "编号",
        "项目名称",
        "建设单位",
        "级别",
        "总投资(万元)",
        "年度计划投资(万元)",
        "计划开工",
        "计划竣工",
    ]
    rows = [
        ["N1", "NORTHERN TUNNEL PROGRAMME", "DfT", "国家级", 990000.0, 1800.0, "2016年4月", "2024年9月"],
        ["A1", "Archive Move", "DCMS", "国家级", 13500.0, 1800.0, "2019年6月", "2025年1月"],
    ]
    return workbook([PrintedSheet("重点项目", "2022年重点项目清单", "", [head], rows)])


def test_ratings_are_kept_as_given_in_their_own_unit(ratings, accepted) -> None:
    accepted(ratings)
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


def test_what_came_after_each_colour_is_counted(ratings, accepted) -> None:
    accepted(ratings)
    said = {o.word: (o.asked, o.slipped) for o in queries.outcomes(NAME)}
    assert said == {"Amber": (1, 1), "Green": (1, 0)}


def test_a_rated_project_that_is_on_the_key_list_is_found_by_its_code(ratings, key_list, accepted) -> None:
    for data in (ratings, key_list):
        accepted(data)
    rated = {r.name: r for r in queries.newest(NAME, date(2022, 3, 31))}
    assert rated["NORTHERN TUNNEL PROGRAMME"].key_project is not None
    assert rated["NORTHERN TUNNEL PROGRAMME"].slip == 6.0
    assert rated["Harbour Wall"].key_project is None
    history = queries.history(rated["Harbour Wall"].rating.code)
    assert [(r.on.year, r.word) for r in history] == [(2022, "Green"), (2021, "Green")]


def rating_table(files, *rows, title="宁澜市重大项目评级表", note="市督查室"):
    from wenpan.demo.files.grid import PrintedSheet, workbook

    head = ["编号", "项目名称", "报告日期", "评级", "计划完工日期", "总费用", "金额单位"]
    return workbook([PrintedSheet("评级", title, note, [head], list(rows))])


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
