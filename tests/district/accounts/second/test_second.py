"""The second factor: at the door, before weighty acts, on the day the phone is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from wenpan.district.accounts.models import RecoveryCode, SecondFactor
from wenpan.district.accounts.second import actions, queries, step_up
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
GOOD = "Stable-district-2022"
DOOR = "/accounts/sign-in/"
PROOF = "/accounts/second/proof/"


def enter(client, username, **more):
    return client.post(DOOR, {"username": username, "password": GOOD, **more})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_without_a_second_factor_the_password_is_enough(client, make_user):
    make_user("analyst")
    assert enter(client, "analyst").url == "/"
    assert signed_in(client)


def test_with_one_the_password_alone_lets_nobody_in(client, with_phone, code_now):
    with_phone("analyst")
    assert enter(client, "analyst", next="/help/").url == PROOF
    assert not signed_in(client)
    assert client.get("/help/").url.startswith(DOOR)
    assert client.get(PROOF).status_code == 200
    assert client.post(PROOF, {"code": "000000"}).status_code == 422
    assert not signed_in(client)
    assert client.post(PROOF, {"code": code_now()}).url == "/help/"
    assert signed_in(client)
    assert Entry.objects.latest("sequence").action == "accounts.sign_in"


def test_a_code_works_once(client, with_phone, code_now):
    user, code = with_phone("analyst"), code_now()
    assert actions.prove_by_code(user=user, code=code) == "totp"
    with pytest.raises(ValidationError):
        actions.prove_by_code(user=user, code=code)


def test_eight_wrong_codes_lock_and_the_right_one_is_not_looked_at(client, with_phone, code_now):
    with_phone("analyst")
    enter(client, "analyst")
    answers = [client.post(PROOF, {"code": "000000"}).status_code for _n in range(9)]
    assert answers == [422] * 8 + [429]
    assert client.post(PROOF, {"code": code_now()}).status_code == 429


def test_half_way_in_ends_after_ten_minutes_and_with_the_account(client, with_phone, code_now, make_user):
    user = with_phone("analyst")
    enter(client, "analyst")
    session = client.session
    session["half_way"] |= {"at": int(timezone.now().timestamp()) - 600}
    session.save()
    assert client.post(PROOF, {"code": code_now()}).url == DOOR
    enter(client, "analyst")
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.post(PROOF, {"code": code_now()}).url == DOOR


def test_a_stranger_at_the_second_step_is_sent_to_the_first(client):
    assert client.get(PROOF).url == DOOR
    assert client.post(PROOF, {"code": "123456"}).url == DOOR


def test_setting_up_by_the_pages_shows_the_recovery_codes_once(client, make_user):
    import pyotp

    user = make_user("analyst")
    client.force_login(user)
    assert "扫码" in client.get("/accounts/second/").content.decode()
    secret = client.session["second_drawn"]
    wrong = client.post("/accounts/second/code/", {"code": "000000"})
    assert wrong.status_code == 422 and "手机时间" in wrong.content.decode()
    done = client.post("/accounts/second/code/", {"code": pyotp.TOTP(secret).now(), "label": "工作手机"})
    assert done.content.decode().count("<li><code>") == 10
    kept = SecondFactor.objects.get(user=user)
    assert secret not in kept.secret and kept.label == "工作手机"
    assert client.get("/accounts/second/").content.decode().count("10") >= 1
    assert client.session["second_drawn"] != secret  # the next one is another


def test_a_recovery_code_opens_once_and_the_auditor_is_told(client, with_phone):
    user = with_phone("analyst")
    drawn = actions.new_recovery_codes(user=user, by=user)
    enter(client, "analyst")
    assert client.post(PROOF, {"code": drawn[3].lower()}).status_code == 302
    assert signed_in(client)
    told = Entry.objects.filter(action="accounts.recovery_used").get()
    assert told.detail["left"] == 9 and told.detail["attention"]
    with pytest.raises(ValidationError):
        actions.prove_by_code(user=user, code=drawn[3])


def test_new_recovery_codes_end_the_old_ones(with_phone):
    user = with_phone("analyst")
    old = actions.new_recovery_codes(user=user, by=user)
    actions.new_recovery_codes(user=user, by=user)
    assert queries.codes_left(user) == 10
    with pytest.raises(ValidationError):
        actions.prove_by_code(user=user, code=old[0])


def test_one_persons_recovery_code_is_nothing_to_another(with_phone):
    one, other = with_phone("analyst"), with_phone("leader")
    code = actions.new_recovery_codes(user=one, by=one)[0]
    with pytest.raises(ValidationError):
        actions.prove_by_code(user=other, code=code)


def test_ending_the_last_factor_ends_the_recovery_codes(with_phone):
    user = with_phone("analyst")
    actions.new_recovery_codes(user=user, by=user)
    actions.end_factor(factor=SecondFactor.objects.get(user=user), by=user)
    assert queries.codes_left(user) == 0
    with pytest.raises(ValidationError):
        actions.end_factor(factor=SecondFactor.objects.get(user=user), by=user)


def test_nobody_touches_anothers_factor(client, with_phone, make_user):
    factor = SecondFactor.objects.get(user=with_phone("analyst"))
    other = make_user("leader")
    with pytest.raises(PermissionDenied):
        actions.end_factor(factor=factor, by=other)
    client.force_login(other)
    assert client.post(f"/accounts/second/{factor.pk}/end/").status_code == 404


def test_changing_what_one_has_asks_for_a_proof_first(client, with_phone, code_now):
    user = with_phone("analyst")
    client.force_login(user)  # a session without a proof: stolen, or older than the factor
    factor = SecondFactor.objects.get(user=user)
    assert client.post(f"/accounts/second/{factor.pk}/end/").url.startswith("/accounts/second/again/")
    assert SecondFactor.objects.get(user=user).ended_at is None
    assert client.post("/accounts/second/again/", {"code": code_now(), "next": "/accounts/second/"}).url == (
        "/accounts/second/"
    )
    assert client.post(f"/accounts/second/{factor.pk}/end/", {"again": "1"}).url == "/accounts/second/"
    assert SecondFactor.objects.get(user=user).ended_at is not None


def test_the_security_administrator_helps_who_lost_theirs_and_never_themself(client, with_phone, make_user):
    user, helper = with_phone("analyst"), with_phone("security_admin")
    with pytest.raises(PermissionDenied):
        actions.end_all(user=helper, by=helper)
    with pytest.raises(PermissionDenied):
        actions.end_all(user=user, by=make_user("system_admin"))
    client.force_login(helper)
    client.post(f"/accounts/people/{user.pk}/second/")
    assert not queries.live(user).exists()
    assert Entry.objects.latest("sequence").detail["attention"] is True


def test_a_role_that_must_have_one_sees_nothing_before(client, make_user, asks):
    asks(required_roles=["leader"])
    client.force_login(make_user("leader"))
    assert client.get("/help/").url == "/accounts/second/"
    assert "须启用二次验证" in client.get("/accounts/second/").content.decode()
    client.force_login(make_user("analyst"))
    assert client.get("/help/").status_code == 200


def test_granting_a_role_asks_once_more_where_the_place_wants_it(
    client, with_phone, make_user, asks, code_now
):
    someone = make_user("", username="someone")
    client.force_login(with_phone("security_admin"))
    grant = f"/accounts/people/{someone.pk}/role/"
    page = {"HTTP_REFERER": f"http://testserver/accounts/people/{someone.pk}/"}
    assert client.post(grant, {"role": "leader"}, **page).url == f"/accounts/people/{someone.pk}/"
    asks(step_up=["roles"])
    asked = client.post(grant, {"role": "analyst"}, **page)
    assert asked.url == f"/accounts/second/again/?next=%2Faccounts%2Fpeople%2F{someone.pk}%2F"
    someone.refresh_from_db()
    assert someone.role == "leader"
    back = client.post("/accounts/second/again/", {"code": code_now(), "next": page["HTTP_REFERER"]})
    assert back.url == page["HTTP_REFERER"]
    client.post(grant, {"role": "analyst", "n": "2"}, **page)
    someone.refresh_from_db()
    assert someone.role == "analyst"


@pytest.mark.parametrize(("seconds", "holds"), [(599, True), (600, False), (-5, False)])
def test_a_proof_holds_for_ten_minutes(rf, seconds, holds):
    request = rf.get("/")
    request.session = {step_up.PROVED: int((timezone.now() - timedelta(seconds=seconds)).timestamp())}
    assert step_up.fresh(request) is holds


def test_who_has_none_is_led_to_set_one_up(client, make_user, asks):
    asks(step_up=["roles"])
    client.force_login(make_user("system_admin"))
    assert client.post("/accounts/people/new/", {"username": "x", "name": "x"}).url == "/accounts/second/"


def test_the_way_back_after_a_proof_stays_on_this_host(client, with_phone, code_now):
    client.force_login(with_phone("analyst"))
    answer = client.post(
        "/accounts/second/again/", {"code": code_now(), "next": "https://elsewhere.example/"}
    )
    assert answer.url == "/"


def test_every_form_that_may_ask_again_exists():
    for name in set.union(*step_up.PAGES.values()) | step_up.OPEN:
        try:
            reverse(name)
        except NoReverseMatch:
            reverse(name, args=[1])


def test_a_secret_locked_with_another_key_is_said_and_not_a_crash(with_phone, settings, code_now):
    user = with_phone("analyst")
    settings.SECRET_KEY = "another"
    with pytest.raises(ValidationError, match="密钥换过"):
        actions.prove_by_code(user=user, code=code_now())


def test_recovery_codes_are_kept_as_digests_only(with_phone):
    user = with_phone("analyst")
    drawn = actions.new_recovery_codes(user=user, by=user)
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in kept or code.replace("-", "") in kept for code in drawn)
