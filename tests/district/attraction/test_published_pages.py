"""Published tables through the intake, kept as printed, with a page that says what does not add up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from tests.district.attraction.conftest import AT
from wenpan.demo.files.grid import PrintedSheet, workbook
from wenpan.district.attraction.models import DealBoard
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake

pytestmark = pytest.mark.django_db
LUAN = [
    (34, 32, "94.1%"),
    (32, 22, "68.9%"),
    (27, 17, "63%"),
    (25, 13, "52%"),
    (21, 10, "47.6%"),
    (18, 7, "38.9%"),
    (14, 11, "78.6%"),
    (3, 2, "66.7%"),
]


def table(*rows, head, title="全市2022年6月招商情况通报表"):
    return workbook([PrintedSheet("通报", title, "", [list(head)], [list(r) for r in rows])])


def luan(printed="68.9%"):
    rows = [(k, f"第{k}县", n, s, printed if n == 32 else rate) for k, (n, s, rate) in enumerate(LUAN, 1)]
    head = ["序号", "县区", "亿元以上签约项目", "已开工", "开工率"]
    return table(("", "合计", 174, 114, ""), *rows, head=head)


def shown(client, user, board):
    client.force_login(user)
    return client.get(reverse("attraction:published", args=[board.pk])).content.decode()


def test_luan_comes_in_as_printed_and_the_slip_is_said(accepted, staff, client):
    sent = accepted(luan())
    assert (sent.kind, sent.counts["new"]) == ("deal_board", 9)
    notes = list(sent.findings.filter(check_code="deal_board.rate").values_list("found", "cell"))
    assert notes == [("第2县印为68.9%, 按22/32应为68.8%", "E6")]
    board = DealBoard.objects.get()
    page = shown(client, staff, board)
    assert "有1处对不上" in page and "第2县印为68.9%，按22/32应为68.8%" in page
    assert "<strong>68.9%</strong>" in page
    assert board.lines.get(name="第2县").rates == {"start_rate": "68.9%"}
    client.force_login(staff)
    assert "全市2022年6月招商情况通报表" in client.get(reverse("attraction:boards")).content.decode()


def test_a_row_is_said_in_the_order_of_the_kind_whatever_the_database_gives_back(accepted):
    """jsonb keeps no order of names: the same table once more would have changed every row."""
    from wenpan.district.attraction.boards.listing import row_of, row_words

    accepted(luan())
    line = DealBoard.objects.get().lines.get(name="第2县")
    before = row_words(row_of(line))
    line.counts = dict(reversed(line.counts.items()))
    assert row_words(row_of(line)) == before and "签约" in before


def test_bijiang_parts_do_not_add_up_and_the_page_says_which_may_stand_inside_which(accepted, staff, client):
    head = ["单位", "签约个数", "签约资金（亿元）", "到位资金（亿元）", "任务数（亿元）", "完成率"]
    accepted(table(("合计", 108, 64.08, 36, 34, ""), ("区本级", 94, 50.51, 24.8, 23, "107.8%"),
                   ("园区", 41, 22.51, 9.92, 8, "124%"), head=head))  # fmt: skip
    page = shown(client, staff, DealBoard.objects.get())
    assert "94+41=135，不相等；可能“园区”包含在“区本级”内（其中），请核实" in page
    assert "到位资金印为36，各分项24.8+9.92=34.72，不相等，差1.28未列明" in page
    assert "印为124%" not in page


def test_yunnan_more_started_than_landed_is_accepted(accepted, staff, client):
    accepted(table(("园区", 360, 82, 32, 41), head=["名称", "签约项目", "履约项目", "落地项目", "开工项目"],
                   title="2022年6月招商引资情况"))  # fmt: skip
    page = shown(client, staff, DealBoard.objects.get())
    assert "都对得上" in page and "不必逐级经过" in page


def test_a_corrected_table_is_a_new_version_and_is_taken_back(accepted, staff, analyst, client):
    first = accepted(luan())
    second = accepted(luan(printed="68.8%"))
    assert second.counts["revised"] == 1 and second.counts["unchanged"] == 8
    newest = DealBoard.objects.get(version=2)
    assert "都对得上" in shown(client, staff, newest)
    with pytest.raises(Refused, match="先撤回后来的"):
        intake.undo(submission=first, by=analyst, reason="错")
    intake.undo(submission=second, by=analyst, reason="错", at=AT + timedelta(hours=1))
    first.refresh_from_db()
    client.force_login(staff)
    assert client.get(reverse("attraction:published", args=[newest.pk])).status_code == 404
    third = accepted(luan(printed="68.8%"), at=datetime.fromisoformat("2022-10-10T12:00:00+08:00"))
    assert third.state == "accepted" and DealBoard.objects.filter(version=3).exists()


def test_a_unit_sees_no_table_of_others(accepted, town, client):
    accepted(luan())
    client.force_login(town)
    assert client.get(reverse("attraction:boards")).status_code == 403


def test_a_ledger_with_words_of_its_own_is_explained_column_by_column_and_read(checked, analyst):
    from wenpan.district.attraction.models import Deal
    from wenpan.district.intake import columns

    head = ["顺序", "事儿", "来客", "盘子（万元）", "定下来的日子"]
    sent = checked(table((1, "桐溪智造园", "安禾实业", 12_000, "2022-03-04"), head=head, title="手头的活儿"))
    assert (sent.state, sent.question["asks"]) == ("unknown", "layout")
    tables = columns.tables_for(sent)
    fields = {"1": "name", "2": "investor", "3": "agreed", "4": "signed_on"}
    said = {
        "kind": "deals", "header_rows": [3], "header_at": [3],
        "columns": {at: {"role": "field", "field": key} for at, key in fields.items()},
    }  # fmt: skip
    signature = tables[0].signature
    intake.teach(submission=sent, tables=tables, signature=signature, teaching=said, seen=0, by=analyst)
    again = intake.check(submission=sent)
    assert again.state == "ready"
    intake.accept(submission=again, by=analyst, at=AT)
    assert Deal.objects.get().investor == "安禾实业"
