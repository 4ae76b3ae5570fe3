"""What a stage asks for; what an entry asks for and by which rule; who is a candidate for withdrawal."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects import actions
from wenpan.district.projects.base import policy
from wenpan.district.projects.models import EntryDocument, KeyProject, Project, Return, Standing

pytestmark = pytest.mark.django_db
DAY = date(2022, 9, 20)

# required fields


KEY_HEAD = ["编号", "项目名称", "级别", "总投资(万元)", "阶段", "实际开工"]


def test_a_list_that_brings_a_stage_without_its_fields_is_asked(checked, files):
    submission = checked(files.key(["Z1", "柳湾医院", "市级", 30_000.0, "新开工", None], head=KEY_HEAD))
    finding = submission.findings.get(check_code="projects.stage_needs")
    assert (finding.severity, finding.cell) == ("soft", "E4")
    for field in ("实际开工", "计划竣工", "年度计划投资", "主管部门", "建设单位"):
        assert field in finding.found
    assert "总投资" not in finding.found.replace("年度计划投资", "")


def test_what_the_project_has_already_is_not_asked_for_again(checked, accepted, files, row):
    accepted(files.list(row()))
    submission = checked(files.list(row(state="停工", opened=None, entered=None)))
    assert not submission.findings.filter(check_code="projects.stage_needs").exists()


def test_which_fields_a_stage_asks_for_is_the_places_own_data(home_rules, analyst):
    """A place that asks for nothing from 新开工 on lets a project start without its dates."""
    subject = KeyProject.objects.create(
        code="x", name="x", level="district", planned_total=1000, stage="preparation", year=2022, pinyin="x"
    )
    with pytest.raises(Refused, match="必填"):
        actions.change_state(subject=subject, after="started", on=DAY, evidence="开工令", by=analyst)
    text = policy.path_of("projects/stages").read_text("utf-8")
    open_ = "\n".join(
        line.split("needs:")[0] + "needs: []}" if "needs:" in line else line for line in text.splitlines()
    )
    home_rules("projects/stages", open_)
    actions.change_state(subject=subject, after="started", on=DAY, evidence="开工令", by=analyst)
    assert KeyProject.objects.get().stage == "started"


@pytest.fixture
def home_rules(tmp_path, monkeypatch):
    """home_rules(name, text): the place's own rule file."""
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))

    def write(name, text):
        path = tmp_path / "rules" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return write


# entry documents


@pytest.fixture
def project(accepted, files, row):
    accepted(files.list(row(), row("P2", "柳湾云栖里", band="房地产", kind="房地产")))
    return Project.objects.get(code="P1")


def test_the_checklist_shows_each_document_and_the_rule_that_asks_for_it(project, client, analyst):
    client.force_login(analyst)
    page = client.get(f"/projects/{project.pk}/").content.decode()
    for name in ("审批、核准或备案文件", "建设工程施工合同", "入库申请表", "360docs.net/doc/a615406421.html"):
        assert name in page
    assert "国有建设用地使用权出让合同" not in page
    estate = client.get(f"/projects/{Project.objects.get(code='P2').pk}/").content.decode()
    assert "国有建设用地使用权出让合同" in estate


def test_a_document_that_was_seen_stands_with_day_number_and_person(project, client, analyst):
    client.force_login(analyst)
    address = f"/projects/{project.pk}/documents/"
    client.post(address, {"kind": "contract", "note": "合同2022-18", "on": "2022-09-20"})
    seen = EntryDocument.objects.get()
    assert (seen.kind, seen.note, seen.seen_on, seen.by) == ("contract", "合同2022-18", DAY, analyst)
    page = client.get(f"/projects/{project.pk}/")
    assert page.context["page"].papers_missing == 4
    assert Entry.objects.filter(action="projects.document").count() == 1


def test_a_document_that_the_rule_does_not_ask_is_refused(project, analyst):
    with pytest.raises(Refused, match="没有这一项"):
        actions.see_document(project=project, kind="land", note="", on=DAY, by=analyst)


