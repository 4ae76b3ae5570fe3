"""Who sees what when: even, together by unit, never too much in a day, never one's own unit."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenpan.district.campaigns.schedule import TeamDay, share_out

MONDAY = date(2022, 10, 17)
DAYS = [MONDAY + timedelta(days=n) for n in range(3)]
BUSY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine
objects = st.lists(st.sampled_from("abcd"), max_size=40).map(lambda units: list(enumerate(units)))


@BUSY
@given(objects, st.integers(1, 3), st.integers(1, 3), st.integers(1, 6))
def test_nobody_sees_more_in_a_day_than_the_rules_allow_and_nothing_is_left_while_there_is_room(
    rows, n_teams, n_days, most
):
    found = share_out(rows, list(range(n_teams)), DAYS[:n_days], most=most)
    assert max(Counter(found.values()).values(), default=0) <= most
    assert len(found) == min(len(rows), n_teams * n_days * most)


@BUSY
@given(objects, st.integers(1, 5))
def test_a_team_with_somebody_of_the_unit_does_not_see_it(rows, most):
    found = share_out(rows, [1, 2], DAYS, most=most, barred={(1, "a"), (1, "b")})
    units = dict(rows)
    assert not [key for key, slot in found.items() if slot.team == 1 and units[key] in "ab"]


@BUSY
@given(objects, st.dictionaries(st.sampled_from([TeamDay(1, d) for d in DAYS]), st.integers(0, 5)))
def test_what_slots_hold_already_counts(rows, load):
    found = share_out(rows, [1], DAYS, most=5, load=load)
    whole = Counter(found.values()) + Counter(load)
    assert max(whole.values(), default=0) <= 5


def test_one_units_objects_go_to_one_team_on_one_day():
    rows = [(n, unit) for n, unit in enumerate("aabbcc")]
    found = share_out(rows, [1, 2, 3], [MONDAY], most=12)
    assert [found[0], found[2], found[4]] == [found[1], found[3], found[5]]
    assert len(set(found.values())) == 3


def test_a_unit_with_more_than_an_even_share_is_cut():
    found = share_out([(n, "a") for n in range(6)], [1, 2], [MONDAY], most=12)
    assert sorted(Counter(found.values()).values()) == [3, 3]


def test_without_a_team_or_a_day_nothing_is_planned():
    assert share_out([(1, "a")], [], DAYS, most=3) == {}
    assert share_out([(1, "a")], [1], [], most=3) == {}
