"""Forms of the projects that no other test sends: each does its one deed (tests/house/cases, twice)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.district.places import accepted_file
from tests.district.projects.conftest import AT
from wenpan.district.accounts.models import Unit, User
from wenpan.district.projects import actions
from wenpan.district.projects.base import policy
from wenpan.district.projects.models import (
    EntryDocument,
    Excuse,
    KeyProject,
    Link,
    Milestone,
    Problem,
    ProblemReport,
    Project,
    StateChange,
    Visit,
)

pytestmark = pytest.mark.django_db
DAY = "2022-09-20"


@pytest.fixture
def project(accepted, files, row):
    accepted(files.list(row()))
    return Project.objects.get()


@pytest.fixture
def key(units):
    return KeyProject.objects.create(
        code="Z1", name="桐溪大道", level="district", planned_total=30_000, stage="preparation", year=2022,
        kind="infrastructure", pinyin="Z1", planned_start="2022-05", year_plan=900,
        unit=Unit.objects.get(code="tongxi"), department=Unit.objects.get(code="jfj"),
    )  # fmt: skip


@pytest.fixture
def press(client, make_user):
    def send(role, address, *arguments, **form):
        user = User.objects.filter(username=f"presser-{role}").first()
        client.force_login(user or make_user(role, username=f"presser-{role}"))
        answer = client.post(reverse(f"projects:{address}", args=arguments), form)
        assert answer.status_code == 302, answer.content.decode()[:500]

    return send


def raised(key, by):
    return actions.raise_problem(
        subject=key, kind="land", text="用地未批", owner=Unit.objects.get(code="zjj"), level="department",
        on=date(2022, 9, 1), by=by,
    )  # fmt: skip


def test_a_state_is_changed(project, press):
    press("statistician", "state", "project", project.pk, after="stopped", on=DAY, evidence="停工令1号")
    assert StateChange.objects.filter(project=project, after="stopped").count() == 1


def test_a_document_is_seen(project, press):
    kind = policy.entry_documents(project.band)[0][0][0]
    press("analyst", "document", project.pk, kind=kind, on=DAY, note="已核")
    assert EntryDocument.objects.filter(project=project).exists()


def test_a_reason_in_writing_is_recorded(key, press):
    months = {"since": "2022-08", "until": "2022-10"}
    press("analyst", "excuse", "key", key.pk, reason="汛期", document="区办〔2022〕3号", **months)
    assert Excuse.objects.count() == 1


def test_a_problem_is_raised(key, press):
    form = {"kind": "land", "text": "用地未批", "owner": "zjj", "level": "department"}
    press("supervisor", "problem", "key", key.pk, on=DAY, **form)
    assert Problem.objects.count() == 1


def test_progress_with_a_problem_is_reported(key, press, analyst):
    press("supervisor", "report", raised(key, analyst).pk, text="已上报", on=DAY)
    assert ProblemReport.objects.count() == 1


def test_a_problem_is_closed(key, press, analyst):
    press("supervisor", "close", raised(key, analyst).pk, resolution="用地已批", on=DAY)
    assert Problem.objects.get().closed_on == date(2022, 9, 20)


def test_a_visit_is_recorded(key, press):
    press("supervisor", "visit", "key", key.pk, leader="区长", on=DAY, notes="现场调研")
    assert Visit.objects.count() == 1


def test_a_milestone_is_reached(key, press, analyst):
    milestone = Milestone.objects.create(
        key_project=key, month="2022-09", text="主体封顶", submission=accepted_file(9, by=analyst, at=AT)
    )
    press("analyst", "milestone", milestone.pk, on=DAY)
    assert Milestone.objects.get().done_on == date(2022, 9, 20)


def test_a_link_is_made_and_removed(project, key, press, analyst):
    actions.confirm_link(project=project, key_project=key, reasons=["名称相同"], by=analyst)
    press("analyst", "remove_link", Link.objects.get().pk)
    assert not Link.objects.exists()
