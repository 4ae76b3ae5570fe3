"""Fixtures of supervision: people, a matter; and a cache that begins empty."""

from __future__ import annotations

import pytest

from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    assigned,
    day,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
