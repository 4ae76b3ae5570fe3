"""Whatever happens in whatever order, whenever the clock ran: once a level and due date, never at night."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.district.supervision.conftest import day
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.escalation_steps.policy import escalation_rules
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.log.append import state_of
from wenpan.district.supervision.models import Matter, Notice, Slip

CALENDAR = policy.calendar()
STEPS = {step.code: step for step in escalation_rules().steps}


def _deeds(matter, people, rng, at):
    """What people may do with a matter at a moment; each may be refused."""
    until = (matter.due or at.date()) + timedelta(days=rng.randrange(1, 20))
    slip = matter.slips.filter(answered_at=None, withdrawn_at=None).order_by("-pk").first()
    unit, chief, clerk = people["liaison"], people["chief"], people["clerk"]
    return [
        lambda: actions.feed_back(
            matter=matter, claim=rng.choice(["progress", "done", "blocked"]), process="进展", by=unit, at=at
        ),
        lambda: actions.check(matter=matter, passed=rng.random() < 0.3, text="核查", by=clerk, at=at),
        lambda: actions.pause(matter=matter, reason="等待批复", by=chief, at=at),
        lambda: actions.resume(matter=matter, by=chief, at=at),
        lambda: actions.ask_extension(matter=matter, until=until, reason="雨季", by=unit, at=at),
        lambda: actions.decide_extension(matter=matter, granted=True, by=chief, at=at),
        lambda: actions.raise_level(matter=matter, reason="催办", by=clerk, at=at),
        lambda: actions.issue_slip(
            matter=matter, colour=rng.choice(["blue", "yellow", "red"]), reason="催", by=clerk, at=at
        ),
        lambda: slip and actions.answer(slip=slip, text="已办", by=unit, at=at),
        lambda: slip and actions.withdraw(slip=slip, reason="误发", by=clerk, at=at),
    ]


@pytest.mark.parametrize("seed", range(10))
def test_at_random(seed, assigned, people, units):
    rng = random.Random(seed)
    actions.put_in_charge(unit=units["zjj"], leader=people["leader"], by=people["chief"])
    days = [date(2022, 9, 20) + timedelta(days=rng.randrange(25)) for _n in range(3)]
    pks = [assigned(f"事项{n}", due=due, at=day("2022-09-10")).pk for n, due in enumerate(days)]
    at = day("2022-09-12")
    while at < day("2022-11-10"):
        at += timedelta(hours=rng.choice([5, 9, 26, 50, 190]))
        if rng.random() < 0.55:
            actions.escalate(at=at)
        matter = Matter.objects.get(pk=rng.choice(pks))
        try:
            rng.choice(_deeds(matter, people, rng, at))()
        except Refused:
            continue
    assert Notice.objects.exists() and Slip.objects.exists()
    _nobody_is_told_twice_or_at_night()
    for pk in pks:
        _the_log_says_it_once(Matter.objects.get(pk=pk))


def _nobody_is_told_twice_or_at_night():
    keys = Counter(Notice.objects.values_list("key", flat=True))
    assert set(keys.values()) <= {1}
    for notice in Notice.objects.all():
        moment = timezone.localtime(notice.not_before)
        assert any(a <= moment.time() < b for a, b in CALENDAR.spans_on(moment.date())), notice.key
        assert notice.not_before >= notice.made_at


def _the_log_says_it_once(matter):
    """Each step once for a due date, on or after its own working day, and only what the line owes."""
    raised = [e for e in matter.events.filter(kind="raised") if e.by_id is None]
    assert set(Counter((e.data["step"], e.data["due"]) for e in raised).values()) <= {1}
    for event in raised:
        owed = CALENDAR.working_days_after(
            date.fromisoformat(event.data["due"]), STEPS[event.data["step"]].after
        )
        assert timezone.localdate(event.at) >= owed == date.fromisoformat(event.data["day"])
    by_rule = Slip.objects.filter(matter=matter, issued_by=None)
    assert set(Counter(by_rule.values_list("level", "due")).values()) <= {1}
    now = state_of(matter)
    assert (matter.level, matter.slip_level, matter.slip_colour) == (
        now.level,
        now.slip_level,
        now.slip_colour,
    )
    waiting = matter.slips.filter(answered_at=None, withdrawn_at=None).values_list("number", flat=True)
    assert now.slips_open == set(waiting)
