"""Tables sort, filter, page and export as shown; nothing in an export is ever a formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.test import RequestFactory

from wenpan.district.accounts.actions import sync_units
from wenpan.district.accounts.models import Unit
from wenpan.district.ui import exports
from wenpan.district.ui.exports import xlsx, xlsx_response
from wenpan.district.ui.tables import PageTable, TableColumn

ROWS = [
    SimpleNamespace(name="投资", gap=-3.2, unit="经发局"),
    SimpleNamespace(name="消费", gap=None, unit="商务局"),
    SimpleNamespace(name="财政", gap=1.5, unit="财政局"),
]
COLUMNS = [
    TableColumn("name", "指标"),
    TableColumn("gap", "差距", kind="number", unit="百分点"),
    TableColumn("unit", "单位", sortable=False),
]


def table(query="", rows=ROWS, columns=COLUMNS, **options):
    return PageTable(RequestFactory().get(f"/?{query}"), columns, rows, **options)


def names(shown):
    return [row.name for row in shown.page]


def cells(data):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data)).active.rows]


@pytest.mark.parametrize(
    "query, expected",
    [
        ("", ["投资", "消费", "财政"]),
        ("sort=gap", ["投资", "财政", "消费"]),
        ("sort=-gap", ["财政", "投资", "消费"]),  # what is missing stands last either way
        ("sort=name", ["财政", "投资", "消费"]),  # cai, tou, xiao
        ("sort=unit", ["投资", "消费", "财政"]),  # not sortable
        ("sort=__class__", ["投资", "消费", "财政"]),
        ("q=商务", ["消费"]),
        ("q=nothing", []),
    ],
)
def test_a_list_sorts_and_filters(query, expected):
    assert names(table(query)) == expected


def test_a_page_beyond_the_last_shows_the_last():
    assert names(table("page=99", page_size=2)) == ["财政"]


def test_the_header_turns_the_order_and_keeps_the_filter():
    shown = table("q=局&sort=gap&page=2")
    assert shown.sort_url("gap") == "?q=%E5%B1%80&sort=-gap"
    assert shown.direction("gap") == "asc"


@pytest.mark.django_db
def test_a_queryset_is_sorted_filtered_and_paged_in_the_database(django_assert_num_queries):
    sync_units(
        units=[{"code": f"u{n:02}", "name": f"单位{n:02}", "kind": "town"} for n in range(30)], by=None
    )
    columns = [
        TableColumn("code", "代码"),
        TableColumn("name", "名称"),
        TableColumn("active_to", "撤并", kind="date"),
    ]
    shown = table("q=单位&sort=-code&page=2", Unit.objects.all(), columns, page_size=10)
    with django_assert_num_queries(2):  # one count, one page
        assert [unit.code for unit in shown.page] == [f"u{n:02}" for n in range(19, 9, -1)]


def test_the_export_holds_all_filtered_rows_in_the_shown_order_with_numbers_as_numbers():
    response = table("sort=-gap&export=xlsx").response("差距")
    assert cells(response.content) == [
        ["指标", "差距(百分点)", "单位"],
        ["财政", 1.5, "财政局"],
        ["投资", -3.2, "经发局"],
        ["消费", "—", "商务局"],
    ]
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%E5%B7%AE%E8%B7%9D.xlsx"


RISKY = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://example.com", "{=1}"]


def test_risky_text_in_a_workbook_stays_text():
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(["x"], [[text] for text in RISKY]))).active
    assert [sheet.cell(row, 1).data_type for row in range(2, len(RISKY) + 2)] == ["s"] * len(RISKY)
    assert [sheet.cell(row, 1).hyperlink for row in range(2, len(RISKY) + 2)] == [None] * len(RISKY)


def test_values_keep_their_type():
    assert cells(
        xlsx_response("x", ["a"] * 5, [[Decimal("1.25"), True, date(2022, 9, 30), float("nan"), 0]]).content
    )[1][:2] == [1.25, True]
    row = cells(xlsx(["a"] * 3, [[date(2022, 9, 30), float("nan"), 0]]))[1]
    assert (row[0].date(), row[1:]) == (date(2022, 9, 30), ["—", 0])


@pytest.mark.parametrize(("rows", "sheets"), [(4, [4]), (5, [5]), (6, [5, 1]), (10, [5, 5]), (11, [5, 5, 1])])
def test_rows_beyond_a_sheet_go_to_the_next_and_none_is_lost(monkeypatch, rows, sheets):
    monkeypatch.setattr(exports, "SHEET", 5)
    book = openpyxl.load_workbook(io.BytesIO(xlsx(["数"], [[n] for n in range(rows)], title="表")))
    found = [[cell.value for (cell,) in sheet.rows] for sheet in book]
    assert [values[:2] for values in found] == [["表", "数"]] * len(sheets)
    assert [len(values) - 2 for values in found] == sheets
    assert [n for values in found for n in values[2:]] == list(range(rows))


def test_a_large_csv_is_streamed_and_says_what_a_small_one_says(monkeypatch):
    rows = [["=1+1", Decimal("1.50"), None, date(2022, 9, 1)]] * 3
    small = exports.csv_response("表", ["甲", "乙", "丙", "丁"], rows)
    monkeypatch.setattr(exports, "STREAMED", 10)
    large = exports.csv_response("表", ["甲", "乙", "丙", "丁"], rows)
    assert large.streaming and not small.streaming
    assert b"".join(large.streaming_content) == small.content
    assert small.content.decode("utf-8-sig").splitlines()[1] == "'=1+1,1.5,,2022-09-01"


def test_rows_of_a_workbook_keep_every_kind_of_value():
    """The rows are written as text of our own: whatever reads workbooks must read the values again."""
    import python_calamine

    at = datetime(2022, 10, 20, 1, 30, tzinfo=UTC)
    row = [" 前后有空 ", "两\n行", "a\x07b", "_x0041_", "<&>\"'", "=1+1", 1.1, Decimal("2.50"), -3, True,
           None, float("nan"), date(2022, 10, 20), at, "𠮷" * 20_000]  # fmt: skip
    data = xlsx([str(n) for n in range(len(row))], [row] * 3, ["#,##0.00"] * len(row))
    expected = [" 前后有空 ", "两\n行", "a\x07b", "_x0041_", "<&>\"'", "=1+1", 1.1, 2.5, -3, True, "—", "—",
                datetime(2022, 10, 20), "2022-10-20 09:30", "𠮷" * 16_383]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [[openpyxl.utils.escape.unescape(v) if isinstance(v, str) else v for v in line]
            for line in book.active.iter_rows(min_row=2, values_only=True)] == [expected] * 3  # fmt: skip
    assert book.active["G2"].number_format == "#,##0.00" and book.active["F2"].data_type == "s"
    assert book.active.dimensions == "A1:O4"
    again = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [again[1][n] for n in (0, 4, 5, 6, 9, 10)] == [" 前后有空 ", "<&>\"'", "=1+1", 1.1, True, "—"]
