"""Task tables as clerks make them: merged owners, headers of several rows, slips, limits nobody can read."""

import io
from datetime import date
from pathlib import Path

import pytest

from wenpan.documents.orders.task_tables import propose as task_table
from wenpan.documents.orders.task_tables.columns import role
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])
ON = date(2022, 10, 14)

TITLE = ["稳增长重点任务分解表"] * 6
UPPER = ["序号", "工作任务", "责任分工", "责任分工", "责任分工", "完成时限"]
LOWER = ["序号", "工作任务", "牵头领导", "牵头单位", "配合单位", "完成时限"]
ROWS = [
    TITLE,
    UPPER,
    LOWER,
    ["一、项目建设"] * 6,
    ["1", "完成滨河路管廊主体工程", "周明", "区住建局", "区城管局\n各街道", "10月31日前"],
    ["2", "启动人民公园提升改造", "周明", "区住建局", "区城管局\n各街道", "11月底"],
    ["3", "清理闲置土地台账", "周明", "同上", "/", "待定"],
    ["合计", "3项", "", "", "", ""],
]


def rows(found: task_table.TaskText) -> list[tuple[str, str, tuple[str, ...], date | None, str]]:
    return [(p.text, p.lead, p.coop, p.deadline, p.place) for p in found.proposals]


def expected(places: list[str]) -> list[tuple[str, str, tuple[str, ...], date | None, str]]:
    return [
        ("完成滨河路管廊主体工程", "区住建局", ("区城管局", "各街道"), date(2022, 10, 31), places[0]),
        ("启动人民公园提升改造", "区住建局", ("区城管局", "各街道"), date(2022, 11, 30), places[1]),
        ("清理闲置土地台账", "区住建局", (), None, places[2]),
    ]


def xlsx_file() -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("任务表")
    for i, row in enumerate(ROWS):
        sheet.write_row(i, 0, row)
    sheet.merge_range("A1:F1", TITLE[0])
    sheet.merge_range("C2:E2", "责任分工")
    for column in "ABF":
        sheet.merge_range(f"{column}2:{column}3", UPPER["ABCDEF".index(column)])
    sheet.merge_range("A4:F4", "一、项目建设")
    sheet.merge_range("D5:D6", "区住建局")
    sheet.merge_range("E5:E6", "区城管局\n各街道")
    hidden = book.add_worksheet("旧表")
    hidden.write_row(0, 0, ["任务", "责任单位"])
    hidden.write_row(1, 0, ["不该读到的任务", "区旧局"])
    hidden.hide()
    book.close()
    return buffer.getvalue()


