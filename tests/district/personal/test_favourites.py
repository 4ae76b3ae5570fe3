"""A star on every object's page; what was seen last stays in the browser; rights hold when it is shown."""

from __future__ import annotations

import pytest
from django.urls import reverse

from wenpan.district.accounts.models import Unit
from wenpan.district.firms.ledger.actions import add_firm
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.personal import actions, seen
from wenpan.district.personal.models import Favourite
from wenpan.district.search import named


@pytest.fixture
def town(db):
    return Unit.objects.create(code="tongxi", name="桐溪镇", short_name="桐溪镇", kind="town")


@pytest.fixture
def firm(town):
    return add_firm(values={"name": "桐溪机械有限公司", "town": town}, by=None)


def mine(client) -> str:
    return client.get(reverse("personal:mine")).content.decode().partition("<main")[2]


def press(client, subject, on="1"):
    return client.post(reverse("personal:star"), {"subject": subject, "on": on, "back": "/firms/"})


def test_a_star_is_set_found_in_the_search_box_and_taken_away(client, make_user, firm):
    client.force_login(make_user("service"))
    subject = f"firm:{firm.pk}"
    assert f'value="{subject}"' in client.get(reverse("firms:firm", args=[firm.pk])).content.decode()
    assert press(client, subject).url == "/firms/"
    assert "桐溪机械" in mine(client)
    part = client.get(reverse("personal:mine"), headers={"HX-Request": "true"}).content.decode()
    assert "桐溪机械" in part and "<main" not in part
    assert "桐溪机械" in client.get(reverse("search:search")).content.decode()
    press(client, subject, on="0")
    assert not Favourite.objects.exists()


def test_what_a_person_may_not_see_cannot_be_starred(client, make_user, firm, town):
    other = Unit.objects.create(code="xihe", name="西河镇", kind="town")
    liaison = make_user("liaison", unit=other)
    client.force_login(liaison)
    assert press(client, f"firm:{firm.pk}").status_code == 404
    for subject in ("firm:²", "firm:", "nothing:1", "indicator:no", "firm:99999999999", ""):
        with pytest.raises(Refused):
            actions.star(subject=subject, by=liaison)


def test_a_page_that_is_not_there_for_somebody_has_no_star(client, make_user, firm):
    client.force_login(
        make_user("liaison", unit=Unit.objects.create(code="xihe", name="西河镇", kind="town"))
    )
    answer = client.get(reverse("firms:firm", args=[firm.pk]))
    assert answer.status_code == 404 and "wp-star" not in answer.content.decode()
    assert seen.COOKIE not in client.cookies


def test_a_star_shows_nothing_once_the_right_is_gone(make_user, firm, client):
    user = make_user("service")
    actions.star(subject=f"firm:{firm.pk}", by=user)
    user.role = "statistician"
    user.save()
    client.force_login(user)
    assert "桐溪机械" not in mine(client)


def test_a_star_twice_is_one(make_user, firm):
    user = make_user("service")
    for _again in range(2):
        actions.star(subject=f"firm:{firm.pk}", by=user)
    assert Favourite.objects.count() == 1
    actions.unstar(subject=f"firm:{firm.pk}", by=user)
    actions.unstar(subject=f"firm:{firm.pk}", by=user)
    assert not Favourite.objects.exists()


def test_what_was_seen_last_is_not_written_down_anywhere_but_in_the_browser(client, make_user, firm):
    user = make_user("service")
    client.force_login(user)
    before = Entry.objects.count()
    client.get(reverse("firms:firm", args=[firm.pk]))
    assert "桐溪机械" in mine(client)
    assert Entry.objects.count() == before
    cookie = client.cookies[seen.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_another_person_at_the_same_desk_cannot_read_what_was_seen(client, make_user, firm):
    client.force_login(make_user("service"))
    client.get(reverse("firms:firm", args=[firm.pk]))
    kept = client.cookies[seen.COOKIE].value
    client.force_login(make_user("service", username="next"))
    client.cookies[seen.COOKIE] = kept
    assert "桐溪机械" not in mine(client)


def test_the_list_of_what_was_seen_is_bounded(client, make_user, town):
    client.force_login(make_user("service"))
    firms = [add_firm(values={"name": f"企业{n}", "town": town}, by=None) for n in range(seen.KEPT + 3)]
    for firm in firms:
        client.get(reverse("firms:firm", args=[firm.pk]))
    assert client.cookies[seen.COOKIE].value.count("firm:") == seen.KEPT


def test_what_is_a_favourite_does_not_stand_there_twice(client, make_user, firm):
    client.force_login(make_user("service"))
    client.get(reverse("firms:firm", args=[firm.pk]))
    press(client, f"firm:{firm.pk}")
    assert mine(client).count("桐溪机械") == 1


def test_single_returns_are_no_objects_of_this_list():
    pages = {kind.page for kind in named.KINDS.values()}
    assert not {page for page in pages if page.split(":")[0] in ("intake", "quality", "entries")}
    assert "projects:own_return" not in pages


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [*named.KINDS, "indicator"])
def test_every_kind_has_its_page_and_answers_for_what_is_not_there(kind, make_user):
    key = "no" if kind == "indicator" else "987654"
    assert named.hits_of(make_user("analyst"), [f"{kind}:{key}"]) == []
    assert named.address_of(f"{kind}:{key}")
    assert named.label_of(f"{kind}:{key}")
