"""Project lists through the intake: what they change, what they are asked, how they are taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.projects.models import KeyProject, Project, StateChange

pytestmark = pytest.mark.django_db


def test_a_list_creates_its_projects_with_state_and_ground(accepted, files, row):
    accepted(files.list(row(), row("P2", "柳湾学校", town="柳湾镇", total=3000.0, band="500—5000万元")))
    first = Project.objects.get(code="P1")
    assert (first.band, first.unit.code, first.department.code, first.entered) == (
        "large",
        "tongxi",
        "jfj",
        "2021-04",
    )
    change = StateChange.objects.get(project=first)
    assert (change.before, change.after, str(change.on)) == ("", "in_library", "2021-04-01")
    assert Entry.objects.filter(action="intake.accept").exists()


def test_a_second_list_shows_old_and_new_and_a_blank_changes_nothing(checked, accepted, files, row):
    accepted(files.list(row()))
    submission = checked(files.list(row(total=12_000.0, finish=None)))
    assert submission.counts["revised"] == 1
    from wenpan.district.intake import change_cache

    change = change_cache.fetch(submission).row(0, named=True)
    assert (change["old"], change["new"]) == ("10000", "12000")
    accepted(files.list(row(total=12_500.0, finish=None)))
    project = Project.objects.get(code="P1")
    assert (project.planned_total, project.planned_finish) == (Decimal("12500"), "2023-03")


BAD = [
    ("an unknown town", {"town": "东湾镇"}, "records.unit_not_registered", "hard"),
    ("a date in words", {"finish": "2022年下半年"}, "records.date_as_text", "soft"),
    ("a date to be decided", {"opened": "待定"}, "records.date_as_text", "soft"),
    ("亿 beside 万", {"total": "1.2亿"}, "records.unit_mixed", "soft"),
    (
        "an amount below the threshold",
        {"total": 1.2, "band": "500—5000万元"},
        "projects.below_threshold",
        "soft",
    ),
    ("a band that the amount contradicts", {"band": "500—5000万元"}, "projects.band_differs", "soft"),
    ("words where an amount belongs", {"total": "约一亿多"}, "records.not_a_number", "hard"),
    ("no name", {"name": None}, "records.required", "hard"),
    ("entry before the start", {"entered": "2021年1月"}, "projects.entered_before_start", "soft"),
]


@pytest.mark.parametrize("row_says, check, severity", [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_bad_input_is_a_finding_with_its_cell(checked, files, row, row_says, check, severity):
    finding = checked(files.list(row(**row_says))).findings.get(check_code=check)
    assert (finding.severity, finding.sheet) == (severity, "在库项目")
    assert finding.cell.endswith("4")
    assert "核实" in finding.advice or "补填" in finding.advice


def test_an_amount_with_its_own_unit_is_converted_exactly_and_asked_about(accepted, files, row):
    accepted(files.list(row(total="1.2亿")))
    assert Project.objects.get().planned_total == Decimal("12000")


def test_amounts_without_a_stated_unit_are_refused_not_guessed(checked, files, row, said):
    head = ["项目代码", "项目名称", "建设单位", "规模", "类别", "所在镇街", "行业主管部门", "计划总投资"]
    submission = checked(files.list(row()[:8], head=head))
    assert "records.unit_missing" in said(submission)
    assert submission.state == "refused"


def test_the_same_code_twice_is_refused(checked, files, row, said):
    submission = checked(files.list(row(), row(name="另一个名字")))
    assert "records.duplicate" in said(submission)
    assert not Project.objects.exists()


def test_a_project_split_into_parts_is_asked_about(checked, accepted, files, row, said):
    accepted(files.list(row()))
    parts = [row("P1-1", "桐溪智造园一期", total=6000.0), row("P1-2", "桐溪智造园二期", total=5000.0)]
    assert "projects.maybe_split" in said(checked(files.list(*parts)))


def test_projects_merged_into_one_are_asked_about(checked, accepted, files, row, said):
    accepted(files.list(row("A", "桐溪智造园一期"), row("B", "桐溪智造园二期")))
    assert "projects.maybe_merged" in said(checked(files.list(row("C", "桐溪智造园", total=20_000.0))))


def test_the_same_name_under_another_code_is_asked_about(checked, accepted, files, row, said):
    accepted(files.list(row()))
    assert "projects.same_name" in said(checked(files.list(row("P9"))))


def test_undoing_a_list_retracts_what_it_made_and_restores_what_it_revised(accepted, files, row, analyst):
    accepted(files.list(row()))
    second = accepted(files.list(row(total=12_000.0, state="停工"), row("P2", "柳湾学校")))
    intake.undo(submission=second, by=analyst, reason="传错了")
    assert Project.objects.get(code="P2").retracted
    first = Project.objects.get(code="P1")
    assert (first.planned_total, first.state) == (Decimal("10000"), "in_library")
    assert StateChange.objects.filter(project=first).last().after == "in_library"


def test_a_list_under_a_newer_one_cannot_be_undone(accepted, files, row, analyst):
    first = accepted(files.list(row()))
    accepted(files.list(row(total=12_000.0)))
    with pytest.raises(Refused) as refusal:
        intake.undo(submission=first, by=analyst, reason="传错了")
    assert refusal.value.code == "later_batch"
    assert Project.objects.get().planned_total == Decimal("12000")


def key_row(code="Z1", name="柳湾医院", **more):
    row = {
        "code": code,
        "name": name,
        "owner": "安禾建投",
        "level": "市级",
        "town": "柳湾镇",
        "office": "住建局",
        "total": 30_000.0,
        "plan": 9000.0,
        "done": 3000.0,
        "start": "2022年3月",
        "finish": "2024年3月",
        "began": None,
        "ended": None,
        "stage": "前期",
        **more,
    }
    return list(row.values())


def test_a_key_list_is_another_list_and_belongs_to_its_year(accepted, files, row):
    accepted(files.key(key_row()))
    key = KeyProject.objects.get()
    assert (key.year, key.level, key.stage, key.planned_start) == (2022, "city", "preparation", "2022-03")
    assert not Project.objects.exists()


def test_a_key_list_without_a_year_is_asked_about_and_taken_when_a_person_has_said_it(
    checked, files, analyst
):
    """Nobody is told to write it into somebody else's file."""
    submission = checked(files.key(key_row(), title="安禾区重点建设项目计划表"))
    assert (submission.state, submission.question["asks"]) == ("unknown", "period")
    intake.set_period(submission=submission, period="2022-09", by=analyst)
    submission = intake.check(submission=submission)
    assert submission.state == "ready"
    intake.accept(submission=submission, by=analyst)
    assert KeyProject.objects.get().year == 2022


