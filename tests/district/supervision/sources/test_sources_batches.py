"""Many proposals at once: what is certain is confirmed together, the rest stays, each with its reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests.district.supervision.conftest import MORNING
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Matter, Proposal, Source
from wenpan.district.supervision.sources.actions import batches
from wenpan.district.supervision.sources.pages.parts import next_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(people):
    return Source.objects.create(
        kind="speech",
        title="讲话",
        dated=date(2022, 10, 14),
        paragraphs=["讲话"],
        created_by=people["clerk"],
        created_at=MORNING,
    )


def proposal(paper, text, lead, confidence=0.9, questions=(), **more):
    values = {"source": paper, "text": text, "lead": lead, "confidence": confidence}
    return Proposal.objects.create(**values, questions=list(questions), **more)


def test_what_is_certain_is_confirmed_and_nothing_else(paper, people, units):
    zjj = units["zjj"]
    sure = [proposal(paper, f"完成{word}供地", zjj) for word in ("东区", "西区")]
    proposal(paper, "把握不大", zjj, confidence=0.79)
    proposal(paper, "有疑问", zjj, questions=["未定时限"])
    proposal(paper, "没有单位", None)
    found = batches.confirm_sure(source=paper, by=people["clerk"], at=MORNING)
    assert found.done == tuple(str(p.pk) for p in sure) and found.refused == ()
    assert set(Matter.objects.values_list("title", flat=True)) == {"完成东区供地", "完成西区供地"}
    assert Proposal.objects.filter(state="open").count() == 3


def test_exactly_at_the_limit_it_is_certain(paper, people, units):
    proposal(paper, "正好八成", units["zjj"], confidence=0.8)
    assert len(batches.confirm_sure(source=paper, by=people["clerk"], at=MORNING).done) == 1


def test_what_an_open_matter_may_already_order_is_left_to_a_person(paper, people, units, assigned):
    assigned("完成桐溪智造园二期供地工作并交付企业使用", due=date(2022, 10, 31))
    proposal(paper, "完成桐溪智造园二期供地工作并交付企业使用", units["zjj"], deadline=date(2022, 10, 31))
    with pytest.raises(Refused, match="没有把握较大的建议"):
        batches.confirm_sure(source=paper, by=people["clerk"], at=MORNING)


def test_one_that_cannot_be_confirmed_leaves_the_others_done(people, units):
    good = proposal(None, "绿灯转红", units["zjj"], cause="indicator:a", origin="light")
    nobody = proposal(None, "没有单位", None, cause="indicator:b", origin="light")
    keys = [f"{good.pk}@{good.version}", f"{nobody.pk}@{nobody.version}", "999999@1", "x", "1;2"]
    found = batches.decide_many(decision="confirm", keys=keys, by=people["clerk"], at=MORNING)
    assert found.done == (str(good.pk),)
    assert [why for _what, why in found.refused] == [
        "未定牵头单位，请先修改。",
        "没有这一条，或已不在您的范围内。",
    ]


def test_a_batch_is_taken_back_as_one(people, units):
    rows = [proposal(None, f"事项{n}", units["zjj"], cause=f"project:{n}", origin="light") for n in range(5)]
    keys = [f"{p.pk}@{p.version}" for p in rows]
    done = batches.decide_many(decision="confirm", keys=keys, by=people["clerk"], at=MORNING).done
    back = batches.decide_many(decision="undo", keys=done, by=people["clerk"], at=MORNING)
    assert len(back.done) == 5
    assert Proposal.objects.filter(state="open").count() == 5
    assert not Matter.objects.exclude(state="dropped").exists()


def test_dropping_many_needs_one_reason_for_all(people, units):
    rows = [proposal(None, f"事项{n}", units["zjj"], cause=f"project:{n}", origin="light") for n in range(3)]
    keys = [f"{p.pk}@{p.version}" for p in rows]
    with pytest.raises(Refused, match="请写明为什么"):
        batches.decide_many(decision="drop", keys=keys, by=people["clerk"], words=" ")
    batches.decide_many(decision="drop", keys=keys, by=people["clerk"], words="已在别处督办", at=MORNING)
    assert set(Proposal.objects.values_list("state", "note")) == {("dropped", "已在别处督办")}


@pytest.mark.parametrize("keys", [[], ["x"], ["@3"], ["1@x"]])
def test_nothing_ticked_is_said(people, keys):
    with pytest.raises(Refused, match="请先勾选"):
        batches.decide_many(decision="confirm", keys=keys, by=people["clerk"])


def test_more_than_a_batch_holds_is_refused_whole(people, units):
    with pytest.raises(Refused, match="一次最多"):
        batches.decide_many(decision="confirm", keys=[str(n) for n in range(1, 402)], by=people["clerk"])


def test_89_proposals_of_lights_are_three_decisions(people, units, signed_in, today_is):
    """All certain ones, the rest with one reason: the page, not 89 clicks."""
    today_is("2022-10-17")
    for n in range(89):
        lead = units["zjj"] if n < 80 else None
        proposal(None, f"事项{n}", lead, cause=f"project:{n}", origin="light", detail={"light": "RED"})
    clerk = signed_in("clerk")
    keys = [f"{p.pk}@{p.version}" for p in Proposal.objects.filter(lead__isnull=False)]
    clerk.post("/today/confirm/do/", {"pick": keys})
    rest = [f"{p.pk}@{p.version}" for p in Proposal.objects.filter(state="open")]
    clerk.post("/today/dismiss/do/", {"pick": rest, "words": "无责任单位"})
    assert Proposal.objects.filter(state="open").count() == 0
    assert Matter.objects.count() == 80


def test_after_the_exceptions_the_rest_of_a_paper_is_confirmed_at_once(client, paper, people, units):
    looked_at = [
        proposal(paper, "把握不大", units["zjj"], confidence=0.5),
        proposal(paper, "有疑问", units["zjj"], questions=["时限早于文件日期"]),
    ]
    proposal(paper, "有把握", units["zjj"])
    proposal(paper, "没有单位", None, confidence=0.5)
    client.force_login(people["clerk"])
    page = client.get(reverse("supervision:source", args=[paper.pk])).content.decode()
    assert "其余已看过，确认 2 条" in page
    picks = [f"{p.pk}@{p.version}" for p in looked_at]
    assert all(f'name="pick" value="{pick}"' in page for pick in picks)
    client.post(reverse("home:act", args=["confirm"]), {"pick": picks, "back": page[:0]})
    assert set(Matter.objects.values_list("title", flat=True)) == {"把握不大", "有疑问"}


def test_the_list_of_lights_is_narrowed_and_confirmed_over_all_its_pages(people, units, signed_in):
    """The worst first, a page of 60, one filter for list, acts and the batch over everything it finds."""
    made = {
        (light, n): proposal(
            None, f"事项{n}", units["zjj"], cause=f"{about}:{n}", origin="light", detail={"light": light}
        )
        for n in range(61)
        for light, about in (("YELLOW", "deal"), ("RED", "project"))
    }
    clerk, page = signed_in("clerk"), reverse("supervision:lights")
    first = clerk.get(page)
    assert {card.proposal.detail["light"] for card in first.context["cards"]} == {"RED"}
    assert len(first.context["everything"]) == 122
    red = clerk.get(page, {"light": "RED", "page": "2"})
    assert [card.order for card in red.context["cards"]] == [61]
    assert len(red.context["everything"]) == 61
    assert "show=open&amp;light=RED" in red.content.decode()
    assert not clerk.get(page, {"q": "事项60", "about": "deal"}).context["everything"]
    strange = clerk.get(page, {"light": "<b>", "about": "²", "page": "²"})
    assert len(strange.context["everything"]) == 122
    asked = RequestFactory().get(page, {"light": "YELLOW"})
    assert next_open(asked, None, made["YELLOW", 5]) == made["YELLOW", 4].pk
