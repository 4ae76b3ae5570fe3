"""Points of random histories: each rests on events, a month is their sum, places follow scores."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.district.supervision.scoring.test_scoring import (
    DRAFTED,
    RULES,
    assigned,
    event,
    line,
    log,
)
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.events import EventKind, MatterEvent
from wenpan.district.supervision.log.replay import state_after
from wenpan.district.supervision.scoring.month import MatterLog, PointLine, lines
from wenpan.district.supervision.scoring.unit_scores import unit_scores

KINDS = [k for k in EventKind if k not in {EventKind.DRAFTED, EventKind.REGISTERED}]


@st.composite
def histories(draw):
    """Any legal history: steps that the rules allow, on later and later days."""
    calendar = policy.calendar()
    day, made = date(2022, 8, 15), [*DRAFTED, assigned("2022-08-15", "2022-09-10")]
    for _ in range(draw(st.integers(0, 14))):
        standing = state_after(
            [MatterEvent(k, datetime.fromisoformat(d), dict(x)) for k, d, x in made], calendar
        )
        able = [k for k in KINDS if lifecycle.allowed(standing, k)]
        if len(made) < 4 or made[-1][0] is EventKind.TAKEN_BACK:
            able = [k for k in able if k is not EventKind.TAKEN_BACK]
        kind = draw(st.sampled_from(able))
        days = 0 if kind is EventKind.TAKEN_BACK else draw(st.integers(0, 9))  # on its own day or never
        day += timedelta(days=days)
        due = (day + timedelta(days=draw(st.integers(0, 25)))).isoformat()
        data = {
            EventKind.ASSIGNED: {"lead": draw(st.sampled_from(["zjj", "jfj"])), "due": due},
            EventKind.EXTENSION_ASKED: {"due": due}, EventKind.EXTENDED: {"due": due},
            EventKind.SLIP: {"number": str(day), "level": 1, "colour": "blue"},
        }.get(kind, {})  # fmt: skip
        made.append(event(kind, day.isoformat(), **data))
    return made[2:]


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_point_rests_on_events_of_its_matter_and_a_month_is_the_sum_of_nothing_else(history):
    one = log(*[(k, d, dict(x)) for k, d, x in history])
    pks = {logged.pk for logged in one.events}
    found: list[PointLine] = []
    for month in (8, 9, 10, 11, 12):
        first = date(2022, month, 1)
        last = date(2022, month + 1, 1) - timedelta(days=1) if month < 12 else date(2022, 12, 31)
        upto = [e for e in one.events if e.event.at.date() <= last]
        cut = lines(MatterLog(7, "n", upto), first, last, policy.calendar(), RULES)
        assert cut == [
            PointLine(**{**vars(line), "number": "n"})
            for line in lines(one, first, last, policy.calendar(), RULES)
        ]
        assert all(first <= line.day <= last for line in cut)
        found += cut
    assert all(line.events and set(line.events) <= pks for line in found)
    assert len({line.key for line in found}) == len(found)
    assert all(line.unit in {"zjj", "jfj"} for line in found)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(-40, 10)), max_size=40), st.data())
def test_a_score_is_base_and_the_mean_of_its_points_and_places_follow_scores(rows, data):
    made = [line(unit, str(value), str(at)) for at, (unit, value) in enumerate(rows)]
    counts = {unit: data.draw(st.integers(0, 9)) for unit in "abcd"}
    taken = frozenset(data.draw(st.sets(st.sampled_from([m.key for m in made])))) if made else frozenset()
    found = {m.unit: m for m in unit_scores(made, counts, RULES, taken)}
    for unit, mark in found.items():
        own = [int(m.points) for m in made if m.unit == unit and m.key not in taken]
        exact = 100 + Fraction(10 * sum(own), max(counts[unit], 1))
        assert abs(Fraction(mark.score) - min(max(exact, 0), 120)) <= Fraction(1, 20)
        assert (mark.rank is None) == (counts[unit] < RULES.least_matters)
    ranked = [m for m in found.values() if m.rank]
    assert all((a.score > b.score) == (a.rank < b.rank) for a in ranked for b in ranked)
    assert all(60 <= m.utility <= 100 for m in ranked)
