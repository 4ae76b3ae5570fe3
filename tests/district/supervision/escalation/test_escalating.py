"""Escalation: exactly one slip and one notice a level and due date, whatever the machine did meanwhile."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date

import pytest
from django.db import close_old_connections, connection

from tests.district.supervision.conftest import day
from wenpan.district.ground.journal.models import Entry
from wenpan.district.supervision import actions
from wenpan.district.supervision.models import Matter, Notice, Slip

DUE = date(2022, 10, 20)  # a Thursday


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


def said() -> Counter:
    """How often each step was said: key without the matter and the person."""
    return Counter(key.split(":")[1] for key in Notice.objects.values_list("key", flat=True))


@pytest.fixture
def in_charge(people, units):
    actions.put_in_charge(unit=units["zjj"], leader=people["leader"], by=people["chief"])


@pytest.fixture
def late(assigned, in_charge):
    return assigned(due=DUE)


def test_each_step_comes_on_its_day_and_tells_its_people(late, people):
    for on in ("2022-10-21", "2022-10-25", "2022-10-27", "2022-11-01", "2022-11-03"):
        actions.escalate(at=day(on))
    told = {}
    for notice in Notice.objects.exclude(key__startswith="slip").select_related("user"):
        told.setdefault(notice.key.split(":")[1], set()).add(notice.user.username)
    assert told == {
        "liaison": {"liaison"},
        "unit_head": {"head", "liaison"},
        "charge": {"leader", "head"},
        "named": {"clerk", "second", "chief", "head"},
        "talk": {"clerk", "second", "chief", "leader"},
    }
    assert fresh(late).level == 4
    raised = late.events.filter(kind="raised").values_list("data__step", flat=True)
    assert list(raised) == ["unit_head", "charge", "named", "talk"]


def test_running_twice_changes_nothing(late):
    actions.escalate(at=day("2022-10-25"))
    before = (Notice.objects.count(), Slip.objects.count(), late.events.count(), Entry.objects.count())
    again = actions.escalate(at=day("2022-10-25", 15))
    assert (again.slips, again.raised, again.told) == (0, 0, 0)
    assert (
        Notice.objects.count(),
        Slip.objects.count(),
        late.events.count(),
        Entry.objects.count(),
    ) == before


def test_after_a_fortnight_of_downtime_there_is_exactly_one_notice_a_level(late):
    actions.escalate(at=day("2022-11-05"))  # the first run since it fell due; a Saturday
    expected = {"liaison": 1, "unit_head": 2, "charge": 2, "named": 4, "talk": 4}
    assert said() == expected | {str(late.pk): 2}  # and the slip: to the liaison and the head
    assert list(Slip.objects.values_list("colour", flat=True)) == ["blue"]
    assert {n.not_before for n in Notice.objects.all()} == {day("2022-11-07", 8).replace(minute=30)}
    actions.escalate(at=day("2022-11-08"))
    assert Slip.objects.count() == 1  # what was served late is answered in its own time


def test_daily_runs_and_one_run_after_downtime_end_alike(assigned, in_charge):
    """What the line has said of a matter depends on the day, not on how often the clock ran."""
    daily = assigned("每天运行", due=DUE)
    for n in range(21, 32):
        actions.escalate(at=day(f"2022-10-{n}"))
    slept = assigned("停机", due=DUE)
    actions.escalate(at=day("2022-10-31"))

    def line(matter):
        keys = matter.notices.exclude(key__startswith="slip").values_list("key", flat=True)
        events = matter.events.filter(kind="raised").values_list("data__step", flat=True)
        return sorted(key.split(":")[1] for key in keys), list(events), fresh(matter).level

    assert line(daily) == line(slept)


def test_at_night_words_wait_for_the_morning(late):
    actions.escalate(at=day("2022-10-21", 3))
    assert {n.not_before for n in Notice.objects.all()} == {day("2022-10-21", 8).replace(minute=30)}
    assert Slip.objects.get().issued_at == day("2022-10-21", 8).replace(minute=30)


def test_on_a_weekend_no_slip_is_served(assigned, in_charge):
    assigned(due=date(2022, 10, 21))  # Friday
    assert actions.escalate(at=day("2022-10-22")).slips == 0
    assert actions.escalate(at=day("2022-10-24")).slips == 1


def test_a_pause_stops_the_line(late, people):
    actions.pause(matter=late, reason="等待批复", by=people["chief"], at=day("2022-10-20"))
    done = actions.escalate(at=day("2022-11-10"))
    assert (done.slips, done.raised, done.told) == (0, 0, 0)


def test_what_was_reported_done_is_not_pressed(late, people):
    actions.feed_back(matter=late, claim="done", process="已完成", by=people["liaison"], at=day("2022-10-20"))
    assert not Slip.objects.exists()
    done = actions.escalate(at=day("2022-11-10"))
    assert (done.slips, done.raised, done.told) == (0, 0, 0)


def test_an_extension_starts_the_line_anew(assigned, in_charge, people):
    matter = assigned(due=date(2022, 10, 27))
    actions.ask_extension(matter=matter, until=date(2022, 11, 10), reason="雨季", by=people["liaison"],
                          at=day("2022-10-26"))  # fmt: skip
    actions.escalate(at=day("2022-10-31"))
    matter = fresh(matter)
    assert (matter.slip_level, Slip.objects.count()) == (
        0,
        0,
    )  # it was asked in time and waits for the office
    actions.decide_extension(matter=matter, granted=True, by=people["chief"], at=day("2022-10-31", 11))
    matter = fresh(matter)
    assert (matter.due, matter.slip_level, matter.slip_colour, matter.level) == (date(2022, 11, 10), 0, "", 0)
    actions.escalate(at=day("2022-11-01"))
    assert Slip.objects.count() == 0
    actions.escalate(at=day("2022-11-11"))
    assert [s.key.split(":")[1:] for s in Slip.objects.order_by("pk")] == [["1", "2022-11-10"]]
    assert fresh(matter).level == 0
    actions.escalate(at=day("2022-11-15"))
    assert fresh(matter).level == 1


def test_reminders_come_once_before_the_day(late, people):
    actions.escalate(at=day("2022-10-17"))
    actions.escalate(at=day("2022-10-18"))
    assert list(Notice.objects.values_list("key", flat=True)) == [
        f"{late.pk}:soon:2022-10-20:{people['liaison'].pk}"
    ]


def test_without_a_liaison_the_head_is_told_and_without_anybody_the_office(assigned, people, units):
    people["liaison"].is_active = False
    people["liaison"].save()
    first, second = assigned("甲", due=DUE), assigned("乙", due=DUE, lead="liuwan", coops=())
    actions.escalate(at=day("2022-10-21"))
    told = {
        m: set(m.notices.filter(key__contains=":liaison:").values_list("user__username", flat=True))
        for m in (first, second)
    }
    assert told == {first: {"head"}, second: {"clerk", "second", "chief"}}


def test_a_year_whose_holidays_are_not_published_is_flagged_and_works(assigned, in_charge):
    matter = assigned(due=date(2031, 9, 30))
    actions.escalate(at=day("2031-11-20"))
    events = matter.events.filter(kind__in=["raised", "slip"])
    assert events.count() == 5
    assert all(e.data["estimated"] for e in events)


def test_a_person_needs_the_right_to_set_it_off(people):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.escalate(by=people["liaison"])


def test_only_a_leader_is_in_charge(people, units):
    from wenpan.district.ground.refused import Refused

    with pytest.raises(Refused, match="区领导"):
        actions.put_in_charge(unit=units["zjj"], leader=people["clerk"], by=people["chief"])


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_it_once(assigned, in_charge):
    matters = [assigned(f"事项{n}", due=DUE) for n in range(6)]
    gate, troubles = threading.Barrier(2), []

    def work():
        try:
            gate.wait()
            actions.escalate(at=day("2022-11-05"))
        except Exception as error:
            troubles.append(error)
        finally:
            close_old_connections()
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert troubles == []
    assert Slip.objects.count() == len(matters)
    assert sorted(Slip.objects.values_list("serial", flat=True)) == list(range(1, len(matters) + 1))
    for matter in matters:
        assert fresh(matter).level == 4
        steps = list(matter.events.filter(kind="raised").values_list("data__step", flat=True))
        assert steps == ["unit_head", "charge", "named", "talk"]
    keys = list(Notice.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == len(matters) * (1 + 2 + 2 + 4 + 4 + 2)


def test_raised_by_hand_the_people_of_that_level_are_told_and_the_line_goes_on_from_there(late, people):
    actions.raise_level(matter=late, reason="群众反映强烈", by=people["chief"], at=day("2022-10-18"))
    actions.raise_level(matter=fresh(late), reason="仍未动工", by=people["chief"], at=day("2022-10-18", 11))
    told = {n.user.username for n in late.notices.all() if "提级督办（报分管区领导）" in n.text}
    assert told == {"leader", "head"}
    actions.escalate(at=day("2022-11-01"))
    steps = late.events.filter(kind="raised").values_list("data__level", "data__step")
    assert list(steps) == [(1, "unit_head"), (2, "charge"), (3, "named")]
