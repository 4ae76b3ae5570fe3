"""Workbooks: read at true addresses, or refused with the reason; marked ones stay the sender's own."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from tests.documents.fixtures import workbooks as made
from wenpan.documents.spreadsheets.cells import read_cell
from wenpan.documents.spreadsheets.workbook import Unreadable, address, annotate, read
from wenpan.economy.quality.finding import CheckFinding, Severity


@pytest.mark.parametrize("name", made.UNREADABLE)
def test_what_cannot_be_read_says_why_and_what_to_do(name: str) -> None:
    build, code = made.UNREADABLE[name]
    with pytest.raises(Unreadable) as refusal:
        read(build(), name)
    assert refusal.value.code == code
    assert "请" in refusal.value.message


def test_a_file_beyond_the_limit_is_not_opened() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(b"PK\x03\x04" + b"x" * 2_000_000, "大.xlsx", max_bytes=1_048_576)
    assert refusal.value.code == "too_large" and "1.9 MB" in refusal.value.message


def test_a_formatted_last_row_without_content_is_no_far_cell() -> None:
    data = made.with_sheet_xml(
        b'<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert read(data, "a.xlsx").sheets[0].rows == [[7.0]]


def test_empty_rows_and_columns_keep_the_addresses_true() -> None:
    sheet = read(made.xlsx([[None], [None, None, None], [None, None, 5]]), "a.xlsx").sheets[0]
    assert sheet.rows[2][2] == 5.0
    assert address(2, 2) == "C3" and address(0, 26) == "AA1" and address(9, 701) == "ZZ10"


def test_a_table_named_xls_that_is_plain_text_is_read_as_text() -> None:
    assert read("地区\t增速\n安禾区\t3.2\n".encode("gb18030"), "a.xls").sheets[0].rows[1] == ["安禾区", "3.2"]


def test_utf16_and_byte_order_marks_are_read() -> None:
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        assert read("地区,增速\n安禾区,3.2\n".encode(encoding), "a.csv").sheets[0].rows[0] == ["地区", "增速"]


def test_a_formula_never_calculated_is_told_apart_from_a_blank() -> None:
    sheet = read(made.changed("D5", "=1+1"), "a.xlsx").sheets[0]
    assert sheet.formulas_without_value == ["D5"]


def test_a_percent_format_is_seen_and_errors_keep_their_names() -> None:
    assert (2, 3) in read(made.percent_formats(), "a.xlsx").sheets[0].percent
    assert read(made.SHOULD_FAIL["error_cell"][0](), "a.xlsx").sheets[0].errors == {"D5": "#REF!"}


FINDINGS = [
    CheckFinding(
        "a", Severity.SOFT, "=cmd|' /C calc'!A0", "不低于上月", "请核实", "Sheet1", "D5", "固定资产投资"
    ),
    CheckFinding("b", Severity.HARD, "出错", "", "", "Sheet1", "D5", "固定资产投资"),
    CheckFinding("c", Severity.NOTE, "合并的标题", "", "", "Sheet1", "B1", ""),
]


def reopened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_marked_workbook_has_comments_fills_and_a_list() -> None:
    book = reopened(annotate(made.two_row_header(), "a.xlsx", FINDINGS))
    cell = book["Sheet1"]["D5"]
    assert "必须改正" in cell.comment.text and "不低于上月" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("FFC7CE")  # the worst of the two
    assert "合并的标题" in book["Sheet1"]["A1"].comment.text  # B1 lies in the merged title
    assert [c.value for c in book["核对结果"][2]][:3] == ["必须改正", "Sheet1", "D5"]
    assert book["Sheet1"]["A3"].value == "指标名称" and "A1:G1" in {
        str(r) for r in book["Sheet1"].merged_cells.ranges
    }


def test_a_finding_that_looks_like_a_formula_comes_back_as_text() -> None:
    cell = reopened(annotate(made.xlsx(made.TABLE), "a.xlsx", FINDINGS))["核对结果"]["E3"]
    assert cell.value.startswith("=cmd") and cell.data_type == "s" and cell.quotePrefix


def test_a_formula_in_a_csv_comes_back_as_text() -> None:
    book = reopened(annotate("地区,增速\n=1+1,3.2\n".encode(), "表.csv", []))
    assert book["表"]["A2"].data_type == "s"
    assert book["核对结果"]["A2"].value == "没有发现问题"


def test_an_earlier_comment_of_the_sender_is_kept() -> None:
    def comment(sheet) -> None:
        sheet["D5"].comment = openpyxl.comments.Comment("口径有调整", "统计局")

    marked = reopened(annotate(made.xlsx(made.TABLE, edit=comment), "a.xlsx", FINDINGS))
    assert marked["Sheet1"]["D5"].comment.text.startswith("口径有调整")


def test_a_broken_file_cannot_be_marked_and_says_why() -> None:
    with pytest.raises(Unreadable):
        annotate(made.xlsx(made.TABLE)[:-300], "a.xlsx", FINDINGS)


CELLS = [
    # value, percent format, kind, number, unit, rank
    (None, False, "missing", None, "", None),
    ("…", False, "missing", None, "", None),
    ("-", False, "not_assessed", None, "", None),
    ("——", False, "not_assessed", None, "", None),
    ("x", False, "not_assessed", None, "", None),
    (0, False, "number", "0", "", None),
    (61.199999999999996, False, "number", "61.2", "", None),
    (0.062, True, "number", "6.2", "%", None),
    ("1,291.92", False, "number", "1291.92", "", None),
    ("１，２３４．５", False, "number", "1234.5", "", None),
    ("３．２％", False, "number", "3.2", "%", None),
    ("－3.2", False, "number", "-3.2", "", None),
    ("下降3.2%", False, "number", "-3.2", "%", None),
    ("增长6.2个百分点", False, "number", "6.2", "%", None),
    ("3.2(8)", False, "number", "3.2", "", 8),
    ("3.2%（第8位）", False, "number", "3.2", "%", 8),
    ("(8)", False, "missing", None, "", 8),
    ("-(8)", False, "not_assessed", None, "", 8),
    ("3.2①", False, "number", "3.2", "", None),
    ("3.2²", False, "number", "3.2", "", None),
    ("3.2*", False, "number", "3.2", "", None),
    ("37.1亿元", False, "number", "37.1", "亿元", None),
    ("12 345.6", False, "number", "12345.6", "", None),
    ("3.2 8", False, "text", None, "", None),
    ("1,23", False, "text", None, "", None),
    ("增长-3.2", False, "text", None, "", None),
    ("▲3.2", False, "text", None, "", None),
    ("约3", False, "text", None, "", None),
    (True, False, "text", None, "", None),
    ("#DIV/0!", False, "error", None, "", None),
    (datetime(2022, 9, 10), False, "date", None, "", None),
]


@pytest.mark.parametrize(("value", "percent", "kind", "number", "unit", "rank"), CELLS)
def test_what_a_cell_says(value, percent, kind, number, unit, rank) -> None:
    cell = read_cell(value, percent)
    assert (cell.kind, cell.unit, cell.rank) == (kind, unit, rank)
    assert cell.value == (None if number is None else Decimal(number))
