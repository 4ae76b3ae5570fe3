"""The same district, people and files as the fiscal room's tests, and a day that is today."""

import pytest

from tests.district.fiscal.conftest import AT, accepted, checked, people, put  # noqa: F401  (fixtures)


@pytest.fixture(autouse=True)
def october(monkeypatch):
    """20 October 2022."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
