"""What came late awaits who takes tables in; who only sends tables of a room's own is not asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wenpan.district.observations import awaited

pytestmark = pytest.mark.django_db
LATE = datetime(2022, 10, 25, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "asked"),
    [("statistician", True), ("attraction", False), ("service", False), ("leader", False)],
)
def test_a_late_release_awaits_who_accepts_tables(role, asked, make_user, regions):
    groups = awaited.groups(make_user(role), LATE, 5)
    assert ("releases" in {group.code for group in groups}) is asked
