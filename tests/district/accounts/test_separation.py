"""Nobody holds two keys: resets, roles and closing among the three administrators."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from wenpan.district.accounts import actions, resets
from wenpan.district.accounts.models import PasswordReset, User
from wenpan.district.ground.idempotency.models import SentForm
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
OWN = "Own-secret-words-7"


@pytest.fixture
def three(make_user):
    return {role: make_user(role) for role in ("system_admin", "security_admin", "auditor")}


def code_of(reset, second_by):
    return resets.first_half(reset, reset.started_by) + resets.hand_over(reset=reset, by=second_by)


def test_a_reset_takes_three_people_and_only_its_owner_gets_a_password(three, make_user):
    leader = make_user("leader")
    reset = resets.start_reset(user=leader, by=three["system_admin"])
    first, second = resets.first_half(reset, three["system_admin"]), ""
    for half in (first, first + first):
        with pytest.raises(ValidationError, match="不对"):
            resets.finish_reset(username="leader", code=half, password=OWN)
    second = resets.hand_over(reset=reset, by=three["security_admin"])
    with pytest.raises(ValidationError, match="不对"):
        resets.finish_reset(username="leader", code=second, password=OWN)
    resets.finish_reset(username="leader", code=f"{first} {second}".lower(), password=OWN)
    assert User.objects.get(pk=leader.pk).check_password(OWN)
    with pytest.raises(ValidationError, match="不对"):  # once
        resets.finish_reset(username="leader", code=first + second, password=OWN + "x")
    told = Entry.objects.filter(action__startswith="accounts.reset_").order_by("sequence")
    assert [e.action.rpartition("_")[2] for e in told] == ["start", "second", "finish"]
    assert all(e.detail["attention"] for e in told)
    assert not any(half in str((e.summary, e.detail)) for e in told for half in (first, second))


def test_who_started_cannot_hand_over_and_the_owner_neither(three, make_user):
    reset = resets.start_reset(user=make_user("leader"), by=three["system_admin"])
    for by in (three["system_admin"], three["auditor"]):
        with pytest.raises(PermissionDenied):
            resets.hand_over(reset=reset, by=by)
    with pytest.raises(PermissionDenied):
        resets.first_half(reset, three["security_admin"])
    own = resets.start_reset(user=three["security_admin"], by=three["system_admin"])
    with pytest.raises(PermissionDenied):
        resets.hand_over(reset=own, by=three["security_admin"])
    assert resets.hand_over(reset=own, by=three["auditor"])


def test_the_system_administrators_password_is_reset_by_the_two_others(three):
    reset = resets.start_reset(user=three["system_admin"], by=three["security_admin"])
    resets.finish_reset(username="system_admin", code=code_of(reset, three["auditor"]), password=OWN)
    with pytest.raises(PermissionDenied):
        resets.start_reset(user=three["auditor"], by=three["security_admin"])
    with pytest.raises(PermissionDenied):
        resets.start_reset(user=three["system_admin"], by=three["system_admin"])


def test_a_code_ends_after_its_hours_and_with_a_newer_one(three, make_user):
    leader = make_user("leader")
    old = resets.start_reset(user=leader, by=three["system_admin"])
    code = code_of(old, three["security_admin"])
    resets.start_reset(user=leader, by=three["system_admin"])
    with pytest.raises(ValidationError):
        resets.finish_reset(username="leader", code=code, password=OWN)
    assert PasswordReset.objects.filter(user=leader, state="open").count() == 1


def test_the_page_takes_no_password_from_an_administrator(three, client):
    client.force_login(three["system_admin"])
    url = reverse("accounts:reset", args=[three["security_admin"].pk])
    assert client.post(url, {"password": OWN}).status_code == 302
    assert not User.objects.get(pk=three["security_admin"].pk).check_password(OWN)


def test_the_person_is_told_at_the_next_sign_in_and_the_reset_is_void(three, make_user, client):
    leader = make_user("leader")
    resets.start_reset(user=leader, by=three["system_admin"])
    door = reverse("accounts:sign_in")
    page = client.post(door, {"username": "leader", "password": "Stable-district-2022"}, follow=True)
    assert "发起密码重置" in page.content.decode()
    assert PasswordReset.objects.get(user=leader).state == "void"


def test_a_person_finishes_on_the_page(three, make_user, client):
    reset = resets.start_reset(user=make_user("leader"), by=three["system_admin"])
    form = {"username": "leader", "code": code_of(reset, three["security_admin"]), "new_password1": OWN}
    url = reverse("accounts:finish_reset")
    assert client.post(url, form | {"new_password2": "other"}).status_code == 422
    assert client.post(url, form | {"new_password2": OWN}).url == reverse("accounts:sign_in")
    assert client.login(username="leader", password=OWN)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "auditor"])
def test_the_last_holder_of_an_administrator_role_stays(three, make_user, role):
    other = make_user("system_admin", username="second_system")
    security = make_user("security_admin", username="second_security")
    if role == "system_admin":
        actions.set_active(user=three["system_admin"], active=False, by=other)
        with pytest.raises(ValidationError, match="最后一名"):
            actions.grant_role(user=other, role="", by=security)
        return
    if role == "security_admin":
        actions.set_active(user=security, active=False, by=other)
    with pytest.raises(ValidationError, match="最后一名"):
        actions.set_active(user=three[role], active=False, by=other)


def test_an_administrators_account_gets_no_data_role_not_even_afterwards(three, make_user):
    second = make_user("auditor", username="second_auditor")
    for role in ("analyst", "security_admin"):
        with pytest.raises(PermissionDenied):
            actions.grant_role(user=second, role=role, by=three["security_admin"])
    actions.grant_role(user=second, role="", by=three["security_admin"])
    second.refresh_from_db()
    with pytest.raises(PermissionDenied, match="另开账号"):
        actions.grant_role(user=second, role="analyst", by=three["security_admin"])


def test_the_auditor_is_told_when_one_person_opened_and_empowered(three):
    security = three["security_admin"]
    User.objects.filter(pk=security.pk).update(name=three["system_admin"].name)
    security.refresh_from_db()
    ghost = actions.create_user(username="ghost", name="某人", by=three["system_admin"])
    actions.grant_role(user=ghost, role="statistician", by=security)
    assert "开账号的人与授权的人同名" in Entry.objects.latest("sequence").detail["attention"]


def test_of_an_account_that_a_person_opens_nobody_knows_a_password(three):
    ghost = actions.create_user(username="ghost", name="某人", by=three["system_admin"])
    assert not ghost.has_usable_password()
    assert PasswordReset.objects.get(user=ghost).state == "open"


def test_half_of_a_code_is_shown_once_and_no_copy_of_it_is_kept(three, make_user, client):
    """The first answer to a form is kept for the same form again; one that shows a secret is not."""
    reset = resets.start_reset(user=make_user("leader"), by=three["system_admin"])
    client.force_login(three["security_admin"])
    url, form = reverse("accounts:hand_over", args=[reset.pk]), {"form_key": "k"}
    half = resets.hand_over(reset=reset, by=three["security_admin"])
    assert half in client.post(url, form).content.decode()
    assert half.encode() not in bytes(SentForm.objects.get().body)
    again = client.post(url, form)
    assert again.status_code == 409 and half not in again.content.decode()
    assert "不留底" in again.content.decode()
