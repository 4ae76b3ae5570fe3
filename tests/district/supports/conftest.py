"""The same district, people and files as the fiscal room's tests."""

from tests.district.fiscal.conftest import accepted, checked, people, put  # noqa: F401  (fixtures)
