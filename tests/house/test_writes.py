"""Writes: GET cannot, the journal must, and every action names who acts."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

import wenpan
from wenpan.district.accounts import actions, resets
from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.read_only import WRITE, ReadOnlyError

ROOMS = Path(wenpan.__file__).parent / "district"
GOOD = "Stable-district-2022"
NOT_ACTIONS = {"close", "nobody_to_check"}  # in those files, and write nothing for anybody
BELOW_PEOPLE = {"record", "start"}  # the journal's and the jobs' own actions


@login_not_required
def writing_page(request):
    Unit.objects.create(code="x", name="x", kind="town")
    return HttpResponse("written")


urlpatterns = [path("write/", writing_page)]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_get_cannot_write_and_a_post_can():
    urlpatterns  # noqa: B018  (this module is the address table)
    with pytest.raises(ReadOnlyError, match="accounts_unit"):
        Client().get("/write/")
    connection.needs_rollback = False
    assert not Unit.objects.exists()
    assert Client().post("/write/").content == b"written"


@pytest.mark.parametrize(
    "statement, table",
    [
        ('INSERT INTO "accounts_user" ("id") VALUES (1)', "accounts_user"),
        ('INSERT OR IGNORE INTO "accounts_user" ("id") VALUES (1)', "accounts_user"),
        ('  update "accounts_user" SET id=1', "accounts_user"),
        ("DELETE FROM accounts_user", "accounts_user"),
        ('REPLACE INTO "accounts_user" VALUES (1)', "accounts_user"),
    ],
)
def test_every_way_to_write_is_recognised(statement, table):
    assert WRITE.match(statement).group(1) == table


def test_reading_is_not_taken_for_writing():
    assert WRITE.match('SELECT "updated" FROM "x" WHERE "delete" = 1') is None


ACTS = {
    "create": lambda admin, other: actions.create_user(
        username="zhao", name="赵新", unit=None, password=GOOD, by=admin("system_admin")
    ),
    "grant": lambda admin, other: actions.grant_role(user=other, role="leader", by=admin("security_admin")),
    "close": lambda admin, other: actions.set_active(user=other, active=False, by=admin("system_admin")),
    "reset": lambda admin, other: resets.start_reset(user=other, by=admin("system_admin")),
    "units": lambda admin, other: actions.sync_units(
        units=[{"code": "a", "name": "甲", "kind": "town"}], by=None
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_if_the_journal_cannot_be_written_nothing_is(act, make_user, monkeypatch):
    other = make_user("")
    users = {role: make_user(role) for role in ("system_admin", "security_admin")}

    def picture():
        return list(User.objects.values_list("pk", "role", "is_active", "password")), Unit.objects.count()

    before, entries = picture(), Entry.objects.count()

    def broken(**_values):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("wenpan.district.ground.journal.actions.Entry.objects.create", broken)
    with pytest.raises(DatabaseError, match="disk is full"):
        ACTS[act](users.__getitem__, other)
    connection.needs_rollback = False
    assert (picture(), Entry.objects.count()) == (before, entries)


def _actions():
    for file in sorted([*ROOMS.rglob("actions.py"), *ROOMS.rglob("actions/*.py")]):
        room = ".".join(file.relative_to(ROOMS).with_suffix("").parts)
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                if node.name in NOT_ACTIONS:
                    continue
                yield pytest.param(node, id=f"{room}.{node.name}")


@pytest.mark.parametrize("function", list(_actions()))
def test_an_action_is_called_by_keywords_only(function):
    """So that a call reads as a sentence and no two arguments change places."""
    assert function.args.args == []
    assert function.args.posonlyargs == []


@pytest.mark.parametrize("function", list(_actions()))
def test_who_acts_is_a_person_or_where_the_clock_may_act_nobody(function):
    """`ground` stands below the people and takes whoever it is given."""
    if function.name in BELOW_PEOPLE:
        return
    said = {a.arg: ast.unparse(a.annotation) for a in function.args.kwonlyargs if a.arg == "by"}
    assert set(said.values()) <= {"User", "User | None"}
