"""Tables of clauses through the intake: preview, acceptance, undo, and out again under the same headers."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.district.firms.conftest import FRIDAY
from wenpan.demo.files.grid import PrintedSheet, workbook
from wenpan.district.firms.models import SupportClause
from wenpan.district.firms.policies import queries
from wenpan.district.firms.policies.actions import keep_clause, note_paid
from wenpan.district.firms.policies.typed import terms_of
from wenpan.district.ground.refused import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reader_place")]
HEAD = [
    "条款名称", "政策文件", "适用条件", "支持标准", "施行日期", "有效期至", "申报截止", "责任单位",
    "申报材料", "资金情况", "已兑付(万元)", "兑付截至",
]  # fmt: skip
ENERGY = [
    "用能补助", "区政规〔2022〕6号", "名录含规上工业\n从业人数不超过1000人", "按二季度电费的5%，最高50万元",
    "2022-01-01", "2022-12-31", "2022-11-30", "住建局", "营业执照、电费发票", "已列预算", 126.5, "2022-09-30",
]  # fmt: skip
LOAN = ["贷款贴息", "区政规〔2022〕7号", "规模类型为小型、微型", "", "2022年3月1日", *[""] * 7]


def table(*rows, head=HEAD):
    return workbook([PrintedSheet("条款", "安禾区惠企政策条款表", "", [list(head)], [list(r) for r in rows])])


def current():
    return {row.name: row for row in SupportClause.objects.filter(superseded_at=None)}


def test_a_table_of_clauses_comes_in_as_it_was_shown(accepted):
    sent = accepted(table(ENERGY, LOAN))
    assert (sent.kind, sent.counts["new"]) == ("support_clauses", 2)
    energy, loan = current()["用能补助"], current()["贷款贴息"]
    assert terms_of(energy) == "名录含规上工业\n从业人数不超过1000人\n支持：按二季度电费的5%，最高50万元"
    assert (energy.office.code, energy.claim_to, energy.budget) == ("zjj", date(2022, 11, 30), "planned")
    assert (energy.paid, energy.paid_on) == (Decimal("126.50"), date(2022, 9, 30))
    assert (loan.valid_from, loan.paid, terms_of(loan)) == (date(2022, 3, 1), None, "规模类型为小型、微型")


def test_the_same_table_again_changes_nothing_and_a_changed_cell_makes_a_version(accepted):
    accepted(table(ENERGY, LOAN))
    assert accepted(table(LOAN, ENERGY)).counts["unchanged"] == 2
    changed = accepted(table([*ENERGY[:2], "名录含四上", *ENERGY[3:]], LOAN))
    assert (changed.counts["revised"], changed.counts["unchanged"]) == (1, 1)
    assert current()["用能补助"].version == 2 and SupportClause.objects.count() == 3


def test_a_sum_paid_alone_makes_no_new_wording(accepted):
    accepted(table(ENERGY))
    accepted(table([*ENERGY[:10], 140, "2022-10-10"]))
    row = SupportClause.objects.get()
    assert (row.version, row.paid, row.paid_on) == (1, Decimal(140), date(2022, 10, 10))


def test_a_sum_of_the_day_of_the_file_is_taken(accepted):
    accepted(table([*ENERGY[:11], "2022-10-14"]))
    assert SupportClause.objects.get().paid_on == date(2022, 10, 14)


def test_how_the_money_stands_is_kept_also_where_nothing_was_paid(accepted):
    accepted(table([*LOAN[:9], "已列预算", "", ""]))
    accepted(table([*LOAN[:9], "额度已用完", "", ""]))
    assert current()["贷款贴息"].budget == "spent"


def test_who_revises_what_another_has_just_revised_is_told(accepted, people):
    accepted(table(ENERGY))
    seen = current()["用能补助"]
    data = queries.data_of(seen)
    keep_clause(data=data, revises=seen, by=people["office"])
    with pytest.raises(Refused, match="刚被别人改过"):
        keep_clause(data=data, revises=seen, by=people["office"])
    assert SupportClause.objects.count() == 2


def test_a_blank_cell_changes_nothing(accepted):
    accepted(table(ENERGY))
    accepted(table([*ENERGY[:2], *[""] * 10]))
    assert SupportClause.objects.get().papers == "营业执照、电费发票"


@pytest.mark.parametrize(
    ("column", "value", "cell", "found"),
    [
        (2, "名录含规上工业\n研发投入占比高", "C4", "第2行"),
        (2, "", "C4", "空白"),
        (4, "", "E4", "施行日期"),
        (3, "酌情给予", "C4", "每家20万元"),
        (10, -5, "K4", "已兑付写的是-5"),
        (11, "", "K4", "没有兑付截至日期"),
        (11, "2022-10-15", "L4", "兑付截至写的是2022-10-15"),
        (10, "", "L4", "没有已兑付金额"),
        (6, "2021-01-01", None, None),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_at_its_cell(checked, column, value, cell, found):
    row = list(ENERGY)
    row[column] = value
    sent = checked(table(row, LOAN))
    if cell is None:  # only the closing day: nothing says when claims open, so nothing contradicts it
        assert sent.state == "ready"
        return
    told = list(sent.findings.filter(severity="hard").values_list("cell", "found"))
    assert [at for at, _words in told] == [cell] and found in told[0][1]
    assert not SupportClause.objects.exists()


def test_one_clause_twice_in_a_table_is_refused(checked):
    sent = checked(table(ENERGY, ENERGY))
    assert any("同一个条款" in found.found for found in sent.findings.filter(severity="hard"))


def test_without_numbers_a_row_is_known_by_name_and_paper(checked):
    note = checked(table(ENERGY)).findings.get(check_code="records.no_code")
    assert note.found == "表里没有编号, 只能按条款名称、政策文件核对"


def test_a_table_is_taken_back_and_the_older_wording_holds_again(accepted, undone, people):
    accepted(table(ENERGY, LOAN))
    second = accepted(table([*ENERGY[:2], "名录含四上", *ENERGY[3:]]))
    undone(second)
    assert terms_of(current()["用能补助"]).startswith("名录含规上工业") and len(current()) == 2
    third = accepted(table(LOAN, [*ENERGY[:2], "名录含四上", *ENERGY[3:]]))
    assert current()["用能补助"].version == 3, "a number is never used twice"
    keep_clause(data=queries.data_of(current()["用能补助"]), by=people["office"])
    with pytest.raises(Refused, match="又改过"):
        undone(third)


def test_what_goes_out_comes_in_again(accepted, checked, people, signed_in):
    accepted(table(ENERGY, LOAN))
    note_paid(
        clause=current()["贷款贴息"], paid=Decimal("3.2"), on=date(2022, 10, 1), budget="spent",
        by=people["office"], at=FRIDAY,
    )  # fmt: skip
    data = signed_in("office").get("/firms/policies/table/?show=all").content
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert any("用能补助" in row for row in rows)
    again = checked(data)
    assert (again.state, again.counts["unchanged"], again.counts.get("revised", 0)) == ("ready", 2, 0)
    empty = signed_in("office").get("/firms/policies/table/?show=none").content
    assert "用能补助" not in str(list(openpyxl.load_workbook(io.BytesIO(empty)).active.values))
