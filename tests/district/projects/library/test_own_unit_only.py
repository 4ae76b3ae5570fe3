"""A liaison officer sees the projects of their own unit and the problems that it must settle: nothing else.

P1 stands in 桐溪镇 under 经发局, P2 in 柳湾镇 under 住建局; so do the key projects Z1 and Z2.
"""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from wenpan.district.accounts.models import Unit
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects import actions
from wenpan.district.projects.base.scope import ALL, Scope, scope_of
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.models import KeyProject, Problem, ProblemReport, Project
from wenpan.district.projects.pool import queries as pool
from wenpan.district.projects.pool import summary
from wenpan.district.projects.site import queries as problems
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2022, 9)
DAY = date(2022, 9, 20)


@pytest.fixture
def district(accepted, files, row):
    accepted(
        files.list(
            row(owner="桐溪实业"),
            row("P2", "柳湾学校", town="柳湾镇", office="住建局", owner="柳湾实业"),
        )
    )
    months = [f"{year}-{m:02d}" for year in (2021, 2022) for m in range(1, 13)][3:21]
    values = [200.0 * (k + 1) for k in range(len(months))]
    accepted(files.history([["P1", "桐溪智造园", *values], ["P2", "柳湾学校", *values]], months))
    for code, name, unit, office in (
        ("Z1", "桐溪大道", "tongxi", "jfj"),
        ("Z2", "柳湾医院", "liuwan", "zjj"),
    ):
        KeyProject.objects.create(
            code=code,
            name=name,
            level="district",
            planned_total=30_000,
            stage="preparation",
            year=2022,
            kind="infrastructure",
            pinyin=code,
            planned_start="2022-05",
            year_plan=900,
            unit=Unit.objects.get(code=unit),
            department=Unit.objects.get(code=office),
        )


@pytest.fixture
def liaison(make_user):
    def of(unit):
        found = Unit.objects.get(code=unit) if unit else None
        return make_user("liaison", username=f"liaison-{unit}", unit=found)

    return of


WHOSE = [("tongxi", {"P1"}), ("jfj", {"P1"}), ("liuwan", {"P2"}), ("zjj", {"P2"}), ("", set())]


@pytest.mark.parametrize("unit, codes", WHOSE, ids=[w[0] or "no unit" for w in WHOSE])
def test_a_unit_sees_what_stands_there_or_what_it_leads(unit, codes, district, liaison):
    scope = scope_of(liaison(unit))
    assert {s.project.code for s in pool.standings(SEPTEMBER, pool.PoolFilters(), scope)} == codes
    wanted = {code.replace("P", "Z") for code in codes}
    assert {line.project.code for line in keys.lines(SEPTEMBER, scope=scope)} == wanted


@pytest.mark.parametrize("role", ["leader", "analyst", "statistician", "supervisor"])
def test_who_works_for_the_district_sees_all(role, make_user):
    assert scope_of(make_user(role)) == ALL


def test_a_stranger_sees_nothing(district):
    scope = scope_of(None)
    assert not pool.standings(SEPTEMBER, pool.PoolFilters(), scope).exists()
    assert keys.lines(SEPTEMBER, scope=scope) == []
    assert not problems.problems(DAY, show="", scope=scope).rows.exists()


PAGES = ["", "table/", "table/?by=owner", "key/", "key/map/", "problems/?show=all"]


@pytest.mark.parametrize("path", PAGES)
def test_no_list_names_the_project_of_another(path, district, liaison, client, analyst):
    for subject in (Project.objects.get(code="P2"), KeyProject.objects.get(code="Z2")):
        actions.raise_problem(
            subject=subject,
            kind="land",
            text="柳湾的问题",
            owner=Unit.objects.get(code="zjj"),
            level="deputy",
            on=DAY,
            by=analyst,
        )
    client.force_login(liaison("tongxi"))
    page = client.get(f"/projects/{path}")
    assert page.status_code == 200
    text = page.content.decode()
    for word in ("柳湾学校", "柳湾医院", "柳湾实业", "柳湾的问题"):
        assert word not in text


