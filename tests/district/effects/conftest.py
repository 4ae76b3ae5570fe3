"""Statistics projects with kept months, and matters about them that were closed."""

from __future__ import annotations

import pytest

from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    day,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)
from wenpan.district.projects.models import Project, Standing
from wenpan.district.supervision.models import Matter


@pytest.fixture
def kept(units):  # noqa: F811
    """kept("甲", "2022-05", [10, 20, None, 40]): done of 100 at the end of that month and those after."""

    def make(name, first, done, light="RED", kind="industry"):
        n = Project.objects.count() + 1
        project = Project.objects.create(
            code=f"P{n}", name=name, kind=kind, band="large", state="in_library", unit=units["tongxi"],
            planned_total=100, pinyin=f"x{n}",
        )  # fmt: skip
        year, month = map(int, first.split("-"))
        for k, value in enumerate(done):
            at = f"{year}-{month + k:02d}"
            Standing.objects.create(
                project=project, month=at, state="in_library", cumulative=value, light=light
            )
        return project

    return make


@pytest.fixture
def closed(drafted, units):  # noqa: F811
    """closed("project:3", "2022-06-10"): a matter about it that was closed on that day."""

    def make(cause, on, made="2022-04-01"):
        matter = drafted(f"整改{cause}", cause=cause, at=day(made))
        Matter.objects.filter(pk=matter.pk).update(state="closed", closed_on=on, lead=units["zjj"])
        return Matter.objects.get(pk=matter.pk)

    return make


@pytest.fixture
def seven(kept, closed):
    """Seven projects with a closed matter that move by 10 a month, and three without one that move by 4."""
    for n in range(7):
        project = kept(f"督{n}", "2022-05", [10, 20, 30, 40])
        closed(f"project:{project.pk}", "2022-06-10")
    for n in range(3):
        kept(f"同{n}", "2022-05", [10, 14, 18, 22])
