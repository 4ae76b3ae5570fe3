"""深入现场: who goes to which site, what is due comes to that person, and a promise is somebody's problem."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone as clock

from wenpan.district.accounts.models import Unit
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.projects import actions
from wenpan.district.projects.awaited import groups
from wenpan.district.projects.models import KeyProject, Problem, Project, SiteAssignment, Visit
from wenpan.district.projects.site import plan_queries
from wenpan.district.projects.site.dates import dated

pytestmark = pytest.mark.django_db
AT = datetime(2022, 10, 18, 9, 0, tzinfo=timezone(timedelta(hours=8)))
DAY = AT.date()


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def people(units, make_user):
    unit = {one.code: one for one in Unit.objects.all()}
    who = {
        "leader": ("leader", None),
        "analyst": ("analyst", unit["jfj"]),
        "office": ("service", unit["jfj"]),
        "town": ("liaison", unit["tongxi"]),
        "other": ("liaison", unit["liuwan"]),
    }
    return {name: make_user(role, username=name, unit=of) for name, (role, of) in who.items()}


@pytest.fixture
def key(units):
    unit = {one.code: one for one in Unit.objects.all()}
    return KeyProject.objects.create(
        code="Z1", name="桐溪智造园", level="district", stage="building", year=2022, kind="industry",
        planned_start="2022-05", year_plan=900, unit=unit["tongxi"], department=unit["zjj"],
        planned_total=30_000, pinyin="tong xi zhi zao yuan",
    )  # fmt: skip


@pytest.fixture
def site(units):
    unit = Unit.objects.get(code="tongxi")
    return Project.objects.create(
        code="P1", name="桐溪仓储", band="large", state="in_library", unit=unit, planned_total=9_000,
        pinyin="tong xi cang chu",
    )  # fmt: skip


@pytest.fixture
def plan(people):
    def make(subject, person="leader", every=1, starts_on=date(2022, 7, 1), by="office"):
        return actions.plan_site(
            subject=subject, person=people[person], every=every, starts_on=starts_on, by=people[by]
        )

    return make


@pytest.fixture
def visited(people):
    def make(subject, by="leader", on=DAY, notes="正在浇筑", **more):
        return actions.record_visit(subject=subject, on=on, notes=notes, by=people[by], at=AT, **more)

    return make


def sign(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_site_is_planned_ended_and_not_twice(key, plan, people):
    made = plan(key)
    with pytest.raises(Refused, match="已经"):
        plan(key)
    with pytest.raises(Refused, match="早于"):
        actions.end_site(plan=made, on=date(2022, 6, 30), by=people["office"])
    actions.end_site(plan=made, on=DAY, by=people["office"])
    with pytest.raises(Refused, match="已经结束"):
        actions.end_site(plan=made, on=DAY, by=people["office"])
    assert plan_queries.current(date(2022, 10, 18)).get() == made  # the last day counts
    assert not plan_queries.current(date(2022, 10, 19)).exists()
    plan(key, starts_on=date(2022, 10, 19))


@pytest.mark.parametrize(
    ("change", "said"),
    [({"every": 0}, "间隔"), ({"every": 13}, "间隔"), ({"person": "analyst"}, "不能"),
     ({"person": "other"}, "不能")],
)  # fmt: skip
def test_a_plan_that_cannot_be_kept_is_refused(key, plan, change, said):
    with pytest.raises(Refused, match=said):
        plan(key, **change)


def test_what_is_built_is_no_site_any_more(key, site, plan):
    plan(site)
    site.state = "completed"
    site.save()
    assert not plan_queries.current(DAY).exists()
    key.stage = "producing"
    key.save()
    with pytest.raises(Refused, match="完工"):
        plan(key)


@pytest.mark.parametrize("who", ["leader", "town"])
def test_who_plans_is_the_office(key, people, who):
    with pytest.raises(PermissionDenied):
        actions.plan_site(subject=key, person=people["leader"], every=1, starts_on=DAY, by=people[who])


def test_what_is_due_comes_to_the_leader_and_a_visit_settles_it(key, plan, visited, people):
    plan(key, every=3)
    (line,) = plan_queries.due_of(people["leader"], DAY)
    assert line.subject == key and line.state.due == date(2022, 10, 1) and line.late
    (group,) = groups(people["leader"], AT, 5)
    assert (group.code, group.count, group.items[0].light) == ("sites", 1, "RED")
    assert [item.day for item in dated(people["leader"], None, date(2022, 10, 1), DAY)] == [line.state.due]
    visited(key, result="phone")
    assert plan_queries.due_of(people["leader"], DAY)
    visited(key)
    assert plan_queries.due_of(people["leader"], DAY) == []
    (found,) = plan_queries.lines(plan_queries.current(DAY), DAY)
    assert found.state.due == date(2023, 1, 18)


def test_a_visit_that_the_office_wrote_down_by_name_counts_for_the_person_of_the_plan(
    key, plan, visited, people
):
    plan(key)
    visit = visited(key, by="analyst", leader=people["leader"].name)
    assert visit.person == people["leader"] and plan_queries.due_of(people["leader"], DAY) == []


def test_visits_of_before_the_plan_had_persons_count_by_the_name(key, plan, people):
    plan(key)
    Visit.objects.create(
        key_project=key, leader=people["leader"].name, on=DAY, notes="x", by=people["analyst"]
    )
    assert plan_queries.due_of(people["leader"], DAY) == []


def test_a_site_where_nobody_is_any_more_is_the_offices_to_verify(key, plan, visited, people):
    plan(key)
    visited(key, result="gone", notes="塔吊已拆，无人")
    (line,) = plan_queries.lines(plan_queries.current(DAY), DAY)
    assert line.state.due is None and plan_queries.due_of(people["leader"], DAY) == []
    assert (
        sign(people["office"]).get("/projects/sites/plan/?show=gone").content.decode().count("桐溪智造园")
        == 1
    )


def test_coverage_counts_each_site_once_and_its_parts_make_the_whole(key, site, plan, visited):
    plan(key)
    plan(key, person="town", by="analyst")
    plan(site)
    visited(key, by="town")
    found = plan_queries.coverage(plan_queries.current(DAY), DAY)
    assert (found.planned, found.met, found.phone, found.gone, found.not_yet) == (2, 1, 0, 0, 1)


def test_a_promise_becomes_a_problem_of_the_projects_department(key, visited, people):
    visit = visited(key, promised="月底前接通临时用电")
    problem = Problem.objects.get()
    assert (problem.text, problem.owner.code, problem.visit) == ("月底前接通临时用电", "zjj", visit)
    assert problem.due == date(2022, 11, 17) and problem.closed_on is None


def test_a_promise_without_anybody_to_keep_it_asks_for_one(site, visited):
    site.unit = None
    site.save()
    with pytest.raises(Refused, match="责任单位"):
        visited(site, promised="修路")
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"result": "seen"}, "结果"), ({"on": date(2022, 10, 19)}, "今天"), ({"notes": " "}, "记录"),
     ({"result": "gone", "promised": "x"}, "没有人")],
)  # fmt: skip
def test_a_visit_that_says_nothing_is_refused(key, visited, change, said):
    with pytest.raises(Refused, match=said):
        visited(key, **change)


def test_one_writes_down_only_ones_own_visit_and_closes_nothing(key, visited, people):
    problem = actions.raise_problem(
        subject=key, kind="land", text="未供地", owner=key.unit, level="deputy", on=DAY, by=people["analyst"]
    )
    with pytest.raises(PermissionDenied):
        visited(key, by="town", person=people["leader"])
    with pytest.raises(PermissionDenied):
        visited(key, by="town", closes=[problem])
    assert visited(key, by="town").person == people["town"]


def test_a_unit_writes_nothing_of_anothers_site(key, visited, people):
    with pytest.raises(NotYours):
        visited(key, by="other")
    assert (
        sign(people["other"]).post(f"/projects/key/{key.pk}/visit/", {"on": "2022-10-18"}).status_code == 404
    )


def test_the_leader_writes_a_visit_on_the_spot(key, plan, people):
    plan(key)
    phone = sign(people["leader"])
    assert "桐溪智造园" in phone.get("/projects/sites/").content.decode()
    sent = {"on": "2022-10-18", "notes": "已打桩", "result": "met", "promised": "接电", "back": "mine"}
    answer = phone.post(f"/projects/key/{key.pk}/visit/", sent, follow=True)
    page = answer.content.decode()
    assert "已登记现场走访" in page and "本月没有应到现场的项目" in page
    assert "接电" in phone.get(f"/projects/key/{key.pk}/").content.decode()
    assert "到现场的项目" not in phone.get("/today/").content.decode()


def test_the_office_plans_a_site_and_ends_the_plan_on_the_page(site, people):
    office = sign(people["office"])
    sent = {"person": people["leader"].pk, "every": "2", "starts_on": "2022-07-01"}
    office.post(f"/projects/project/{site.pk}/site/", sent)
    plan = SiteAssignment.objects.get()
    assert (plan.person, plan.every) == (people["leader"], 2)
    page = office.get("/projects/sites/plan/?show=late").content.decode()
    assert "桐溪仓储" in page and "2022-09-01" in page
    assert office.get("/projects/sites/plan/?export=xlsx").content[:2] == b"PK"
    office.post(f"/projects/sites/plan/{plan.pk}/end/", {"on": "2022-10-18"})
    plan.refresh_from_db()
    assert plan.ends_on == DAY


@pytest.mark.parametrize("words", [{"person": "x"}, {"every": "²"}, {"starts_on": "2月30日"}, {}])
def test_typed_nonsense_plans_nothing(site, people, words):
    sent = {"person": people["leader"].pk, "every": "2", "starts_on": "2022-07-01"} | words
    office = sign(people["office"])
    answer = office.post(f"/projects/project/{site.pk}/site/", sent if words else {}, follow=True)
    assert answer.status_code == 200 and not SiteAssignment.objects.exists()
    assert office.post("/projects/other/1/site/", sent).status_code == 404
