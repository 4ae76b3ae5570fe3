"""Key projects: denominators, lights with excuses, life cycle, pairs, problems, visits, bonds."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from wenpan.district.accounts.models import Unit
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects import actions
from wenpan.district.projects.base import policy
from wenpan.district.projects.key_projects import milestone_map, starts_and_completions
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.models import KeyProject, Link, Problem, Project, StateChange
from wenpan.district.projects.pairs import queries as pairs
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2022, 9)
DAY = date(2022, 9, 20)


def make(code, **more):
    values = {
        "name": f"项目{code}",
        "level": "district",
        "planned_total": 30_000,
        "stage": "preparation",
        "year": 2022,
        "kind": "industry",
        "pinyin": code,
        "owner": "安禾建投",
        **more,
    }
    return KeyProject.objects.create(code=code, **values)


def test_starts_are_counted_against_the_year_plan_and_against_what_is_due():
    """Jiangmen: 118 started of 140 due, of which 11 early and 33 late — two denominators, never one."""
    make("on time", planned_start="2022-03", actual_start="2022-03")
    make("late", planned_start="2022-04", actual_start="2022-06")
    make("missing", planned_start="2022-05")
    make("early", planned_start="2022-11", actual_start="2022-09")
    make("ahead", planned_start="2022-12")
    make("last year's", planned_start="2021-10", actual_start="2021-10")
    found = starts_and_completions.starts(list(KeyProject.objects.all()), SEPTEMBER)
    counts = [len(x) for x in (found.planned, found.due, found.done, found.early, found.late, found.missing)]
    assert counts == [5, 3, 2, 1, 1, 1]
    assert (found.of_planned, found.of_due) == (pytest.approx(60.0), pytest.approx(200 / 3))


def test_what_starts_after_the_month_has_not_started_in_it():
    make("x", planned_start="2022-08", actual_start="2022-10")
    assert len(starts_and_completions.starts(list(KeyProject.objects.all()), SEPTEMBER).missing) == 1


def line(rules="project-default"):
    return keys.lines(SEPTEMBER, rules=policy.rule_sets()[rules])[0]


LIGHTS = [
    ("due this month and not started", {"planned_start": "2022-09"}, "yinchuan-2025", "YELLOW"),
    ("three months overdue", {"planned_start": "2022-06"}, "yinchuan-2025", "RED"),
    ("points, not a ratio: 9 of 75 points behind", {"this_year": 6600}, "yinchuan-2025", "GREEN"),
    ("ten points behind", {"this_year": 6500}, "yinchuan-2025", "YELLOW"),
    ("more than thirty points behind", {"this_year": 4400}, "yinchuan-2025", "RED"),
    ("a little behind schedule", {"this_year": 7400}, "sanya-2022", "YELLOW"),
    ("not half of the schedule", {"this_year": 3700}, "sanya-2022", "RED"),
    ("outside the scope of 1000万元", {"this_year": 0, "year_plan": 900}, "sanya-2022", "UNKNOWN"),
    ("79 % of the schedule", {"this_year": 5925}, "wuhan", "YELLOW"),
    ("81 % of the schedule", {"this_year": 6075}, "wuhan", "GREEN"),
    ("59 % of the schedule", {"this_year": 4425}, "wuhan", "RED"),
    ("a year plan without a return", {"this_year": None}, "project-default", "UNKNOWN"),
]


@pytest.mark.parametrize("values, rules, light", [x[1:] for x in LIGHTS], ids=[x[0] for x in LIGHTS])
def test_each_dated_rule_set_judges_by_its_own_words(values, rules, light):
    """Schedule: nine of twelve months, 75 %; the year plan is 1亿元."""
    started = {} if "planned_start" in values else {"planned_start": "2021-05", "actual_start": "2021-05"}
    make("x", **{"year_plan": 10_000, "planned_finish": "2024-12", **started, **values})
    assert line(rules).light == light


def test_a_documented_excuse_holds_a_light_and_says_so(analyst):
    subject = make("x", planned_start="2022-06", planned_finish="2024-12", year_plan=1000)
    assert line().light == "RED"
    actions.excuse(
        subject=subject, reason="规划待批", document="复函5号", since="2022-08", until="2022-09", by=analyst
    )
    held = line()
    assert (held.light, str(held.verdict.without_excuse)) == ("YELLOW", "RED")
    assert any("规划待批(复函5号)" in reason for reason in held.verdict.reasons)


def test_an_excuse_ends(analyst):
    subject = make("x", planned_start="2022-06", planned_finish="2024-12", year_plan=1000)
    actions.excuse(
        subject=subject, reason="规划待批", document="复函5号", since="2022-07", until="2022-08", by=analyst
    )
    assert line().light == "RED"


def test_a_bond_is_to_be_spent_within_six_months_after_its_month():
    make("x", bond=6000, bond_issued="2022-06", bond_spent=2000)
    clock = line().bond
    assert (clock.due, clock.spent, clock.months_left) == (50.0, pytest.approx(100 / 3), 3)
    assert clock.short == pytest.approx(100 / 3)


def test_spending_that_is_not_reported_is_not_zero():
    make("x", bond=6000, bond_issued="2022-06")
    assert (line().bond.spent, line().bond.short) == (None, None)
    assert line().bond.verdict.light == "UNKNOWN"


BONDS = [
    ("issued this month: nothing is due", "2022-09", 0, "GREEN"),
    ("three of six months, half spent", "2022-06", 3000, "GREEN"),
    ("three of six months, a little short", "2022-06", 2900, "YELLOW"),
    ("three of six months, not half of what is due", "2022-06", 1400, "RED"),
    ("the clock has run out with a rest", "2022-03", 5900, "RED"),
    ("the clock has run out and all is spent", "2022-03", 6000, "GREEN"),
]


@pytest.mark.parametrize("issued, spent, light", [b[1:] for b in BONDS], ids=[b[0] for b in BONDS])
def test_bond_money_has_a_light_of_its_own(issued, spent, light):
    make("x", bond=6000, bond_issued=issued, bond_spent=spent)
    assert line().bond.verdict.light == light


def test_the_page_of_a_key_project_says_why_its_bond_is_red(client, analyst):
    subject = make("x", bond=6000, bond_issued="2022-03", bond_spent=600, reported="2022-09")
    client.force_login(analyst)
    page = client.get(f"/projects/key/{subject.pk}/").content.decode()
    assert "专项债发行已满期限, 只支出10%" in page.replace("，", ", ")


# life cycle


def test_a_stage_asks_for_its_fields_and_those_before_it(analyst):
    subject = make("x", planned_start="2022-03", department=Unit.objects.get(code="zjj"))
    with pytest.raises(Refused, match="实际开工"):
        actions.change_state(subject=subject, after="started", on=DAY, evidence="开工令", by=analyst)
    KeyProject.objects.update(actual_start="2022-09", planned_finish="2024-03", year_plan=900)
    subject.refresh_from_db()
    actions.change_state(subject=subject, after="started", on=DAY, evidence="开工令", by=analyst)
    change = StateChange.objects.get()
    assert (change.before, change.after, change.evidence, change.by) == (
        "preparation",
        "started",
        "开工令",
        analyst,
    )
    assert Entry.objects.filter(action="projects.state").count() == 1


def test_a_stage_cannot_be_jumped_over(analyst):
    with pytest.raises(Refused, match="不能是"):
        actions.change_state(subject=make("x"), after="producing", on=DAY, evidence="x", by=analyst)


def test_two_people_do_not_move_the_same_project(analyst):
    first = make("x", planned_start="2022-03", department=Unit.objects.get(code="zjj"))
    second = KeyProject.objects.get(pk=first.pk)
    actions.change_state(subject=first, after="reserve", on=DAY, evidence="调出", by=analyst)
    with pytest.raises(Refused) as refusal:
        actions.change_state(subject=second, after="reserve", on=DAY, evidence="调出", by=analyst)
    assert refusal.value.code == "clash"
    assert StateChange.objects.count() == 1


@pytest.fixture
def candidate():
    return Project.objects.create(
        code="P1",
        name="桐溪智造园",
        planned_total=10_000,
        band="large",
        pinyin="t",
        state="withdrawal_candidate",
        entered="2021-04",
        opened="2021-03",
    )


def test_only_the_statistics_office_withdraws(candidate, analyst, make_user):
    with pytest.raises(PermissionDenied):
        actions.change_state(subject=candidate, after="withdrawn", on=DAY, evidence="核实", by=analyst)
    office = make_user("statistician")
    actions.change_state(subject=candidate, after="withdrawn", on=DAY, evidence="现场核查记录", by=office)
    assert Project.objects.get().state == "withdrawn"


# pairs


def test_a_pair_is_proposed_with_reasons_and_confirmed_once(candidate, analyst):
    Project.objects.update(owner="安禾实业")
    key = make("Z1", name="桐溪智造园(一期)", owner="安禾实业", planned_total=10_000)
    make("Z2", name="别的项目")
    found = pairs.proposals()
    assert [(p.key_code, p.reasons) for p in found] == [
        ("Z1", ("名称去掉期次后相同", "建设单位相同", "总投资相同"))
    ]
    assert not Link.objects.exists()
    candidate.refresh_from_db()
    actions.confirm_link(project=candidate, key_project=key, reasons=list(found[0].reasons), by=analyst)
    assert pairs.proposals() == []
    with pytest.raises(Refused):
        actions.confirm_link(project=candidate, key_project=key, reasons=[], by=analyst)


# problems


def raised(by, subject, **more):
    values = {
        "kind": "land",
        "text": "征拆未完成",
        "owner": Unit.objects.get(code="zjj"),
        "level": "deputy",
        "on": DAY,
        **more,
    }
    return actions.raise_problem(subject=subject, by=by, **values)


def test_a_problem_has_an_owner_and_a_deadline_by_its_level(make_user):
    problem = raised(make_user("supervisor"), make("x"))
    assert (problem.owner.code, str(problem.due)) == ("zjj", "2022-10-20")
    assert line().open_problems == 1


def test_a_problem_is_closed_with_words_and_once(make_user):
    by = make_user("supervisor")
    problem = raised(by, make("x"))
    with pytest.raises(Refused, match="怎样解决"):
        actions.close_problem(problem=problem, resolution=" ", on=DAY, by=by)
    actions.close_problem(problem=problem, resolution="已交地", on=DAY, by=by)
    with pytest.raises(Refused) as refusal:
        actions.close_problem(problem=problem, resolution="已交地", on=DAY, by=by)
    assert refusal.value.code == "clash"


def test_a_visit_closes_the_problems_that_it_settled_and_no_others(make_user):
    by = make_user("supervisor")
    subject = make("x")
    settled, other = raised(by, subject), raised(by, subject, kind="funds", text="资金未到")
    visit = actions.record_visit(
        subject=subject, leader="江望舒", on=DAY, notes="现场协调交地", closes=[settled], by=by
    )
    settled.refresh_from_db()
    assert (settled.closed_visit, settled.resolution) == (visit, "现场协调交地")
    assert Problem.objects.get(closed_on=None) == other


def test_a_visit_raises_the_problem_that_it_found(make_user, client):
    by, subject = make_user("supervisor"), make("x", department=Unit.objects.get(code="zjj"))
    client.force_login(by)
    words = {"leader": "江望舒", "notes": "现场查看", "on": "2022-09-20"}
    found = {"found": "高压线未迁改", "kind": "utilities", "owner": "zjj", "level": "deputy"}
    client.post(f"/projects/key/{subject.pk}/visit/", words)
    assert not Problem.objects.exists()
    client.post(f"/projects/key/{subject.pk}/visit/", words | found)
    problem = Problem.objects.get()
    assert (problem.text, problem.owner.code, str(problem.due)) == ("高压线未迁改", "zjj", "2022-10-20")
    assert problem.visit is not None
    assert problem.visit.leader == "江望舒"
    assert "现场调研提出" in client.get(f"/projects/key/{subject.pk}/").content.decode()


def test_a_visit_whose_problem_is_refused_is_not_kept_either(make_user):
    from wenpan.district.projects.models import Visit

    owner = Unit.objects.get(code="zjj")
    with pytest.raises(Refused):
        actions.record_visit(
            subject=make("x"),
            leader="江望舒",
            on=DAY,
            notes="现场查看",
            finds=[actions.VisitProblem("no such kind", "x", owner, "deputy")],
            by=make_user("supervisor"),
        )
    assert not Visit.objects.exists()


def test_who_only_looks_raises_nothing(make_user):
    with pytest.raises(PermissionDenied):
        raised(make_user("leader"), make("x"))


def test_the_map_shows_what_is_done_late_due_and_ahead(accepted, files):
    head = [
        "编号",
        "项目名称",
        "级别",
        "总投资(万元)",
        "2022年6月节点",
        "2022年9月节点",
        "2022年12月节点",
        "计划开工",
        "实际开工",
    ]
    accepted(
        files.key(
            ["Z1", "柳湾医院", "市级", 30_000.0, "许可", "基础", "封顶", "2022年3月", "2022年3月"], head=head
        )
    )
    [row] = milestone_map.year_map(keys.lines(SEPTEMBER), SEPTEMBER)
    flags = {cell.month[5:]: cell.flag for cell in row.cells if cell.flag}
    assert flags == {"03": "done", "06": "late", "09": "due", "12": "ahead"}
