"""A full disk, a read-only store, a clock set back: a Chinese sentence, a red health page, nothing lost."""

from __future__ import annotations

import errno
import time

import pytest
from django.db import OperationalError
from django.urls import reverse

from wenpan.district.accounts.models import User
from wenpan.district.ground import conditions
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.journal.models import Entry

FULL = OperationalError("database or disk is full")
READ_ONLY = OperationalError("attempt to write a readonly database")
PASSWORD = "Stable-district-2022"


@pytest.fixture
def place(settings, tmp_path):
    settings.WENPAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def failing(monkeypatch):
    """failing(error): every write of the database fails with it; reads go on."""
    from django.db import connection

    def break_(error):
        def wrapper(execute, sql, params, many, context):
            if sql.split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
                raise error
            return execute(sql, params, many, context)

        manager = connection.execute_wrapper(wrapper)
        manager.__enter__()
        opened.append(manager)

    opened: list = []
    yield break_
    for manager in opened:
        manager.__exit__(None, None, None)


@pytest.mark.parametrize(
    "error, code",
    [
        (FULL, "disk_full"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (OperationalError('could not extend file "base/1": No space left on device'), "disk_full"),
        (READ_ONLY, "read_only"),
        (OperationalError("cannot execute INSERT in a read-only transaction"), "read_only"),
        (OSError(errno.EROFS, "Read-only file system"), "read_only"),
        (OperationalError("database is locked"), ""),
        (ValueError("x"), ""),
    ],
)
def test_a_condition_is_known_by_what_failed_also_behind_another_error(error, code):
    assert conditions.of_error(error) == code
    behind = RuntimeError("session")
    behind.__context__ = error
    assert conditions.of_error(behind) == code


@pytest.mark.parametrize("error, words, status", [(FULL, "磁盘空间不足", 507), (READ_ONLY, "只读状态", 503)])
def test_sign_in_says_why_it_cannot_be(client, make_user, failing, error, words, status):
    make_user("analyst")
    client.raise_request_exception = False
    before = (User.objects.count(), Entry.objects.count())
    failing(error)
    answer = client.post(reverse("accounts:sign_in"), {"username": "analyst", "password": PASSWORD})
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert (User.objects.count(), Entry.objects.count()) == before


def test_reading_goes_on_when_the_session_cannot_be_saved(client, make_user, failing):
    client.force_login(make_user("analyst"))
    session = client.session
    session["_messages"] = "[]"  # reading them changes the session
    session.save()
    failing(FULL)
    assert client.get(reverse("home:help")).status_code == 200


def test_an_act_on_a_full_disk_is_not_half_done_and_the_next_succeeds(client, make_user, failing, regions):
    client.force_login(make_user("analyst"))
    client.raise_request_exception = False
    from django.core.files.uploadedfile import SimpleUploadedFile

    failing(FULL)
    answer = client.post(reverse("intake:upload"), {"file": SimpleUploadedFile("九月.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 507
    assert Job.objects.count() == 0


def test_a_clock_set_back_stops_acts_and_not_reading(client, make_user, place):
    client.force_login(make_user("analyst"))
    (place / "clock").write_text(f"{time.time() + 3600:.0f}")
    assert client.get(reverse("home:help")).status_code == 200
    answer = client.post(reverse("intake:upload"))
    assert answer.status_code == 503
    assert "时钟被调回" in answer.content.decode()
    assert client.get(reverse("home:health")).json()["faults"][0]["code"] == "clock_back"


@pytest.mark.parametrize("seconds, back", [(119, False), (125, True)])
def test_two_minutes_are_a_correction(place, seconds, back):
    (place / "clock").write_text(str(time.time() + seconds))
    assert conditions.clock_is_back(place) is back


def test_the_noted_time_never_goes_back(place):
    later = time.time() + 3600
    (place / "clock").write_text(str(later))
    conditions.note_time(place, always=True)
    assert float((place / "clock").read_text()) == pytest.approx(later)


def test_health_is_green_and_says_nothing_else(client, db, place):
    answer = client.get(reverse("home:health"))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_health_is_red_and_says_what(client, db, place, monkeypatch):
    monkeypatch.setattr(conditions, "LEAST_FREE", 1 << 60)
    (place / conditions.SECOND_START).touch()
    answer = client.get(reverse("home:health"))
    assert answer.status_code == 503
    assert [fault["code"] for fault in answer.json()["faults"]] == ["disk_full", "started_twice"]
    page = client.get(reverse("home:health"), headers={"accept": "text/html"})
    assert page.status_code == 503
    assert "磁盘空间不足" in page.content.decode()
