"""A project on both lists is one: in proposals, in the weekly check and in the bulletin."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from wenpan.district.projects import lights
from wenpan.district.projects.models import KeyProject, Link, Outlook, Project, Standing
from wenpan.district.supervision.bulletin_input.queries import bulletin_policy
from wenpan.district.supervision.bulletin_input.surroundings import projects_of_month
from wenpan.district.supervision.lights import actions as lighting
from wenpan.district.supervision.lights import weekly_subjects
from wenpan.district.supervision.lights.policy import LightMatters
from wenpan.district.supervision.models import Proposal
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
ON, SEPTEMBER = date(2022, 10, 14), Month(2022, 9)
ALL = frozenset({"RED", "YELLOW"})


@pytest.fixture
def pair(units, make_user):
    """pair("GREEN", "2022-05"): the light in the library, and when it should have begun (May: RED)."""

    def make(library: str, planned_start: str, linked: bool = True):
        by = make_user("analyst", username="pairs")
        Outlook.objects.get_or_create(
            month="2022-09",
            defaults={
                "done": 0,
                "stock": {},
                "entries": {},
                "total": {},
                "table": {},
                "made_at": timezone.now(),
            },
        )
        project = Project.objects.create(code="P1", name="桐溪智造园", pinyin="P1", unit=units["tongxi"],
                                         kind="industry", band="large", state="in_library", opened="2022-01",
                                         entered="2022-01", planned_total=50_000)  # fmt: skip
        Standing.objects.create(
            project=project, month="2022-09", state="in_library", light=library, reasons=["停滞4个月"]
        )
        key = KeyProject.objects.create(
            code="Z1", name="桐溪智造园", pinyin="Z1", level="district", planned_total=50_000, year=2022,
            stage="preparation", kind="industry", planned_start=planned_start, year_plan=900,
            department=units["zjj"],
        )  # fmt: skip
        if linked:
            Link.objects.create(project=project, key_project=key, year=2022, reasons=[], confirmed_by=by,
                                confirmed_at=timezone.now())  # fmt: skip
        return project, key

    return make


def counted() -> tuple[int, int, int]:
    """Of projects: proposals, subjects of the week, red and yellow of the bulletin."""
    policy = LightMatters(frozenset(), ALL, ALL, False)
    lighting.light_matters, kept = (lambda: policy), lighting.light_matters
    try:
        lighting.propose_from_lights(on=ON)
    finally:
        lighting.light_matters = kept
    proposals = Proposal.objects.filter(state="open").count()
    week = sum("project" in s.subject for s in weekly_subjects.subjects(ON))
    found = projects_of_month(ON, SEPTEMBER, ON, bulletin_policy())
    assert sum(found.counts.values()) == len(found.lines)
    return proposals, week, len(found.lines)


@pytest.mark.parametrize("library", ["GREEN", "YELLOW", "RED"])
def test_a_red_key_project_and_its_twin_count_once_everywhere(pair, library):
    pair(library, "2022-05")
    assert counted() == (1, 1, 1)


def test_a_red_project_whose_key_twin_is_green_counts_once_as_the_key_project(pair):
    _project, key = pair("RED", "2022-12")
    assert counted() == (1, 1, 1)
    assert Proposal.objects.get().cause == f"key_project:{key.pk}"


def test_without_a_confirmed_pair_they_are_two(pair):
    pair("RED", "2022-05", linked=False)
    assert counted() == (2, 2, 2)


def test_the_two_lights_stand_together_with_their_names(pair):
    project, key = pair("GREEN", "2022-05")
    [cause] = lights.light_causes(ON)
    assert (cause.address, cause.light) == (f"key_project:{key.pk}", "RED")
    assert cause.pair_words == "统计口径 绿 / 年度计划 红"
    words = lights.pair_words(SEPTEMBER)
    assert words == {f"project:{project.pk}": cause.pair_words, f"key_project:{key.pk}": cause.pair_words}
    [subject] = weekly_subjects._projects(ON)
    assert subject.why.startswith(cause.pair_words)
    [lit] = projects_of_month(ON, SEPTEMBER, ON, bulletin_policy()).lines
    assert lit.why.startswith(cause.pair_words)


def test_a_proposal_of_the_library_stays_the_only_one_when_its_key_twin_turns_red(pair, people):
    project, key = pair("RED", "2022-05", linked=False)
    KeyProject.objects.filter(pk=key.pk).update(retracted=True)
    assert counted()[0] == 1
    KeyProject.objects.filter(pk=key.pk).update(retracted=False)
    Link.objects.create(project=project, key_project=key, year=2022, confirmed_by=people["clerk"],
                        confirmed_at=timezone.now())  # fmt: skip
    assert counted()[0] == 1
    assert Proposal.objects.get(state="open").cause == f"project:{project.pk}"


def test_both_pages_of_a_pair_show_both_lights(pair, signed_in, today_is):
    today_is("2022-10-14")
    project, key = pair("GREEN", "2022-05")
    client = signed_in("clerk")
    for url in (
        f"/projects/{project.pk}/",
        f"/projects/key/{key.pk}/",
        "/projects/",
        "/projects/key/",
        "/projects/key/map/",
    ):
        assert "统计口径 绿 / 年度计划 红" in client.get(url).content.decode(), url
