"""One place of random lives: whatever page, list, panel, week or bulletin counts, they count the same."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.accounts.models import Unit
from wenpan.district.bulletins.models import Document  # noqa: F401  (its room must be there)
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions, panels
from wenpan.district.supervision.bulletin_input import queries as bulletin
from wenpan.district.supervision.lights import weekly_subjects
from wenpan.district.supervision.log import lifecycle, matter_sets, policy
from wenpan.district.supervision.log.event_log import state_of
from wenpan.district.supervision.matters.queries import desk, listing, overview
from wenpan.district.supervision.models import Matter, Slip
from wenpan.district.supervision.slips import queries as slips
from wenpan.district.supervision.weekly import queries as weeks
from wenpan.documents.papers.bulletin import rows as parts
from wenpan.economy.time.periods import Month

MONTH, ENDED = Month(2022, 9), date(2022, 10, 1)  # a Saturday and a holiday: lists do not rest
COUNT = 30


def _deeds(matter, people, rng, at):
    """What anybody may try; each may be refused."""
    due = at.date() + timedelta(days=rng.randrange(0, 30))
    who = {"zjj": people["liaison"], "tongxi": people["town"]}.get(matter.lead.code if matter.lead else "")
    unit, chief, clerk = who or people["liaison"], people["chief"], people["clerk"]
    lead = rng.choice(list(Unit.objects.filter(code__in=["zjj", "tongxi", "jfj"])))
    every = rng.choice(["", "", "", "weekly:5", "monthly:25"])
    claim = rng.choice(["progress", "done", "done", "blocked"])
    return [
        lambda: actions.register(matter=matter, by=chief, at=at),
        lambda: actions.drop(matter=matter, reason="重复", by=chief, at=at),
        *[
            lambda: actions.assign(
                matter=matter, lead=lead, due=None if every else due, recurrence=every, by=clerk, at=at
            )
        ] * 4,
        *[lambda: actions.sign(matter=matter, by=unit, at=at)] * 3,
        lambda: actions.decline(matter=matter, reason="不归我们", by=unit, at=at),
        *[
            lambda: actions.feed_back(
                matter=matter, claim=claim, process="进展", by=unit, at=at
            )
        ] * 4,
        *[lambda: actions.check(matter=matter, passed=rng.random() < 0.7, text="核查", by=clerk, at=at)] * 3,
        *[lambda: actions.close(matter=matter, by=clerk, at=at)] * 3,
        lambda: actions.reopen(matter=matter, reason="回头看", by=clerk, at=at),
        lambda: actions.ask_extension(matter=matter, until=due, reason="雨季", by=unit, at=at),
        lambda: actions.decide_extension(matter=matter, granted=True, by=chief, at=at),
        lambda: actions.pause(matter=matter, reason="等批复", by=chief, at=at),
        lambda: actions.resume(matter=matter, by=chief, at=at),
        lambda: actions.issue_slip(
            matter=matter, colour="blue", reason="催办", by=clerk, rules="sanming", at=at
        ),
    ]  # fmt: skip


@pytest.fixture
def lives(drafted, people, request):
    """Thirty matters that lived at random through August and September."""
    rng = random.Random(request.param)
    pks = [drafted(f"事项{n}", at=day(f"2022-08-{1 + n % 28:02d}")).pk for n in range(COUNT)]
    for pk in pks:
        at = day("2022-08-29")
        actions.register(matter=Matter.objects.get(pk=pk), by=people["chief"], at=at)
        while at < day("2022-09-29"):
            at += timedelta(hours=rng.choice([3, 20, 50, 120]))
            if at >= day("2022-09-30"):
                break
            for deed in rng.sample(_deeds(Matter.objects.get(pk=pk), people, rng, at), 12):
                try:
                    deed()
                    break
                except Refused:
                    continue
    actions.escalate(at=day("2022-09-30"))
    return people


@pytest.mark.parametrize("lives", [1], indirect=True)
def test_all_count_the_same(lives, today_is):
    today_is("2022-10-01")
    chief = lives["chief"]
    every = list(Matter.objects.select_related("lead"))
    folds = {m.pk: state_of(m) for m in every}
    soon = policy.office().soon_days
    light = {m.pk: lifecycle.light(folds[m.pk], ENDED, soon) for m in every}
    assert {m.pk: matter_sets.light_of(m, ENDED) for m in every} == light

    states = Counter(folds[m.pk].state for m in every)
    open_ = {m.pk for m in every if folds[m.pk].state in lifecycle.OPEN}
    red = {pk for pk, colour in light.items() if colour == "RED"}
    yellow = {pk for pk, colour in light.items() if colour == "YELLOW"}
    assert red and yellow and states[lifecycle.CLOSED] and states[lifecycle.WORKING]

    def listed(**filters):
        return set(listing.rows(chief, listing.MatterFilters(**filters), ENDED).values_list("pk", flat=True))

    opened, counts = listing.counts(chief, ENDED)
    flags = {c.code: c.count for c in counts}
    seen = overview.overview(chief, ENDED)
    assert seen.open == opened == len(open_) == len(listed())
    assert seen.red == flags["overdue"] == len(red)
    assert listed(flag="overdue") == listed(light="RED") == listed(due="late") == red
    assert seen.yellow == flags["yellow"] == len(yellow)
    assert listed(flag="yellow") == listed(light="YELLOW") == yellow
    everything = [listed(state="all", light=c) for c in ("RED", "YELLOW", "GREEN", "UNKNOWN")]
    assert sum(map(len, everything)) == len(every) == len(set().union(*everything))
    for code, count in flags.items():
        assert count == len(listed(flag=code)), code
    assert seen.paused == flags["paused"]
    assert {u.unit.code: u.red for u in seen.units if u.red} == Counter(folds[pk].lead for pk in red)
    assert (
        panels.panel(chief, "board").note
        == f"未办结{len(open_)}件：逾期{len(red)}件，临期或被退回{len(yellow)}件。"
    )

    given = bulletin.bulletin(MONTH, dated=date(2022, 10, 9), place="安禾区", issuer="督查绩效办", head="")
    rows = given.rows
    assert {r.pk for r in rows if r.light == "RED"} == red
    assert {r.pk for r in rows if r.part == parts.OVERDUE} == red
    assert {r.pk for r in rows if r.light == "YELLOW"} == yellow
    handed = {pk for pk, now in folds.items() if now.assigned_on and now.state != lifecycle.DROPPED}
    assert {r.pk for r in rows} == handed
    assert sum(r.part == parts.CLOSED for r in rows) == states[lifecycle.CLOSED]
    assert sum(r.part == parts.PAUSED for r in rows) == flags["paused"]
    assert sum(r.part == parts.VACANT for r in rows) == states[lifecycle.DECLINED]
    served = Slip.objects.filter(withdrawn_at=None, issued_at__gte=day("2022-09-01", 0))
    assert sum(n for _c, _l, n in given.slips) == served.count() > 0
    assert slips.counts(slips.visible(chief), ENDED)["all"] == Slip.objects.count()

    subjects = {int(s.subject.partition(":")[2]): s.light for s in weekly_subjects.subjects(ENDED)}
    assert subjects == {pk: light[pk] for pk in red | yellow}
    actions.open_week(at=day("2022-09-30"))
    week = weeks.current(date(2022, 9, 30))
    lights = [lifecycle.light(folds[m.pk], date(2022, 9, 30), soon) for m in every]
    assert weeks.sums(week).all == sum(light in ("RED", "YELLOW") for light in lights)
    for name, unit in (("liaison", "zjj"), ("town", "tongxi")):
        mine = desk.desk_of(lives[name], day("2022-10-01"))
        late = [m for m in every if m.pk in red and folds[m.pk].lead == unit]
        unsigned = [m for m in late if folds[m.pk].state == lifecycle.ASSIGNED]
        assert mine.late.count + len(unsigned) == len(late)
