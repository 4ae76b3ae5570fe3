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

from wenpan.district.ground.journal.models import Entry
from wenpan.district.intake.models import Layout, Submission
from wenpan.district.observations import queries
from wenpan.district.observations.actions import sync_regions
from wenpan.district.projects.models import KeyProject
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


# -- records: a list of projects whose columns were taught wrongly -------------------------------

PROJECTS = ["编号", "项目名称", "级别", "批复数(万元)", "概算数(万元)", "责任单位"]


def projects(*rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    for line in (["安禾区2022年重点项目清单"], PROJECTS, *map(list, rows)):
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


SAID = {
    "kind": "key_projects", "role-0": "field", "field-0": "code", "role-1": "field", "field-1": "name",
    "role-2": "field", "field-2": "level", "role-3": "field", "field-3": "planned_total", "unit-3": "万元",
    "role-4": "ignore", "role-5": "ignore",
}  # fmt: skip
OTHERWISE = {
    **SAID, "role-3": "ignore", "field-3": "",
    "role-4": "field", "field-4": "planned_total", "unit-4": "万元",
}  # fmt: skip


def said_of(client, submission: Submission, said: dict[str, str], seen: str | None = None):
    url = reverse("intake:layout", args=[submission.pk])
    seen = seen or client.get(url).context["page"].seen
    return client.post(url, {**said, "seen": seen})


def test_a_list_of_projects_taught_wrongly_is_found_a_month_later_and_all_it_brought_goes_as_one_act(
    client, analyst
):
    first = send(
        client,
        projects(("ZD-01", "产业园", "省重点", 800, 900, None), ("ZD-02", "学校", "市重点", 300, 350, None)),
        "清单9月.xlsx",
    )
    assert first.state == "unknown"
    said_of(client, first, SAID)
    first.refresh_from_db()
    accept(client, first)
    second = send(client, projects(("ZD-03", "医院", "市重点", 500, 700, None)), "清单10月.xlsx")
    assert second.kind == "key_projects"
    accept(client, second)
    kept = KeyProject.objects.filter(retracted=False)
    assert dict(kept.values_list("code", "planned_total")) == {"ZD-01": 800, "ZD-02": 300, "ZD-03": 500}
    layout = Layout.objects.get()
    page = client.get(reverse("intake:taught", args=[layout.pk])).content.decode()
    assert "清单9月.xlsx" in page and "清单10月.xlsx" in page and "?layout=" not in page
    client.post(reverse("intake:take_back", args=[layout.pk]), {"reason": "概算数才是总投资"})
    assert not KeyProject.objects.filter(retracted=False).exists()
    assert set(Submission.objects.values_list("state", flat=True)) == {"undone"}
    assert Entry.objects.filter(action="intake.take_back_layout").count() == 1
    again = send(client, projects(("ZD-04", "桥", "市重点", 500, 700, None)), "清单11月.xlsx")
    assert again.state == "unknown", "what was taken back is asked again"


def test_of_two_people_who_explain_one_list_of_projects_at_once_the_second_sees_both(
    client, analyst, make_user
):
    asked = send(client, projects(("ZD-01", "产业园", "省重点", 800, 900, None)))
    said_of(client, asked, SAID, "0")
    client.force_login(make_user("statistician"))
    clash = said_of(client, asked, OTHERWISE, "0")
    assert clash.status_code == 409 and "两边说的不一样" in clash.content.decode()
    assert Layout.objects.count() == 1
    said_of(client, asked, OTHERWISE, str(clash.context["page"].seen))
    asked.refresh_from_db()
    accept(client, asked)
    assert KeyProject.objects.get(retracted=False).planned_total == 900