def docx_file() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("现将重点任务分解如下:")
    grid = document.add_table(rows=len(ROWS), cols=6)
    for row, values in zip(grid.rows, ROWS, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    for first, last in (
        ((0, 0), (0, 5)),
        ((1, 2), (1, 4)),
        ((3, 0), (3, 5)),
        ((4, 3), (5, 3)),
        ((4, 4), (5, 4)),
    ):
        words = grid.cell(*first).text
        grid.cell(*first).merge(grid.cell(*last)).text = words
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_workbook_gives_a_matter_a_row_with_the_addresses_of_its_cells() -> None:
    found = task_table.propose(xlsx_file(), "任务.xlsx", on=ON, calendar=CALENDAR)
    assert rows(found) == expected(["任务表!A5:F5", "任务表!A6:F6", "任务表!A7:F7"])
    assert {p.source for p in found.proposals} == {"rules"}


def test_a_docx_table_gives_the_same_with_the_number_of_its_row() -> None:
    found = task_table.propose(docx_file(), "任务.docx", on=ON, calendar=CALENDAR)
    assert rows(found) == expected(["表1第5行", "表1第6行", "表1第7行"])


def test_a_grid_gives_the_same() -> None:
    found = task_table.propose_grid(ROWS, name="甲", on=ON, calendar=CALENDAR)
    assert rows(found) == expected(["甲!A5:F5", "甲!A6:F6", "甲!A7:F7"])


def test_the_span_is_the_task_in_the_text_that_is_shown() -> None:
    found = task_table.propose(xlsx_file(), "任务.xlsx", on=ON, calendar=CALENDAR)
    for p in found.proposals:
        assert found.text.joined[slice(*p.span)] == p.text


def test_a_csv_and_an_old_xls_are_task_tables_too() -> None:
    lines = [["任务", "牵头单位", "完成时限"], ["修复路灯", "区城管局", "10月底"]]
    data = "\n".join(",".join(row) for row in lines).encode("gb18030")
    (p,) = task_table.propose(data, "任务.csv", on=ON, calendar=CALENDAR).proposals
    assert (p.lead, p.deadline) == ("区城管局", date(2022, 10, 31))
    old = Path(__file__).parents[1] / "fixtures" / "task_table.xls"
    (q, *_) = task_table.propose(old.read_bytes(), old.name, on=ON, calendar=CALENDAR).proposals
    assert (q.text, q.lead, q.deadline) == ("完成滨河路管廊主体工程", "区住建局", date(2022, 10, 31))


def test_what_could_not_be_read_is_remarked_with_its_place() -> None:
    found = task_table.propose(xlsx_file(), "任务.xlsx", on=ON, calendar=CALENDAR)
    told = {remark.code: remark for remark in found.remarks}
    assert set(told) == {"hidden_sheet", "limit_unread"}
    assert told["limit_unread"].place == "任务表!A7:F7" and "待定" in told["limit_unread"].message
    assert not any("旧局" in p.lead for p in found.proposals)


def test_a_standing_task_without_a_day_is_not_remarked() -> None:
    grid = [["任务", "责任单位", "时限"], ["做好防汛值守", "区水务局", "长期坚持"]]
    assert task_table.propose_grid(grid, on=ON, calendar=CALENDAR).remarks == ()


def test_a_table_without_task_columns_is_remarked_and_read_as_text() -> None:
    grid = [["指标", "增速"], ["工业增加值", "5.1%"], ["限上零售", "3.3%"]]
    found = task_table.propose_grid(grid, on=ON, calendar=CALENDAR)
    assert [r.code for r in found.remarks] == ["no_task_columns"]
    assert found.proposals == ()


def test_a_slip_of_labels_and_values_is_one_matter() -> None:
    slip = [
        ["督办事项", "解决惠民小区供暖不热问题", "解决惠民小区供暖不热问题"],
        ["承办单位", "区供热中心", "区供热中心"],
        ["协办单位", "区住建局", "区住建局"],
        ["办结时限", "2022年10月31日前", "2022年10月31日前"],
    ]
    (p,) = task_table.propose_grid(slip, on=ON, calendar=CALENDAR).proposals
    assert (p.text, p.lead, p.coop) == ("解决惠民小区供暖不热问题", "区供热中心", ("区住建局",))
    assert p.deadline == date(2022, 10, 31)


def test_a_row_without_an_owner_stays_empty_and_asks() -> None:
    grid = [
        ["任务", "牵头单位", "时限"],
        ["研究出台会展业措施", "", "11月底"],
        ["建成污水厂", "见附件", "11月底"],
    ]
    found = task_table.propose_grid(grid, on=ON, calendar=CALENDAR)
    assert [(p.lead, "未写明责任单位" in p.questions) for p in found.proposals] == [("", True), ("", True)]


def test_columns_in_any_order_and_a_leaders_column_is_no_unit() -> None:
    grid = [
        ["完成时间", "责任单位及责任人", "重点工作", "包抓领导", "进展情况"],
        ["每月10日前", "区统计局", "报送项目入库情况", "李强", "已报送9月"],
    ]
    (p,) = task_table.propose_grid(grid, on=ON, calendar=CALENDAR).proposals
    assert (p.text, p.lead, p.recurrence) == ("报送项目入库情况", "区统计局", "monthly:10")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("牵头单位", "牵头单位"), ("主办部门", "牵头单位"), ("牵头领导", "责任人"),
        ("配合责任单位", "配合单位"),
        ("责任单位", "责任单位"), ("承办单位", "责任单位"), ("办理时限", "完成时限"),
        ("完成时间", "完成时限"), ("责任人", "责任人"), ("工作任务", ""), ("备注", ""),
    ],
)  # fmt: skip
def test_columns_are_known_by_words(name: str, label: str) -> None:
    assert role(name) == label
