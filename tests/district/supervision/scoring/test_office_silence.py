"""No unit is charged for what the office has not done: obstacles, waiting extensions, late checks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.event_log import state_of
from wenpan.district.supervision.log.events import EventKind, MatterEvent, kind_of
from wenpan.district.supervision.log.replay import replay, state_after
from wenpan.district.supervision.models import Matter, Slip
from wenpan.district.supervision.scoring import queries as scores
from wenpan.district.supervision.scoring.month import Logged, MatterLog, lines
from wenpan.district.supervision.scoring.policy import scoring
from wenpan.economy.time.periods import Month

SEPTEMBER = (date(2022, 9, 1), date(2022, 9, 30))
BLOCKED = (
    (EventKind.DRAFTED, "2022-08-01", {}),
    (EventKind.REGISTERED, "2022-08-01", {}),
    (EventKind.ASSIGNED, "2022-09-01", {"lead": "zjj", "due": "2022-09-14"}),
    (EventKind.SIGNED, "2022-09-02", {}),
    (EventKind.FEEDBACK, "2022-09-13", {"claim": "blocked"}),
)
NOT_AN_ANSWER = {
    "the head signs": (EventKind.HEAD_SIGNED, 1, {"signed_off": 3}),
    "the head signed, in an old row": (EventKind.NOTED, 1, {"signed_off": 3}),
    "the light turned": (EventKind.LIGHT_CHANGED, None, {"light": "RED"}),
    "the light turned, in an old row": (EventKind.NOTED, None, {"light": "RED"}),
    "a second paper joined": (EventKind.JOINED, 2, {"proposal": 4}),
    "a second paper, in an old row": (EventKind.NOTED, 2, {"proposal": 4, "source": 1}),
    "a joined paper taken back": (EventKind.UNJOINED, 2, {"proposal": 4}),
    "taken back, in an old row": (EventKind.NOTED, 2, {"proposal": 4, "undone": True}),
    "the rule serves a slip": (EventKind.SLIP, None, {"number": "1", "level": 1}),
    "the rule raises it": (EventKind.RAISED, None, {"level": 1}),
}
AN_ANSWER = {
    "a note of the office": (EventKind.NOTED, 2, {}),
    "a look of the weekly check": (EventKind.LOOKED, 2, {}),
    "a slip by hand": (EventKind.SLIP, 2, {"number": "1", "level": 1}),
    "raised by hand": (EventKind.RAISED, 2, {"level": 1}),
}


def events(*more) -> list[MatterEvent]:
    made = [(kind, on, data, 1) for kind, on, data in BLOCKED]
    return [
        MatterEvent(kind_of(kind, data), datetime.fromisoformat(on) + timedelta(hours=9), data, by, "")
        for kind, on, data, by in [*made, *more]
    ]


def overdue(log: list[MatterEvent]) -> float:
    kept = MatterLog(7, "2022-0007", [Logged(n, e) for n, e in enumerate(log, 1)])
    found = lines(kept, *SEPTEMBER, policy.calendar(), scoring(Month(2022, 9)))
    return float(sum(line.points for line in found if line.rule == "overdue"))


@pytest.mark.parametrize("case", NOT_AN_ANSWER.values(), ids=NOT_AN_ANSWER)
def test_an_obstacle_stands_until_the_office_answers_it(case):
    kind, by, data = case
    log = events((kind, "2022-09-14", data, by))
    assert state_after(log, policy.calendar()).blocked
    assert overdue(log) == 0


@pytest.mark.parametrize("case", AN_ANSWER.values(), ids=AN_ANSWER)
def test_an_answer_of_the_office_ends_the_obstacle(case):
    kind, by, data = case
    log = events((kind, "2022-09-14", data, by))
    assert not state_after(log, policy.calendar()).blocked
    assert overdue(log) == -6  # 15 … 30: twelve working days


def test_replay_ends_where_state_after_ends():
    log = events(
        (EventKind.PAUSED, "2022-09-14", {}, 2),
        (EventKind.RESUMED, "2022-09-20", {}, 2),
        (EventKind.NOTED, "2022-09-21", {}, 2),
    )
    states = list(replay(log, policy.calendar()))
    assert states[-1] == state_after(log, policy.calendar())
    for n, state in enumerate(states, 1):
        assert state == state_after(log[:n], policy.calendar())


@pytest.mark.django_db
def test_a_blocked_unit_whose_head_signs_is_not_overdue_in_the_sheet(assigned, people):
    matter = assigned(due=date(2022, 10, 31))
    actions.sign(matter=matter, by=people["liaison"], at=day("2022-10-17"))
    matter.refresh_from_db()
    words = actions.feed_back(matter=matter, claim="blocked", process="用地未批", by=people["liaison"],
                              at=day("2022-10-28"))  # fmt: skip
    actions.sign_off(feedback=words, by=people["head"], at=day("2022-10-28", 15))
    assert matter.events.latest("sequence").kind == "head_signed"
    assert not [line for line in scores.sheet(Month(2022, 11)).lines if line.rule == "overdue"]


# extensions


@pytest.mark.parametrize(
    ("on", "in_time"), [("2022-10-19", True), ("2022-10-20", True), ("2022-10-21", False)]
)
def test_an_extension_is_asked_for_up_to_and_on_the_day_due(assigned, people, on, in_time):
    matter = assigned(due=date(2022, 10, 20))

    def ask():
        actions.ask_extension(matter=matter, until=date(2022, 11, 10), reason="等批复", by=people["liaison"],
                              at=day(on, 23))  # fmt: skip

    if in_time:
        ask()
        return
    with pytest.raises(Refused) as refused:
        ask()
    assert refused.value.code == "state"


@pytest.mark.parametrize(("on", "late"), [("2022-10-19", False), ("2022-10-20", False), ("2022-10-21", True)])
def test_feedback_on_the_day_due_is_in_time(assigned, people, on, late):
    matter = assigned(due=date(2022, 10, 20))
    words = actions.feed_back(
        matter=matter, claim="progress", process="已进场", by=people["liaison"], at=day(on, 23)
    )
    assert (words.late, words.event.data["late"]) == (late, late)


def test_while_an_extension_waits_no_slip_is_served_and_nobody_is_raised(assigned, people):
    matter = assigned(due=date(2022, 10, 20))
    actions.ask_extension(matter=matter, until=date(2022, 11, 10), reason="等批复", by=people["liaison"],
                          at=day("2022-10-20"))  # fmt: skip
    done = actions.escalate(at=day("2022-11-04"))
    assert (done.slips, done.raised) == (0, 0)
    matter.refresh_from_db()
    actions.decide_extension(
        matter=matter, granted=False, text="不同意", by=people["chief"], at=day("2022-11-04", 11)
    )
    assert actions.escalate(at=day("2022-11-04", 12)).raised == 0  # the days of waiting are the office's
    assert actions.escalate(at=day("2022-11-09")).raised == 1  # three working days after its answer
    assert Slip.objects.filter(matter=matter).count() == 1


# rounds


def test_a_round_reported_in_time_and_checked_late_skips_nothing(assigned, people):
    matter = assigned(recurrence="weekly:5", coops=())  # handed over on Friday the 14th: due on the 21st
    assert matter.due == date(2022, 10, 21)
    actions.feed_back(
        matter=matter, claim="done", process="第一期", by=people["liaison"], at=day("2022-10-21")
    )
    matter.refresh_from_db()
    actions.check(matter=matter, passed=True, text="属实", by=people["clerk"], at=day("2022-10-31"))
    matter.refresh_from_db()
    assert matter.due == date(2022, 10, 28)
    assert actions.escalate(at=day("2022-10-31", 15)).raised == 0
    line = [one for one in scores.sheet(Month(2022, 10)).lines if one.rule in ("overdue", "no_report")]
    assert line == []


def test_a_round_of_an_old_release_keeps_its_day(assigned):
    base = datetime(2022, 10, 14, 9)
    log = [
        MatterEvent(EventKind.DRAFTED, base),
        MatterEvent(EventKind.REGISTERED, base),
        MatterEvent(EventKind.ASSIGNED, base, {"lead": "zjj", "recurrence": "weekly:5"}),
        MatterEvent(EventKind.SIGNED, base),
        MatterEvent(EventKind.ANSWERED, datetime(2022, 10, 21, 9)),
        MatterEvent(EventKind.ROUND, datetime(2022, 10, 31, 9), {"round": "2022-10-21"}),
    ]
    assert state_after(log, policy.calendar()).due == date(2022, 11, 4)


# two dates, two names


def test_a_signature_is_an_act_and_not_a_feedback(assigned, people):
    matter = assigned(due=date(2022, 12, 20))
    actions.sign(matter=matter, by=people["liaison"], at=day("2022-10-17"))
    matter.refresh_from_db()
    assert (matter.news_on, matter.feedback_on) == (date(2022, 10, 17), None)
    now = state_of(matter)
    assert lifecycle.light(now, date(2022, 10, 18), 3) == "GREEN"


def test_silence_runs_from_the_last_feedback_and_not_from_a_signature(assigned, people):
    from wenpan.district.supervision.log import matter_sets

    matter = assigned(due=date(2022, 12, 20))  # handed over on 14 October
    actions.sign(matter=matter, by=people["liaison"], at=day("2022-10-20"))
    silent = [Matter.objects.filter(matter_sets.silent(on), pk=matter.pk).exists()
              for on in (date(2022, 10, 28), date(2022, 10, 29))]  # fmt: skip
    assert silent == [False, True]
