"""What is committed is answered as committed, also where a part of the transaction was rolled back."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from wenpan.district.accounts.models import Unit
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.keeping import head_fault
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_part_that_was_rolled_back_does_not_spoil_the_commit(settings, tmp_path):
    """As `get_or_create` does when two ask at once: on PostgreSQL this ended in an error after the commit."""
    settings.WENPAN_HOME = tmp_path
    with transaction.atomic():
        Unit.objects.create(code="u", name="单位", short_name="单位", kind="department")
        record(by=None, action="a.b", subject="u", summary="x")
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.create(code="u", name="单位", short_name="单位", kind="department")
    assert connection.get_autocommit()
    assert Unit.objects.count() == 1
    assert Entry.objects.exists()
    assert head_fault() == ""
