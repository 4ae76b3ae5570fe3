"""The role of `wenpan journal role` on a real PostgreSQL: it can work, and cannot change what is kept."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from wenpan.district.accounts.actions import create_user, grant_role
from wenpan.district.accounts.models import Unit
from wenpan.district.ground.journal import role
from wenpan.district.ground.journal.cover import APPEND_ONLY, kept_models
from wenpan.district.ground.journal.queries import verify
from wenpan.district.intake import actions as intake

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.every_case,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a role of PostgreSQL"),
]
ROLE = "wenpan_app_of_a_test"
KEPT = list(kept_models())
NOT_GOING = [model for model, cover in KEPT if not cover.may_go]
ALWAYS_THE_SAME = [model for model, cover in KEPT if cover == APPEND_ONLY]


@pytest.fixture
def as_role(make_user):
    """The test's connection goes on as the role; what it may not do, its triggers cannot be asked."""
    people = {name: make_user(name) for name in ("system_admin", "security_admin", "analyst")}
    unit = Unit.objects.create(
        code="jfj", name="经发局", short_name="经发局", kind="department", pinyin="jfj"
    )
    with connection.cursor() as cursor:
        cursor.execute(role.sql(ROLE))
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    yield people, unit
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refused(statement: str) -> bool:
    """Whether PostgreSQL says that the right is missing (42501), not that a trigger does not allow it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return getattr(error.__cause__, "sqlstate", "") == "42501"
    return False


def test_the_role_may_change_no_row_of_an_append_only_table(as_role):
    assert len(ALWAYS_THE_SAME) > 10
    allowed = [
        f"{model._meta.db_table}.{field.column}"
        for model in ALWAYS_THE_SAME
        for field in model._meta.concrete_fields
        if not refused(f'UPDATE "{model._meta.db_table}" SET "{field.column}" = "{field.column}"')
    ]
    assert allowed == []


@pytest.mark.parametrize("statement", ["DELETE FROM", "TRUNCATE"])
def test_the_role_may_take_no_row_away_that_must_stay(as_role, statement):
    assert [
        model._meta.db_table for model in NOT_GOING if not refused(f'{statement} "{model._meta.db_table}"')
    ] == []


def test_the_role_may_empty_no_table(as_role):
    assert [
        model._meta.db_table
        for model, _cover in KEPT
        if not refused(f'TRUNCATE "{model._meta.db_table}" CASCADE')
    ] == []


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TABLE journal_entry CASCADE",
        "CREATE OR REPLACE RULE x AS ON UPDATE TO journal_entry DO INSTEAD NOTHING",
        "SET session_replication_role = replica",
    ],
)
def test_the_role_may_not_lift_the_refusals(as_role, statement):
    assert refused(statement)


def test_the_program_works_as_the_role(as_role):
    people, unit = as_role
    person = create_user(
        username="zhao", name="赵新", unit=unit, password="Stable-district-2022", by=people["system_admin"]
    )
    grant_role(user=person, role="statistician", by=people["security_admin"])
    submission = intake.submit(data=b"a,b\n1,2\n", filename="九月.csv", by=people["analyst"])
    intake.withdraw(submission=submission, by=people["analyst"])
    assert verify().whole
