"""An office that holds meetings: the people of supervision, and a meeting of 18 October 2022."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    assigned,
    day,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)
from wenpan.district.meetings import actions
from wenpan.district.meetings.actions import MeetingPlan
from wenpan.district.meetings.models import KeptMemo, MeetingQuestion

BEFORE, ON, AFTER = day("2022-10-17"), day("2022-10-18"), day("2022-10-19")


@pytest.fixture
def planned(people):  # noqa: F811
    """planned(kind=…, on=…): a meeting that the clerk has planned."""

    def make(kind="monthly", on=date(2022, 10, 18), **more):
        given = MeetingPlan(kind, on, chair="江望舒", **more)
        return actions.plan_meeting(given=given, by=people["clerk"], at=day("2022-10-10"))

    return make


@pytest.fixture
def put(planned, people, units):  # noqa: F811
    """put(): a meeting whose memo was put, with one question to 住建局 and one to 桐溪镇 added to it."""

    def make(**more):
        meeting = planned(**more)
        actions.put(meeting=meeting, by=people["clerk"], at=BEFORE)
        first = meeting.questions.count() + 1
        for order, code in enumerate(("zjj", "tongxi"), start=first):
            MeetingQuestion.objects.create(
                meeting=meeting, order=order, unit=units[code], text=f"{code}进展如何？",
                citations=[{"kind": "indicator", "key": "retail", "label": "社零"}],
            )  # fmt: skip
        meeting.refresh_from_db()
        assert KeptMemo.objects.filter(meeting=meeting).exists()
        return meeting

    return make
