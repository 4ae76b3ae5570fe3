"""我的资料: the telephone of the office and the size of the letters."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from wenpan.district.accounts import personal_actions
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_large_letters_are_a_persons_own_and_stay_with_them(client, make_user):
    one, other = make_user("leader"), make_user("analyst")
    client.force_login(one)
    answer = client.post("/accounts/text-size/", {"large": "1", "next": "/help/"})
    assert answer.url == "/help/"
    assert 'class="is-large"' in client.get("/help/").content.decode()
    assert Entry.objects.get(action="accounts.text_size").actor_id == one.pk
    client.force_login(other)
    assert 'class="is-large"' not in client.get("/help/").content.decode()


def test_the_way_back_never_leads_to_another_host(client, make_user):
    client.force_login(make_user("leader"))
    assert client.post("/accounts/text-size/", {"large": "1", "next": "//example.org/"}).url == "/"


def test_a_telephone_is_ones_own_and_only_the_system_administrator_sets_anothers(client, make_user):
    liaison, leader, admin = make_user("liaison"), make_user("leader"), make_user("system_admin")
    client.force_login(liaison)
    client.post("/accounts/profile/", {"telephone": " 0571-88001234转8012 "})
    liaison.refresh_from_db()
    assert liaison.telephone == "0571-88001234转8012"
    with pytest.raises(PermissionDenied):
        personal_actions.set_telephone(user=liaison, telephone="12345", by=leader)
    personal_actions.set_telephone(user=liaison, telephone="88005678", by=admin)
    liaison.refresh_from_db()
    assert liaison.telephone == "88005678"
    assert Entry.objects.filter(action="accounts.telephone").count() == 2


@pytest.mark.parametrize("typed", ["请打总机", "tel:1", "12", "0571-8800123400000000000000"])
def test_a_telephone_that_is_none_is_refused_with_what_was_typed(typed, client, make_user):
    user = make_user("liaison")
    with pytest.raises(ValidationError):
        personal_actions.set_telephone(user=user, telephone=typed, by=user)
    client.force_login(user)
    answer = client.post("/accounts/profile/", {"telephone": typed})
    assert answer.status_code == 422
    assert typed[:24] in answer.content.decode()
