"""Ledgers of visits and receptions through the intake: each once, with its deal, and all of it undone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.attraction.conftest import AT
from wenpan.demo.files.grid import PrintedSheet, workbook
from wenpan.district.attraction.models import Deal, DealEvent, Reception
from wenpan.district.attraction.work import actions
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake

pytestmark = pytest.mark.django_db
HEAD = [
    "序号", "接待日期", "来访单位", "接待领导", "接待单位", "项目名称", "洽谈情况", "承诺事项",
    "落实时限", "责任人",
]  # fmt: skip


def book(*rows, head=HEAD):
    return workbook(
        [PrintedSheet("台账", "安禾区招商来访接待台账", "", [list(head)], [list(r) for r in rows])]
    )


def row(
    day="2022-09-20", guest="蓝海新材公司 何总一行", unit="招商局", deal="", promise="", until="", who=""
):
    return [1, day, guest, "江副区长", unit, deal, "看了3号地块", promise, until, who]


def test_a_ledger_of_receptions_comes_in_with_its_deal_and_its_promise(accepted, deal):
    made = deal(signed=None, paper=None)
    accepted(
        book(
            row(deal="桐溪智造园", promise="出地块图", until="2022-10-20", who="向远帆"),
            row("2022.9.21", "第二公司"),
        )
    )
    first, second = Reception.objects.order_by("on")
    assert (first.deal, first.kind, first.host, first.unit.code) == (made, "reception", "江副区长", "zsj")
    assert (first.promise, first.promise_on, first.promise_by) == ("出地块图", date(2022, 10, 20), "向远帆")
    assert second.deal is None
    event = DealEvent.objects.get(kind="progress")
    assert (event.deal, event.on, event.note) == (made, date(2022, 9, 20), "来访接待：看了3号地块")
    assert Deal.objects.get().moved_on == date(2022, 9, 20)


def test_the_same_ledger_next_month_brings_only_what_is_new(accepted, checked):
    accepted(book(row()))
    again = checked(book(row(), row("2022-09-28", "第二公司")))
    assert (again.counts["new"], again.counts["unchanged"]) == (1, 1)
    accepted(book(row(), row("2022-09-28", "第二公司")), "再报.xlsx")
    assert Reception.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (row("2022-10-11"), "在今天之后"),
        (row(unit="没有的单位"), "没有的单位"),
        (row(promise="出图"), "没有写时限或责任人"),
        (row(promise="出图", until="2022-09-01", who="向"), "早于当天"),
    ],
)
def test_what_cannot_be_is_refused_at_its_cell(checked, wrong, found):
    submission = checked(book(wrong))
    told = list(submission.findings.values_list("severity", "found"))
    assert any(found in words for _severity, words in told), told
    assert submission.state == "refused"
    assert not Reception.objects.exists()


def test_a_name_that_fits_no_deal_is_told_and_the_visit_is_kept(accepted):
    submission = accepted(book(row(deal="没有的项目")))
    assert submission.findings.filter(severity="note", found__contains="对上0个招商项目").exists()
    assert Reception.objects.get().deal is None


def test_taken_back_nothing_of_it_counts_and_a_kept_promise_holds_it(accepted, deal, staff, analyst):
    deal(signed=None, paper=None)
    before = Deal.objects.get().moved_on
    submission = accepted(book(row(deal="桐溪智造园", promise="出地块图", until="2022-10-20", who="向远帆")))
    intake.undo(submission=submission, by=analyst, reason="发错", at=AT)
    assert Deal.objects.get().moved_on == before
    assert not Reception.objects.filter(withdrawn_at=None).exists()
    second = accepted(book(row(promise="出图", until="2022-10-20", who="向")), "又一份.xlsx")
    actions.keep_promise(reception=Reception.objects.get(withdrawn_at=None), on=date(2022, 10, 8), by=staff)
    with pytest.raises(Refused, match="已登记兑现"):
        intake.undo(submission=second, by=analyst, reason="发错", at=AT)


def test_what_goes_out_comes_in_again_unchanged(accepted, checked, client, staff):
    accepted(book(row(promise="出地块图", until="2022-10-20", who="向远帆")))
    client.force_login(staff)
    sent = client.get("/deals/receptions/?export=xlsx").content
    again = checked(sent, "拜访接待.xlsx")
    assert again.kind == "receptions"
    assert (again.counts["new"], again.counts["unchanged"]) == (0, 1)
