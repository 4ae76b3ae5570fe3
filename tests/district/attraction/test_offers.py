"""The register of what the place offers, who points to it, and how complete a reserve project's pitch is."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.district.attraction.conftest import TODAY
from wenpan.demo.files.grid import PrintedSheet, workbook
from wenpan.district.attraction.models import Offer, OfferRevision, OfferUse, PitchPaper
from wenpan.district.attraction.offers import actions, queries
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.projects.models import KeyProject
from wenpan.rules.deals import offer_rules, pitch_rule
from wenpan.rules.loading import RuleError

pytestmark = pytest.mark.django_db
HEAD = ["编号", "类别", "名称", "位置", "责任单位", "数量", "状态", "联系人", "联系电话", "说明"]


@pytest.fixture
def plot(staff, unit):
    values = {"kind": "land", "name": "桐溪3号地块", "amount": Decimal("56.5"), "unit": unit("tongxi"),
              "contact": "何晓"}  # fmt: skip
    return actions.save_offer(values=values, by=staff)


@pytest.fixture
def reserve(unit):
    def make(code="K1", stage="reserve", **more):
        return KeyProject.objects.create(
            code=code, name=f"储备{code}", pinyin=code, year=2022, level="district", stage=stage,
            planned_total=30_000, unit=unit("tongxi"), **more,
        )  # fmt: skip

    return make


def register(*rows):
    return workbook([PrintedSheet("清单", "安禾区招商资源清单", "", [list(HEAD)], [list(r) for r in rows])])


def test_an_offer_is_opened_with_a_number_and_corrected_by_who_saw_it_last(plot, staff):
    assert (plot.code, plot.state, plot.state_on) == ("ZY2022-001", "free", TODAY)
    values = {"kind": "land", "name": "桐溪3号地块", "amount": Decimal(60)}
    actions.save_offer(offer=plot, seen=1, values=values, by=staff)
    assert Offer.objects.get().amount == 60
    with pytest.raises(Refused, match="别人刚改过"):
        actions.save_offer(offer=plot, seen=1, values=values, by=staff)
    assert Entry.objects.filter(action="offers.save").count() == 2


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"kind": "gold"}, {"amount": Decimal(-1)}, {"amount": Decimal(10) ** 12}]
)
def test_an_offer_without_name_kind_or_a_sound_amount_is_refused(staff, wrong):
    with pytest.raises(Refused):
        actions.save_offer(values={"kind": "land", "name": "甲"} | wrong, by=staff)
    assert not Offer.objects.exists()


def test_a_state_has_its_day_and_is_journalled(plot, staff):
    with pytest.raises(Refused, match="今天之后"):
        actions.set_offer_state(offer=plot, state="taken", on=date(2022, 10, 11), note="", by=staff)
    actions.set_offer_state(offer=plot, state="taken", on=TODAY, note="已摘牌", by=staff)
    assert (plot.state, plot.state_on) == ("taken", TODAY)
    assert "可提供 → 已供出，已摘牌" in Entry.objects.get(action="offers.state").summary
    with pytest.raises(Refused, match="已经是"):
        actions.set_offer_state(offer=plot, state="taken", on=TODAY, note="", by=staff)


def test_a_deal_points_to_what_is_on_offer_once_and_stops(plot, deal, staff, town):
    made = deal()
    use = actions.point_to_offer(offer=plot, deal=made, by=town)
    with pytest.raises(Refused, match="已经指向"):
        actions.point_to_offer(offer=plot, deal=made, by=staff)
    assert queries.kind_totals()[0].wanted == 1
    actions.stop_pointing(use=use, by=town)
    assert not OfferUse.objects.exists()
    actions.set_offer_state(offer=plot, state="taken", on=TODAY, note="", by=staff)
    with pytest.raises(Refused, match="已不再提供"):
        actions.point_to_offer(offer=plot, deal=made, by=staff)


def test_another_units_deal_points_to_nothing(plot, deal, make_user, unit):
    park = make_user("liaison", username="park", unit=unit("park"))
    with pytest.raises(NotYours):
        actions.point_to_offer(offer=plot, deal=deal(), by=park)


def test_a_pitch_is_complete_when_each_thing_was_seen(reserve, staff):
    project = reserve()
    for n, item in enumerate(pitch_rule(TODAY).items):
        assert queries.pitches(staff, TODAY)[0].there == n
        actions.note_pitch_paper(
            key_project=project, item=item.code, seen_on=TODAY, document=f"{n}号", by=staff
        )
    state = queries.pitches(staff, TODAY)[0]
    assert state.complete and state.missing == ()
    with pytest.raises(Refused, match="已经登记"):
        actions.note_pitch_paper(key_project=project, item="land", seen_on=TODAY, document="x", by=staff)
    actions.withdraw_pitch_paper(paper=PitchPaper.objects.get(item="land"), reason="规划调整", by=staff)
    assert queries.pitches(staff, TODAY)[0].missing == ("用地",)
    assert Entry.objects.filter(action__startswith="pitch.").count() == 6


def test_a_paper_without_words_or_from_tomorrow_is_refused(reserve, staff):
    project = reserve()
    for wrong in ({"document": " "}, {"seen_on": date(2022, 10, 11)}, {"item": "luck"}):
        given = {"item": "land", "seen_on": TODAY, "document": "1号"} | wrong
        with pytest.raises(Refused):
            actions.note_pitch_paper(key_project=project, by=staff, **given)


def test_what_is_being_built_is_no_reserve_and_the_liaison_packages_nothing(reserve, staff, town):
    reserve("K2", stage="building")
    assert queries.pitches(staff, TODAY) == []
    with pytest.raises(Refused, match="不是储备项目"):
        actions.note_pitch_paper(
            key_project=KeyProject.objects.get(code="K2"), item="land", seen_on=TODAY, document="x", by=staff
        )
    with pytest.raises(PermissionDenied):
        actions.note_pitch_paper(key_project=reserve(), item="land", seen_on=TODAY, document="x", by=town)


def test_a_thing_is_asked_for_from_its_day_on(tmp_path):
    path = tmp_path / "rules/deals/pitch.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "version: '1'\neffective_from: 2022-01-01\nsource: 本地\nitems:\n"
        "  - {code: land, name: 用地, words: x, from: 2022-01-01, to: 2022-06-30}\n"
        "  - {code: carbon, name: 碳评, words: x, from: 2022-07-01}\n", "utf-8",
    )  # fmt: skip
    for day, code in ((date(2022, 6, 30), "land"), (date(2022, 7, 1), "carbon")):
        assert [i.code for i in pitch_rule(day, tmp_path).items] == [code]
    path.write_text("version: '1'\neffective_from: 2022-01-01\nsource: 本地\nitems: []\n", "utf-8")
    with pytest.raises(RuleError, match="items"):
        pitch_rule(TODAY, tmp_path)
    assert {k.code for k in offer_rules().kinds} == {
        "land",
        "plant",
        "floor",
        "energy",
        "chain_gap",
        "talent",
    }


def test_a_list_of_offers_comes_in_and_goes_out_with_the_same_headers(accepted, staff, client):
    accepted(
        register(
            ["", "地块", "河东A1", "河东", "桐溪镇", 120, "净地", "何晓", 13900000000.0, ""],
            ["R7", "标准厂房", "智造园3号楼", "", "高新园", 8000, "", "", "", "层高8米"],
        )
    )

    plot, plant = Offer.objects.order_by("kind")
    assert (plot.code, plot.amount, plot.state, plot.phone) == ("ZY2022-001", 120, "free", "13900000000")
    assert (plant.code, plant.unit.code, plant.note) == ("R7", "park", "层高8米")
    client.force_login(staff)
    sent = client.get(reverse("attraction:offers") + "?export=xlsx").content
    rows = list(openpyxl.load_workbook(io.BytesIO(sent)).active.values)
    head = next(row for row in rows if "编号" in [str(cell) for cell in row])
    assert {"编号", "类别", "名称", "位置", "责任单位", "数量", "状态", "联系人"} <= {str(c) for c in head}


def test_what_was_taken_out_comes_in_again_unchanged(plot, staff, client, checked):
    client.force_login(staff)
    sent = client.get(reverse("attraction:offers") + "?export=xlsx").content
    again = checked(sent, "招商资源清单.xlsx")
    assert again.kind == "offers" and again.counts["unchanged"] == 1 and again.counts["new"] == 0


def test_a_file_of_offers_is_undone_unless_something_stands_on_it(accepted, analyst, staff, deal):
    first = accepted(register(["", "地块", "河东A1", "", "", 120, "净地", "", "", ""]))
    second = accepted(register(["", "地块", "河东A1", "", "", 90, "", "", "", ""]))
    offer = Offer.objects.get()
    assert offer.amount == 90 and OfferRevision.objects.count() == 2
    with pytest.raises(Refused, match="不能整批撤回"):
        intake.undo(submission=first, by=analyst, reason="错")
    first.refresh_from_db()
    intake.undo(submission=second, by=analyst, reason="错")
    offer.refresh_from_db()
    assert offer.amount == 120
    use = actions.point_to_offer(offer=offer, deal=deal(), by=staff)
    with pytest.raises(Refused, match="不能整批撤回"):
        intake.undo(submission=first, by=analyst, reason="错")
    first.refresh_from_db()
    actions.stop_pointing(use=use, by=staff)
    intake.undo(submission=first, by=analyst, reason="错")
    offer.refresh_from_db()
    assert offer.retracted


def test_one_offer_twice_in_a_file_and_a_debt_are_found(checked):
    sent = checked(register(["", "地块", "河东A1", "", "", 120, "", "", "", ""],
                            ["", "地块", "河东A1", "", "", 90, "", "", "", ""],
                            ["", "地块", "河东A2", "", "", -5, "", "", "", ""]))  # fmt: skip
    found = list(sent.findings.filter(severity="hard").values_list("cell", "found"))
    assert sent.state != "ready"
    assert len(found) >= 2 and any("-5" in words for _cell, words in found)


def test_the_pages_save_point_and_package(plot, deal, reserve, staff, town, client):
    made, project = deal(), reserve()
    client.force_login(staff)
    client.post(reverse("attraction:save_offer"), {"kind": "plant", "name": "3号厂房", "amount": "8,000"})
    plant = Offer.objects.get(kind="plant")
    assert plant.amount == 8000
    client.post(reverse("attraction:edit_offer", args=[plant.pk]),
                {"kind": "plant", "name": "3号厂房", "amount": "abc", "version": 1})  # fmt: skip
    plant.refresh_from_db()
    assert plant.amount == 8000
    client.post(reverse("attraction:edit_offer", args=[plant.pk]),
                {"kind": "plant", "name": "4号厂房", "amount": "8000", "version": 1})  # fmt: skip
    client.post(reverse("attraction:offer_state", args=[plant.pk]), {"state": "held", "on": "2022-10-01"})
    client.post(reverse("attraction:point", args=[made.pk]), {"offer": plot.code})
    client.post(reverse("attraction:pitch", args=[project.pk]), {"offer": plot.code})
    client.post(reverse("attraction:pitch", args=[project.pk]),
                {"item": "plan", "on": "2022-10-01", "document": "预可研"})  # fmt: skip
    assert OfferUse.objects.count() == 2 and PitchPaper.objects.count() == 1
    for name, arguments, words in (
        ("offers", (), "桐溪3号地块"), ("offer", (plot.pk,), made.name), ("reserve", (), "1/5"),
        ("reserve_project", (project.pk,), "预可研"), ("deal", (made.pk,), plot.code),
    ):  # fmt: skip
        page = client.get(reverse(f"attraction:{name}", args=arguments))
        assert page.status_code == 200 and words in page.content.decode()
    client.post(reverse("attraction:withdraw_pitch", args=[PitchPaper.objects.get().pk]), {"reason": "误记"})
    for use in OfferUse.objects.all():
        client.post(reverse("attraction:stop_pointing", args=[use.pk]))
    assert not OfferUse.objects.exists()
    assert PitchPaper.objects.get().withdrawn_at is not None
