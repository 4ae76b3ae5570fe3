"""A batch is taken back as a whole; what it had replaced holds again, and the past can still be asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions
from wenpan.district.observations import hooks, queries
from wenpan.district.observations.models import Observation

pytestmark = pytest.mark.django_db


def day(number: int) -> datetime:
    return datetime(2022, 10, number, 4, tzinfo=UTC)


def growth(on: date | None = None) -> list[float | None]:
    return queries.frame(indicators=["retail"], as_known_on=on)["value"].to_list()


@pytest.fixture
def three(accepted, make_file, make_figure):
    """The same figure as 5.1 on the 10th, 5.3 on the 12th, 5.6 on the 14th."""
    return [
        accepted(make_file(make_figure("retail", v)), name=f"{v}.xlsx", at=day(d))
        for v, d in (("5.1", 10), ("5.3", 12), ("5.6", 14))
    ]


def test_undoing_brings_back_what_held_before_as_a_new_version(three, analyst):
    actions.undo(submission=three[2], by=analyst, reason="数错了", at=day(16))
    assert growth() == [5.3]
    now = Observation.objects.get(superseded_at__isnull=True)
    assert (now.version, now.restores.version, now.batch.submission) == (4, 2, three[1])


def test_undoing_twice_goes_back_two_steps_and_a_third_leaves_nothing(three, analyst):
    for submission, left in zip(reversed(three), ([5.3], [5.1], []), strict=True):
        actions.undo(submission=submission, by=analyst, reason="数错了", at=day(16))
        assert growth() == left


def test_the_past_is_known_on_any_day_and_does_not_change(three, analyst):
    actions.undo(submission=three[2], by=analyst, reason="数错了", at=day(16))
    known = {d: growth(date(2022, 10, d)) for d in (9, 10, 11, 12, 14, 15, 16)}
    assert known == {9: [], 10: [5.1], 11: [5.1], 12: [5.3], 14: [5.6], 15: [5.6], 16: [5.3]}


def test_a_batch_that_a_later_one_revised_is_not_undone_and_the_later_is_named(three, analyst):
    with pytest.raises(Refused) as refusal:
        actions.undo(submission=three[0], by=analyst, reason="数错了")
    assert refusal.value.code == "later_batch" and "《5.6.xlsx》" in refusal.value.message
    three[0].refresh_from_db()
    assert three[0].state == "accepted" and growth() == [5.6]


def test_an_undone_file_can_be_sent_again(three, analyst, accepted, make_file, make_figure):
    actions.undo(submission=three[2], by=analyst, reason="数错了")
    again = accepted(make_file(make_figure("retail", "5.6")), name="又来.xlsx")
    assert again.pk != three[2].pk and growth() == [5.6]
    assert Observation.objects.get(superseded_at__isnull=True).version == 5


def test_a_figure_that_vanished_returns_with_the_next_version(accepted, analyst, make_file, make_figure):
    first = accepted(make_file(make_figure("retail", "5.1")))
    actions.undo(submission=first, by=analyst, reason="数错了")
    assert queries.latest_month() is None
    accepted(make_file(make_figure("retail", "5.2")), name="对的.xlsx")
    assert Observation.objects.get(superseded_at__isnull=True).version == 2


def test_undoing_needs_a_reason_and_happens_once(three, analyst):
    with pytest.raises(Refused) as refusal:
        actions.undo(submission=three[2], by=analyst, reason=" ")
    assert refusal.value.code == "reason_missing"
    actions.undo(submission=three[2], by=analyst, reason="数错了")
    with pytest.raises(Refused) as refusal:
        actions.undo(submission=three[2], by=analyst, reason="数错了")
    assert refusal.value.code == "clash"


def test_a_listener_that_fails_leaves_the_batch_in_place(three, analyst):
    listener = hooks.on_change(lambda *anything: 1 / 0)
    try:
        with pytest.raises(ZeroDivisionError):
            actions.undo(submission=three[2], by=analyst, reason="数错了")
    finally:
        hooks.remove(listener)
    assert growth() == [5.6]


def test_a_leader_cannot_undo(three, make_user):
    with pytest.raises(PermissionDenied):
        actions.undo(submission=three[2], by=make_user("leader"), reason="不好看")


def test_the_stamp_changes_with_every_batch_and_every_undo(three, analyst):
    before = queries.stamp()
    actions.undo(submission=three[2], by=analyst, reason="数错了")
    assert queries.stamp() != before


@pytest.fixture
def said_twice(accepted, make_file, make_figure):
    """5.1 on the 10th; on the 12th it is revised to 5.3; on the 14th and 15th two more files say 5.3."""
    files = (("5.1", 10, "C5"), ("5.3", 12, "C5"), ("5.3", 14, "F9"), ("5.3", 15, "G7"))
    return [
        accepted(make_file(make_figure("retail", v, cell=c)), name=f"{d}日.xlsx", at=day(d))
        for v, d, c in files
    ]


def test_a_figure_that_a_later_file_confirmed_stays_and_is_that_files(said_twice, analyst):
    actions.undo(submission=said_twice[1], by=analyst, reason="拿错了", at=day(16))
    assert growth() == [5.3]
    now = Observation.objects.get(superseded_at__isnull=True)
    assert (now.batch.submission, now.cell, now.version) == (said_twice[2], "F9", 3)


def test_when_all_who_said_it_are_undone_what_held_before_them_holds(said_twice, analyst):
    for number, left in ((1, [5.3]), (2, [5.3]), (3, [5.1]), (0, [])):
        actions.undo(submission=said_twice[number], by=analyst, reason="拿错了", at=day(16))
        assert growth() == left


def test_a_confirmation_that_was_undone_holds_nothing(said_twice, analyst):
    for number, left in ((3, [5.3]), (2, [5.3]), (1, [5.1])):
        actions.undo(submission=said_twice[number], by=analyst, reason="拿错了", at=day(16))
        assert growth() == left
