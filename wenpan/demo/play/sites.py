"""Leaders go to sites: three have a plan, most visits are made, and one promise is somebody's problem."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from wenpan.demo.play.agenda import at

LEADERS = ("leader", "deputy_economy", "deputy_building")
EACH, FROM = 4, date(2022, 4, 6)
NOTES = (
    "查看主体施工，进度与计划相符",
    "查看土方和管网，要求雨季前完成基础",
    "与施工单位商量夜间作业和渣土运输",
    "听取建设单位汇报，设备已到货",
)
PROMISE = "月底前协调供电部门完成临时用电报装"


def fill(users: dict[str, Any], today: date) -> None:
    """Plans from April; visits to the evening before `today`."""
    from wenpan.district.projects import actions
    from wenpan.district.projects.models import KeyProject

    rng = random.Random(20221018)
    building = KeyProject.objects.filter(retracted=False, year=today.year, stage__in=("started", "building"))
    sites = list(building.order_by("code")[: EACH * len(LEADERS)])
    for number, site in enumerate(sites):
        person = users[LEADERS[number % len(LEADERS)]]
        actions.plan_site(
            subject=site, person=person, every=2, starts_on=FROM, by=users["analyst"], at=at(FROM)
        )
        for turn in range(3):
            day = FROM + timedelta(days=55 * (turn + 1) + rng.randrange(20))
            if day >= today or rng.random() < 0.25:
                continue
            result = rng.choices(["met", "phone", "gone"], [84, 12, 4])[0]
            promised = PROMISE if number == 1 and turn == 1 and result == "met" else ""
            notes = "现场无人，塔吊已拆" if result == "gone" else rng.choice(NOTES)
            actions.record_visit(
                subject=site, on=day, notes=notes, result=result, promised=promised, by=person,
                at=at(day, 16),
            )  # fmt: skip
            if result == "gone":
                break
