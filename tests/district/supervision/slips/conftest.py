"""A slip that is served on 住建局."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions

DUE = date(2022, 10, 20)  # a Thursday


@pytest.fixture
def slip(assigned, people):
    matter = assigned(due=DUE)
    return actions.issue_slip(
        matter=matter, colour="blue", reason="催办", by=people["clerk"], at=day("2022-10-24")
    )
