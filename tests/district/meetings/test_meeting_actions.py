"""A meeting is planned, its memo put, its questions answered, its decisions taken down, and closed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.meetings.conftest import AFTER, BEFORE, ON
from tests.district.supervision.conftest import day
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.meetings import actions, queries, rederived
from wenpan.district.meetings.actions import MeetingPlan
from wenpan.district.meetings.agreed_matters import agreed
from wenpan.district.meetings.models import KeptMemo, Meeting, MeetingQuestion, MemoSeen
from wenpan.district.supervision import actions as supervision
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.models import Matter
from wenpan.district.supervision.sources.actions import deciding

LINE = "住建局10月底前完成保交楼摸底"


def refused(act, **given):
    with pytest.raises(Refused) as told:
        act(**given)
    return told.value.code


def test_a_meeting_is_planned_with_the_name_of_its_kind_and_journalled(people):
    meeting = actions.plan_meeting(
        given=MeetingPlan("gdp", date(2022, 10, 18)), by=people["clerk"], at=BEFORE
    )
    assert meeting.title == "2022年10月18日GDP支撑指标专题会"
    assert Entry.objects.filter(action="meeting.create", subject=f"meeting:{meeting.pk}").count() == 1


def test_one_meeting_of_a_kind_a_day_and_a_cancelled_one_makes_room(planned, people):
    first = planned()
    with pytest.raises(Refused) as told:
        planned()
    assert told.value.code == "clash"
    planned(kind="weekly")
    actions.cancel(meeting=first, by=people["clerk"])
    assert planned().pk != first.pk


@pytest.mark.parametrize(("kind", "starts"), [("tea", ""), ("monthly", "25:00"), ("monthly", "9点")])
def test_an_unknown_kind_and_what_is_no_time_are_refused(people, kind, starts):
    given = MeetingPlan(kind, date(2022, 10, 18), starts=starts)
    assert refused(actions.plan_meeting, given=given, by=people["clerk"]) == "bad_value"
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("who", ["leader", "liaison", "head"])
def test_only_the_office_and_the_analyst_prepare(people, planned, who):
    meeting = planned()
    given = MeetingPlan("weekly", date(2022, 10, 18))
    for act, more in (
        (actions.plan_meeting, {"given": given}),
        (actions.put, {"meeting": meeting}),
        (actions.take_down, {"meeting": meeting, "line": LINE, "at": ON}),
        (actions.close, {"meeting": meeting, "at": ON}),
        (actions.cancel, {"meeting": meeting}),
    ):
        with pytest.raises(PermissionDenied):
            act(by=people[who], **more)


def test_two_who_change_a_meeting_at_once_are_told(planned, people):
    meeting = planned()
    given = MeetingPlan("monthly", date(2022, 10, 19))
    actions.amend(meeting=meeting, given=given, by=people["clerk"], seen=1)
    meeting.refresh_from_db()
    assert meeting.held_on == date(2022, 10, 19)
    assert refused(actions.amend, meeting=meeting, given=given, by=people["second"], seen=1) == "clash"
    assert refused(actions.put, meeting=meeting, by=people["second"], seen=1) == "clash"


def test_the_memo_is_put_once_and_does_not_change_afterwards(planned, people):
    meeting = planned()
    actions.put(meeting=meeting, by=people["clerk"], at=BEFORE)
    assert refused(actions.put, meeting=meeting, by=people["clerk"], at=BEFORE) == "state"
    kept = KeptMemo.objects.get()
    shown = queries.memo_of(meeting)
    assert shown.kept == kept
    assert shown.memo.facts.on == date(2022, 10, 17)


def test_a_leader_has_looked_at_it_once(put, people):
    meeting = put()
    assert actions.mark_seen(meeting=meeting, by=people["leader"], at=BEFORE)
    assert not actions.mark_seen(meeting=meeting, by=people["leader"], at=ON)
    assert MemoSeen.objects.get().at == BEFORE


def test_a_unit_answers_its_own_question_and_no_other(put, people, units):
    meeting = put()
    mine, other = meeting.questions.get(unit=units["zjj"]), meeting.questions.get(unit=units["tongxi"])
    actions.answer(question=mine, words="已开工3个。", by=people["liaison"], at=BEFORE)
    assert mine.answered_by == people["liaison"]
    with pytest.raises(NotYours):
        actions.answer(question=other, words="x", by=people["liaison"], at=BEFORE)
    actions.answer(question=other, words="会上口头答复：月底完成。", by=people["clerk"], at=ON)
    assert refused(actions.answer, question=mine, words=" ", by=people["liaison"]) == "bad_value"
    assert refused(actions.answer, question=mine, words="再答", by=people["liaison"], seen=1) == "clash"


def test_nothing_is_answered_once_the_meeting_is_over(put, people, units):
    meeting = put()
    question = meeting.questions.get(unit=units["zjj"])
    actions.close(meeting=meeting, by=people["clerk"], at=ON)
    assert refused(actions.answer, question=question, words="晚了", by=people["liaison"], at=AFTER) == "state"


def test_a_line_becomes_a_proposal_with_unit_and_day_and_a_sure_one_a_matter(planned, people, units):
    meeting = planned()
    (row,) = actions.take_down(meeting=meeting, line=LINE, by=people["clerk"], at=ON)
    assert (row.lead, row.deadline) == (units["zjj"], date(2022, 10, 31))
    assert row.source == meeting.record
    assert not Matter.objects.exists()
    actions.take_down(meeting=meeting, line="桐溪镇下周五前完成征地", by=people["clerk"], at=ON, sure=True)
    assert Matter.objects.get().source == meeting.record
    assert [d.lead.code for d in queries.decisions(meeting)] == ["zjj", "tongxi"]


def test_what_is_not_understood_stays_as_typed_and_becomes_no_matter_even_if_wanted(planned, people):
    meeting = planned()
    (row,) = actions.take_down(
        meeting=meeting, line="抓紧研究稳增长政策", by=people["clerk"], at=ON, sure=True
    )
    assert (row.text, row.lead, row.state) == ("抓紧研究稳增长政策", None, "open")
    assert row.questions


@pytest.mark.parametrize(
    ("text", "taken"), [("2022-10-17", False), ("2022-10-18", True), ("2022-10-19", True)]
)
def test_decisions_are_taken_down_from_the_day_of_the_meeting_on(planned, people, text, taken):
    meeting = planned()
    given = {"meeting": meeting, "line": LINE, "by": people["clerk"], "at": day(text)}
    if taken:
        assert actions.take_down(**given)
    else:
        assert refused(actions.take_down, **given) == "state"


def test_a_meeting_with_decisions_keeps_its_day_and_is_not_cancelled(planned, people):
    meeting = planned()
    actions.take_down(meeting=meeting, line=LINE, by=people["clerk"], at=ON)
    meeting.refresh_from_db()
    given = MeetingPlan("monthly", date(2022, 10, 20))
    assert refused(actions.amend, meeting=meeting, given=given, by=people["clerk"]) == "state"
    assert refused(actions.cancel, meeting=meeting, by=people["clerk"]) == "state"


def test_closing_settles_the_record_only_where_nothing_is_open(planned, people):
    first, second = planned(), planned(kind="weekly")
    for meeting, sure in ((first, True), (second, False)):
        actions.take_down(meeting=meeting, line=LINE, by=people["clerk"], at=ON, sure=sure)
        meeting.refresh_from_db()
        actions.close(meeting=meeting, by=people["clerk"], at=ON)
        meeting.record.refresh_from_db()
        assert (meeting.record.settled_at is not None) is sure
        assert refused(actions.take_down, meeting=meeting, line=LINE, by=people["clerk"], at=ON) == "state"


def test_a_meeting_is_not_closed_before_its_day(planned, people):
    meeting = planned()
    assert refused(actions.close, meeting=meeting, by=people["clerk"], at=BEFORE) == "state"


# The next memo opens with what became of it.


@pytest.fixture
def held(planned, people, units):
    """Of 18 October: one decision handed to 住建局, one dropped, one undecided."""
    meeting = planned()
    for line in (LINE, "桐溪镇下周五前完成征地", "抓紧研究稳增长政策"):
        actions.take_down(meeting=meeting, line=line, by=people["clerk"], at=ON)
    meeting.refresh_from_db()
    first, second, _open = meeting.record.proposals.order_by("order")
    matter = deciding.confirm(proposal=first, by=people["clerk"], at=ON)
    deciding.dismiss(proposal=second, reason="已在办", by=people["clerk"], at=ON)
    supervision.register(matter=matter, by=people["chief"], at=ON)
    matter.refresh_from_db()
    supervision.assign(matter=matter, lead=units["zjj"], due=date(2022, 10, 31), by=people["clerk"], at=ON)
    actions.close(meeting=meeting, by=people["clerk"], at=ON)
    matter.refresh_from_db()
    return matter


@pytest.mark.parametrize(
    ("on", "outcome"),
    [(date(2022, 10, 30), "silent"), (date(2022, 10, 31), "silent"), (date(2022, 11, 1), "late")],
)
def test_a_decision_is_late_from_the_day_after_its_day(held, planned, on, outcome):
    following = planned(on=date(2022, 11, 18))
    assert [row.outcome for row in agreed(following, on)] == [outcome, "gone", "waiting"]


def test_what_the_unit_said_since_stands_beside_it(held, planned, people):
    supervision.sign(matter=held, by=people["liaison"], at=AFTER)
    held.refresh_from_db()
    supervision.feed_back(
        matter=held, claim="progress", process="已摸底12个楼盘。", by=people["liaison"], at=day("2022-10-25")
    )
    (row, *_rest) = agreed(planned(on=date(2022, 11, 18)), date(2022, 10, 26))
    assert (row.outcome, row.heard, row.heard_on) == ("heard", "已摸底12个楼盘。", date(2022, 10, 25))


def test_only_meetings_of_the_same_kind_that_were_held_before_count(held, planned):
    assert agreed(planned(kind="weekly", on=date(2022, 11, 18)), date(2022, 11, 18)) == []
    assert agreed(planned(on=date(2022, 10, 17)), date(2022, 10, 17)) == []


def test_a_decision_of_an_older_meeting_is_told_while_it_is_open(held, planned, people):
    between = planned(on=date(2022, 11, 1))
    actions.close(meeting=between, by=people["clerk"], at=day("2022-11-01"))
    (row,) = agreed(planned(on=date(2022, 11, 18)), date(2022, 11, 18))
    assert (row.number, row.last_time) == (held.number, False)
    Matter.objects.filter(pk=held.pk).update(state=lifecycle.CLOSED, closed_on=date(2022, 11, 2))
    assert agreed(planned(kind="monthly", on=date(2022, 11, 19)), date(2022, 11, 19)) == []


def test_doctor_counts_a_memo_again_and_compares_its_questions(planned, people, units, behind_the_back):
    told = lambda: list(rederived.troubles(lambda words: None))  # noqa: E731
    meeting = planned()
    actions.put(meeting=meeting, by=people["clerk"], at=BEFORE)
    assert told() == []
    with behind_the_back():
        memo = KeptMemo.objects.get()
        facts = memo.facts | {"answers": {"n": 3, "answered": 3}}
        KeptMemo.objects.filter(pk=memo.pk).update(facts=facts)
        assert told() == [f"meetings.KeptMemo row {memo.pk} counts what its own rows do not give: answers."]
        KeptMemo.objects.filter(pk=memo.pk).update(facts=memo.facts)
        more = MeetingQuestion.objects.create(meeting=meeting, order=99, unit=units["zjj"], text="？")
        assert told() == [f"meetings.MeetingQuestion row {more.pk} stands in no memo."]
        Meeting.objects.filter(pk=meeting.pk).update(state="planned")
        assert told()[0] == f"meetings.Meeting row {meeting.pk} is kept as planned, not put or cancelled."
        KeptMemo.objects.filter(pk=memo.pk).update(facts={"kind": "x"})
        assert "cannot be read" in told()[1]


def test_a_question_is_answered_by_what_the_unit_has_said_of_the_indicator(put, people, units, assigned):
    """One tick, no field; words of its own are typed; to the office nothing is put."""
    from tests.district.supervision.conftest import MORNING
    from wenpan.district.meetings.on_sheet import questions

    matter, said = assigned(), "建筑业总产值下降因新开工少，已排查12个项目"
    supervision.feed_back(
        matter=matter, claim="progress", process=f"{said}；另报表格。", by=people["liaison"], at=MORNING
    )
    meeting = put()
    asked = MeetingQuestion.objects.create(
        meeting=meeting, order=99, unit=units["zjj"], text="上月的措施见到什么效果？",
        citations=[{"kind": "indicator", "key": "construction@2022-09", "label": "建筑业"}],
    )  # fmt: skip
    line = next(q for q in questions(people["liaison"], ON) if q.key == f"question:{asked.pk}")
    assert said in line.draft and line.draft_from.startswith("督办反馈")
    assert [q for q in questions(people["clerk"], ON) if q.key == line.key] == []
    line.write(line.draft, ON)
    asked.refresh_from_db()
    assert asked.carried_from == line.draft_from
    month = queries.forms_filled(day("2022-10-01"), day("2022-11-01"))
    assert (month["meeting_answer_carried"], month["meeting_answer"]) == ({asked.unit_id: 1}, {})
    actions.answer(question=asked, words="另有新情况", by=people["liaison"], at=ON)
    asked.refresh_from_db()
    assert asked.carried_from == ""
