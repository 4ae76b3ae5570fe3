"""Timed work: once a half-hour whoever starts it, told when it last ran, and by a command for cron."""

from __future__ import annotations

import pytest

from tests.district.supervision.conftest import day
from wenpan.commands.doctor import _clock, _ticked
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.timed import slot_key, start_due, timed
from wenpan.district.ground.jobs.worker import Worker
from wenpan.district.supervision.escalation.queries import TICK, last_tick
from wenpan.district.supervision.models import Slip, WeeklyInspection


@pytest.fixture
def now(monkeypatch):
    """now("2022-10-24", 9): the program's clock."""

    def at(text, hour=9):
        moment = day(text, hour)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    return at


def test_a_slot_is_a_half_hour(now):
    assert slot_key(TICK, day("2022-10-24", 9).replace(minute=29)) == "supervision.tick:2022-10-24T09:00"
    assert slot_key(TICK, day("2022-10-24", 9).replace(minute=30)) == "supervision.tick:2022-10-24T09:30"
    with pytest.raises(ValueError, match="divide"):
        timed("x", minutes=7)


def test_the_clock_serves_slips_and_opens_the_week(assigned, now):
    from datetime import date

    assigned(due=date(2022, 10, 20))
    start_due(at=now("2022-10-24"))
    job = Job.objects.get(kind=TICK)
    assert (job.state, job.result["slips"], job.result["week"]) == ("done", 1, "2022-10-24")
    assert (Slip.objects.count(), WeeklyInspection.objects.count()) == (1, 1)
    assert start_due(at=now("2022-10-24")) == []  # the same half-hour
    start_due(at=now("2022-10-24", 10))
    assert (
        Job.objects.filter(kind=TICK).count(),
        Slip.objects.count(),
        WeeklyInspection.objects.count(),
    ) == (2, 1, 1)
    assert last_tick() == now("2022-10-24", 10)


def test_the_worker_starts_it_by_itself_but_not_when_sent_to_empty_the_queue(db, now):
    now("2022-10-24")
    Worker(until_empty=True).step()
    assert not Job.objects.filter(kind=TICK).exists()
    Worker().step()
    assert Job.objects.get(kind=TICK).state == "done"


def test_the_doctor_says_when_it_last_ran(assigned, now):
    now("2022-10-24")
    assert _ticked().endswith("never")
    assert not list(_clock())  # nothing to be reminded of yet
    assigned()
    assert "has never run" in next(_clock())
    start_due(at=now("2022-10-24"))
    assert _ticked().endswith("2022-10-24 09:00")
    assert not list(_clock())
    now("2022-10-26")
    assert "last ran at 2022-10-24" in next(_clock())


def test_the_command_runs_once_a_slot_and_again_if_asked(db, now, capsys, head_is_kept):
    from wenpan.cli import main

    now("2022-10-24")
    assert main(["tick"]) == 0
    head_is_kept()
    assert main(["tick"]) == 0
    assert Job.objects.filter(kind=TICK).count() == 1
    head_is_kept()
    assert main(["tick", "--again"]) == 0
    assert Job.objects.filter(kind=TICK).count() == 2
    assert "done (slips 0, raised 0, told 0, added 0)" in capsys.readouterr().out
