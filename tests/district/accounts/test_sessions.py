"""A signed-in page is kept by no browser, and a session ends without use."""

import pytest
from django.utils import timezone

from wenpan.district.accounts import sessions
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(client, make_user, monkeypatch):
    client.force_login(make_user("leader"))
    began = int(timezone.now().timestamp())

    def open_after(minutes, url="/help/"):
        monkeypatch.setattr(sessions, "_now", lambda: began + int(minutes * 60))
        return client.get(url)

    return open_after


def test_it_ends_after_half_an_hour_without_use(at):
    assert at(29).status_code == 200
    assert at(29 + 29).status_code == 200
    gone = at(29 + 29 + 31)
    assert gone.url.startswith("/accounts/sign-in/?ended=idle")
    assert Entry.objects.latest("sequence").action == "accounts.sign_out"
    assert at(90).url.startswith("/accounts/sign-in/")


@pytest.mark.parametrize("minutes, status", [(4, 200), (5, 302), (6, 302)])
def test_the_limit_is_a_setting(at, settings, minutes, status):
    settings.IDLE_MINUTES = 5
    assert at(minutes).status_code == status


def test_it_ends_after_twelve_hours_whatever_is_done(at):
    for minutes in range(0, 12 * 60, 20):
        assert at(minutes).status_code == 200
    assert "ended=long" in at(12 * 60).url


@pytest.mark.parametrize("url", ["/help/", "/board/", "/projects/", "/nowhere/", "/accounts/people/"])
def test_nothing_of_a_signed_in_person_is_stored(at, url):
    assert at(0, url)["Cache-Control"] == "no-store"
