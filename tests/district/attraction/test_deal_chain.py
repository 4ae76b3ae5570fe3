"""From deal to statistics project and back: opened once when it has landed, shown both ways, taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.district.attraction.conftest import TODAY, USCC
from wenpan.district.attraction.chain.firm_deals import deals_of_firm
from wenpan.district.attraction.chain.opening import landed, open_project_of_deal, take_back_opening
from wenpan.district.attraction.chain.panel import panel
from wenpan.district.attraction.models import Deal, DealLink
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.actions import open_project, take_back_project
from wenpan.district.projects.models import Project, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def landed_deal(deal):
    return deal(started="2022-05-10", company="安禾智造有限公司", uscc=USCC)


def test_a_landed_deal_opens_a_project_that_awaits_entry(landed_deal, staff):
    link = open_project_of_deal(deal=landed_deal, by=staff)
    project = link.project
    assert (project.code, project.state, project.band) == (landed_deal.code, "pending", "large")
    assert (project.planned_total, project.owner, project.unit) == (
        12_000,
        "安禾智造有限公司",
        landed_deal.unit,
    )
    assert project.changes.get().evidence == f"招商项目{landed_deal.code}落地"
    assert Entry.objects.filter(action="projects.open", subject=f"project:{project.pk}").count() == 1
    assert Entry.objects.filter(action="deals.link", subject=f"deal:{landed_deal.pk}").count() == 1


def test_it_opens_no_second_one(landed_deal, staff):
    open_project_of_deal(deal=landed_deal, by=staff)
    with pytest.raises(Refused, match="已经对应"):
        open_project_of_deal(deal=landed_deal, by=staff)
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("industry", "reached", "there"),
    [
        ("工业类项目_01", {}, False),  # signed only
        ("工业类项目_01", {"started": "2022-05-10"}, True),
        ("服务业类项目_02", {"started": "2022-05-10"}, False),  # services land when they open their doors
    ],
)
def test_landed_is_what_the_rule_says_for_the_trade(deal, industry, reached, there):
    assert landed(deal(industry=industry, **reached), TODAY) is there


def test_what_has_not_landed_or_has_no_amount_is_refused(deal, staff):
    with pytest.raises(Refused, match="还没有落地（这个行业指"):
        open_project_of_deal(deal=deal(), by=staff)
    bare = deal("无金额园", investor="乙", started="2022-05-10", agreed=None)
    with pytest.raises(Refused, match="没有登记协议投资"):
        open_project_of_deal(deal=bare, by=staff)
    ended = deal("终止园", investor="丙", started="2022-05-10", ended="2022-06-01", reason="资金")
    with pytest.raises(Refused, match="还没有落地"):
        open_project_of_deal(deal=ended, by=staff)
    assert not Project.objects.exists()


@pytest.mark.parametrize(("agreed", "band"), [(499, ""), (500, "small"), (4_999, "small"), (5_000, "large")])
def test_the_library_takes_what_is_large_enough(deal, staff, agreed, band):
    made = deal(started="2022-05-10", agreed=agreed)
    if not band:
        with pytest.raises(Refused, match="不到500万元"):
            open_project_of_deal(deal=made, by=staff)
        return
    assert open_project_of_deal(deal=made, by=staff).project.band == band


def test_an_opening_is_taken_back_and_opened_again(landed_deal, staff):
    link = open_project_of_deal(deal=landed_deal, by=staff)
    with pytest.raises(Refused, match="原因"):
        take_back_opening(link=link, reason=" ", by=staff)
    take_back_opening(link=link, reason="重名，库里已有", by=staff)
    assert Project.objects.get().retracted and not DealLink.objects.exists()
    assert open_project_of_deal(deal=landed_deal, by=staff).project.retracted is False
    assert Project.objects.count() == 1


def test_an_opening_stays_once_something_stands_on_it(landed_deal, staff):
    link = open_project_of_deal(deal=landed_deal, by=staff)
    Visit.objects.create(project=link.project, on=TODAY, by=staff)
    with pytest.raises(Refused, match="不能撤销开立"):
        take_back_opening(link=link, reason="重名", by=staff)
    assert DealLink.objects.count() == 1


def test_only_the_office_opens(landed_deal, town):
    with pytest.raises(PermissionDenied):
        open_project_of_deal(deal=landed_deal, by=town)


def test_a_code_that_is_taken_and_grounds_that_are_missing_are_refused(staff):
    given = {"code": "P1", "name": "甲", "kind": "industry", "planned_total": 800, "by": staff}
    with pytest.raises(Refused, match="依据"):
        open_project(**given, evidence="")
    project = open_project(**given, evidence="专题会")
    with pytest.raises(Refused, match="已有代码P1"):
        open_project(**given, evidence="专题会")
    take_back_project(project=project, reason="误开", by=staff)
    assert not Project.objects.filter(retracted=False).exists()


def test_the_chain_shows_both_ways_and_to_nobody_else(landed_deal, staff, make_user, unit, client):
    link = open_project_of_deal(deal=landed_deal, by=staff)
    shown = panel(staff, f"project:{link.project_id}")
    assert shown is not None and landed_deal.name in shown.items[0].text
    assert "签约2022-03-04" in shown.items[0].detail and "12,000" in shown.items[0].detail
    park = make_user("liaison", username="park", unit=unit("park"))
    assert panel(park, f"project:{link.project_id}") is None
    assert panel(staff, "project:0") is None and panel(staff, "board") is None
    client.force_login(staff)
    page = client.get(reverse("projects:project", args=[link.project_id])).content.decode()
    assert "来自招商项目" in page and reverse("attraction:deal", args=[landed_deal.pk]) in page
    page = client.get(reverse("attraction:deal", args=[landed_deal.pk])).content.decode()
    assert "由本项目开立" in page and "待入库" in page


def test_a_library_that_is_ahead_of_the_events_is_said(deal, staff, client):
    made = deal()
    project = Project.objects.create(
        code="P1", name="桐溪智造园", planned_total=12_000, pinyin="x", band="large", state="in_library",
        kind="industry", entered="2022-08",
    )  # fmt: skip
    DealLink.objects.create(deal=made, project=project, by=staff, at="2022-10-10T09:00+08:00")
    client.force_login(staff)
    page = client.get(reverse("attraction:deal", args=[made.pk])).content.decode()
    assert "对应的统计项目2022-08已入库，还没有登记“开工" in page


def test_the_page_opens_and_takes_back(landed_deal, staff, client):
    client.force_login(staff)
    address = reverse("attraction:deal", args=[landed_deal.pk])
    assert "开立待入库项目" in client.get(address).content.decode()
    client.post(reverse("attraction:open_project", args=[landed_deal.pk]))
    link = DealLink.objects.get()
    client.post(reverse("attraction:take_back", args=[link.pk]), {"reason": "误开"})
    assert not DealLink.objects.exists()


def test_the_deals_of_a_firm_are_found_by_code_and_by_former_names(deal, staff, town):
    by_code = deal("甲园", investor="甲", company="改名后有限公司", uscc=USCC)
    by_name = deal("乙园", investor="乙", company="安禾（中国）新材料有限公司", uscc="")
    by_investor = deal("丙园", investor="安禾中国新材料股份有限公司", unit="高新园")
    deal("丁园", investor="丁", company="别家有限公司")
    names = ["安禾(中国)新材料集团有限公司"]
    assert {d.pk for d in deals_of_firm(USCC, names, user=staff)} == {
        by_code.pk, by_name.pk, by_investor.pk,
    }  # fmt: skip
    assert by_investor not in deals_of_firm(USCC, names, user=town)
    assert deals_of_firm("", [], user=staff) == []
    other = "91110108551385082Q"
    Deal.objects.filter(pk=by_name.pk).update(uscc=other)
    assert by_name not in deals_of_firm(USCC, names, user=staff)
