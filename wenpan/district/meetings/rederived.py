"""Kept memos beside themselves and beside the questions that were put; meetings beside their own days.

For `wenpan doctor`; reads only. The figures of a memo are those of its day and are not made again: what is
counted of them is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from wenpan.district.meetings.memo.compose import counted
from wenpan.district.meetings.memo.facts import Memo
from wenpan.district.meetings.memo.memo_json import read_memo
from wenpan.district.meetings.models import KeptMemo, Meeting
from wenpan.rules.schema import KeptDataError, keep

State = Meeting.State


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each state, count and question that nothing gives."""
    tell(f"memos: {KeptMemo.objects.count()} counted again")
    memos = {row.meeting_id: row for row in KeptMemo.objects.all()}
    for meeting in Meeting.objects.order_by("pk"):
        follows = _states(meeting, meeting.pk in memos)
        if meeting.state not in follows:
            yield f"meetings.Meeting row {meeting.pk} is kept as {meeting.state}, not {' or '.join(follows)}."
    for row in sorted(memos.values(), key=lambda row: row.pk):
        where = f"meetings.KeptMemo row {row.pk}"
        try:
            memo = read_memo(row.facts)
        except (KeptDataError, ValueError) as fault:
            yield f"{where} cannot be read: {fault}."
            continue
        if wrong := _counts(memo):
            yield f"{where} counts what its own rows do not give: {', '.join(wrong)}."
        yield from _questions(row, memo)


def _states(meeting: Meeting, put: bool) -> tuple[str, ...]:
    if meeting.closed_at is not None:
        return (State.HELD,)
    return (State.PUT, State.CANCELLED) if put else (State.PLANNED, State.CANCELLED)


def _counts(memo: Memo) -> list[str]:
    made = counted(memo.facts)
    wrong = [name for name, value in made.items() if getattr(memo, name) != value]
    speakers = {s.unit: (s.points, s.questions) for s in memo.agenda}
    points, times = Counter[str](), Counter[str]()
    for question in memo.questions:
        if question.unit:
            points[question.unit] += question.points
            times[question.unit] += 1
    if speakers != {unit: (points[unit], times[unit]) for unit in times}:
        wrong.append("agenda")
    return wrong


def _questions(row: KeptMemo, memo: Memo) -> Iterator[str]:
    put = {question.order: question for question in row.meeting.questions.select_related("unit")}
    for order, asked in enumerate(memo.questions, start=1):
        question = put.pop(order, None)
        if question is None:
            yield f"meetings.KeptMemo row {row.pk}: question {order} was not put to its unit."
            continue
        wrong = [
            name
            for name, is_kept, made in (
                ("text", question.text, asked.text[:600]),
                ("unit", question.unit.code if question.unit else "", asked.unit),
                ("citations", question.citations, [keep(c) for c in asked.citations]),
            )
            if is_kept != made
        ]
        if wrong:
            where = f"meetings.MeetingQuestion row {question.pk}"
            yield f"{where} is not the question of the memo: {', '.join(wrong)}."
    for question in put.values():
        yield f"meetings.MeetingQuestion row {question.pk} stands in no memo."