@pytest.mark.parametrize(
    "path", ["?export=xlsx", "key/?export=xlsx", "return-form/", "return-form/?unit=liuwan"]
)
def test_no_workbook_holds_the_project_of_another(path, district, liaison, client):
    client.force_login(liaison("tongxi"))
    answer = client.get(f"/projects/{path}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert not cells & {"P2", "Z2", "柳湾学校", "柳湾医院"}


def test_a_project_opens_for_its_own_unit_and_the_reading_is_journalled(district, liaison, client):
    mine, other = Project.objects.get(code="P1"), Project.objects.get(code="P2")
    client.force_login(liaison("tongxi"))
    assert client.get(f"/projects/{mine.pk}/").status_code == 200
    assert client.get(f"/projects/{other.pk}/").status_code == 404
    assert list(Entry.objects.filter(action="projects.read").values_list("subject", flat=True)) == [
        f"project:{mine.pk}"
    ]


def test_a_key_project_opens_for_its_own_unit(district, liaison, client):
    client.force_login(liaison("zjj"))
    codes = {k.code: client.get(f"/projects/key/{k.pk}/").status_code for k in KeyProject.objects.all()}
    assert codes == {"Z1": 404, "Z2": 200}


def test_the_twin_of_another_unit_is_not_shown(district, liaison, client, analyst):
    mine, other = Project.objects.get(code="P1"), KeyProject.objects.get(code="Z2")
    actions.confirm_link(project=mine, key_project=other, reasons=[], by=analyst)
    client.force_login(liaison("tongxi"))
    assert f"/projects/key/{other.pk}/" not in client.get(f"/projects/{mine.pk}/").content.decode()


@pytest.mark.parametrize("path", ["outlook/", "links/", "successions/"])
def test_what_concerns_the_whole_district_stays_closed(path, district, liaison, client):
    client.force_login(liaison("tongxi"))
    assert client.get(f"/projects/{path}").status_code == 403
    assert f"/projects/{path}" not in client.get("/projects/").content.decode()


def test_every_number_of_a_units_table_opens_a_list_of_as_many(district, liaison):
    from django.http import QueryDict

    scope = scope_of(liaison("tongxi"))
    for by in ("band", "unit", "department", "owner"):
        table = summary.speech(SEPTEMBER, by=by, scope=scope)
        for row in table.rows:
            for number in (row.total, *row.parts):
                listed = pool.standings(SEPTEMBER, pool.PoolFilters.of(QueryDict(number.query)), scope)
                assert listed.count() == number.count, (by, row.code)
    library = next(row for row in table.rows if row.code == "library")
    assert (library.total.count, library.total.before) == (1, 1)
    assert (library.hidden, library.planned_total) == (True, None), "the sum of one project is that project"


def test_a_unit_table_of_everything_says_what_the_stored_one_says(district):
    """The table drawn for a unit and the district's stored table count alike."""
    both = Scope(everything=True)
    from wenpan.district.projects.models import Outlook
    from wenpan.district.projects.pool import own_units

    stored = Outlook.objects.get(month="2022-09").table
    drawn = own_units.kept_sums(SEPTEMBER, both)
    for group, parts in ((group, stored[group]) for group in drawn):
        for code, numbers in parts.items():
            for line, values in numbers.items():
                assert drawn[group][code][line] == pytest.approx(values), (group, code, line)


# problems


@pytest.fixture
def problem(district, make_user):
    return actions.raise_problem(
        subject=Project.objects.get(code="P1"),
        kind="land",
        text="征拆未完成",
        owner=Unit.objects.get(code="zjj"),
        level="deputy",
        on=DAY,
        by=make_user("supervisor"),
    )


def test_the_owner_of_a_problem_sees_it_with_the_projects_name_and_no_way_to_its_figures(
    problem, liaison, client
):
    client.force_login(liaison("zjj"))
    text = client.get("/projects/problems/").content.decode()
    assert "征拆未完成" in text
    assert "桐溪智造园" in text
    assert f'href="/projects/{problem.project_id}/"' not in text


def test_the_owner_says_what_was_done_and_the_problem_stays_open(problem, liaison, client):
    client.force_login(liaison("zjj"))
    answer = client.post(
        f"/projects/problems/{problem.pk}/report/", {"text": "已签协议11户", "on": "2022-10-08"}
    )
    assert answer.url == "/projects/problems/"
    report = ProblemReport.objects.get()
    assert (report.text, str(report.on), Problem.objects.get().closed_on) == (
        "已签协议11户",
        "2022-10-08",
        None,
    )
    assert Entry.objects.get(action="projects.problem_report").detail["problem"] == "征拆未完成"
    assert "已签协议11户" in client.get("/projects/problems/").content.decode()


def test_the_owner_cannot_close_it(problem, liaison, client):
    client.force_login(liaison("zjj"))
    answer = client.post(
        f"/projects/problems/{problem.pk}/close/", {"resolution": "好了", "on": "2022-10-08"}
    )
    assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        actions.close_problem(problem=problem, resolution="好了", on=DAY, by=answer.wsgi_request.user)


def test_another_unit_says_nothing_about_it(problem, liaison, client):
    with pytest.raises(PermissionDenied):
        actions.report_progress(problem=problem, text="x", on=DAY, by=liaison("liuwan"))
    client.force_login(liaison("jfj"))  # whose project it is sees the problem, but it is not theirs to settle
    assert "征拆未完成" in client.get("/projects/problems/").content.decode()
    answer = client.post(f"/projects/problems/{problem.pk}/report/", {"text": "x", "on": "2022-10-08"})
    assert answer.status_code == 403
    assert not ProblemReport.objects.exists()


BAD = [
    ("no words", {"text": " "}, "办理进展"),
    ("before it was raised", {"on": date(2022, 9, 1)}, "日期"),
    ("after today", {"on": date(2222, 1, 1)}, "日期"),
]


@pytest.mark.parametrize("more, says", [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_report_has_words_and_a_day_that_was(more, says, problem, liaison):
    with pytest.raises(Refused, match=says):
        actions.report_progress(
            **{"problem": problem, "text": "已签", "on": DAY, "by": liaison("zjj")} | more
        )


def test_nothing_is_reported_on_a_closed_problem(problem, liaison, analyst):
    actions.close_problem(problem=problem, resolution="已交地", on=DAY, by=analyst)
    with pytest.raises(Refused) as refusal:
        actions.report_progress(problem=problem, text="已签", on=DAY, by=liaison("zjj"))
    assert refusal.value.code == "clash"


FORBIDDEN = [
    "project/{p}/state/",
    "project/{p}/excuse/",
    "project/{p}/problem/",
    "{p}/documents/",
]


@pytest.mark.parametrize("path", FORBIDDEN)
def test_what_others_decide_a_liaison_officer_does_not(path, district, liaison, client):
    client.force_login(liaison("tongxi"))
    pk = Project.objects.get(code="P1").pk
    assert client.post(f"/projects/{path.format(p=pk)}").status_code == 403


@pytest.mark.parametrize("path", ["?export=xlsx&unit=tongxi", "key/?export=xlsx", "return-form/?unit=tongxi"])
def test_who_takes_figures_of_single_projects_away_is_journalled(path, district, client, analyst):
    client.force_login(analyst)
    assert client.get(f"/projects/{path}").status_code == 200
    entry = Entry.objects.get(action="projects.export")
    assert entry.actor == analyst
    assert "unit=" in entry.detail["filters"] or path.startswith("key/")
