"""What supervision reads of projects: who is red or yellow, why, whose it is; which problems are late."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.district.accounts.models import Unit
from wenpan.district.projects import actions, lights
from wenpan.district.projects.models import KeyProject, Project, Standing

pytestmark = pytest.mark.django_db
ON = date(2022, 10, 12)


@pytest.fixture
def stalled(accepted, files, row):
    """P1 got nothing since March, P2 something each month; both of 2021-03 to 2023-03."""
    accepted(files.list(row(), row("P2", "柳湾学校", town="柳湾镇", opened="2022年1月", entered="2022年1月")))
    months = [f"2022-{m:02d}" for m in range(1, 10)]
    still = [3000.0] * 9
    going = [3500.0 + 500 * k for k in range(9)]
    accepted(files.history([["P1", "桐溪智造园", *still], ["P2", "柳湾学校", *going]], months))


def key_project(code="Z1", **more):
    values = {"name": f"重点{code}", "level": "district", "planned_total": 30_000, "stage": "preparation"}
    values |= {"year": 2022, "kind": "industry", "pinyin": code, "planned_start": "2022-05", "year_plan": 900}
    return KeyProject.objects.create(code=code, **values | more)


def test_a_project_that_stands_still_is_named_with_its_unit_and_reason(stalled):
    [found] = lights.red_and_yellow(ON)
    project = Project.objects.get(code="P1")
    assert (found.subject, found.name, found.light) == (f"project:{project.pk}", "桐溪智造园", "RED")
    assert (found.unit, found.department, found.month) == (project.unit, project.department, "2022-09")
    assert found.reasons == Standing.objects.get(project=project, month="2022-09").reasons
    assert found.url == f"/projects/{project.pk}/"


def test_key_projects_come_beside_them_and_red_comes_first(stalled):
    late = key_project(department=Unit.objects.get(code="zjj"))
    due = key_project("Z2", planned_start="2022-09")
    key_project("Z3", retracted=True)
    found = lights.red_and_yellow(ON)
    assert [(x.subject, x.light) for x in found if x.subject.startswith("key")] == [
        (f"key_project:{late.pk}", "RED"),
        (f"key_project:{due.pk}", "YELLOW"),
    ]
    assert [x.light for x in found] == ["RED", "RED", "YELLOW"]
    assert next(x for x in found if x.name == "重点Z1").department.code == "zjj"


def test_a_day_before_the_first_return_knows_of_no_standing(stalled):
    assert lights.red_and_yellow(date(2021, 6, 1)) == []


def test_without_a_library_key_projects_are_judged_at_the_last_whole_month():
    key_project(planned_start="2022-09")
    [found] = lights.red_and_yellow(ON)
    assert (found.month, found.light) == ("2022-09", "YELLOW")


def test_a_pair_says_that_both_are_the_same(stalled, analyst):
    key, project = key_project(), Project.objects.get(code="P1")
    actions.confirm_link(project=project, key_project=key, reasons=["名称相同"], by=analyst)
    found = {x.subject: x.same_as for x in lights.red_and_yellow(ON)}
    assert found[f"project:{project.pk}"] == f"key_project:{key.pk}"
    assert found[f"key_project:{key.pk}"] == f"project:{project.pk}"


@pytest.fixture
def supervisor(make_user):
    return make_user("supervisor")


@pytest.fixture
def problem(supervisor):
    def make(subject, due, **more):
        values = {"kind": "land", "text": "征拆未完成", "owner": Unit.objects.get(code="zjj")}
        values |= {"level": "deputy", "on": date(2022, 9, 1), "by": supervisor}
        return actions.raise_problem(subject=subject, due=due, **values | more)

    return make


def test_a_problem_past_its_deadline_is_named_with_its_owner_and_days(problem):
    subject = key_project()
    late = problem(subject, date(2022, 10, 2))
    problem(subject, ON)  # due today is not late
    [found] = lights.open_problems_overdue(ON)
    assert (found.problem, found.subject, found.days) == (late.pk, f"key_project:{subject.pk}", 10)
    assert (found.owner.code, found.kind, found.text) == ("zjj", "用地", "征拆未完成")


def test_a_problem_that_was_closed_later_was_open_on_the_day(problem, supervisor):
    late = problem(key_project(), date(2022, 10, 2))
    actions.close_problem(problem=late, resolution="已交地", on=date(2022, 10, 20), by=supervisor)
    assert [x.problem for x in lights.open_problems_overdue(ON)] == [late.pk]
    assert lights.open_problems_overdue(date(2022, 10, 20)) == []
