"""Monthly returns through the intake: versions, questions that name no number, undo."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.projects.models import Outlook, Return, Standing

pytestmark = pytest.mark.django_db
MONTHS = [f"2021-{m:02d}" for m in range(4, 13)] + [f"2022-{m:02d}" for m in range(1, 9)]


@pytest.fixture
def library(accepted, files, row):
    """P1 of 1亿元 with 300 a month since April 2021, up to August 2022: 5100."""
    accepted(files.list(row(), row("P2", "柳湾学校", town="柳湾镇")))
    values = [300.0 * (k + 1) for k in range(len(MONTHS))]
    accepted(files.history([["P1", "桐溪智造园", *values], ["P2", "柳湾学校", *values]], MONTHS))


def monthly(
    cumulative=5400.0, year=2700.0, status="本年正式施工", words="主体施工", evidence="进度单9", code="P1"
):
    return [code, "桐溪智造园", cumulative, year, status, words, evidence]


def current(period="2022-09"):
    return Return.objects.get(project__code="P1", period=period, superseded_at=None)


def test_a_table_of_months_brings_every_month_with_its_cell(library):
    found = Return.objects.filter(project__code="P1")
    assert found.count() == len(MONTHS)
    assert (current("2021-04").cumulative, current("2021-04").cell) == (Decimal("300"), "C4")


def test_a_monthly_return_makes_the_standing_of_its_month(accepted, files, library):
    accepted(files.returns("2022-09", monthly()))
    standing = Standing.objects.get(project__code="P1", month="2022-09")
    assert (standing.cumulative, standing.this_year, standing.remaining) == (5400.0, 2700.0, 4600.0)
    assert Outlook.objects.get(month="2022-09").done == 2700.0 + 2400.0  # P2 keeps what it had in August


ASKED = [
    ("completed above the planned total", monthly(10_500.0, 7800.0), "returns.above_total"),
    ("a cumulative figure that falls", monthly(5000.0, 2300.0), "returns.fell"),
    ("a jump", monthly(9000.0, 6300.0), "returns.jump"),
    ("value without evidence", monthly(evidence=None), "returns.no_evidence"),
    ("this year above since the start", monthly(5400.0, 6000.0), "returns.year_above"),
    ("this year against last December", monthly(5400.0, 1000.0), "returns.year_differs"),
    ("value while it is said to stand still", monthly(status="全部停缓建"), "returns.stopped_with_value"),
]


@pytest.mark.parametrize("line, check", [a[1:] for a in ASKED], ids=[a[0] for a in ASKED])
def test_a_check_asks_and_never_proposes_a_number(checked, files, library, line, check):
    finding = checked(files.returns("2022-09", line)).findings.get(check_code=check)
    assert finding.severity == "soft"
    assert "核实" in finding.advice
    assert not re.search(r"\d", finding.advice)


def test_a_return_as_it_should_be_is_asked_nothing(checked, files, library):
    submission = checked(files.returns("2022-09", monthly(), monthly(code="P2")))
    assert not submission.findings.exists()


def test_three_months_without_value_are_asked_about_and_two_are_not(checked, accepted, files, library, said):
    accepted(files.returns("2022-09", monthly(5100.0, 2400.0, evidence=None)))
    second = files.returns("2022-10", monthly(5100.0, 2400.0, evidence=None))
    assert "returns.zero" not in said(checked(second))
    accepted(files.returns("2022-10", monthly(5100.0, 2400.0, words="停", evidence=None)))
    assert "returns.zero" in said(checked(files.returns("2022-11", monthly(5100.0, 2400.0, evidence=None))))


def test_a_started_project_that_has_not_entered_is_asked_about_after_one_and_two_months(
    checked, accepted, files, row, said
):
    accepted(files.list(row(opened="2022年7月", entered=None, state="待入库")))
    found = said(checked(files.returns("2022-09", monthly(200.0, 200.0))))
    assert found["returns.not_entered"] == "开工已2个月，尚未入库"


def test_a_planned_finish_that_is_past_with_value_left_is_asked_about(checked, accepted, files, row, said):
    accepted(files.list(row(finish="2022年6月")))
    assert "returns.past_finish" in said(checked(files.returns("2022-09", monthly())))


def test_an_unknown_project_is_refused(checked, files, library, said):
    submission = checked(files.returns("2022-09", monthly(code="P99")))
    assert "returns.unknown_project" in said(submission)
    assert submission.state == "refused"


def test_who_is_not_in_the_file_is_named_and_not_taken_for_zero(checked, files, library, said):
    assert "柳湾学校" in said(checked(files.returns("2022-09", monthly())))["returns.not_in_file"]


def test_a_correction_is_a_new_version_and_undo_brings_the_old_one_back(accepted, files, library, analyst):
    accepted(files.returns("2022-09", monthly()))
    second = accepted(files.returns("2022-09", monthly(5450.0, 2750.0)))
    assert (current().version, current().cumulative) == (2, Decimal("5450"))
    intake.undo(submission=second, by=analyst, reason="改错了")
    assert (current().version, current().cumulative) == (3, Decimal("5400"))
    assert Return.objects.filter(project__code="P1", period="2022-09").count() == 3
    assert Standing.objects.get(project__code="P1", month="2022-09").cumulative == 5400.0


def test_a_file_whose_figures_were_revised_cannot_be_undone(accepted, files, library, analyst):
    first = accepted(files.returns("2022-09", monthly()))
    accepted(files.returns("2022-09", monthly(5450.0, 2750.0)))
    with pytest.raises(Refused) as refusal:
        intake.undo(submission=first, by=analyst, reason="改错了")
    assert refusal.value.code == "later_batch"
    assert current().cumulative == Decimal("5450")


def test_undoing_the_newest_month_takes_its_standings_away(accepted, files, library, analyst):
    submission = accepted(files.returns("2022-09", monthly()))
    intake.undo(submission=submission, by=analyst, reason="传错了")
    assert not Standing.objects.filter(month="2022-09").exists()
    assert Standing.objects.filter(month="2022-08").exists()


def test_the_return_form_is_prefilled_and_leaves_the_new_figures_empty(library):
    from wenpan.district.projects.returns.prefilled_form import prefilled
    from wenpan.economy.time.periods import Month

    headers, rows = prefilled(Month(2022, 8), "tongxi")
    assert [r[0] for r in rows] == ["P1"]
    assert rows[0][3] == 5100.0
    assert rows[0][headers.index("自开工累计完成投资（万元）")] == ""


def test_the_filled_form_is_read_as_the_new_month(accepted, library):
    from wenpan.district.projects.returns.prefilled_form import prefilled
    from wenpan.district.ui.exports import xlsx
    from wenpan.economy.time.periods import Month

    headers, rows = prefilled(Month(2022, 8), "tongxi")
    rows[0][4:6] = [5400.0, 2700.0]
    accepted(xlsx(headers, rows), name="投资项目月报2022年9月.xlsx")
    assert (current().cumulative, current().period) == (Decimal("5400"), "2022-09")


def test_last_decembers_total_is_kept_as_the_base_of_the_years_target(library):
    """300 a month from April to December, twice; both began before their first return, so eight count."""
    from wenpan.district.projects.pool import summary
    from wenpan.economy.time.periods import Month

    assert Outlook.objects.get(month="2021-12").done == 2 * 8 * 300.0
    assert summary.bridge(Month(2022, 8)).last_year == 2 * 8 * 300.0


def test_a_month_before_the_first_return_is_not_kept_as_zero(accepted, files, row):
    accepted(files.list(row(opened="2022年1月", entered="2022年1月")))
    accepted(files.history([["P1", "桐溪智造园", 100.0, 200.0]], ["2022-01", "2022-02"]))
    assert list(Outlook.objects.values_list("month", flat=True)) == ["2022-02"]


def test_december_is_made_anew_when_one_of_its_returns_changes(accepted, files, library):
    head = [["P1", "桐溪智造园", 3000.0]]
    accepted(files.history(head, ["2021-12"]))
    assert Outlook.objects.get(month="2021-12").done == 2 * 8 * 300.0 + 300.0
