"""Forms of the office that no other test sends: each does its one deed (tests/house/cases, twice)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.district.supervision.conftest import day
from tests.district.supervision.sources.papers import docx
from tests.district.supervision.sources.test_sources_pages import SPEECH, send
from wenpan.district.supervision import actions
from wenpan.district.supervision.matters.actions import reports
from wenpan.district.supervision.models import Attachment, Matter, Notice, Proposal, Slip, Source

pytestmark = pytest.mark.django_db
GROUP = ("在会上的讲话", "（2022年10月14日）", "各镇要在11月20日前完成停产企业排查。")
AGAIN = (
    "在第二次会上的讲话",
    "（2022年10月15日）",
    "住建局牵头，桐溪镇配合，抓紧在10月底前完成桐溪智造园二期供地。",
)


@pytest.fixture
def clerk(client, people, today_is):
    today_is("2022-10-18")
    client.force_login(people["clerk"])
    return client


def press(browser, name, *arguments, **form):
    answer = browser.post(reverse(f"supervision:{name}", args=arguments), form)
    assert answer.status_code == 302, answer.content.decode()[:500]
    return answer


def paper(clerk, *lines, name="讲话.docx"):
    send(clerk, docx(*lines), name)
    return Source.objects.latest("pk")


def test_a_decision_is_taken_back(clerk):
    speech = paper(clerk, *SPEECH)
    press(clerk, "confirm_proposal", speech.proposals.first().pk)
    press(clerk, "undo_last", speech.pk)
    assert set(speech.proposals.values_list("state", flat=True)) == {"open"}


def test_what_was_dropped_by_it_does_not_stand_again_beside_its_proposal(client, people, today_is):
    today_is("2022-10-18")
    client.force_login(people["chief"])
    speech = paper(client, *SPEECH)
    press(client, "confirm_proposal", speech.proposals.first().pk)
    press(client, "undo_last", speech.pk)
    matter = Matter.objects.get()
    key = {"pick": [f"{matter.pk}@{matter.version}"]}
    text = client.post("/today/drop/undo/", key, follow=True).content.decode()
    assert "确认已经撤销" in text and Matter.objects.get().state == "dropped"


def test_a_paper_is_settled_when_all_is_decided(clerk):
    speech = paper(clerk, *SPEECH)
    for proposal in speech.proposals.all():
        press(clerk, "drop_proposal", proposal.pk, reason="另有部署")
    press(clerk, "settle_source", speech.pk)
    speech.refresh_from_db()
    assert speech.settled_at is not None


def test_words_of_the_paper_are_added_by_hand(clerk):
    speech = paper(clerk, *SPEECH)
    before = speech.proposals.count()
    press(
        clerk, "add_proposal", speech.pk, title="定四季度的事", evidence="今天会议的任务是把四季度的事定下来"
    )
    assert speech.proposals.count() == before + 1


def test_a_group_becomes_one_matter_a_unit(clerk):
    proposal = paper(clerk, *GROUP).proposals.get()
    press(clerk, "split_among", proposal.pk)
    assert Proposal.objects.filter(state="open").count() == 2


def test_the_same_order_again_is_joined_to_its_matter(clerk):
    press(clerk, "confirm_proposal", paper(clerk, *SPEECH).proposals.first().pk)
    other = paper(clerk, *AGAIN, name="第二份.docx").proposals.get()
    press(clerk, "join_proposal", other.pk, Matter.objects.get().pk)
    other.refresh_from_db()
    assert other.state == "merged"
    assert Matter.objects.get().events.filter(kind="joined").count() == 1


def test_a_slip_is_withdrawn_with_a_reason(clerk, assigned, people):
    matter = assigned(due=date(2022, 10, 17))
    slip = actions.issue_slip(matter=matter, colour="yellow", reason="逾期", by=people["clerk"])
    press(clerk, "withdraw_slip", slip.pk, reason="误发")
    assert Slip.objects.get().withdrawn_at is not None


def test_the_ladder_is_climbed_by_hand(clerk, assigned):
    assigned(due=date(2022, 10, 14))
    press(clerk, "escalate")
    assert Slip.objects.exists() or Notice.objects.exists()


def test_lights_are_looked_at_by_hand(clerk, shines):
    shines("project:1", "RED")
    press(clerk, "run_lights")


def test_all_notices_are_read(signed_in, people, today_is):
    today_is("2022-10-18")
    Notice.objects.create(
        key="n", user=people["liaison"], text="提醒", made_at=day("2022-10-17"), not_before=day("2022-10-17")
    )
    assert Notice.objects.filter(user=people["liaison"], read_at=None).exists()
    press(signed_in("liaison"), "read_all_notices")
    assert not Notice.objects.filter(user=people["liaison"], read_at=None).exists()


def test_a_draft_is_dropped(drafted, people):
    matter = drafted()
    actions.drop(matter=matter, by=people["chief"], reason="重复")
    matter.refresh_from_db()
    assert matter.state == "dropped"


def test_a_file_is_attached_to_a_feedback(assigned, people, today_is):
    today_is("2022-10-18")
    feedback = actions.feed_back(
        matter=assigned(), claim="progress", process="正在清表", by=people["liaison"]
    )
    reports.attach(feedback=feedback, files=[("清表.txt", "清表".encode())], by=people["liaison"])
    assert Attachment.objects.count() == 1


def test_two_of_a_paper_are_merged(clerk):
    speech = paper(clerk, *SPEECH)
    second = speech.proposals.all()[1]
    press(clerk, "merge_proposal", second.pk, deadline="2022-11-15")
    assert speech.proposals.filter(state="open").count() == 2
