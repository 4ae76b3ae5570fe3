"""Everything stands beside the same months of last year, and says so where last year is not kept."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.district.ground.refused import Refused
from wenpan.district.projects import actions
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.key_projects import starts_and_completions
from wenpan.district.projects.models import KeyProject, Link, Milestone, Project
from wenpan.district.projects.pairs import queries as pairs
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2022, 9)


@pytest.fixture
def library(accepted, files, row):
    """P1 since April 2021 with 200 a month, P2 since January 2022 with 100 a month."""
    accepted(
        files.list(
            row(opened="2021年4月"),
            row("P2", "柳湾学校", town="柳湾镇", opened="2022年1月", entered="2022年1月"),
        )
    )
    months = [f"{y}-{m:02d}" for y in (2021, 2022) for m in range(1, 13)][3:21]
    first = [200.0 * (k + 1) for k in range(18)]
    second = [None] * 9 + [100.0 * (k + 1) for k in range(9)]
    accepted(files.history([["P1", "桐溪智造园", *first], ["P2", "柳湾学校", *second]], months))


def test_the_pools_sums_stand_beside_those_of_last_year(library, client, analyst):
    client.force_login(analyst)
    page = client.get("/projects/?flag=library")
    now, before = page.context["totals"], page.context["before"]
    assert (now.library, now.this_year) == (2, 9 * 200.0 + 9 * 100.0)
    assert (before.library, before.this_year, before.remaining) == (1, 6 * 200.0, 10_000.0 - 1200.0)


def test_the_same_filters_and_words_hold_for_both_years(library, client, analyst):
    client.force_login(analyst)
    page = client.get("/projects/?flag=library&unit=liuwan")
    assert (page.context["totals"].library, page.context["before"].library) == (1, 0)
    page = client.get("/projects/?flag=library&q=智造")
    assert (page.context["totals"].library, page.context["before"].library) == (1, 1)


def test_a_year_that_is_not_kept_is_said_and_not_zero(library, client, analyst):
    client.force_login(analyst)
    page = client.get("/projects/?month=2021-09")
    assert page.context["before"] is None
    assert "没有上年同期的数据" in page.content.decode()


# key projects


def make(code, year, **more):
    values = {"name": f"项目{code}", "level": "district", "planned_total": 30_000, "stage": "building"}
    values |= {"year_plan": 1000, "this_year": 600, "planned_start": f"{year}-03", "pinyin": code}
    return KeyProject.objects.create(code=code, year=year, **values | more)


@pytest.fixture
def lists():
    make("A", 2022, actual_start="2022-03")
    make("B", 2022)
    make("C", 2021, actual_start="2021-04", this_year=900, planned_finish="2021-08", actual_finish="2021-09")


def test_key_projects_stand_beside_last_years_list_at_the_same_month(library, lists, client, analyst):
    client.force_login(analyst)
    page = client.get("/projects/key/")
    now, before = page.context["sums"], page.context["before"]
    assert (now.count, now.this_year, now.progress) == (2, 1200.0, pytest.approx(60.0))
    assert (before.count, before.this_year, before.progress) == (1, 900.0, pytest.approx(90.0))
    assert (now.starts.of_due, before.starts.of_due) == (pytest.approx(50.0), pytest.approx(100.0))
    assert len(before.completions.done) == 1


def test_the_map_counts_both_years(library, lists, client, analyst):
    client.force_login(analyst)
    page = client.get("/projects/key/map/")
    assert {flag: (now, past) for flag, now, past in page.context["flags"]} == {
        "done": (1, 2),
        "late": (1, 0),
        "due": (0, 0),
        "ahead": (0, 0),
    }


def test_without_last_years_list_nothing_is_compared(library, client, analyst):
    make("A", 2022)
    client.force_login(analyst)
    for path in ("key/", "key/map/"):
        assert "没有上年的重点项目清单" in client.get(f"/projects/{path}").content.decode()


def test_the_table_shows_starts_of_both_years(library, lists, client, analyst):
    client.force_login(analyst)
    [everything, _city] = client.get("/projects/table/").context["against"]
    _label, _level, now, _completions, before, _past = everything
    assert (now.of_due, before.of_due) == (pytest.approx(50.0), pytest.approx(100.0))


def test_a_figure_of_another_month_is_not_this_months():
    make("A", 2022, reported="2022-09")
    told = {m: keys.lines(Month(2022, m))[0].this_year for m in (8, 9, 10)}
    assert told == {8: None, 9: 600.0, 10: None}


def test_without_a_library_the_key_list_says_its_month():
    make("A", 2022, reported="2022-09")
    assert keys.newest_month() == SEPTEMBER
    KeyProject.objects.update(reported="")
    assert keys.newest_month() == Month(2022, 12)


# pairs of several years


def test_a_project_is_paired_with_the_key_list_of_each_year(library, analyst):
    project = Project.objects.get(code="P1")
    first = make("ZD2021-1", 2021, name="桐溪智造园", this_year=None)
    second = make("ZD2022-1", 2022, name="桐溪智造园", this_year=None)
    actions.confirm_link(project=project, key_project=first, reasons=[], by=analyst)
    [proposal] = [p for p in pairs.proposals() if p.key_code == "ZD2022-1"]
    assert proposal.reasons[0] == "别的年度已确认对应"
    actions.confirm_link(project=project, key_project=second, reasons=[], by=analyst)
    assert sorted(Link.objects.values_list("year", flat=True)) == [2021, 2022]
    assert keys.lines(Month(2021, 9))[0].this_year == 1200.0
    assert keys.lines(SEPTEMBER)[0].this_year == 1800.0
    third = make("ZD2022-2", 2022, name="桐溪智造园二期")
    with pytest.raises(Refused):
        actions.confirm_link(project=project, key_project=third, reasons=[], by=analyst)


def test_starts_have_both_denominators_in_the_table(library, client, analyst):
    """Two planned for the year, one due by September and started: 100 % of due, 50 % of the plan."""
    rows = [make("A", 2022, actual_start="2022-03"), make("B", 2022, planned_start="2022-11")]
    found = starts_and_completions.starts(rows, SEPTEMBER)
    assert (found.of_due, found.of_planned) == (pytest.approx(100.0), pytest.approx(50.0))
    client.force_login(analyst)
    [everything, _city] = client.get("/projects/table/").context["against"]
    assert [p.code for p in everything[2].planned] == ["A", "B"]


def test_a_milestone_reached_counts_on_the_map(library, lists, analyst, accepted, files):
    head = ["编号", "项目名称", "级别", "总投资(万元)", "2022年6月节点"]
    accepted(files.key(["A", "项目A", "区级", 30_000.0, "取得许可"], head=head))
    actions.reach_milestone(milestone=Milestone.objects.get(), on=date(2022, 6, 3), by=analyst)
    from wenpan.district.projects.key_projects import milestone_map

    rows = milestone_map.year_map(keys.lines(SEPTEMBER), SEPTEMBER)
    assert milestone_map.flags(rows)["done"] == 2


def test_the_numbers_of_the_key_page_open_their_lists(library, lists, client, analyst):
    """The addresses in the page are those that the page understands."""
    import html
    import re

    client.force_login(analyst)
    page = client.get("/projects/key/").content.decode()
    found = {
        html.unescape(href): int(count)
        for href, count in re.findall(r'<a href="(\?[^"]*show=[^"]*)">\D*(\d+)</a>', page)
    }
    assert len(found) == 9
    for href, count in found.items():
        assert len(client.get(f"/projects/key/{href}").context["table"].page.object_list) == count, href


def test_the_outlook_stands_beside_what_the_same_months_left_brought_last_year(library):
    """P1 has 200 a month since April 2021: six months by September, three more by December."""
    from wenpan.district.projects.pool import summary

    bridge = summary.bridge(SEPTEMBER)
    assert (bridge.done_before, bridge.last_year, bridge.rest_before) == (1200.0, 1800.0, 600.0)
    assert summary.bridge(Month(2021, 9)).rest_before is None