def test_a_month_column_of_a_key_list_is_a_milestone(accepted, files):
    head = ["编号", "项目名称", "级别", "总投资(万元)", "2022年6月节点"]
    accepted(files.key(["Z1", "柳湾医院", "市级", 30_000.0, "取得施工许可"], head=head))
    node = KeyProject.objects.get().milestones.get()
    assert (node.month, node.text, node.done_on) == ("2022-06", "取得施工许可", None)


NODES = ["编号", "项目名称", "级别", "总投资(万元)", "2022年6月节点", "2022年9月节点"]


def nodes():
    return {m.month: m.text for m in KeyProject.objects.get(code="Z1").milestones.all()}


@pytest.fixture
def noded(accepted, files):
    def send(june, september=None):
        row = ["Z1", "柳湾医院", "市级", 30_000.0, june, september]
        return accepted(files.key(row, head=NODES))

    return send


def test_undoing_a_key_list_restores_the_words_of_its_milestones(noded, analyst):
    first = noded("取得施工许可")
    second = noded("主体开工", "基础完成")
    assert nodes() == {"2022-06": "主体开工", "2022-09": "基础完成"}
    intake.undo(submission=second, by=analyst, reason="传错了")
    assert nodes() == {"2022-06": "取得施工许可"}
    assert KeyProject.objects.get().milestones.get().submission == first
    intake.undo(submission=first, by=analyst, reason="传错了")
    assert nodes() == {}
    assert KeyProject.objects.get().retracted


def test_a_key_list_under_one_that_changed_only_a_milestone_cannot_be_undone(noded, analyst):
    first = noded("取得施工许可")
    noded("主体开工")
    with pytest.raises(Refused) as refusal:
        intake.undo(submission=first, by=analyst, reason="传错了")
    assert refusal.value.code == "later_batch"
    assert nodes() == {"2022-06": "主体开工"}


def test_a_list_whose_milestone_was_reached_cannot_be_undone(noded, analyst):
    from datetime import date

    from wenpan.district.projects import actions

    submission = noded("取得施工许可")
    node = KeyProject.objects.get().milestones.get()
    actions.reach_milestone(milestone=node, on=date(2022, 6, 20), by=analyst)
    with pytest.raises(Refused, match="2022-06的节点已登记完成"):
        intake.undo(submission=submission, by=analyst, reason="传错了")
    assert nodes() == {"2022-06": "取得施工许可"}


def test_the_preview_shows_the_old_and_the_new_words_of_a_milestone(noded, checked, files):
    from wenpan.district.intake import change_cache

    noded("取得施工许可")
    submission = checked(files.key(["Z1", "柳湾医院", "市级", 30_000.0, "主体开工", None], head=NODES))
    assert submission.counts["revised"] == 1
    change = change_cache.fetch(submission).row(0, named=True)
    assert (change["old"], change["new"], change["place"]) == ("取得施工许可", "主体开工", "重点项目!E4")


def test_a_project_shows_what_each_list_changed_and_where_it_stands(accepted, files, row, client, analyst):
    first = accepted(files.list(row()), name="台账.xlsx")
    second = accepted(files.list(row(total=12_000.0, town="柳湾镇")), name="改正.xlsx")
    from wenpan.district.projects.library.edits import edits

    latest, oldest = edits(Project.objects.get())
    assert (oldest.created, oldest.filename, oldest.submission) == (True, "台账.xlsx", first.pk)
    assert (latest.filename, latest.place, latest.submission) == ("改正.xlsx", "在库项目!B4", second.pk)
    assert set(latest.fields) == {
        ("计划总投资（万元）", "10000", "12000"),
        ("所在镇街", "桐溪镇", "柳湾镇"),
    }
    client.force_login(analyst)
    page = client.get(f"/projects/{Project.objects.get().pk}/").content.decode()
    assert "10000 → <strong>12000</strong>" in page


def test_a_list_that_was_taken_back_is_shown_as_such(accepted, files, row, analyst):
    accepted(files.list(row()))
    second = accepted(files.list(row(total=12_000.0)))
    intake.undo(submission=second, by=analyst, reason="传错了")
    from wenpan.district.projects.library.edits import edits

    assert [e.undone for e in edits(Project.objects.get())] == [True, False]


def test_units_that_share_a_project_are_kept_and_the_first_leads(accepted, files, row):
    accepted(files.list(row(office="经发局、住建局")))
    project = Project.objects.get(code="P1")
    assert (project.department.code, project.jointly) == ("jfj", "住建局")
    accepted(files.list(row(office="经发局")))
    project.refresh_from_db()
    assert project.jointly == ""
