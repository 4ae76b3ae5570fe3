"""The monthly dispatch meetings: planned, the memo put, questions answered, decisions taken down, closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from wenpan.demo.play.agenda import Act, Story
from wenpan.demo.story import matters
from wenpan.demo.story.meetings import StoryDispatchMeeting, meetings

HandOver = Callable[[Story, Any, datetime], None]
IN_THE_ROOM = "会上口头答复，月底前补报书面材料。"


def plan(story: Story, hand_over: HandOver) -> None:
    """What is decided goes the way of every other matter (`hand_over`)."""
    for told in meetings():
        day = matters.day(told.day)
        story.plan(day - timedelta(days=7), _plans(story, told), 9, 10)
        story.plan(day - timedelta(days=2), _puts(story, told), 15)
        story.plan(day - timedelta(days=1), _answers(story, told), 16)
        if told.lines:
            story.plan(day, _meets(story, told, hand_over), 9, 30)


def _meeting(told: StoryDispatchMeeting) -> Any:
    from wenpan.district.meetings.models import Meeting

    return Meeting.objects.get(kind="monthly", held_on=matters.day(told.day))


def _plans(story: Story, told: StoryDispatchMeeting) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.meetings import actions

        given = actions.MeetingPlan(
            "monthly", matters.day(told.day), starts="09:30", place=told.place, chair=told.chair,
            attending="经发局、商务局、财政局、税务局、住建局、投促局、金融中心、各镇街主要负责人",
        )  # fmt: skip
        actions.plan_meeting(given=given, by=story.clerk, at=moment)

    return act


def _puts(story: Story, told: StoryDispatchMeeting) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.meetings import actions

        actions.put(meeting=_meeting(told), by=story.clerk, at=moment)

    return act


def _answers(story: Story, told: StoryDispatchMeeting) -> Act:
    """The first question of each unit that answers, in writing; the leader reads the memo."""

    def act(moment: datetime) -> None:
        from django.utils import timezone

        from wenpan.district.meetings import actions, queries

        meeting = _meeting(told)
        if not told.lines:
            return
        actions.mark_seen(meeting=meeting, by=story.users["leader"], at=moment)
        for name, typed in told.answers.items():
            asked = meeting.questions.filter(unit__short_name=name).select_related("unit")
            drafts = {} if typed else queries.drafts_of(list(asked), timezone.localdate(moment))
            question = asked.filter(pk__in=drafts).first() if drafts else asked.first()
            if question is not None and (typed or drafts):
                words = typed or drafts[question.pk].words
                by = story.liaison_of(question.unit)
                actions.answer(question=question, words=words, by=by, at=moment + timedelta(minutes=5))

    return act


def _meets(story: Story, told: StoryDispatchMeeting, hand_over: HandOver) -> Act:
    """Two of three of the other questions are answered in the room; what nobody is named for stays open."""

    def act(moment: datetime) -> None:
        from wenpan.district.meetings import actions

        meeting = _meeting(told)
        for question in meeting.questions.filter(answer=""):
            if question.order % 3:
                actions.answer(question=question, words=IN_THE_ROOM, by=story.clerk, at=moment)
        for n, line in enumerate(told.lines):
            at = moment + timedelta(minutes=20 + 5 * n)
            for proposal in actions.take_down(meeting=meeting, line=line, by=story.clerk, at=at):
                if proposal.lead is not None:
                    hand_over(story, proposal, at + timedelta(minutes=1))
        meeting.refresh_from_db()
        actions.close(meeting=meeting, by=story.clerk, at=moment + timedelta(hours=2))

    return act
