"""Ledgers of firms and tickets of the city through the intake: preview, acceptance, undo."""

from __future__ import annotations

import statistics
from datetime import timedelta

import pytest

from tests.district.firms.conftest import FRIDAY
from tests.shared_data import SHARED
from wenpan.demo.files.grid import PrintedSheet, workbook

MESSAGES = SHARED / "data" / "citizen_messages" / "message_reply_times_no_text.csv"
CODE, OTHER = "91350100M000100Y43", "91110000600037341L"
FIRM_HEAD = ["统一社会信用代码", "企业名称", "曾用名", "行业", "规模", "所在镇街", "名录", "联系人", "状态"]
TICKET_HEAD = [
    "工单编号",
    "企业名称",
    "诉求",
    "主办单位",
    "登记时间",
    "答复时间",
    "办结时间",
    "状态",
    "满意度",
]


pytestmark = pytest.mark.usefixtures("reader_place")


def firms(*rows):
    return workbook([PrintedSheet("台账", "安禾区企业台账", "", [FIRM_HEAD], [list(row) for row in rows])])


def tickets(*rows):
    return workbook([PrintedSheet("工单", "市12345工单明细", "", [TICKET_HEAD], [list(row) for row in rows])])


def ledger():
    from wenpan.district.firms.models import Firm

    return {firm.name: firm for firm in Firm.objects.all()}


def codes(submission):
    return {(f.check_code, f.cell) for f in submission.findings.all()}


def test_a_ledger_brings_firms_and_what_was_shown_is_what_is_stored(accepted):
    done = accepted(
        firms(
            [
                OTHER,
                "安禾重工有限公司",
                "安禾机器厂",
                "机械",
                "中型",
                "桐溪镇",
                "四上、规上工业",
                "张工",
                "存续",
            ]
        )
    )
    firm = ledger()["安禾重工有限公司"]
    assert (firm.uscc, firm.size, firm.town.code, firm.lists) == (
        OTHER,
        "medium",
        "tongxi",
        ["四上", "规上工业"],
    )
    assert [name.name for name in firm.names.all()] == ["安禾机器厂"]
    assert done.counts["new"] == 2  # the firm, and its former name


def test_a_known_code_with_another_name_is_that_firm_renamed_and_a_person_says_so(firm, checked, accepted):
    sent = checked(firms([CODE, "安禾精密制造有限公司", "", "", "", "", "", "", ""]))
    assert ("firms.renamed", "B4") in codes(sent)
    accepted(firms([CODE, "安禾精密制造有限公司", "", "", "", "", "", "", ""]), at=FRIDAY + timedelta(1))
    firm.refresh_from_db()
    assert firm.name == "安禾精密制造有限公司"
    assert [name.name for name in firm.names.all()] == ["安禾精工有限公司"]
    assert firm.trade == "机械"  # a blank cell says nothing


def test_a_row_under_a_former_name_is_that_firm_and_does_not_rename_it_back(firm, accepted):
    accepted(firms([CODE, "安禾精密制造有限公司", "", "", "", "", "", "", ""]))
    accepted(firms(["", "安禾精工有限公司", "", "智能装备", "", "", "", "", ""]))
    firm.refresh_from_db()
    assert (firm.name, firm.trade) == ("安禾精密制造有限公司", "智能装备")


def test_a_wrong_code_and_a_firm_twice_stop_the_file_at_their_cells(firm, checked):
    sent = checked(
        firms(
            ["91350100M000100Y44", "某公司", "", "", "", "", "四上", "", ""],
            [CODE, "安禾精工有限公司", "", "", "", "", "", "", ""],
            ["", "安禾精工有限公司", "", "", "", "", "", "李四", ""],
        )
    )
    assert sent.state == "refused"
    assert {("firms.uscc", "A4"), ("firms.twice", "B6")} <= codes(sent)


