"""Accounts: who may open, close and empower them; every act leaves an entry."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from wenpan.district.accounts import actions
from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
GOOD = "Stable-district-2022"


def last():
    return Entry.objects.latest("sequence")


def test_the_system_administrator_opens_an_account_without_a_role_and_without_a_password(make_user):
    admin = make_user("system_admin")
    user = actions.create_user(username="zhao", name="赵新", unit=None, password=GOOD, by=admin)
    assert (user.role, user.has_usable_password(), user.opened_by) == ("", False, admin)
    assert (last().action, last().actor, last().subject) == ("accounts.create", admin, f"user:{user.pk}")
    assert GOOD not in str(last().detail) + last().summary


def test_who_opens_accounts_cannot_give_roles_with_them(make_user):
    admin = make_user("system_admin")
    with pytest.raises(PermissionDenied, match="安全管理员"):
        actions.create_user(username="zhao", name="赵新", role="leader", unit=None, password=GOOD, by=admin)
    with pytest.raises(PermissionDenied):
        actions.grant_role(user=make_user(""), role="leader", by=admin)
    assert not User.objects.filter(username="zhao").exists()


def test_the_security_administrator_gives_roles_to_others_only(make_user):
    security, other = make_user("security_admin"), make_user("")
    actions.grant_role(user=other, role="analyst", by=security)
    other.refresh_from_db()
    assert other.role == "analyst"
    assert last().detail == {"old": "", "new": "analyst"}
    with pytest.raises(PermissionDenied, match="自己"):
        actions.grant_role(user=security, role="analyst", by=security)
    with pytest.raises(PermissionDenied):
        actions.create_user(username="zhao", name="赵新", unit=None, password=GOOD, by=security)


def test_a_role_given_on_a_stale_page_is_refused(make_user):
    security, other = make_user("security_admin"), make_user("")
    stale = User.objects.get(pk=other.pk)
    actions.grant_role(user=other, role="leader", by=security)
    with pytest.raises(ValidationError, match="刷新"):
        actions.grant_role(user=stale, role="analyst", by=security)


def test_an_unknown_role_is_refused(make_user):
    with pytest.raises(ValidationError, match="没有这个角色"):
        actions.grant_role(user=make_user(""), role="king", by=make_user("security_admin"))


@pytest.mark.parametrize("weak", ["short", "1234567890", "password12"])
def test_a_weak_password_is_refused_and_no_account_is_opened(make_user, weak):
    with pytest.raises(ValidationError):
        actions.create_user(
            username="zhao", name="赵新", unit=None, password=weak, by=make_user("system_admin")
        )
    assert not User.objects.filter(username="zhao").exists()


def test_a_closed_account_keeps_its_row_and_nobody_closes_their_own(make_user):
    admin, other = make_user("system_admin"), make_user("leader")
    actions.set_active(user=other, active=False, by=admin)
    assert not User.objects.get(pk=other.pk).is_active
    with pytest.raises(ValidationError):  # a second time: somebody was faster
        actions.set_active(user=User.objects.get(pk=other.pk), active=False, by=admin)
    with pytest.raises(PermissionDenied):
        actions.set_active(user=admin, active=False, by=admin)


def test_a_reset_password_must_be_changed_and_the_owners_change_ends_that(make_user):
    other = make_user("leader")
    with pytest.raises(PermissionDenied, match="本人"):
        actions.reset_password(user=other, password="Another-one-2022", by=make_user("system_admin"))
    actions.reset_password(user=other, password="Another-one-2022", by=None)
    assert User.objects.get(pk=other.pk).temporary_password
    actions.change_password(user=other, password="My-own-word-2022")
    kept = User.objects.get(pk=other.pk)
    assert kept.check_password("My-own-word-2022")
    assert not kept.temporary_password


UNITS = [
    {
        "code": "jfj",
        "name": "经济发展局",
        "short_name": "经发局",
        "kind": "department",
        "aliases": ["发改局"],
    },
    {"code": "txz", "name": "桐溪镇", "kind": "town"},
]


def test_units_follow_the_place_and_a_second_time_changes_nothing():
    first = actions.sync_units(units=UNITS, by=None)
    entries = Entry.objects.count()
    assert [unit.pk for unit in actions.sync_units(units=UNITS, by=None)] == [unit.pk for unit in first]
    assert Entry.objects.count() == entries
    assert Unit.objects.get(code="txz").short_name == "桐溪镇"
    assert Unit.objects.get(code="jfj").pinyin.startswith("jing ji")


def test_a_unit_that_the_place_no_longer_names_keeps_its_row():
    actions.sync_units(units=UNITS, by=None)
    actions.sync_units(units=UNITS[:1], by=None)
    assert Unit.objects.filter(code="txz").exists()


def test_a_unit_that_was_merged_away_keeps_its_row_and_names_its_successor(db):
    from datetime import date

    merged = {
        "code": "gxj",
        "name": "工信局",
        "kind": "department",
        "active_to": date(2021, 12, 31),
        "successor": "jfj",
    }
    heir = {"code": "jfj", "name": "经发局", "kind": "department"}
    actions.sync_units(units=[merged, heir], by=None)
    unit = Unit.objects.get(code="gxj")
    assert (unit.active_to, unit.successor.code) == (date(2021, 12, 31), "jfj")
    with pytest.raises(ValidationError, match="不在单位名录"):
        actions.sync_units(units=[{**merged, "successor": "nobody"}], by=None)
