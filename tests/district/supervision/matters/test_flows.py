"""Random lives of matters: whatever people do, the columns are the fold of the log and nobody cheats.

Each walk lets people of every kind try deeds at random; what is refused changes nothing. After each walk: the
derived columns equal the fold, the log has no gap, paused matters are in no rate, and only the office that
did not handle the matter has closed or checked it.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.supervision.conftest import MORNING
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import lifecycle, policy, soundness
from wenpan.district.supervision.log import matter_sets as queries
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.matters import available_actions
from wenpan.district.supervision.matters.pages import acting
from wenpan.district.supervision.matters.pages.typed import Typed
from wenpan.district.supervision.models import Event, Matter

STEPS = 60
SELDOM = {"note", "raise_level", "drop", "decline"}
OFFICE_ONLY = {
    EventKind.REGISTERED,
    EventKind.DROPPED,
    EventKind.ASSIGNED,
    EventKind.PASSED,
    EventKind.RETURNED,
    EventKind.ROUND,
    EventKind.CLOSED,
    EventKind.REOPENED,
    EventKind.EXTENDED,
    EventKind.EXTENSION_REFUSED,
    EventKind.PAUSED,
    EventKind.RESUMED,
    EventKind.RAISED,
}


def typed_at_random(dice: random.Random, today: date) -> Typed:
    until = today + timedelta(days=dice.randint(-2, 30))
    return Typed(
        text=dice.choice(["情况属实", "情况属实", ""]),
        claim=dice.choice(["progress", "done", "blocked", "nonsense"]),
        process=dice.choice(["已完成征地", "已完成征地", " "]),
        until=until.isoformat(),
        verdict=dice.choice(["yes", "yes", "no"]),
        lead=dice.choice(["zjj", "jfj", "nobody"]),
        coops=tuple(dice.sample(["tongxi", "liuwan", "zjj"], dice.randint(0, 2))),
        due=dice.choice(["", until.isoformat()]),
        every=dice.choice(["", "", "monthly", "weekly"]),
    )


def choose(dice: random.Random, matter: Matter, people, today: date):
    """Mostly a deed that somebody may do, notes and the like seldom; now and then anything by anybody."""
    offers = [
        (user, deed.code)
        for user in people.values()
        for deed in available_actions.available_actions(available_actions.situation_of(user, matter, today))
    ]
    moving = [offer for offer in offers if offer[1] not in SELDOM]
    if moving and dice.random() < 0.8:
        return dice.choice(moving)
    if offers and dice.random() < 0.5:
        return dice.choice(offers)
    return people[dice.choice(sorted(people))], dice.choice(sorted(available_actions.BY_CODE))


def walk(seed: int, matter: Matter, people, monkeypatch) -> None:
    dice = random.Random(seed)
    at = MORNING
    for _ in range(STEPS):
        at += timedelta(hours=dice.choice([0, 1, 7, 24, 24 * 6]))
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        now = Matter.objects.get(pk=matter.pk)
        user, code = choose(dice, now, people, at.date())
        seen = now.version if dice.random() < 0.95 else max(0, now.version - 1)
        before = (now.version, Entry.objects.count())
        try:
            acting.do(code, matter=now, typed=typed_at_random(dice, at.date()), files=[], by=user, seen=seen)
        except (Refused, PermissionDenied):
            assert (Matter.objects.get(pk=matter.pk).version, Entry.objects.count()) == before


@pytest.mark.parametrize("seed", range(12))
def test_a_random_life_is_sound(drafted, people, units, make_user, monkeypatch, seed):
    people = {**people, "insider": make_user("supervisor", username="insider", unit=units["zjj"])}
    matter = drafted()
    walk(seed, matter, people, monkeypatch)
    matter = Matter.objects.get(pk=matter.pk)

    assert list(soundness.troubles(MORNING.date())) == []
    log = list(Event.objects.filter(matter=matter).select_related("by", "unit").order_by("sequence"))
    handlers: set[int] = set()
    handling: set[str] = set()
    for event in log:
        if event.kind in {EventKind.FEEDBACK, EventKind.ANSWERED}:
            handlers.add(event.by_id)
        if event.kind == EventKind.ASSIGNED:
            handling = {event.data["lead"], *event.data["coops"]}
        if event.kind in OFFICE_ONLY:
            assert event.by.role in {"supervisor", "supervision_head"}, event.kind
        if event.kind in {
            EventKind.PASSED,
            EventKind.RETURNED,
            EventKind.ROUND,
            EventKind.CLOSED,
            EventKind.REOPENED,
        }:
            assert event.by_id not in handlers, "who fed back checks nothing"
            assert event.unit.code not in handling, "the unit that handles checks nothing"
    promised = [e.data for e in log if e.kind == EventKind.ASSIGNED]
    if promised and promised[0].get("due"):
        assert matter.original_due == date.fromisoformat(promised[0]["due"]), (
            "the promise is never written over"
        )


@pytest.mark.parametrize("seed", range(100, 104))
def test_what_is_paused_is_in_no_rate(assigned, people, units, monkeypatch, seed):
    matter = assigned(due=date(2022, 10, 31))
    walk(seed, matter, people, monkeypatch)
    on = date(2030, 1, 1)
    for paused in Matter.objects.filter(paused=True):
        for condition in (queries.overdue(on), queries.red(on), queries.yellow(on), queries.silent(on)):
            assert not Matter.objects.filter(condition, pk=paused.pk).exists()
    for m in Matter.objects.all():
        soon = policy.office().soon_days
        folded = lifecycle.light(available_actions.situation_of(people["clerk"], m, on).now, on, soon)
        assert queries.light_of(m, on) == folded
        assert Matter.objects.filter(queries.red(on), pk=m.pk).exists() == (folded == "RED")
        assert Matter.objects.filter(queries.yellow(on), pk=m.pk).exists() == (folded == "YELLOW")


# what the doctor finds


def test_a_sound_room_has_no_troubles(assigned):
    assigned(due=date(2022, 10, 31))
    assert list(soundness.troubles(date(2022, 10, 20))) == []


@pytest.mark.parametrize(
    "change, words",
    [
        ({"state": "working"}, "state"),
        ({"due": date(2023, 1, 1)}, "due"),
        ({"lead": None}, "lead"),
        ({"version": 9}, "gap"),
    ],
)
def test_a_column_that_was_changed_by_hand_is_found(assigned, change, words):
    matter = assigned(due=date(2022, 10, 31))
    Matter.objects.filter(pk=matter.pk).update(**change)
    [trouble] = soundness.troubles(date(2022, 10, 20))
    assert matter.number in trouble
    assert words in trouble


def test_a_cooperating_unit_that_was_slipped_in_is_found(assigned, units):
    matter = assigned(due=date(2022, 10, 31))
    matter.coops.add(units["liuwan"])
    [trouble] = soundness.troubles(date(2022, 10, 20))
    assert "coops" in trouble


def test_a_lost_event_is_found(assigned, behind_the_back):
    matter = assigned(due=date(2022, 10, 31))
    with behind_the_back():
        matter.events.filter(sequence=2).delete()
    [trouble] = soundness.troubles(date(2022, 10, 20))
    assert "gap" in trouble


def test_a_matter_without_any_event_is_found(assigned, behind_the_back):
    matter = assigned(due=date(2022, 10, 31))
    with behind_the_back():
        matter.events.all().delete()
    [trouble] = soundness.troubles(date(2022, 10, 20))
    assert "gap" in trouble


def test_an_open_matter_of_a_merged_unit_is_found(assigned, units):
    matter = assigned(due=date(2022, 10, 31))
    units["zjj"].active_to = date(2022, 10, 15)
    units["zjj"].save()
    [trouble] = soundness.troubles(date(2022, 10, 20))
    assert f"matter {matter.number} is with 住建局" in trouble


def test_the_doctor_looks_at_matters_and_at_their_files(assigned, people, behind_the_back):
    from wenpan.commands import doctor
    from wenpan.district.supervision.matters.actions import reports
    from wenpan.district.supervision.models import Attachment

    matter = assigned(due=date(2022, 10, 31))
    reports.report(
        matter=matter,
        claim="progress",
        process="附件",
        files=[("a.pdf", b"%PDF")],
        by=people["liaison"],
        at=MORNING,
    )
    assert list(doctor._matters()) == []
    assert list(doctor._originals()) == []
    with behind_the_back():
        Attachment.objects.update(sha256="0" * 64)
    Matter.objects.update(state="closed", closed_on=date(2022, 10, 20))
    assert len(list(doctor._matters())) == 1
    assert len(list(doctor._originals())) == 1
