"""The short way to a month (columns where nothing moved, logs where something did) against the long one.

Random histories over five months are written as the rules allow them; every month's rows must be those of a
fold of each matter's events before the month's end, whatever came later.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from tests.district.bulletins.matters import SHANGHAI
from wenpan.district.supervision.bulletin_input import queries as counted
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.append import derive
from wenpan.district.supervision.log.events import EventKind, MatterEvent
from wenpan.district.supervision.log.replay import state_after
from wenpan.district.supervision.matters.actions.undoing import TAKEN_BACK
from wenpan.district.supervision.models import Event, Matter
from wenpan.district.supervision.scoring import queries as scores
from wenpan.district.supervision.scoring.month import Logged, MatterLog, lines
from wenpan.district.supervision.scoring.month_log import month_log
from wenpan.district.supervision.slips.queries import span
from wenpan.documents.papers.bulletin.compose import compose
from wenpan.economy.time.periods import Month

MAY_BE_TAKEN_BACK = frozenset().union(*(kinds for kinds, _right in TAKEN_BACK.values()))
MONTHS = [Month(2022, m) for m in (8, 9, 10, 11)]


def history(rng: random.Random) -> list[MatterEvent]:
    """Some steps of a matter's life, each allowed after the one before, from July on."""
    at = datetime(2022, 7, 20, 9) + timedelta(days=rng.randint(0, 70))
    log = [
        MatterEvent(EventKind.DRAFTED, at, {}, None, "dcb"),
        MatterEvent(EventKind.REGISTERED, at, {}, None, "dcb"),
    ]
    for _ in range(rng.randint(1, 14)):
        now = state_after(log, policy.calendar())
        able = [
            k
            for k in EventKind
            if lifecycle.allowed(now, k)
            and k is not EventKind.DROPPED
            or rng.random() < 0.02
            and lifecycle.allowed(now, k)
        ]
        if log[-1].kind not in MAY_BE_TAKEN_BACK or len(log) < 4:
            able = [k for k in able if k is not EventKind.TAKEN_BACK]
        kind = rng.choice(able) if now.state != lifecycle.REGISTERED else EventKind.ASSIGNED
        days = 0 if kind is EventKind.TAKEN_BACK else rng.randint(0, 12)  # on its own day or never
        at += timedelta(days=days, minutes=1)
        due = (at.date() + timedelta(days=rng.randint(0, 40))).isoformat()
        log.append(MatterEvent(kind, at, data(kind, due, now.lead, rng), None, now.lead or "dcb"))
    return log


def data(kind: EventKind, due: str, lead: str, rng: random.Random) -> dict[str, object]:
    if kind is EventKind.ASSIGNED:
        limit = {"due": due} if rng.random() < 0.6 else {"limit": [10, "working_days"]}
        limit = {"recurrence": "monthly:25"} if rng.random() < 0.15 else limit
        return {"lead": rng.choice(["zjj", "tongxi", "jfj"]), "coops": ["dcb"], **limit}
    if kind in {EventKind.EXTENSION_ASKED, EventKind.EXTENDED}:
        return {"due": due}
    return {"level": 1, "colour": "blue", "number": due} if kind is EventKind.SLIP else {}


@pytest.fixture(params=[1, 2, 3])
def place(district, request):
    """Forty matters with their events and derived columns."""
    rng = random.Random(request.param)
    clerk = district.people["clerk"]
    for n in range(1, 41):
        log = history(rng)
        matter = Matter.objects.create(
            number=f"2022-{n:04d}",
            year=2022,
            serial=n,
            kind="meeting",
            title=f"第{n}件",
            created_by=clerk,
            created_at=log[0].at.replace(tzinfo=SHANGHAI),
            state=lifecycle.DRAFT,
            version=len(log),
        )
        Event.objects.bulk_create(
            Event(
                matter=matter,
                sequence=at,
                kind=e.kind.value,
                at=e.at.replace(tzinfo=SHANGHAI),
                unit=district.units[e.unit],
                data=dict(e.data),
            )
            for at, e in enumerate(log, start=1)
        )
        derive(matter=matter)
    return district


def naive(month: Month) -> dict[int, tuple]:
    """By matter: part, light, lead, due and closing day, from a fold of every event before its end."""
    _first, end = span(month)
    after = end.date()
    found = {}
    for matter in Matter.objects.all():
        kept = matter.events.filter(at__lt=end).select_related("unit").order_by("sequence")
        log = [
            MatterEvent(
                EventKind(e.kind),
                e.at.astimezone(SHANGHAI).replace(tzinfo=None),
                e.data,
                None,
                e.unit.code,
            )
            for e in kept
        ]
        now = state_after(log, policy.calendar())
        if now.assigned_on is None or now.state == lifecycle.DROPPED:
            continue
        part = counted.part_of(now, after)
        closed = now.closed_on if part == "closed" else None
        lead = "" if part == "vacant" else now.lead
        found[matter.pk] = (
            part,
            lifecycle.light(now, after, policy.office().soon_days),
            lead,
            now.due,
            closed,
        )
    return found


def rows(month: Month) -> dict[int, tuple]:
    later = month.plus(1)
    given = counted.bulletin(
        month, dated=date(later.year, later.month, 8), place="甲区", issuer="督查绩效办", head=""
    )
    compose(given)  # and the paper is at odds with nothing
    return {row.pk: (row.part, row.light, row.unit, row.due, row.closed_on) for row in given.rows}


def test_every_month_is_the_fold_of_what_had_happened_by_its_end(place):
    for month in MONTHS:
        assert rows(month) == naive(month)


def test_no_line_of_points_is_lost_by_reading_only_the_logs_that_a_month_needs(place):
    """Against the lines of every matter with its whole log."""
    for month in MONTHS:
        book, policy_ = month_log(month), scores.sheet(month).rules
        every = []
        for matter in Matter.objects.all():
            log = [
                Logged(
                    e.pk,
                    MatterEvent(
                        EventKind(e.kind),
                        e.at.astimezone(SHANGHAI).replace(tzinfo=None),
                        e.data,
                        None,
                        e.unit.code,
                    ),
                )
                for e in matter.events.filter(at__lt=book.end).select_related("unit").order_by("sequence")
            ]
            one = MatterLog(matter.pk, matter.number, log)
            every += lines(one, book.first_day, book.last_day, policy.calendar(), policy_)
        assert {x.key for x in scores.sheet(month, book).lines} == {x.key for x in every}
