"""A real workbook through the real reader: sent, read in the sandbox, checked, accepted, its origin asked.

The table is made here with openpyxl as offices make it: a title with the months, a header of two rows with
merged cells, units in a column, "-" for not assessed, a note below.
"""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wenpan.district.intake.models import Submission
from wenpan.district.observations import queries
from wenpan.district.observations.actions import sync_regions
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db


def table(title: str, rows: list[tuple]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "9月"
    for line in (
        [title],
        ["指标名称", "计量单位", "1-9月", None],
        [None, None, "累计完成", "同比增长(%)"],
        *map(list, rows),
        ["注: 数据来源为区统计局."],
    ):
        sheet.append(line)
    for merged in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
        sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


SEPTEMBER = [
    ("社会消费品零售总额", "亿元", 251.32, 3.4),
    ("固定资产投资", "亿元", "-", -24.6),
    ("进出口总额", "亿元", "1,083.40", "９.０"),
]


@pytest.fixture
def analyst(client, make_user):
    sync_regions(
        regions=[{"code": "anhe", "name": "安禾区", "home": True}],
        city={"code": "ninglan", "name": "宁澜市"},
        by=None,
    )
    user = make_user("analyst")
    client.force_login(user)
    return user


def send(client, data: bytes, name: str = "安禾区9月.xlsx") -> Submission:
    client.post(reverse("intake:upload"), {"file": SimpleUploadedFile(name, data)})
    return Submission.objects.latest("pk")


def accept(client, submission: Submission):
    given = {f"reason:{finding.key}": "已核实" for finding in submission.findings.filter(severity="soft")}
    url = reverse("intake:accept", args=[submission.pk])
    return client.post(url, {"version": submission.version, "released": "2022-10-18", **given}, follow=True)


def figures() -> dict[tuple[str, str], float | None]:
    frame = queries.frame().select("indicator", "measure", "value")
    return {(indicator, measure): value for indicator, measure, value in frame.rows()}


def test_the_monthly_table_goes_in_as_it_is(client, analyst):
    submission = send(client, table("安禾区2022年1-9月主要经济指标完成情况表", SEPTEMBER))
    assert (submission.state, submission.kind, submission.period) == ("ready", "indicator_table", "2022-09")
    assert "已入账" in accept(client, submission).content.decode()
    held = figures()
    assert held["retail", "ytd"] == 251.32 and held["retail", "ytd_growth"] == 3.4
    assert (
        held["fai", "ytd_growth"] == -24.6
        and held["trade", "ytd"] == 1083.4
        and held["trade", "ytd_growth"] == 9.0
    )
    assert queries.latest_month() == Month(2022, 9)


def test_every_figure_knows_its_cell(client, analyst):
    accept(client, send(client, table("安禾区2022年1-9月主要经济指标完成情况表", SEPTEMBER)))
    key = ("anhe", "retail", "2022-09", "ytd_growth", "natural")
    origin = queries.origin(queries.figure_ids([key])[key])
    assert (origin.version.sheet, origin.version.cell, origin.version.text) == ("9月", "D4", "3.4")
    assert origin.version.recorded_by == "analyst"


def test_a_correction_shows_old_and_new_and_keeps_both(client, analyst):
    accept(client, send(client, table("安禾区2022年1-9月主要经济指标完成情况表", SEPTEMBER)))
    corrected = [("社会消费品零售总额", "亿元", 251.32, 3.6), *SEPTEMBER[1:]]
    second = send(client, table("安禾区2022年1-9月主要经济指标完成情况表", corrected), "订正.xlsx")
    page = client.get(reverse("intake:submission", args=[second.pk])).content.decode()
    assert "<s>3.4%</s>" in page and "<strong>3.6%</strong>" in page
    accept(client, second)
    key = ("anhe", "retail", "2022-09", "ytd_growth", "natural")
    assert [v.text for v in queries.origin(queries.figure_ids([key])[key]).versions] == ["3.6", "3.4"]


def test_a_table_without_a_month_asks_for_it_and_goes_on(client, analyst):
    data = table("主要经济指标完成情况表", SEPTEMBER)
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active.title = "Sheet1"
    book.active["C2"] = "累计"
    file = io.BytesIO()
    book.save(file)
    submission = send(client, file.getvalue(), "上报表.xlsx")
    assert (submission.state, submission.question.get("asks")) == ("unknown", "period")
    client.post(reverse("intake:period", args=[submission.pk]), {"period": "2022-09"})
    submission.refresh_from_db()
    assert (submission.state, submission.period) == ("ready", "2022-09")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("网页.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "file.html"),
        ("断了.xlsx", table("安禾区2022年1-9月主要经济指标完成情况表", SEPTEMBER)[:3000], "file.truncated"),
        ("照片.xlsx", b"\xff\xd8\xff\xe0" + bytes(500), "file.not_a_workbook"),
    ],
)
def test_what_cannot_be_read_is_refused_kept_and_explained(client, analyst, name, data, code):
    submission = send(client, data, name)
    assert submission.state == "refused"
    assert submission.findings.get().check_code == code
    assert client.get(reverse("intake:original", args=[submission.pk])).content == data
    assert queries.frame().is_empty()


def test_the_sender_gets_the_workbook_back_with_the_findings_in_its_cells(client, analyst):
    accept(client, send(client, table("安禾区2022年1-9月主要经济指标完成情况表", SEPTEMBER)))
    wrong = [("社会消费品零售总额", "亿元", 2513200, 3.4), *SEPTEMBER[1:]]
    submission = send(client, table("安禾区2022年1-10月主要经济指标完成情况表", wrong), "单位错.xlsx")
    assert submission.state == "refused"
    answer = client.get(reverse("intake:marked", args=[submission.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet["C4"].comment is not None
