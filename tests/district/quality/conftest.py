"""A district whose September returns hold one that breaks a rule (桐溪智造园) and one that does not."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from tests.district.projects.conftest import (  # noqa: F401  (fixtures)
    accepted,
    analyst,
    checked,
    files,
    place,
    row,
    units,
)
from wenpan.district.accounts.models import Unit
from wenpan.district.projects.models import Project
from wenpan.district.quality import actions
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)
AT = datetime(2022, 10, 18, 9, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def returned(accepted, files, row):  # noqa: F811
    accepted(files.list(row(), row("P2", "柳湾学校", town="柳湾镇", office="住建局")))
    accepted(files.history([["P1", "桐溪智造园", 2000.0], ["P2", "柳湾学校", 2000.0]], ["2021-12"]))
    accepted(files.returns("2022-09", ["P1", "桐溪智造园", 2600.0, 900.0, "在建", "", ""],
                           ["P2", "柳湾学校", 2600.0, 600.0, "在建", "", ""]))  # fmt: skip


@pytest.fixture
def people(make_user, units):  # noqa: F811
    return {
        "office": make_user("statistician"),
        "town": make_user("liaison", username="town", unit=Unit.objects.get(code="tongxi")),
        "other": make_user("liaison", username="other", unit=Unit.objects.get(code="liuwan")),
        "leader": make_user("leader"),
    }


@pytest.fixture
def project(returned):
    return Project.objects.get(code="P1")


@pytest.fixture
def letter(project, people):
    return actions.issue_letter(
        project=project, month=SEPTEMBER, rule="total_since_start", question="累计与本年数不符，请核实",
        due=date(2022, 10, 25), by=people["office"], at=AT,
    )  # fmt: skip