def test_a_ledger_taken_back_leaves_the_firms_as_they_were(firm, accepted, undone):
    sent = accepted(
        firms(
            [CODE, "安禾精密制造有限公司", "", "智能装备", "", "", "", "", ""],
            [OTHER, "安禾重工有限公司", "", "", "", "", "四上", "", ""],
        )
    )
    undone(sent)
    assert list(ledger()) == ["安禾精工有限公司"]
    firm.refresh_from_db()
    assert (firm.name, firm.trade, firm.names.count()) == ("安禾精工有限公司", "机械", 0)
    accepted(firms([OTHER, "安禾重工有限公司", "", "", "", "", "四上", "", ""]))  # its code is free again
    assert OTHER in {row.uscc for row in ledger().values()}


def test_a_ledger_cannot_be_taken_back_under_a_request(accepted, undone, asked):
    from wenpan.district.ground.refused import Refused

    sent = accepted(firms([OTHER, "安禾重工有限公司", "", "", "", "", "四上", "", ""]))
    asked(firm=ledger()["安禾重工有限公司"])
    with pytest.raises(Refused, match="安禾重工有限公司") as refused:
        undone(sent)
    assert refused.value.code == "later_batch"


def test_tickets_come_with_their_states_mapped_and_stand_as_the_city_says(firm, accepted):
    from wenpan.district.firms.models import ServiceRequest

    accepted(
        tickets(
            ["A1", "安禾精工有限公司", "用电不足", "住建局", "2022-10-03 09:00", "", "", "办理中", ""],
            ["A2", "新来的公司", "租金补贴", "住建局", "2022-10-03 09:00:05", "2022-10-05 10:00",
             "2022-10-08 11:30", "已办结", "满意"],
            ["A3", "", "路灯不亮", "", "2022-10-03 09:00", "", "", "不予受理", ""],
            ["A4", "安禾精工有限公司", "用工", "", "2022-10-03 09:00", "", "2022-10-04 09:00", "已撤单", ""],
        )
    )  # fmt: skip
    rows = {row.foreign_number: row for row in ServiceRequest.objects.select_related("firm", "unit")}
    assert {number: (row.phase, row.outcome) for number, row in rows.items()} == {
        "A1": ("in_hand", ""),
        "A2": ("closed", "solved"),
        "A3": ("declined", ""),
        "A4": ("closed", "withdrawn"),
    }
    assert (rows["A1"].firm_id, rows["A1"].unit.code) == (firm.pk, "zjj")
    assert (rows["A2"].firm.name, rows["A3"].firm.name) == ("新来的公司", "未留企业名称")
    kinds = list(rows["A2"].entries.order_by("sequence").values_list("kind", flat=True))
    assert kinds == [
        "received",
        "accepted",
        "assigned",
        "signed_for",
        "replied",
        "checked",
        "called_back",
        "closed",
    ]


def test_a_ticket_comes_once_and_goes_further_with_the_next_export(firm, accepted, undone):
    from wenpan.district.firms.models import ServiceRequest

    first = ["A1", "安禾精工有限公司", "用电不足", "住建局", "2022-10-03 09:00", "", "", "办理中", ""]
    accepted(tickets(first))
    again = accepted(tickets([*first[:5], "2022-10-10 09:00", "", "已答复", ""]), at=FRIDAY + timedelta(1))
    request = ServiceRequest.objects.get()
    assert (request.phase, request.version) == ("replied", 5)
    same = accepted(
        tickets(
            [*first[:5], "2022-10-10 09:00", "", "已答复", ""],
            ["A9", "", "x", "", "2022-10-09", "", "", "", ""],
        ),
        at=FRIDAY + timedelta(2),
    )  # fmt: skip
    assert (same.counts["unchanged"], same.counts["new"]) == (1, 1)
    undone(again)
    request.refresh_from_db()
    assert (request.phase, request.replied_at) == ("in_hand", None)


