"""Lists of the place on pages and by spreadsheet."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.district.adjustments.listed import PLACE, line, today, workbook
from wenpan.district.accounts.models import Unit
from wenpan.district.adjustments.models import Adjustment

pytestmark = pytest.mark.django_db


HEADS = ("单位名录（2026年）", "", ""), ("单位代码", "单位名称", "类别", "上级单位", "排序")


def sent(client, code: str, data: bytes, name: str = "名录.xlsx"):
    file = io.BytesIO(data)
    file.name = name
    return client.post(f"/settings/{code}/bring-in/", {"file": file})


def test_a_list_goes_out_and_comes_back_by_spreadsheet_with_nothing_to_change(listed, client, one):
    client.force_login(one)
    for code in ("units", "posts", f"days-off-{today().year}"):
        out = client.get(f"/settings/{code}/lines/?export=xlsx")
        page = sent(client, code, out.content)
        assert page.status_code == 200, page.content.decode()
        assert "没有要改的" in page.content.decode(), code


def test_a_spreadsheet_is_shown_first_with_what_is_wrong_by_cell(listed, client, one):
    client.force_login(one)
    page = sent(client, "units", workbook(*HEADS, ("", "新局", "部们", "商务剧", "一"))).content.decode()
    for words in ("C3", "是不是“部门”", "D3", "是不是“商务局”", "E3", "须改正"):
        assert words in page, words
    assert "提议</button>" not in page
    assert Adjustment.objects.count() == 0


def test_a_good_spreadsheet_becomes_one_proposal_and_is_put_in_force_whole(listed, client, one, other):
    client.force_login(one)
    page = sent(
        client,
        "units",
        workbook(*HEADS, ("", "新设局", "部门", "财政局", "5"), ("", "新设二局", "部门", "新设局", "6")),
    ).content.decode()
    assert "新设局" in page and "新增" in page
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    form = {"kept": kept, "since": today().isoformat(), "reason": "机构改革方案"}
    assert client.post("/settings/units/propose/", form).url == "/settings/"
    made = Adjustment.objects.get()
    client.force_login(other)
    assert "新设二局" in client.get("/settings/").content.decode()
    assert client.post("/settings/units/propose/", form).status_code == 302  # another's preview
    assert Adjustment.objects.count() == 1
    client.post(f"/settings/{made.pk}/decide/", {"deed": "force"})
    assert {"xsj", "xsej"} <= set(Unit.objects.values_list("code", flat=True))
    assert Unit.objects.get(code="xsej").parent.code == "xsj"


def test_a_column_that_the_spreadsheet_lacks_stays_as_it_is(listed, client, one):
    client.force_login(one)
    page = sent(client, "units", workbook(("单位代码", "单位名称", "类别"), ("swj", "安禾区商务局", "园区")))
    body = page.content.decode()
    assert "类别 部门 → 园区" in body and "别名" not in body.partition("要改的")[2], body


def test_the_pages_of_a_list_propose_decide_and_bring_back(listed, client, one, other):
    client.force_login(one)
    assert "安禾区商务局" in client.get("/settings/units/lines/").content.decode()
    assert client.get("/settings/units/line/?key=nothing").status_code == 404
    form = dict(line("units", "swj"))
    wrong = client.post("/settings/units/line/?key=swj", form | {"kind": "部门", "reason": "", "since": "x"})
    assert wrong.status_code == 422
    good = form | {"kind": "园区", "reason": "三号文", "since": today().isoformat()}
    assert client.post("/settings/units/line/?key=swj", good).url == "/settings/"
    made = Adjustment.objects.get()
    assert made.changes[0]["now"]["kind"] == "park"
    client.force_login(other)
    client.post(f"/settings/{made.pk}/decide/", {"deed": "force"})
    assert Unit.objects.get(code="swj").kind == "park"
    assert client.post(f"/settings/{made.pk}/undo/", {}).url == "/settings/"
    assert Adjustment.objects.filter(state="open").count() == 1


def test_who_reads_no_figures_sees_the_lists_and_no_rules(listed, client, make_user):
    client.force_login(make_user("system_admin"))
    page = client.get("/settings/").content.decode()
    assert "单位名录" in page and "指标亮灯规则" not in page
    assert client.get("/settings/days-off-2026/lines/").status_code == 404
    assert client.get("/settings/lights/change/").status_code == 404


def test_a_file_that_is_no_list_is_refused_in_words(listed, client, one):
    client.force_login(one)
    sent(client, "units", workbook(("甲", "乙"), ("1", "2")))
    assert "没有找到列" in client.get("/settings/units/lines/").content.decode()
    sent(client, "units", b"", "x.xlsx")
    assert client.post("/settings/units/bring-in/", {}).status_code == 302
    assert Path(listed / "rules" / "place.yaml").read_text("utf-8") == PLACE