# withdrawal


def test_candidates_for_withdrawal_are_listed_with_their_evidence_and_who_decides(
    accepted, files, row, client, analyst
):
    accepted(files.list(row(), row("P2", "柳湾学校", town="柳湾镇")))
    months = [f"{y}-{m:02d}" for y in (2021, 2022) for m in range(1, 13)][3:21]
    going = [200.0 * (k + 1) for k in range(18)]
    accepted(files.history([["P1", "桐溪智造园", *([300.0] * 18)], ["P2", "柳湾学校", *going]], months))
    client.force_login(analyst)
    page = client.get("/projects/?flag=withdrawal")
    assert [s.project.code for s in page.context["table"].page] == ["P1"]
    evidence = Standing.objects.get(project__code="P1", month="2022-09").evidence
    assert evidence
    text = page.content.decode()
    assert all(word in text for word in evidence)
    assert "是否退库由统计局核定" in text
    assert Project.objects.get(code="P1").state == "in_library"


# the return of next month


@pytest.fixture
def august(accepted, files, row):
    accepted(
        files.list(
            row(), row("P2", "柳湾学校", town="柳湾镇"), row("P3", "安禾旧厂", state="已退库", town="柳湾镇")
        )
    )
    months = ["2022-07", "2022-08"]
    rows = [[code, "", 500.0, 900.0] for code in ("P1", "P2", "P3")]
    accepted(files.history(rows, months))


def test_the_form_of_next_month_is_downloaded_with_last_months_figures(august, client, analyst):
    client.force_login(analyst)
    answer = client.get("/projects/return-form/?unit=liuwan")
    assert "2022%E5%B9%B49%E6%9C%88" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    (title, *_rest), head, *rows = sheet.iter_rows(values_only=True)
    assert title == "2022年9月投资项目月报"
    assert [row[0] for row in rows] == ["P2"]
    assert rows[0][head.index("上月累计（截至2022年8月，万元，不读入）")] == 900.0
    assert rows[0][head.index("自开工累计完成投资（万元）")] in (None, "")
    assert Entry.objects.filter(action="projects.export").count() == 1


def test_a_form_that_comes_back_empty_says_nothing_of_zero(august, accepted, client, analyst):
    client.force_login(analyst)
    data = client.get("/projects/return-form/").content
    accepted(data, name="投资项目月报2022年9月.xlsx")
    assert {r.cumulative for r in Return.objects.filter(period="2022-09")} <= {None}


# merged cells


def test_rows_that_are_merged_over_several_projects_are_asked_about(checked, files, row):
    book = openpyxl.load_workbook(io.BytesIO(files.list(row(), row("P2", None))))
    book.active.merge_cells("B4:B5")
    out = io.BytesIO()
    book.save(out)
    found = checked(out.getvalue()).findings
    finding = found.get(check_code="records.merged_rows")
    assert finding.cell.startswith("B4")
    assert not Project.objects.exists()


def test_an_unknown_department_is_a_finding_too(checked, files, row, said):
    assert "records.unit_not_registered" in said(checked(files.list(row(office="新区办"))))


def test_one_month_after_the_start_the_entry_is_asked_about(checked, accepted, files, row, said):
    accepted(files.list(row(opened="2022年8月", entered=None, state="待入库")))
    row_ = ["P1", "桐溪智造园", 200.0, 200.0, "本年正式施工", "基础", "进度单9"]
    found = said(checked(files.returns("2022-09", row_)))
    assert found["returns.not_entered"] == "开工已1个月，尚未入库"


def test_value_before_entry_is_asked_about_at_once(checked, accepted, files, row, said):
    accepted(files.list(row(opened="2022年9月", entered=None, state="待入库")))
    row_ = ["P1", "桐溪智造园", 200.0, 200.0, "本年正式施工", "基础", "进度单9"]
    assert "returns.before_entry" in said(checked(files.returns("2022-09", row_)))
