"""The screens of meetings: planned, put, taken down, answered, printed; a unit sees what was put to it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from tests.district.meetings.conftest import BEFORE, ON
from wenpan.district.meetings import actions, awaiting, dates
from wenpan.district.meetings.models import Meeting, MemoSeen
from wenpan.district.supervision.models import Matter, Proposal

LINE = "住建局10月底前完成保交楼摸底"


@pytest.fixture
def clerk(signed_in, today_is):
    today_is("2022-10-18")
    return signed_in("clerk")


def post(browser, name, *args, **data):
    return browser.post(reverse(f"meetings:{name}", args=args), data)


def text(browser, name="meeting", *args):
    return browser.get(reverse(f"meetings:{name}", args=args)).content.decode()


def test_a_meeting_is_planned_and_changed_on_its_page(clerk):
    made = post(clerk, "new", kind="weekly", held_on="2022-10-20", chair="江望舒")
    meeting = Meeting.objects.get()
    assert made["Location"] == reverse("meetings:meeting", args=[meeting.pk])
    post(clerk, "change", meeting.pk, held_on="2022-10-21", title="周调度", seen="1")
    meeting.refresh_from_db()
    assert (meeting.title, meeting.held_on) == ("周调度", date(2022, 10, 21))
    assert "周调度" in text(clerk, "list")
    post(clerk, "cancel", meeting.pk, seen="2")
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CANCELLED


@pytest.mark.parametrize("day", ["", "2022-02-30", "9999-01-01"])
def test_what_is_no_day_comes_back_with_the_form(clerk, day):
    assert post(clerk, "new", kind="weekly", held_on=day).status_code == 400
    assert not Meeting.objects.exists()


def test_the_office_puts_the_memo_and_a_leader_says_that_it_was_read(clerk, planned, signed_in):
    meeting = planned()
    assert "第一次" in text(clerk, "meeting", meeting.pk)
    post(clerk, "put", meeting.pk, seen=str(meeting.version))
    leader = signed_in("leader")
    assert reverse("meetings:seen", args=[meeting.pk]) in text(leader, "meeting", meeting.pk)
    post(leader, "seen", meeting.pk)
    assert MemoSeen.objects.count() == 1
    assert reverse("meetings:seen", args=[meeting.pk]) not in text(leader, "meeting", meeting.pk)


def test_a_unit_sees_its_own_question_and_nothing_else_of_the_meeting(put, signed_in, today_is, units):
    today_is("2022-10-17")
    meeting, browser = put(), signed_in("liaison")
    page = text(browser, "meeting", meeting.pk)
    assert "zjj进展如何？" in page
    assert "tongxi进展如何？" not in page
    assert "发言顺序" not in page and "依据" not in page
    mine, other = meeting.questions.get(unit=units["zjj"]), meeting.questions.get(unit=units["tongxi"])
    post(browser, "answer", mine.pk, answer="已开工3个。", seen="1")
    mine.refresh_from_db()
    assert mine.answer == "已开工3个。"
    assert post(browser, "answer", other.pk, answer="x").status_code == 404
    for name in ("memo_docx", "follow_up_docx", "minutes_docx"):
        assert browser.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 403


def test_a_unit_that_was_asked_nothing_does_not_learn_of_the_meeting(planned, signed_in, today_is):
    today_is("2022-10-17")
    meeting = planned()
    assert signed_in("liaison").get(reverse("meetings:meeting", args=[meeting.pk])).status_code == 404


def test_a_line_is_shown_at_once_with_its_unit_and_its_day(clerk, planned):
    meeting = planned()
    page = clerk.post(
        reverse("meetings:take_down", args=[meeting.pk]), {"line": LINE}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in page
    assert "<strong>住建局</strong>" in page
    assert "2022-10-31" in page
    assert "autofocus" in page


def test_a_refused_line_comes_back_as_it_was_typed(clerk, planned):
    meeting = planned(on=date(2022, 10, 19))
    page = clerk.post(
        reverse("meetings:take_down", args=[meeting.pk]), {"line": LINE}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "还不能记" in page
    assert not Proposal.objects.exists()


def test_a_decision_is_confirmed_taken_back_mended_and_dropped_in_place(clerk, planned, units):
    meeting = planned()
    post(clerk, "take_down", meeting.pk, line="抓紧研究稳增长政策")
    proposal = Proposal.objects.get()
    post(clerk, "mend", meeting.pk, proposal.pk, text="拿出政策清单", lead="jfj", deadline="2022-11-05",
         confirm="1", seen="1")  # fmt: skip
    proposal.refresh_from_db()
    assert (proposal.lead, proposal.deadline) == (units["jfj"], date(2022, 11, 5))
    assert Matter.objects.get().title == "拿出政策清单"
    post(clerk, "undo", meeting.pk, proposal.pk, seen=str(proposal.version))
    proposal.refresh_from_db()
    assert proposal.state == "open"
    post(clerk, "confirm", meeting.pk, proposal.pk, seen=str(proposal.version))
    proposal.refresh_from_db()
    assert proposal.state == "confirmed"
    post(clerk, "undo", meeting.pk, proposal.pk, seen=str(proposal.version))
    proposal.refresh_from_db()
    post(clerk, "drop", meeting.pk, proposal.pk, seen=str(proposal.version))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.note) == ("dropped", "会上议过，不作督办事项")


def test_a_group_becomes_one_matter_for_each_unit(clerk, planned):
    meeting = planned()
    post(clerk, "take_down", meeting.pk, line="各镇10月底前报送项目清单")
    proposal = Proposal.objects.get()
    post(clerk, "each", meeting.pk, proposal.pk, seen="1")
    leads = Proposal.objects.exclude(state="split").values_list("lead__code", flat=True)
    assert sorted(leads) == ["liuwan", "tongxi"]


def test_another_meetings_decision_is_not_there(clerk, planned):
    first, second = planned(), planned(kind="weekly")
    post(clerk, "take_down", first.pk, line=LINE)
    post(clerk, "take_down", second.pk, line=LINE)
    proposal = Proposal.objects.order_by("pk").first()
    assert post(clerk, "confirm", second.pk, proposal.pk).status_code == 404
    assert not Matter.objects.exists()


def test_after_it_come_follow_up_and_minutes_as_word(clerk, planned):
    meeting = planned()
    post(clerk, "take_down", meeting.pk, line=LINE, sure="1")
    post(clerk, "close", meeting.pk, seen=str(Meeting.objects.get().version))
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.HELD
    for name, words in (
        ("follow_up_docx", "完成保交楼摸底"),
        ("minutes_docx", "代拟稿"),
        ("memo_docx", "会前一纸"),
    ):
        answer = clerk.get(reverse(f"meetings:{name}", args=[meeting.pk]))
        paper = Document(io.BytesIO(answer.content))
        cells = [c.text for t in paper.tables for r in t.rows for c in r.cells]
        assert words in "".join([p.text for p in paper.paragraphs] + cells)


# 今日


@pytest.mark.parametrize(("day", "near"), [(12, False), (13, True), (18, True), (25, True)])
def test_a_meeting_is_near_from_the_day_of_its_rule_until_it_is_closed(planned, people, day, near):
    planned()
    at = ON.replace(day=day)
    codes = [group.code for group in awaiting.groups(people["clerk"], at, 5)]
    assert ("meetings" in codes) is near


def test_a_leader_is_told_of_a_memo_until_it_was_read_or_the_day_is_over(put, people):
    meeting = put()

    def told(at):
        return [g.code for g in awaiting.groups(people["leader"], at, 5)]

    assert told(ON) == ["meeting-memos"]
    assert told(ON.replace(day=19)) == []
    actions.mark_seen(meeting=meeting, by=people["leader"], at=ON)
    assert told(ON) == []


def test_a_unit_is_told_of_its_questions_until_they_are_answered(put, people, units):
    meeting = put()
    (group,) = awaiting.groups(people["liaison"], BEFORE, 5)
    assert (group.code, group.count) == ("meeting-questions", 1)
    question = meeting.questions.get(unit=units["zjj"])
    actions.answer(question=question, words="已办。", by=people["head"], at=BEFORE)
    assert awaiting.groups(people["liaison"], BEFORE, 5) == []


def test_what_was_taken_down_and_not_confirmed_is_told_to_the_office(planned, people):
    meeting = planned()
    actions.take_down(meeting=meeting, line=LINE, by=people["clerk"], at=ON)
    found = {g.code: g for g in awaiting.groups(people["second"], ON, 5)}
    assert "1件" in found["meeting-decisions"].items[0].detail
    assert awaiting.groups(people["leader"], ON, 5) == []


def test_a_list_of_meetings_asks_the_database_as_often_for_many_as_for_one(
    planned, clerk, django_assert_max_num_queries
):
    for n in range(1, 10):
        planned(on=date(2022, 10, n))
    with django_assert_max_num_queries(26):
        clerk.get(reverse("meetings:list"))


def test_a_meeting_is_found_by_whom_it_concerns(put, signed_in):
    put()
    found = {
        who: signed_in(who).get(reverse("search:search"), {"q": "调度会"}) for who in ("leader", "liaison")
    }
    assert all("2022年10月18日经济运行调度会" in page.content.decode() for page in found.values())


def test_a_meeting_that_asked_a_unit_nothing_is_not_found_by_it(planned, signed_in):
    planned()
    page = signed_in("liaison").get(reverse("search:search"), {"q": "调度会"}).content.decode()
    assert "2022年10月18日经济运行调度会" not in page


# The calendar


def test_a_meeting_stands_on_the_calendar_of_who_may_see_it(put, planned, people, units):
    asked, silent = put(), planned(kind="weekly", on=date(2022, 10, 19))
    days = (date(2022, 10, 18), date(2022, 10, 19))
    assert [i.key for i in dates.dated(people["leader"], None, *days)] == [
        f"meeting:{asked.pk}",
        f"meeting:{silent.pk}",
    ]
    assert [i.key for i in dates.dated(people["liaison"], None, *days)] == [f"meeting:{asked.pk}"]
    assert [i.key for i in dates.dated(people["clerk"], units["tongxi"], *days)] == [f"meeting:{asked.pk}"]
    assert dates.dated(people["leader"], None, date(2022, 10, 20), date(2022, 10, 30)) == []


def test_a_meeting_that_moves_or_is_called_off_is_the_same_thing_with_a_higher_number(planned, people):
    meeting = planned()
    span = (people["leader"], None, date(2022, 10, 1), date(2022, 10, 31))
    (before,) = dates.dated(*span)
    actions.cancel(meeting=meeting, by=people["clerk"])
    (after,) = dates.dated(*span)
    assert (after.key, after.over, before.over) == (before.key, True, False)
    assert after.sequence > before.sequence
    assert "2022年" not in after.outside
