"""The door: signing in and out, locking out, changing a password that somebody else set."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from wenpan.district.accounts import actions
from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
GOOD = "Stable-district-2022"
DOOR = "/accounts/sign-in/"


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


def enter(client, username, password=GOOD):
    return client.post(DOOR, {"username": username, "password": password})


def test_a_stranger_is_sent_to_the_door_and_back_to_where_they_wanted(client, make_user):
    make_user("system_admin")
    answer = client.get("/accounts/people/")
    assert answer.url == f"{DOOR}?next=/accounts/people/"
    assert (
        client.post(
            answer.url, {"username": "system_admin", "password": GOOD, "next": "/accounts/people/"}
        ).url
        == "/accounts/people/"
    )


def test_the_way_back_never_leads_to_another_host(client, make_user):
    make_user("leader")
    answer = client.post(DOOR, {"username": "leader", "password": GOOD, "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_the_eighth_wrong_password_locks_and_says_so_in_chinese(client, make_user):
    make_user("leader")
    for _try in range(7):
        assert enter(client, "leader", "wrong").status_code == 200
    locked = enter(client, "leader", "wrong")
    assert locked.status_code == 429
    assert "账号暂时锁定" in locked.content.decode()
    assert enter(client, "leader").status_code == 429  # even the right one, for a quarter of an hour


def test_a_closed_account_cannot_enter(client, make_user):
    actions.set_active(user=make_user("leader"), active=False, by=make_user("system_admin"))
    assert enter(client, "leader").status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_closed_account_is_out_at_its_next_page(client, make_user):
    leader = make_user("leader")
    client.force_login(leader)
    actions.set_active(user=leader, active=False, by=make_user("system_admin"))
    assert client.get("/help/").url.startswith(DOOR)


def test_whoever_has_a_temporary_password_sees_nothing_before_changing_it(client, make_user):
    leader = make_user("leader")
    actions.reset_password(user=leader, password=GOOD, by=None)
    enter(client, "leader")
    assert client.get("/help/").url == reverse("accounts:password")
    words = {"old_password": GOOD, "new_password1": "My-own-word-2022", "new_password2": "My-own-word-2022"}
    assert client.post(reverse("accounts:password"), words).status_code == 302
    assert client.get("/help/").status_code == 200  # still signed in
    assert Entry.objects.latest("sequence").action == "accounts.change_password"


def test_coming_and_going_is_journalled_with_the_address_and_without_the_password(client, make_user):
    make_user("leader")
    enter(client, "leader")
    client.post("/accounts/sign-out/")
    entries = list(Entry.objects.order_by("-sequence")[:3])
    assert [entry.action for entry in entries] == ["accounts.sign_out", "accounts.sign_in", "accounts.create"]
    assert entries[1].detail == {"address": "127.0.0.1"}
    assert GOOD not in str([entry.detail for entry in entries])


def refused():
    return list(Entry.objects.filter(action="accounts.sign_in_refused").order_by("sequence"))


def test_a_refused_try_is_journalled_with_name_and_address_and_without_the_password(client, make_user):
    leader = make_user("leader")
    enter(client, "leader", "wrong-Password-1")
    (entry,) = refused()
    assert (entry.actor_id, entry.subject, entry.summary) == (None, f"user:{leader.pk}", "登录失败：leader")
    assert (entry.detail["address"], entry.detail["name"]) == ("127.0.0.1", "leader")
    assert "wrong-Password-1" not in str((entry.summary, entry.detail))


def test_a_password_typed_as_the_name_is_not_kept(client, make_user):
    make_user("leader")
    enter(client, "My-own-word-2022", "leader")
    (entry,) = refused()
    assert entry.detail["name"] == "My…(16)"
    assert entry.subject == "user:"


def test_an_empty_form_is_no_try(client, make_user):
    make_user("leader")
    enter(client, "leader", "")
    enter(client, "", GOOD)
    assert refused() == []


def test_a_locked_account_says_so_in_the_journal(client, make_user):
    make_user("leader")
    for _try in range(9):
        enter(client, "leader", "wrong")
    assert [entry.detail["locked"] for entry in refused()] == [False] * 7 + [True] * 2


def test_a_guesser_cannot_fill_the_journal(client, make_user, settings):
    settings.REFUSALS_PER_ADDRESS = 3
    make_user("leader")
    for n in range(30):
        enter(client, f"guess{n}", "wrong")
    assert [entry.detail["tries"] for entry in refused()] == [1, 2, 3, 6, 12, 24]


def test_many_guessers_cannot_either(client, make_user, settings):
    settings.REFUSALS_IN_ALL = 4
    make_user("leader")
    for n in range(20):
        client.post(DOOR, {"username": f"guess{n}", "password": "wrong"}, REMOTE_ADDR=f"10.0.0.{n}")
    assert [entry.detail["everywhere"] for entry in refused()] == [1, 2, 3, 4, 8, 16]


def test_a_refusal_that_cannot_be_journalled_is_an_error(client, make_user, monkeypatch):
    make_user("leader")
    monkeypatch.setattr("wenpan.district.ground.journal.actions.Entry.objects.create", lambda **_v: 1 / 0)
    client.raise_request_exception = False
    assert enter(client, "leader", "wrong").status_code == 500


def test_who_cannot_be_journalled_does_not_come_in(client, make_user, monkeypatch):
    make_user("leader")
    monkeypatch.setattr("wenpan.district.ground.journal.actions.Entry.objects.create", lambda **_v: 1 / 0)
    client.raise_request_exception = False
    assert enter(client, "leader").status_code == 500
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_a_post_and_ends_the_session(client, make_user):
    client.force_login(make_user("leader"))
    assert client.get("/accounts/sign-out/").status_code == 405
    client.post("/accounts/sign-out/")
    assert client.get("/help/").url.startswith(DOOR)


def test_the_people_page_opens_closes_and_empowers(client, make_user):
    admin, security = make_user("system_admin"), make_user("security_admin")
    client.force_login(admin)
    form = {"username": "zhao", "name": "赵新", "unit": "", "password": GOOD}
    assert client.post(reverse("accounts:new_person"), form).url == reverse("accounts:people")
    again = client.post(reverse("accounts:new_person"), form | {"name": "另一人"})
    assert "这个用户名已经有人用了" in again.content.decode()
    zhao = User.objects.get(username="zhao")
    assert client.post(reverse("accounts:grant", args=[zhao.pk]), {"role": "leader"}).status_code == 403
    client.force_login(security)
    assert client.post(reverse("accounts:grant", args=[zhao.pk]), {"role": "king"}).status_code == 422
    assert client.post(reverse("accounts:grant", args=[zhao.pk]), {"role": "leader"}).status_code == 302
    assert client.post(reverse("accounts:activity", args=[zhao.pk]), {"active": "0"}).status_code == 403
    assert client.post(reverse("accounts:grant", args=[security.pk]), {"role": "leader"}).status_code == 403
    client.force_login(admin)
    assert client.post(reverse("accounts:reset", args=[zhao.pk])).status_code == 302
    assert client.post(reverse("accounts:activity", args=[zhao.pk]), {"active": "0"}).status_code == 302
    zhao.refresh_from_db()
    assert (zhao.role, zhao.is_active) == ("leader", False)


def test_english_is_one_click_away_and_stays(client, make_user):
    client.force_login(make_user("auditor"))
    client.post("/language/", {"language": "en", "next": "/help/"})
    assert 'lang="en"' in client.get("/help/").content.decode()
