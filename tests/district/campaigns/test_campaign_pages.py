"""The screens of campaigns, as the office, a member, a leader and a unit use them."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from tests.district.campaigns.conftest import FRIDAY, MONDAY
from tests.district.campaigns.test_findings import photo
from wenpan.district.campaigns import awaiting, dates, panels
from wenpan.district.campaigns.actions import ending, entering
from wenpan.district.campaigns.actions.entering import GivenFinding
from wenpan.district.campaigns.models import Campaign, CampaignObject, CampaignTeam, FindingFile
from wenpan.district.search.queries import search
from wenpan.district.supervision.models import Proposal

BAD = GivenFinding("problem", "site", "现场没有施工")


@pytest.fixture
def clerk(signed_in, today_is):
    today_is("2022-10-17")
    return signed_in("clerk")


@pytest.fixture
def member(signed_in, today_is):
    today_is("2022-10-17")
    return signed_in("analyst")


def post(browser, page, /, *args, **data):
    return browser.post(reverse(f"campaigns:{page}", args=args), data)


def text(browser, name="campaign", *args, query=""):
    answer = browser.get(reverse(f"campaigns:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_campaign_is_planned_and_changed_on_its_page(clerk):
    given = {
        "kind": "joint", "title": "开工督查", "theme": "看现场", "ground": "", "ordered_by": "江望舒",
        "starts_on": "2022-10-17", "ends_on": "2022-10-21",
    }  # fmt: skip
    assert post(clerk, "new", **{**given, "ordered_by": ""}).status_code == 400
    post(clerk, "new", **given)
    campaign = Campaign.objects.get()
    post(clerk, "change", campaign.pk, **{**given, "title": "开工集中督查"}, seen="1")
    assert "开工集中督查" in text(clerk, "list") and "集中督查" in text(clerk, "campaign", campaign.pk)


def test_objects_are_found_ticked_taken_and_by_hand_with_a_reason(clerk, planned, project):
    one, two, three = (project(name) for name in ("智造园", "物流园", "冷链园"))
    page = text(clerk, "choose", planned.pk, query="?kind=project&words=园")
    assert "可列入 3 个" in page
    post(clerk, "choose", planned.pk, kind="project", words="园", subjects=[f"project:{one.pk}"])
    post(clerk, "choose", planned.pk, kind="project", subjects=[f"project:{two.pk}"], reason="群众反映")
    rows = {o.subject: o.added_why for o in planned.items.all()}
    assert rows == {f"project:{one.pk}": "", f"project:{two.pk}": "群众反映"}
    post(clerk, "choose", planned.pk, kind="project", all="1")
    assert planned.items.filter(subject=f"project:{three.pk}").exists()
    assert "已列入" in text(clerk, "choose", planned.pk, query="?kind=project")


def test_teams_and_days_are_set_and_the_campaign_begins(clerk, planned, people, added):
    items = [added("智造园"), added("物流园"), added("冷链园")]
    pk = planned.pk
    post(clerk, "teams", pk, name="第一组", leader=people["analyst"].pk, members=[people["clerk"].pk])
    post(clerk, "teams", pk, name="第二组", leader=people["second"].pk)
    first, second = CampaignTeam.objects.all()
    post(clerk, "team", pk, second.pk, name="机动组", leader=people["second"].pk)
    assert "机动组" in text(clerk, "teams", pk)
    post(clerk, "assign", pk, looks=[items[0].pk], team=first.pk, day="2022-10-18")
    items[0].refresh_from_db()
    assert (items[0].team, items[0].day) == (first, date(2022, 10, 18))
    post(clerk, "assign", pk, looks=[items[0].pk], team=first.pk, day="2022-02-30")
    post(clerk, "leave_out", pk, looks=[items[2].pk], reason="已竣工")
    assert "已竣工" in text(clerk, "campaign", pk, query="?show=out")
    post(clerk, "put_back", items[2].pk)
    post(clerk, "plan_days", pk)
    assert not planned.items.filter(day=None).exists()
    post(clerk, "step", pk, "start", seen=planned.version)
    planned.refresh_from_db()
    assert planned.state == "running"


def test_a_team_is_dropped_and_a_planned_campaign_called_off(clerk, planned, team):
    post(clerk, "drop_team", planned.pk, team.pk)
    assert not CampaignTeam.objects.exists()
    post(clerk, "step", planned.pk, "cancel")
    planned.refresh_from_db()
    assert planned.state == "cancelled"
    assert post(clerk, "step", planned.pk, "dance").status_code == 404


def test_a_member_records_a_row_with_a_photo_and_sees_it_come_back(member, running):
    item = running[0]
    file = SimpleUploadedFile("门口.jpg", photo(), "image/jpeg")
    answer = member.post(
        reverse("campaigns:enter", args=[item.pk]),
        {"result": "problem", "way": "site", "note": "停工", "files": [file], "seen": item.version},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert "停工" in page and 'hx-swap-oob="true"' in page and "待确认" in page
    kept = FindingFile.objects.get()
    shown = member.get(reverse("campaigns:file", args=[kept.pk]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    refused = member.post(
        reverse("campaigns:enter", args=[running[1].pk]), {"result": "problem", "way": "site", "note": ""},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert "请写明情况" in refused.content.decode()


def test_rows_are_recorded_together_and_evidence_is_added(member, running):
    pk = running[0].campaign_id
    post(
        member,
        "enter_many",
        pk,
        looks=[o.pk for o in running],
        result="moving",
        way="papers",
        back="show=mine",
    )
    assert CampaignObject.objects.filter(result="moving").count() == 3
    post(member, "attach", running[0].pk, files=SimpleUploadedFile("记录.txt", "好".encode()))
    kept = FindingFile.objects.get()
    paper = member.get(reverse("campaigns:file", args=[kept.pk]))
    assert "attachment" in paper["Content-Disposition"]


def test_a_row_is_recorded_also_without_scripts(member, running):
    post(member, "enter", running[0].pk, result="done", way="site", back="show=mine")
    running[0].refresh_from_db()
    assert running[0].result == "done"


def test_it_is_finished_resumed_and_issued_on_the_page_and_the_paper_is_word(
    clerk, running, signed_in, people
):
    pk = running[0].campaign_id
    post(clerk, "enter", running[0].pk, result="problem", way="site", note="停工")
    post(clerk, "step", pk, "finish", reason="")
    assert Campaign.objects.get().state == "running"
    post(clerk, "step", pk, "finish", reason="业主外出", summary="较好")
    post(clerk, "step", pk, "resume")
    post(clerk, "step", pk, "finish", reason="业主外出")
    assert clerk.get(reverse("campaigns:report", args=[pk])).status_code == 200
    chief = signed_in("chief")
    post(chief, "step", pk, "issue")
    assert Campaign.objects.get().state == "issued"
    paper = chief.get(reverse("campaigns:report", args=[pk]))
    assert "通报" in Document(io.BytesIO(paper.content)).paragraphs[0].text + paper["Content-Disposition"]
    town = signed_in("town")
    page = text(town, "campaign", pk)
    assert "停工" in page and "保障房" not in page
    assert town.get(reverse("campaigns:report", args=[pk])).status_code == 403


def test_the_list_and_the_objects_leave_as_a_workbook(clerk, running):
    pk = running[0].campaign_id
    answer = clerk.get(reverse("campaigns:campaign", args=[pk]) + "?export=xlsx&show=left")
    sheet = load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content)).active
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["智造园", "物流园", "保障房"]
    assert clerk.get(reverse("campaigns:list") + "?export=xlsx").status_code == 200


@pytest.mark.parametrize(
    "query", ["?team=x", "?team=99&day=2022-02-30&show=??&unit=' &result=x", "?page=-1", "?export=pdf"]
)
def test_what_is_typed_into_the_address_breaks_nothing(clerk, running, query):
    text(clerk, "campaign", running[0].campaign_id, query=query)
    text(clerk, "choose", running[0].campaign_id, query=query.replace("team", "kind"))


@pytest.mark.parametrize("who", ["town", "liaison", "head"])
def test_for_others_it_is_not_there(signed_in, running, who):
    browser = signed_in(who)
    assert browser.get(reverse("campaigns:campaign", args=[running[0].campaign_id])).status_code == 404
    for name in ("enter", "attach"):
        assert post(browser, name, running[0].pk).status_code == 404
    assert "重点项目开工" not in text(browser, "list")


# 今日, calendar, search, panels


def codes(user, at):
    return {g.code: g.count for g in awaiting.groups(user, at, 5)}


def test_today_tells_a_member_what_is_to_be_seen_and_the_office_what_to_do(running, people, planned):
    assert codes(people["analyst"], MONDAY) == {"campaign-objects": 2}
    assert codes(people["analyst"], FRIDAY) == {"campaign-objects": 3}, "what was left over stays"
    assert codes(people["town"], MONDAY) == {}
    from tests.district.supervision.conftest import day

    assert codes(people["clerk"], day("2022-10-22")) == {"campaigns": 1}
    ending.finish(campaign=planned, reason="x", by=people["clerk"], at=FRIDAY)
    assert codes(people["chief"], FRIDAY) == {"campaigns": 1}
    assert codes(people["clerk"], FRIDAY) == {}


@pytest.mark.parametrize(("on", "n"), [("2022-10-20", 2), ("2022-10-21", 3)])
def test_what_has_no_day_awaits_its_team_on_the_last_one(running, people, on, n):
    from tests.district.supervision.conftest import day

    CampaignObject.objects.filter(pk=running[0].pk).update(day=None)
    assert codes(people["analyst"], day(on)) == {"campaign-objects": n}


@pytest.mark.parametrize(("on", "near"), [("2022-10-13", False), ("2022-10-14", True)])
def test_a_campaign_is_near_three_days_before(planned, people, on, near):
    from tests.district.supervision.conftest import day

    assert ("campaigns" in codes(people["clerk"], day(on))) is near


def test_days_of_a_team_stand_in_its_calendar_and_in_no_units(running, people, units):
    first, last = date(2022, 10, 1), date(2022, 10, 31)
    items = dates.dated(people["analyst"], None, first, last)
    assert [(i.day.day, i.over) for i in items] == [(17, False), (18, False)]
    assert len(dates.dated(people["leader"], None, first, last)) == 2
    assert not dates.dated(people["town"], None, first, last)
    assert not dates.dated(people["clerk"], units["tongxi"], first, last)


def test_the_project_the_matter_and_the_search_know_of_it(running, people, signed_in, today_is):
    from wenpan.district.supervision.sources.actions import deciding

    entering.enter(item=running[0], given=BAD, by=people["analyst"], at=MONDAY)
    panel = panels.panel(people["leader"], running[0].subject)
    assert panel is not None and "存在问题" in panel.items[0].text
    matter = deciding.confirm(proposal=Proposal.objects.get(), by=people["clerk"], at=MONDAY)
    today_is("2022-10-18")
    page = signed_in("clerk").get(reverse("supervision:matter", args=[matter.pk])).content.decode()
    assert "专项督查" in page and "存在问题" in page
    assert panels.panel(people["town"], running[0].subject) is None
    assert [k.code for k in search(people["leader"], "开工专项", "campaigns")] == ["campaigns"]
    assert search(people["town"], "开工专项", "campaigns") == []
