"""Signing in through a provider: nobody is created unseen, and the three administrators stay apart."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from joserfc.jwk import RSAKey

from wenpan.district.accounts import actions as accounts
from wenpan.district.accounts.models import OutsidePerson, User
from wenpan.district.accounts.outside import actions
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
DOOR = "/accounts/sign-in/"


def come(client, provider, wanted="/help/", **changed):
    """The whole way by the provider, up to the answer to the last button."""
    answer = client.get("/accounts/outside/go/", {"next": wanted})
    assert answer.url.startswith(f"{provider.issuer}/authorize?")
    back = client.get("/accounts/outside/back/", provider.agree(answer.url) | changed)
    return client.post("/accounts/outside/enter/") if back.status_code == 200 else back


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def waiting() -> OutsidePerson:
    return OutsidePerson.objects.get()


def test_off_by_default(client):
    assert client.get("/accounts/outside/go/").status_code == 404
    assert "统一认证" not in client.get(DOOR).content.decode()


def test_a_first_sign_in_opens_nothing_and_waits_for_the_administrator(client, provider, make_user):
    assert come(client, provider).url == DOOR
    assert not signed_in(client)
    assert "首次登录须系统管理员确认" in client.get(DOOR).content.decode()
    assert (waiting().number, waiting().name, waiting().state) == ("A1001", "张三", "waiting")
    assert User.objects.count() == 0
    assert Entry.objects.latest("sequence").action == "accounts.outside_met"
    come(client, provider)
    assert OutsidePerson.objects.count() == 1  # and is not noted twice


def test_opened_by_the_system_administrator_they_come_in_without_any_role(client, provider, make_user):
    come(client, provider)
    client.force_login(make_user("system_admin"))
    page = client.get(f"/accounts/outside/{waiting().pk}/").content.decode()
    assert "开账号并对应" in page and "A1001" in client.get("/accounts/outside/").content.decode()
    client.post(f"/accounts/outside/{waiting().pk}/decide/", {"act": "open", "username": "zhangsan"})
    client.post("/accounts/sign-out/")
    assert come(client, provider).url == "/help/"
    assert signed_in(client)
    user = User.objects.get(username="zhangsan")
    assert user.role == ""  # the provider had said system_admin
    assert Entry.objects.filter(action="accounts.sign_in").latest("sequence").detail["by"] == "oidc"


def test_an_account_that_stood_needs_the_second_administrator(client, provider, make_user):
    analyst, system, security = make_user("analyst"), make_user("system_admin"), make_user("security_admin")
    come(client, provider)
    actions.propose(person=waiting(), user=analyst, by=system)
    assert come(client, provider).url == DOOR  # proposed is not linked
    with pytest.raises(PermissionDenied):
        actions.confirm(person=waiting(), by=system)
    client.force_login(security)
    client.post(f"/accounts/outside/{waiting().pk}/decide/", {"act": "confirm"})
    client.post("/accounts/sign-out/")
    come(client, provider)
    assert int(client.session["_auth_user_id"]) == analyst.pk


def test_no_administrator_comes_in_that_way(client, provider, make_user):
    system, auditor = make_user("system_admin"), make_user("auditor")
    someone = make_user("", username="x")
    come(client, provider)
    with pytest.raises(ValidationError, match="管理员账号"):
        actions.propose(person=waiting(), user=auditor, by=system)
    # an account that was linked and became an administrator's afterwards
    actions.propose(person=waiting(), user=someone, by=system)
    actions.confirm(person=waiting(), by=make_user("security_admin"))
    come(client, provider)
    assert signed_in(client)
    client.post("/accounts/sign-out/")
    accounts.grant_role(user=someone, role="auditor", by=None)
    come(client, provider)
    assert not signed_in(client)


def test_one_account_has_one_staff_number(provider, make_user, client):
    analyst, system = make_user("analyst"), make_user("system_admin")
    come(client, provider)
    actions.propose(person=waiting(), user=analyst, by=system)
    provider.claims["staff_number"] = "A1002"
    come(client, provider)
    with pytest.raises(ValidationError, match="另一个工号"):
        actions.propose(person=OutsidePerson.objects.get(number="A1002"), user=analyst, by=system)


def test_a_refused_person_stays_out_until_reconsidered(client, provider, make_user):
    system = make_user("system_admin")
    come(client, provider)
    actions.refuse(person=waiting(), by=system)
    come(client, provider)
    assert waiting().state == "refused" and not signed_in(client)
    actions.reconsider(person=waiting(), by=system)
    assert waiting().state == "waiting"


def test_of_two_who_decide_at_once_one_is_told(client, provider, make_user):
    system = make_user("system_admin")
    come(client, provider)
    one, other = waiting(), waiting()
    actions.refuse(person=one, by=system)
    with pytest.raises(ValidationError, match="刚被别人处理过"):
        actions.open_account(person=other, username="y", unit=None, by=system)
    assert not User.objects.filter(username="y").exists()


@pytest.mark.parametrize(
    "spoil",
    [
        {"nonce": "another"}, {"aud": "another"}, {"iss": "https://elsewhere.example"}, 
        {"exp": 1_000_000_000}, {"aud": ["wenpan", "another"]},
    ],
)  # fmt: skip
def test_a_token_that_is_not_for_this_sign_in_proves_nothing(client, provider, spoil):
    provider.spoil = spoil
    assert come(client, provider).url == DOOR
    assert not OutsidePerson.objects.exists()


def test_a_token_signed_by_another_key_proves_nothing(client, provider):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    come(client, provider)
    assert not OutsidePerson.objects.exists()


def test_an_answer_to_another_question_proves_nothing(client, provider):
    assert come(client, provider, state="another").url == DOOR
    assert client.get("/accounts/outside/back/", {"code": "the-code", "state": "x"}).url == DOOR
    assert client.post("/accounts/outside/enter/").url == DOOR
    assert not OutsidePerson.objects.exists()


def test_without_a_staff_number_nobody_is_noted(client, provider):
    del provider.claims["staff_number"]
    come(client, provider)
    assert not OutsidePerson.objects.exists()


def test_on_the_broken_day_the_local_account_works(client, provider, make_user):
    make_user("analyst")
    provider.server.shutdown()
    provider.server.server_close()
    assert client.get("/accounts/outside/go/").url == DOOR
    assert "暂时连不上" in client.get(DOOR).content.decode()
    client.post(DOOR, {"username": "analyst", "password": "Stable-district-2022"})
    assert signed_in(client)


def test_the_administrators_are_told_who_waits(provider, client, make_user):
    system, security = make_user("system_admin"), make_user("security_admin")
    come(client, provider)
    client.force_login(system)
    assert "统一认证的新人待确认" in client.get("/today/").content.decode()
    client.force_login(security)
    assert "统一认证的新人待确认" not in client.get("/today/").content.decode()


@pytest.mark.parametrize(
    "oidc",
    [
        {"enabled": True, "issuer": "http://sso.example", "client_id": "x"},
        {"enabled": True, "issuer": "https://sso.example"},
    ],
)
def test_a_provider_without_https_or_name_is_refused_when_the_rules_are_read(place_says, oidc):
    from wenpan.rules import RuleError
    from wenpan.rules.access.outside import outside

    place_says(oidc=oidc)
    with pytest.raises(RuleError):
        outside()
