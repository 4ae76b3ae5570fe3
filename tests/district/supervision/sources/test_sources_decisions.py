"""What a person may decide on a proposal; every decision can be taken back until the paper is settled."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.district.accounts.models import Unit
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.actions import register
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Matter, Proposal
from wenpan.district.supervision.sources import queries
from wenpan.district.supervision.sources.actions import deciding, instructions, proposing, undoing
from wenpan.district.supervision.sources.alike import candidates
from wenpan.district.supervision.sources.unit_resolver import UnitResolver
from wenpan.documents.orders.masthead import PaperHead
from wenpan.documents.orders.take_in import Taken, again

pytestmark = pytest.mark.django_db
ON = date(2022, 10, 14)
LINES = (
    "一、由住建局牵头，桐溪镇配合，10月底前完成桐溪智造园二期供地。",
    "二、经发局要在11月15日前拿出工业稳增长方案。",
    "三、柳湾镇要在11月20日前完成停产企业排查。",
)


@pytest.fixture
def paper(people):
    """paper(*lines): a registered source of Friday 14 October 2022 with what the rules find in it."""

    def make(*lines: str, dated: date = ON, title: str = "调度会讲话", by: str = "clerk"):
        lines = lines or LINES
        found = again(lines, (), dated, policy.calendar(), UnitResolver(dated).gazetteer())
        taken = Taken(tuple(lines), "txt", PaperHead("speech", title, "", "", dated), dated, found)
        sha = f"{abs(hash((lines, title))):064d}"[:64]
        return proposing.register_source(taken=taken, filename="x.txt", sha256=sha, by=people[by])

    return make


def picture(source):
    """Everything that a person sees of the proposals."""
    return [
        (p.pk, p.state, p.text, p.lead_id, tuple(p.coops), p.deadline, p.span_start, p.span_end, p.evidence,
         tuple(p.questions), p.matter_id, p.merged_into_id)
        for p in source.proposals.all()
    ]  # fmt: skip


def confirm(p, by):
    return deciding.confirm(proposal=p, by=by)


def edit(p, by):
    return deciding.edit(proposal=p, changes={"text": "改过的话", "lead": None, "coops": ["zjj"]}, by=by)


def merge(p, by):
    into = p.source.proposals.first()
    return deciding.merge(proposal=p, into=into, by=by, deadline=into.deadline)


def split(p, by):
    return deciding.split(proposal=p, parts=["拿出方案", "开会部署"], by=by)


def drop(p, by):
    return deciding.dismiss(proposal=p, by=by, reason="口号")


def join(p, by):
    other = Matter.objects.get(title="别处的事项")
    return deciding.join(proposal=p, matter=other, by=by)


@pytest.mark.parametrize("deed", [confirm, edit, merge, split, drop, join], ids=lambda d: d.__name__)
def test_every_decision_can_be_taken_back_and_leaves_nothing_changed(deed, paper, people, drafted):
    drafted("别处的事项")
    source = paper()
    before = picture(source)
    second = source.proposals.all()[1]
    deed(second, people["clerk"])
    assert picture(source) != before
    undoing.undo_last(source=source, by=people["second"])
    assert picture(source) == before


def test_decisions_are_taken_back_in_turn(paper, people):
    source = paper()
    before = picture(source)
    first, second, third = source.proposals.all()
    edit(first, people["clerk"])
    merge(second, people["clerk"])
    drop(third, people["clerk"])
    split(first, people["clerk"])
    undone = [undoing.undo_last(source=source, by=people["clerk"]).pk for _step in range(4)]
    assert undone[:2] == [first.pk, third.pk]
    assert picture(source) == before
    with pytest.raises(Refused, match="还没有可以撤销"):
        undoing.undo_last(source=source, by=people["clerk"])


def test_a_dropped_matter_keeps_its_number_when_the_confirmation_is_taken_back(paper, people):
    first = paper().proposals.first()
    matter = confirm(first, people["clerk"])
    undoing.undo(proposal=first, by=people["clerk"])
    matter.refresh_from_db()
    assert matter.state == "dropped"
    assert confirm(first, people["clerk"]).number != matter.number


def test_a_registered_matter_is_not_undone_from_the_paper(paper, people):
    first = paper().proposals.first()
    matter = confirm(first, people["clerk"])
    register(matter=matter, by=people["chief"])
    with pytest.raises(Refused, match="立项"):
        undoing.undo(proposal=first, by=people["clerk"])


def test_a_settled_paper_takes_nothing_back(paper, people):
    source = paper()
    for p in source.proposals.all():
        confirm(p, people["clerk"])
    deciding.settle(source=source, by=people["clerk"])
    with pytest.raises(Refused, match="确认完毕"):
        undoing.undo_last(source=source, by=people["clerk"])
    with pytest.raises(Refused, match="刚被确认完毕"):
        deciding.settle(source=source, by=people["clerk"])


def test_a_paper_with_an_open_proposal_is_not_settled(paper, people):
    source = paper()
    with pytest.raises(Refused, match="还有 3 条"):
        deciding.settle(source=source, by=people["clerk"])


def test_merging_keeps_the_words_and_units_of_both(paper, people):
    first, second, _third = paper().proposals.all()
    deciding.merge(proposal=second, into=first, by=people["clerk"], deadline=first.deadline)
    first.refresh_from_db()
    assert "供地" in first.text and "稳增长方案" in first.text
    assert (first.lead.code, first.coops) == ("zjj", ["tongxi", "jfj"])
    assert first.deadline == date(2022, 10, 31)
    assert (first.span_start, first.span_end) == (2, second.span_end)


def test_a_merge_is_not_undone_under_a_later_decision(paper, people):
    first, second, _third = paper().proposals.all()
    deciding.merge(proposal=second, into=first, by=people["clerk"], deadline=first.deadline)
    edit(first, people["clerk"])
    with pytest.raises(Refused, match="请先撤销那一条"):
        undoing.undo(proposal=second, by=people["clerk"])


def test_parts_have_their_own_words_as_evidence_and_their_own_deadline(paper, people):
    source = paper("由住建局牵头，10月底前完成供地、11月20日前办好施工许可。")
    whole = source.proposals.first()
    parts = deciding.split(
        proposal=whole, parts=["10月底前完成供地", "11月20日前办好施工许可"], by=people["clerk"]
    )
    text = "\n".join(source.paragraphs)
    assert [text[p.span_start : p.span_end] for p in parts] == ["10月底前完成供地", "11月20日前办好施工许可"]
    assert [p.deadline for p in parts] == [date(2022, 10, 31), date(2022, 11, 20)]
    assert {p.lead.code for p in parts} == {"zjj"}


def test_a_group_expands_and_has_no_lead_until_a_person_says(paper, people):
    p = paper("各镇要在11月20日前完成停产企业排查。").proposals.get()
    assert p.lead is None
    assert p.detail["leads"] == ["tongxi", "liuwan"]
    assert any("2个单位" in q for q in p.questions)
    units = list(Unit.objects.filter(code__in=p.detail["leads"]).order_by("order"))
    parts = deciding.split_among(proposal=p, leads=units, by=people["clerk"])
    assert [(x.lead.code, x.coops) for x in parts] == [("tongxi", []), ("liuwan", [])]


def test_of_a_unit_that_was_merged_away_the_successor_is_asked_for(paper, people, units):
    zjj = units["zjj"]
    zjj.active_to, zjj.successor = date(2022, 3, 1), units["jfj"]
    zjj.save()
    p = paper("住建局要在11月20日前完成供地。").proposals.get()
    assert any("撤并" in q and "经发局" in q for q in p.questions)


def test_no_unit_is_invented(paper):
    p = paper("要在11月20日前完成停产企业排查，确保不留死角。").proposals.get()
    assert (p.lead, p.coops) == (None, [])
    assert any("责任单位" in q for q in p.questions)


def test_a_deadline_before_the_papers_day_is_a_question(paper):
    p = paper("住建局要在2022年9月30日前完成供地。").proposals.get()
    assert any("早于成文日期" in q for q in p.questions)


def test_the_same_order_in_a_second_paper_is_offered_and_joined(paper, people):
    first = paper().proposals.first()
    matter = confirm(first, people["clerk"])
    other = paper(
        "住建局牵头，桐溪镇配合，抓紧在10月底前完成桐溪智造园二期供地。", title="第二份"
    ).proposals.get()
    near = candidates([other])[other.pk]
    assert near[0].number == matter.number
    assert "责任单位相同" in near[0].reasons
    deciding.join(proposal=other, matter=matter, by=people["clerk"])
    matter.refresh_from_db()
    last = matter.events.last()
    assert (last.kind, last.data["proposal"]) == ("joined", other.pk)
    assert "《第二份》再次部署" in last.text
    assert Matter.objects.count() == 1


def test_a_different_order_is_not_offered(paper, people):
    confirm(paper().proposals.first(), people["clerk"])
    other = paper("经发局要在11月15日前拿出工业稳增长方案。", title="第二份").proposals.get()
    assert candidates([other]) == {}


def test_assignment_begins_with_what_was_planned(paper, people):
    first = paper().proposals.first()
    matter = confirm(first, people["clerk"])
    planned = queries.planned(matter)
    assert (planned.lead.code, planned.coops, planned.deadline) == ("zjj", ["tongxi"], date(2022, 10, 31))
    assert (matter.lead, matter.due) == (None, None)


def test_words_added_by_hand_must_stand_in_the_paper(paper, people):
    source = paper()
    planned = instructions.MatterPlan(text="排查")
    with pytest.raises(Refused, match="照抄"):
        instructions.write_by_hand(
            planned=planned, source=source, evidence="原文没有的话", by=people["clerk"]
        )
    p = instructions.write_by_hand(
        planned=planned, source=source, evidence="停产企业排查", by=people["clerk"]
    )
    assert "\n".join(source.paragraphs)[p.span_start : p.span_end] == "停产企业排查"


@pytest.mark.parametrize(
    "kind, unit, amount",
    [("note_urgent", "working_days", 5), ("note", "days", 15), ("note_hard", "days", 30)],
)
def test_the_urgency_of_a_note_gives_its_limit(kind, unit, amount, people, units):
    planned = instructions.MatterPlan(text="查清堵点", kind=kind, lead=units["zjj"], leader="李建安")
    p = instructions.take_note(
        leader="李建安", words="请住建局查清堵点。", dated=ON, planned=planned, by=people["clerk"]
    )
    matter = confirm(p, people["clerk"])
    assert (matter.kind, matter.leader, matter.source.kind) == (kind, "李建安", "note")
    assert (policy.types()[matter.kind].limit, policy.types()[matter.kind].unit) == (amount, unit)
    assert matter.evidence == "请住建局查清堵点。"


def test_the_day_is_not_moved_under_a_decision(paper, people):
    source = paper()
    drop(source.proposals.first(), people["clerk"])
    given = proposing.Given("speech", "调度会讲话", "", "", date(2022, 10, 20))
    with pytest.raises(Refused, match="已有事项处理过"):
        proposing.amend_source(source=source, given=given, by=people["clerk"])


@pytest.mark.parametrize("who", ["liaison", "leader", "town"])
def test_only_the_office_and_analysts_decide(who, paper, people):
    from django.core.exceptions import PermissionDenied

    first = paper().proposals.first()
    for deed in (confirm, edit, drop, split):
        with pytest.raises(PermissionDenied):
            deed(first, people[who])
    assert not Matter.objects.exists()


@pytest.mark.parametrize("deed", [confirm, edit, merge, split, drop], ids=lambda d: d.__name__)
def test_without_the_journal_nothing_is_decided(deed, paper, people, monkeypatch):
    source = paper()
    before, entries = picture(source), Entry.objects.count()

    def broken(**_values):
        raise OSError("the disk is full")

    monkeypatch.setattr("wenpan.district.ground.journal.actions.Entry.objects.create", broken)
    with pytest.raises(OSError, match="full"):
        deed(source.proposals.all()[1], people["clerk"])
    assert (picture(source), Entry.objects.count()) == (before, entries)
    assert not Matter.objects.exists()


def test_two_people_at_once_decide_once(paper, people):
    first = paper().proposals.first()
    stale = Proposal.objects.get(pk=first.pk)
    drop(first, people["clerk"])
    with pytest.raises(Refused, match="请先撤销"):
        deciding.confirm(proposal=stale, by=people["second"], seen=1)
    undoing.undo(proposal=first, by=people["clerk"])
    with pytest.raises(Refused, match="刚被别人处理过"):
        deciding.confirm(proposal=stale, by=people["second"], seen=1)
    assert not Matter.objects.exists()


def test_merged_evidence_is_two_stretches_of_the_text(paper, people):
    source = paper()
    first, _second, third = source.proposals.all()
    before = [*first.spans, *third.spans]
    deciding.merge(proposal=third, into=first, by=people["clerk"], deadline=first.deadline)
    first.refresh_from_db()
    assert first.spans == before
    marked = [p for row in queries.pieces(source, [first]) for p in row if p.marked]
    assert [(p.start, p.end) for p in marked] == before
    undoing.undo(proposal=first, by=people["clerk"])
    first.refresh_from_db()
    assert first.spans == before[:1]
