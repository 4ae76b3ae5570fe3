"""A campaign of 17 to 21 October 2022: the office leads, the analyst and the clerk are the first team."""

from __future__ import annotations

from datetime import date

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
from wenpan.district.campaigns.actions import planning, teams
from wenpan.district.campaigns.actions.planning import CampaignPlan
from wenpan.district.campaigns.candidates import CandidateObject
from wenpan.district.projects.models import Project

PLANNED_ON, MONDAY, FRIDAY = day("2022-10-14"), day("2022-10-17"), day("2022-10-21")
GIVEN = CampaignPlan(
    "special", "重点项目开工专项督查", "看项目是否真开工、手续是否齐全", date(2022, 10, 17),
    date(2022, 10, 21), ground="安政办〔2022〕31号", ordered_by="江望舒",
)  # fmt: skip


@pytest.fixture
def project(units):  # noqa: F811
    """project("甲", unit="tongxi"): a statistics project of a unit."""

    def make(name="桐溪智造园", unit="tongxi"):
        n = Project.objects.count() + 1
        return Project.objects.create(
            code=f"P{n}", name=name, band="large", state="in_library", unit=units[unit],
            planned_total=30_000, pinyin=f"x{n}",
        )  # fmt: skip

    return make


@pytest.fixture
def planned(people):  # noqa: F811
    return planning.plan_campaign(given=GIVEN, by=people["clerk"], at=PLANNED_ON)


@pytest.fixture
def added(planned, people, project):  # noqa: F811
    """added("甲", unit="tongxi"): an object of the campaign, taken by hand."""

    def make(name="桐溪智造园", unit="tongxi"):
        p = project(name, unit)
        row = CandidateObject(
            f"project:{p.pk}", p.name, p.unit, "RED", "三个月没有投资", f"/projects/{p.pk}/"
        )
        return planning.add_object(
            campaign=planned, row=row, reason="现场反映", by=people["clerk"], at=PLANNED_ON
        )

    return make


@pytest.fixture
def team(planned, people):  # noqa: F811
    return teams.set_team(
        campaign=planned, name="第一组", leader=people["analyst"], members=[people["analyst"]],
        by=people["clerk"], at=PLANNED_ON,
    )  # fmt: skip


@pytest.fixture
def running(planned, added, team, people):  # noqa: F811
    """Two objects of 桐溪镇 on Monday and one of 住建局 on Tuesday, all of the first team; begun."""
    items = [added("智造园"), added("物流园"), added("保障房", "zjj")]
    for item, on in zip(items, ("17", "17", "18"), strict=True):
        teams.assign_objects(
            objects=[item],
            team=team,
            day=date.fromisoformat(f"2022-10-{on}"),
            by=people["clerk"],
            at=PLANNED_ON,
        )
    teams.start(campaign=planned, by=people["clerk"], at=PLANNED_ON)
    for item in items:
        item.refresh_from_db()
    return items
