"""People and matters of supervision, for the wall."""

from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    assigned,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)
