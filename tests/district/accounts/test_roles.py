"""Roles: closed unless opened; the three administrators hold one power each."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from wenpan.district.accounts.permissions import can, own_unit_only, require, requires
from wenpan.district.accounts.roles import PERMISSIONS, ROLES

ADMINISTRATORS = ("system_admin", "security_admin", "auditor")
POWERS = {"system_admin": "account.manage", "security_admin": "role.grant", "auditor": "journal.view"}


class Somebody:
    is_active = True

    def __init__(self, role):
        self.role = role


@pytest.mark.parametrize("code", ADMINISTRATORS)
def test_an_administrator_holds_one_power_and_nobody_else_holds_it(code):
    assert ROLES[code].permissions == {POWERS[code]}
    assert [role.code for role in ROLES.values() if POWERS[code] in role.permissions] == [code]


@pytest.mark.parametrize("role", ["", "unknown", "LEADER"])
def test_without_a_known_role_nothing_is_allowed(role):
    assert not any(can(Somebody(role), permission) for permission in PERMISSIONS)


def test_strangers_and_nobody_may_do_nothing():
    assert not any(can(who, p) for who in (AnonymousUser(), None) for p in PERMISSIONS)


def test_a_closed_account_may_do_nothing():
    closed = Somebody("analyst")
    closed.is_active = False
    assert not can(closed, "board.view")


def test_a_permission_that_no_role_knows_is_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match=r"board\.veiw"):
        can(Somebody("leader"), "board.veiw")
    with pytest.raises(ValueError, match=r"board\.veiw"):
        requires("board.veiw")


def test_the_leader_fills_in_nothing():
    writing = {"intake.upload", "intake.accept", "target.set", "estimate.enter", "document.make"}
    assert not writing & ROLES["leader"].permissions


def test_the_statistician_brings_figures_in_but_writes_no_analysis():
    assert can(Somebody("statistician"), "intake.accept")
    with pytest.raises(PermissionDenied):
        require(Somebody("statistician"), "document.make")


def test_only_a_units_own_people_see_only_their_unit():
    assert [code for code in ROLES if own_unit_only(Somebody(code))] == ["liaison", "unit_head"]


def test_nobody_who_handles_matters_may_check_or_close_them():
    handling = {code for code, role in ROLES.items() if "desk.use" in role.permissions}
    checking = {code for code, role in ROLES.items() if role.permissions & {"matter.check", "matter.close"}}
    assert not handling & checking


def test_every_role_says_in_a_sentence_what_it_is_for():
    assert all(str(role.label) and len(str(role.sentence)) > 6 for role in ROLES.values())
