"""Pages: every number opens its list, the export is what is shown, and each role sees what is its own."""

from __future__ import annotations

import io

import pytest

from wenpan.district.ground.journal.models import Entry
from wenpan.district.projects.models import Project, Standing
from wenpan.district.projects.pool import queries as pools
from wenpan.district.projects.pool import summary
from wenpan.district.projects.pool.pool_snapshot import take_snapshot
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2022, 9)


@pytest.fixture
def pool(accepted, files):
    """A simulated library with its history, so that every line of the table has something to count."""
    from wenpan.demo.files import project_files as demo

    found = demo.pool(SEPTEMBER, count=140)
    rows = found.projects.filter(found.projects["entered"] <= "2022-09")
    towns = ["桐溪镇", "柳湾镇"]
    listed = [
        [
            r["code"],
            r["name"],
            r["owner"],
            demo.BANDS[r["band"]],
            demo.KINDS[r["kind"]],
            towns[i % 2],
            "经发局" if i % 3 else "住建局",
            r["planned_total"],
            demo.spoken(r["opened"]),
            demo.spoken(r["planned_finish"]),
            demo.spoken(r["entered"]),
            "在库",
        ]
        for i, r in enumerate(rows.iter_rows(named=True))
    ]
    accepted(files.list(*listed))
    accepted(demo.history_workbook(found, rows, SEPTEMBER, "安禾区累计完成投资"))


def test_every_number_of_the_table_opens_a_list_of_as_many(pool):
    from django.http import QueryDict

    wrong, seen = [], 0
    for by in ("band", "unit", "department", "owner"):
        table = summary.speech(SEPTEMBER, by=by)
        for row in table.rows:
            for number in (row.total, *row.parts):
                filters = pools.PoolFilters.of(QueryDict(number.query))
                for month, count in ((SEPTEMBER, number.count), (Month(2021, 9), number.before)):
                    listed = pools.standings(month, filters).count()
                    seen += count or 0
                    if listed != count:
                        wrong.append((by, row.code, number.query, str(month), count, listed))
    assert wrong == []
    assert seen > 500


def test_the_parts_of_a_line_add_up_to_its_total(pool):
    for by in ("band", "unit", "owner"):
        for row in summary.speech(SEPTEMBER, by=by).rows:
            assert sum(part.count for part in row.parts) == row.total.count, row.code


def test_owners_are_the_largest_by_planned_total_and_the_rest_is_one_sum(pool):
    from wenpan.district.projects.pool import owners

    held: dict[str, float] = {}
    for s in Standing.objects.filter(month="2022-09", in_library=True).select_related("project"):
        held[s.project.owner] = held.get(s.project.owner, 0.0) + float(s.project.planned_total)
    expected = sorted(held, key=lambda name: (-held[name], name))[: owners.TOP]
    assert len(held) > owners.TOP
    assert [name for name, _label in summary.speech(SEPTEMBER, by="owner").groups] == [*expected, owners.REST]


def test_an_owner_in_the_address_is_that_owner_and_no_longer_name(pool):
    first, second = Project.objects.filter(standings__month="2022-09", retracted=False).distinct()[:2]
    Project.objects.filter(pk=first.pk).update(owner="安禾")
    Project.objects.filter(pk=second.pk).update(owner="安禾城投&一期")
    for name in ("安禾", "安禾城投&一期"):
        listed = pools.standings(SEPTEMBER, pools.PoolFilters(owner=name))
        assert {s.project.owner for s in listed} == {name}


def test_the_bridge_adds_up_and_agrees_with_the_pool_page(pool):
    bridge = summary.bridge(SEPTEMBER, needed=1_000_000.0)
    assert bridge.stock[1] + bridge.entries[1] == pytest.approx(bridge.total[1], abs=0.05)
    assert bridge.gap == pytest.approx(1_000_000.0 - bridge.done - bridge.total[1], abs=0.05)
    listed = pools.totals(pools.standings(SEPTEMBER, pools.PoolFilters()))
    assert listed.expected == pytest.approx(bridge.stock[1], abs=1.0)
    assert bridge.total[0] <= bridge.total[1] <= bridge.total[2]


def test_nothing_after_the_month_is_used(pool, files, accepted):
    from wenpan.district.projects.pool import standings as pooling

    before = pooling.standings(take_snapshot(SEPTEMBER), Month(2022, 6))
    code = Project.objects.filter(retracted=False, state="in_library").first().code
    accepted(files.returns("2022-10", [code, "", 99_999.0, None, "", "", ""]))
    after = pooling.standings(take_snapshot(Month(2022, 10)), Month(2022, 6))
    assert before.rows == after.rows
    assert before.outlook == after.outlook


@pytest.fixture
def signed_in(client, make_user):
    def sign(role="supervisor"):
        client.force_login(make_user(role))
        return client

    return sign


PAGES = [
    "",
    "table/",
    "table/?by=unit",
    "table/?by=owner",
    "outlook/?growth=8",
    "key/",
    "key/map/",
    "links/",
    "problems/",
]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_drawn_with_data_and_without(path, signed_in, request):
    client = signed_in()
    assert client.get(f"/projects/{path}").status_code == 200
    request.getfixturevalue("pool")
    assert client.get(f"/projects/{path}").status_code == 200


def test_the_export_is_what_is_shown(pool, signed_in):
    import openpyxl

    client = signed_in()
    answer = client.get("/projects/?flag=long_stopped&sort=-remaining&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    expected = pools.standings(SEPTEMBER, pools.PoolFilters(flag="long_stopped")).order_by("-remaining", "pk")
    assert [r[0] for r in rows] == [s.project.code for s in expected]


def test_a_filter_narrows_and_a_search_finds_by_pinyin(pool, signed_in):
    client = signed_in()
    page = client.get("/projects/?band=estate").context["table"].page
    assert {s.project.band for s in page} == {"estate"}
    page = client.get("/projects/?q=chan ye yuan").context["table"].page
    assert page.object_list
    assert all("产业园" in s.project.name for s in page)


def test_opening_a_project_is_journalled(pool, signed_in):
    client = signed_in()
    standing = Standing.objects.filter(month="2022-09", light="RED").first()
    answer = client.get(f"/projects/{standing.project_id}/")
    assert answer.status_code == 200
    assert Entry.objects.filter(action="projects.read", subject=f"project:{standing.project_id}").count() == 1


@pytest.mark.parametrize("role", ["auditor", "system_admin"])
def test_who_has_no_business_with_projects_sees_none(role, signed_in):
    assert signed_in(role).get("/projects/").status_code == 403


def test_an_export_asks_the_database_no_more_for_many_rows_than_for_few(
    pool, signed_in, django_assert_max_num_queries
):
    client = signed_in()
    with django_assert_max_num_queries(22):
        rows = client.get("/projects/?export=xlsx")
    assert len(rows.content) > 5000


def test_a_page_of_many_projects_asks_the_database_no_more_than_a_page_of_few(
    pool, signed_in, django_assert_max_num_queries
):
    client = signed_in()
    for path in (
        "",
        "?q=园",
        "?flag=going&band=small",
        "table/",
        "outlook/",
        "key/",
        "key/map/",
        "problems/",
    ):
        client.get(f"/projects/{path}")  # what is looked up once a process
        with django_assert_max_num_queries(28):
            client.get(f"/projects/{path}")
