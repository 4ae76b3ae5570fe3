"""From one kind of database to the other: values come out as they went in, tables are told whole."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.ground import table_transfer
from wenpan.district.ground.journal.cover import COVERS, UNCOVERED

VALUES = [
    (models.TextField(), "汉字 \u2028 \"'\\ 𠮷"),
    (models.TextField(), ""),
    (models.BooleanField(), False),
    (models.BigIntegerField(), -(2**62)),
    (models.FloatField(), 0.1),
    (models.FloatField(), 1e-310),
    (models.DecimalField(max_digits=20, decimal_places=4), Decimal("-12345.6000")),
    (models.DateField(), date(2022, 2, 28)),
    (models.DateTimeField(), datetime(2022, 9, 30, 15, 59, 59, 999999, tzinfo=UTC)),
    (models.BinaryField(), b"\x00\xff"),
    (models.DateField(null=True), None),
]


@pytest.mark.parametrize(("field", "value"), VALUES, ids=lambda v: type(v).__name__)
def test_a_value_comes_out_as_it_went_in(field, value):
    told = table_transfer._written(field, value)
    kept = table_transfer._read_back(field, json.loads(json.dumps(told)))
    if isinstance(field, models.BinaryField):
        assert bytes(kept) == value
    else:
        assert kept == field.get_db_prep_save(value, connection)


def test_a_json_null_and_an_empty_column_are_two_things():
    assert table_transfer._written(models.JSONField(null=True), None) is None
    assert table_transfer._written(models.JSONField(), None) == {"j": None}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(json_values)
def test_json_is_told_alike_whatever_order_its_keys_came_in(value):
    def turned(part):
        if isinstance(part, dict):
            return {key: turned(part[key]) for key in reversed(part)}
        return [turned(p) for p in part] if isinstance(part, list) else part

    field = models.JSONField()
    assert json.dumps(table_transfer._written(field, value)) == json.dumps(
        table_transfer._written(field, turned(value))
    )


def test_every_table_that_the_journal_answers_for_is_moved():
    moved = {model._meta.label for model in table_transfer.moved_models()}
    assert set(COVERS) <= moved
    assert set(UNCOVERED) - moved == set(table_transfer.LEFT)


@pytest.mark.django_db
def test_a_digest_tells_one_changed_letter(make_user):
    from wenpan.district.accounts.models import User

    user = make_user("analyst")
    before = table_transfer.digest(User)
    assert before.rows == 1 and table_transfer.digest(User) == before
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = %s WHERE id = %s", ["x", user.pk])
    assert table_transfer.digest(User) != before
