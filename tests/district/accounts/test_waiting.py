"""Failed sign-ins: pauses grow, and a stranger cannot lock a person out at their own desk."""

import pytest
from django.core.cache import cache
from django.test import Client

from wenpan.district.accounts.models import FailedTries
from wenpan.district.ground.networks import networks
from wenpan.rules.access import access

pytestmark = pytest.mark.django_db
GOOD = "Stable-district-2022"


@pytest.fixture(autouse=True)
def empty():
    cache.clear()


def enter(client, password, **more):
    form = {"username": "leader", "password": password}
    return client.post("/accounts/sign-in/", form, **more).status_code


def test_a_stranger_at_the_same_address_does_not_lock_a_known_device(make_user):
    make_user("leader")
    own, stranger = Client(), Client()
    assert enter(own, GOOD) == 302
    own.post("/accounts/sign-out/")
    assert [enter(stranger, "wrong") for _n in range(9)] == [200] * 7 + [429] * 2
    assert enter(stranger, GOOD) == 429
    assert enter(own, GOOD) == 302


def test_a_known_device_has_a_count_of_its_own(make_user):
    make_user("leader")
    own = Client()
    enter(own, GOOD)
    own.post("/accounts/sign-out/")
    assert [enter(own, "wrong") for _n in range(8)][-1] == 429
    assert enter(own, GOOD) == 429
    assert enter(Client(), GOOD, REMOTE_ADDR="10.0.0.9") == 302


def test_a_forged_mark_is_no_known_device(make_user):
    make_user("leader")
    client = Client()
    client.cookies["wenpan_device"] = "eyJkZXZpY2UiOiJ4In0:forged:forged"
    assert [enter(client, "wrong") for _n in range(8)][-1] == 429


def test_only_a_trusted_proxy_is_believed(make_user, settings):
    make_user("leader")
    for n in range(8):
        enter(Client(), "wrong", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"10.9.9.{n}")
    assert FailedTries.objects.filter(source="address:10.0.0.1").get().failures == 8
    settings.TRUSTED_PROXIES = networks("10.0.0.0/24")
    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 192.0.2.7, 10.0.0.2"}
    assert enter(Client(), "wrong", **told) == 200
    assert FailedTries.objects.filter(source="address:192.0.2.7").get().failures == 1


def test_each_further_failure_doubles_the_pause_up_to_the_longest():
    rules = access().sign_in
    pauses = [rules.pause(n, rules.failures) for n in (7, 8, 9, 10, 14, 40)]
    assert pauses == [0, 60, 120, 240, 3600, 3600]
