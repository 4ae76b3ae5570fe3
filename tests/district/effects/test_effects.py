"""Closed matters beside like projects without one: what is said, what is not, and the lists behind."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from tests.district.supervision.conftest import day
from wenpan.district.effects import queries
from wenpan.district.effects.policy import closure_rules
from wenpan.district.effects.series import indicator_series
from wenpan.district.indicators.models import Judgement
from wenpan.district.observations.models import Region
from wenpan.district.projects.models import KeyProject, Link
from wenpan.economy.time.periods import Month
from wenpan.rules.loading import RuleError


@pytest.fixture
def clerk(signed_in, today_is):
    today_is("2022-10-18")
    return signed_in("clerk")


def text(browser, name="page", query=""):
    answer = browser.get(reverse(f"effects:{name}") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_month_before_the_closure_is_the_start_and_likes_had_no_matter(seven, clerk):
    group = queries.effects(2022)["project"]
    first = group.effects[0]
    assert (group.closed, first.n, first.median, first.like_median, first.difference) == (
        7,
        7,
        10.0,
        4.0,
        6.0,
    )
    assert {case.period for case in group.cases} == {"2022-05"}
    assert group.cases[0].likes == ("同0", "同1", "同2")
    assert group.cases[0].changes == (10.0, 20.0, 30.0)


def test_too_few_are_not_described(kept, closed, clerk):
    for n in range(5):
        closed(f"project:{kept(f'督{n}', '2022-05', [10, 20]).pk}", "2022-06-10")
    for n in range(3):
        kept(f"同{n}", "2022-05", [10, 14])
    effect = queries.effects(2022)["project"].effects[0]
    assert (effect.n, effect.withheld, effect.median) == (5, True, None)
    page = text(clerk)
    assert "不足 6 件，不作描述" in page and "只作描述，不说原因" in page


def test_a_key_project_is_followed_by_the_returns_of_its_pair_and_one_without_is_said(
    kept, closed, people, units, clerk
):
    project = kept("督", "2022-05", [10, 20])
    for n, pair in enumerate((project, None)):
        key = KeyProject.objects.create(
            code=f"Z{n}", name=f"重点{n}", level="district", stage="building", year=2022, kind="industry",
            planned_start="2022-01", year_plan=90, planned_total=90, unit=units["tongxi"], pinyin=f"z{n}",
        )  # fmt: skip
        if pair is not None:
            Link.objects.create(
                project=pair,
                key_project=key,
                year=2022,
                confirmed_by=people["clerk"],
                confirmed_at=day("2022-01-01"),
            )
        closed(f"key_project:{key.pk}", "2022-06-10")
    group = queries.effects(2022)["project"]
    assert (group.closed, group.without, len(group.cases)) == (2, 1, 1)
    assert group.cases[0].changes[0] == 10.0


def test_what_was_under_supervision_itself_is_no_like(seven, kept, drafted, clerk):
    late = kept("六月起督", "2022-05", [10, 99, 99, 99])
    drafted("六月起", cause=f"project:{late.pk}", at=day("2022-06-20"))
    assert "六月起督" not in queries.effects(2022)["project"].cases[0].likes


def test_indicators_are_signed_so_that_higher_is_better_and_of_quarters_by_quarters(db):
    home = Region.objects.create(code="anhe", name="安禾区", home=True)

    def judge(code, as_of, gap, comparison=">="):
        Judgement.objects.create(
            region=home, indicator=code, as_of=as_of, primary=True, light="RED", rule_set="t",
            rule_version="1", judged_at=day("2022-10-18"),
            facts={"gap": gap, "gap_unit": "个百分点", "comparison": comparison},
        )  # fmt: skip

    for month, gap in (("2022-06", -2.0), ("2022-07", -1.5), ("2022-09", -1.0)):
        judge("gdp", month, gap)
        judge("retail", month, -gap, "<=")
    book = indicator_series([Month(2022, n) for n in range(1, 13)])
    june, july = 2022 * 12 + 5, 2022 * 12 + 6
    gdp, retail = book.of("indicator:gdp", july, 1), book.of("indicator:retail", july, 1)
    assert gdp is not None and retail is not None
    assert (gdp.start, gdp.values) == (june, (-2.0, -1.0)), "GDP is of quarters"
    assert (retail.start, retail.values) == (july, (-1.5, None)), "August is not kept"


def test_the_page_leads_to_the_cases_and_they_leave_as_a_workbook(seven, clerk):
    page = text(clerk)
    assert "+6.00" in page and "办结 7 件" in page
    shown = text(clerk, "cases", "?kind=project&year=2022&after=1&show=compared")
    assert shown.count('data-label="督办事项"') == 7
    assert "没有这样的事项" in text(clerk, "cases", "?kind=project&year=2022&after=1&show=unknown")
    answer = clerk.get(reverse("effects:cases") + "?kind=project&year=2022&export=xlsx")
    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 8


def test_the_section_says_the_numbers_of_the_page_and_no_cause(seven, clerk):
    paper = Document(io.BytesIO(clerk.get(reverse("effects:section") + "?year=2022").content))
    words = "\n".join(p.text for p in paper.paragraphs)
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    assert "全年办结涉及项目的督办事项7件" in words and "不能据此认定变化由督办带来" in words
    assert "全年没有办结涉及指标的督办事项" in words
    assert "+6.00" in cells


@pytest.mark.parametrize("query", ["?year=x", "?year=1", "?kind=tea&after=99&show=all", "?after=-1&page=z"])
def test_what_is_typed_breaks_nothing(clerk, query):
    for name in ("page", "cases"):
        text(clerk, name, query)
    assert clerk.get(reverse("effects:section") + query).status_code == 200


def test_the_number_of_queries_does_not_grow_with_what_was_closed(
    seven, clerk, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        queries.effects(2022)


@pytest.mark.parametrize("who", ["liaison", "head", "town"])
def test_a_units_people_do_not_see_it(signed_in, who):
    assert signed_in(who).get(reverse("effects:page")).status_code == 403


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ("like: {indicator: [mood], project: [kind]}", "like.indicator"),
        ("like: {indicator: [group]}", "like"),
    ],
)
def test_a_matching_rule_over_what_no_series_has_is_refused_by_name(tmp_path, mistake, named):
    from datetime import date

    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "after_closure.yaml").write_text(
        'version: "t"\neffective_from: 2000-01-01\nsource: 测试\nsets:\n'
        "  - {from: 2000-01-01, periods: 3, least_cases: 6, least_likes: 3, level: 0.95, " + mistake + "}\n",
        "utf-8",
    )  # fmt: skip
    with pytest.raises(RuleError) as told:
        closure_rules(date(2022, 1, 1), tmp_path)
    assert named in str(told.value)