def test_an_unknown_state_and_a_reply_before_the_receipt_are_asked_about_at_their_cells(checked):
    sent = checked(
        tickets(
            ["A1", "", "x", "", "2022-10-03 09:00", "", "", "悬而未决", ""],
            ["A2", "", "x", "", "2022-10-03 09:00", "2022-10-02 09:00", "", "已答复", ""],
        )
    )
    assert sent.state == "refused"
    assert {("tickets.state", "H4"), ("tickets.order", "F5")} <= codes(sent)


def test_tickets_taken_back_leave_nothing_and_their_numbers_are_not_used_again(accepted, undone, asked):
    from wenpan.district.firms.models import ServiceRequest

    sent = accepted(tickets(["A1", "", "x", "", "2022-10-03 09:00", "", "", "", ""]))
    undone(sent)
    assert not ServiceRequest.objects.exists()
    assert asked().number == "2022-S0002"


def test_tickets_that_somebody_worked_on_are_not_taken_back(firm, accepted, undone, step):
    from wenpan.district.firms.models import ServiceRequest
    from wenpan.district.ground.refused import Refused

    sent = accepted(tickets(["A1", "安禾精工有限公司", "x", "", "2022-10-03 09:00", "", "", "未受理", ""]))
    step(ServiceRequest.objects.get(), "accepted")
    with pytest.raises(Refused, match="2022-S0001"):
        undone(sent)


def test_what_goes_out_comes_in_again_and_changes_nothing(firm, asked, replied, checked, signed_in):
    """The same headers out as in: neither firm nor request would change."""
    browser = signed_in("office")
    for address in ("/firms/ledger.xlsx", "/firms/requests/tickets.xlsx?show=all"):
        sent = checked(browser.get(address).content)
        told = list(sent.findings.values_list("severity", "cell", "check_code", "found"))
        assert sent.kind in ("firm_ledger", "service_tickets"), told
    assert (sent.counts["rows"], sent.counts["new"]) == (1, 1)  # ours, under the city's channel it is new
    ledger_sent = checked(browser.get("/firms/ledger.xlsx").content, at=FRIDAY + timedelta(1))
    assert (ledger_sent.counts["unchanged"], ledger_sent.counts["revised"]) == (1, 0)


def test_a_ticket_without_a_firm_is_put_under_its_firm_by_the_office(firm, accepted, signed_in):
    from wenpan.district.firms.models import ServiceRequest

    accepted(tickets(["A1", "", "路灯不亮", "", "2022-10-03 09:00", "", "", "未受理", ""]))
    request = ServiceRequest.objects.get()
    sent = {"uscc": firm.uscc, "seen": request.version}
    assert signed_in("handler").post(f"/firms/requests/{request.pk}/firm/", sent).status_code == 403
    signed_in("office").post(f"/firms/requests/{request.pk}/firm/", sent | {"uscc": "x"})
    request.refresh_from_db()
    assert request.firm.state == "unnamed"
    signed_in("office").post(f"/firms/requests/{request.pk}/firm/", sent)
    request.refresh_from_db()
    assert (request.firm, request.number) == (firm, "2022-S0001")


@pytest.mark.skipif(not MESSAGES.exists(), reason="shared/data/citizen_messages is not here")
def test_the_messages_of_citizens_give_their_known_figures(accepted):
    """2,816 messages, one without a reply: median 11.2 days, 38.5 % over 15 days, 16.3 % over 30."""
    from wenpan.district.firms.models import ServiceRequest

    accepted(MESSAGES.read_bytes(), MESSAGES.name)
    rows = ServiceRequest.objects.values_list("received_at", "replied_at")
    days = [(b - a).total_seconds() / 86_400 for a, b in rows if b]
    assert (len(rows), len(days)) == (2816, 2815)
    assert round(statistics.median(days), 1) == 11.2
    assert round(100 * sum(d > 15 for d in days) / len(days), 1) == 38.5
    assert round(100 * sum(d > 30 for d in days) / len(days), 1) == 16.3
