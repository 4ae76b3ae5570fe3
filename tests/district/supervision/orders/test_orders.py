"""转督办: from a red light in one act a matter with owner and day; who answers is named with telephones."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.supervision.conftest import MORNING
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.actions import assign
from wenpan.district.supervision.escalation.supervising_leader import put_in_charge
from wenpan.district.supervision.models import Event, Matter, Notice, Proposal
from wenpan.district.supervision.orders.actions import order_matter
from wenpan.district.supervision.orders.queries import contacts, due_day, subject_of

pytestmark = pytest.mark.django_db
FRIDAY = date(2022, 10, 14)


def ordered(people, units, **more):
    values = {
        "cause": "indicator:fai",
        "lead": units["jfj"],
        "due": date(2022, 10, 28),
        "words": "请限期整改。",
    }
    return order_matter(**(values | {"by": people["leader"], "at": MORNING} | more))


def test_a_leaders_order_is_a_registered_matter_with_owner_and_day(people, units):
    matter = ordered(people, units)
    matter.refresh_from_db()
    assert (matter.state, matter.cause, matter.leader) == (
        "registered",
        "indicator:fai",
        people["leader"].name,
    )
    planned = matter.proposals.get()
    assert (planned.lead, planned.deadline) == (units["jfj"], date(2022, 10, 28))
    assert [e.kind for e in Event.objects.filter(matter=matter).order_by("sequence")] == [
        "drafted",
        "registered",
    ]
    assert Notice.objects.filter(matter=matter, user=people["clerk"]).exists()
    assert Entry.objects.filter(subject=f"matter:{matter.pk}").exists()


def test_the_open_proposal_of_the_light_is_used_and_none_is_left_over(people, units):
    proposal = Proposal.objects.create(
        cause="indicator:fai", origin="light", text="固定资产投资红灯整改", lead=units["jfj"], confidence=1.0
    )
    matter = ordered(people, units, lead=units["zjj"])
    proposal.refresh_from_db()
    assert (proposal.state, proposal.matter, proposal.lead) == ("confirmed", matter, units["zjj"])
    assert matter.proposals.count() == 1


def test_where_a_matter_follows_already_the_words_are_an_instruction_on_it(people, units):
    first = ordered(people, units)
    assert ordered(people, units, words="尽快交办。") == first
    assert Notice.objects.filter(matter=first, user=people["clerk"], text__contains="催交办").exists()
    assign(matter=first, lead=units["jfj"], by=people["clerk"], at=MORNING)
    assert ordered(people, units, words="再催一次。") == first
    assert Matter.objects.count() == 1
    assert Event.objects.filter(matter=first, kind="instructed").get().text == "再催一次。"


def test_a_draft_of_the_office_is_approved_by_the_order(people, units, drafted):
    matter = drafted(cause="indicator:fai")
    assert ordered(people, units) == matter
    matter.refresh_from_db()
    assert matter.state == "registered"


@pytest.mark.parametrize("who", ["clerk", "chief", "liaison", "head", "analyst"])
def test_only_a_leader_orders(who, people, units):
    with pytest.raises(PermissionDenied):
        ordered(people, units, by=people[who])


@pytest.mark.parametrize("cause", ["indicator:none", "project:1", "key_project:²", "matter:1", ""])
def test_what_is_not_there_is_no_subject(cause, people, units):
    with pytest.raises(Refused):
        ordered(people, units, cause=cause)


def test_a_day_gone_by_is_refused_and_today_is_not(people, units):
    with pytest.raises(Refused, match="早于今天"):
        ordered(people, units, due=date(2022, 10, 13))
    assert ordered(people, units, due=FRIDAY).pk


def test_the_day_that_is_proposed_is_ten_working_days_away():
    assert due_day(date(2022, 10, 14)) == date(2022, 10, 28)


def test_a_red_names_head_liaison_and_leader_in_charge_with_their_telephones(people, units):
    put_in_charge(unit=units["zjj"], leader=people["leader"], by=people["chief"])
    people["head"].telephone = "0571-88001234转8012"
    people["head"].save(update_fields=["telephone"])
    found = contacts()["zjj"]
    assert [c.post for c in found] == ["负责人", "联络员", "分管领导"]
    assert found[0].dial == "057188001234"
    assert found[1].dial == ""


def test_the_page_is_prefilled_and_one_press_orders(client, people, units):
    client.force_login(people["leader"])
    page = client.get("/supervision/order/?cause=indicator:fai").content.decode()
    assert "固定资产投资红灯整改" in page
    assert '<option value="jfj" selected>' in page
    due = subject_of("indicator:fai", people["leader"], date.today()).due
    answer = client.post(
        "/supervision/order/", {"cause": "indicator:fai", "lead": "jfj", "due": due, "words": ""}
    )
    matter = Matter.objects.get()
    assert answer.url == f"/supervision/matters/{matter.pk}/"


def test_the_page_refuses_in_words_and_keeps_what_was_typed(client, people, units):
    client.force_login(people["leader"])
    answer = client.post(
        "/supervision/order/", {"cause": "indicator:fai", "lead": "", "due": "", "words": "速办"}
    )
    assert answer.status_code == 422
    assert "速办" in answer.content.decode()
    assert client.get("/supervision/order/?cause=indicator:none").status_code == 404
