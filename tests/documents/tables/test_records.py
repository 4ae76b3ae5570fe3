"""Record tables: columns by words and units, and what is not exact is a finding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wenpan.documents.spreadsheets.workbook import Book, Sheet
from wenpan.documents.tables.interpret import interpret
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.reading import Context
from wenpan.rules import workbook_kinds


def read(*rows, kinds=None, merged=(), name="表1", filename="表.xlsx", **more):
    units = more.pop("units", {"桐溪镇": "tongxi"})
    context = Context({}, {}, units, "", {}, kinds or workbook_kinds(), **more)
    return interpret(Book((Sheet(name, [list(r) for r in rows], merged=merged),), filename), context)


HEAD = ["项目代码", "项目名称", "所在镇街", "计划总投资（万元）", "计划竣工时间"]


def codes(reading):
    return [finding.check for finding in reading.findings]


def test_a_header_is_known_by_its_words_wherever_it_stands():
    reading = read(
        ["某区在库项目清单"], [None, "填报单位: 统计局"], HEAD, ["A1", "智造园", "桐溪镇", 800.0, "2023年3月"]
    )
    [record] = reading.records
    assert reading.kind == "statistics_projects"
    assert dict(record.values) == {
        "code": "A1",
        "name": "智造园",
        "unit": "tongxi",
        "planned_total": Decimal("800"),
        "planned_finish": "2023-03",
    }
    assert (record.sheet, record.cell("planned_total")) == ("表1", "D4")


def test_the_unit_of_the_sheet_counts_where_the_header_names_none():
    head = [*HEAD[:3], "计划总投资", HEAD[4]]
    reading = read(["清单"], ["单位:亿元"], head, ["A1", "智造园", "桐溪镇", 0.5, "2023-03"])
    assert reading.records[0]["planned_total"] == Decimal("5000")
    assert codes(reading) == []


@pytest.mark.parametrize("text", ["2022年下半年", "待定", "2022年", "三季度", "2022年底前", "2022.1"])
def test_a_date_that_names_no_month_is_asked_about(text):
    reading = read(HEAD, ["A1", "智造园", "桐溪镇", 800.0, text])
    assert codes(reading) == ["records.date_as_text"]
    assert reading.records[0]["planned_finish"] is None


@pytest.mark.parametrize("value", ["2022年9月", "2022-09", "2022.09", "202209", 202209.0, "2022/9"])
def test_a_month_is_read_however_it_is_written(value):
    assert read(HEAD, ["A1", "智造园", "桐溪镇", 800.0, value]).records[0]["planned_finish"] == "2022-09"


def test_merged_rows_are_refused_at_their_place():
    rows = [HEAD, ["A1", "智造园", "桐溪镇", 800.0, None], [None, None, "桐溪镇", 900.0, None]]
    reading = read(*rows, merged=((1, 0, 2, 0), (1, 1, 2, 1)))
    places = [f.cell for f in reading.findings if f.check == "records.merged_rows"]
    assert places == ["A2", "B2"]


def test_a_total_row_is_no_project():
    reading = read(HEAD, ["A1", "智造园", "桐溪镇", 800.0, None], ["合计", None, None, 800.0, None])
    assert [r["code"] for r in reading.records] == ["A1"]
    assert "records.total_row" in codes(reading)


def test_last_years_column_is_not_this_years():
    head = ["项目代码", "去年同期累计完成投资(万元)", "自开工累计完成投资(万元)"]
    reading = read(["2022年9月投资项目月报"], head, ["A1", 10.0, 20.0])
    assert (reading.kind, reading.period) == ("project_returns", "2022-09")
    assert reading.records[0]["cumulative"] == Decimal("20")


def test_a_figure_column_may_name_its_month():
    head = ["项目代码", "截至2022年9月自开工累计完成投资(万元)", "2022年1-9月本年完成投资(万元)"]
    reading = read(["2022年9月投资项目月报"], head, ["A1", 20.0, 5.0])
    assert dict(reading.records[0].values) == {
        "code": "A1",
        "cumulative": Decimal("20"),
        "this_year": Decimal("5"),
    }
    assert not reading.records[0].series


def test_columns_of_months_are_a_series():
    reading = read(["累计完成投资", "单位:万元"], ["项目代码", "2022年1月", "2022年2月"], ["A1", None, 30.0])
    assert dict(reading.records[0].series) == {"2022-02": 30.0}
    assert (reading.period, reading.records[0].cell("2022-02")) == ("2022-02", "C3")


def test_a_file_name_that_names_another_month_is_asked_about():
    head = ["项目代码", "自开工累计完成投资(万元)"]
    reading = read(["2022年9月投资项目月报"], head, ["A1", 20.0], filename="2022年8月.xlsx")
    assert "period.filename_differs" in codes(reading)


def test_a_table_of_indicators_is_no_record_table():
    reading = read(["主要经济指标"], ["指标名称", "累计(亿元)"], ["固定资产投资", 3.0])
    assert reading.records == []


def test_a_kind_with_a_wrong_column_type_is_refused():
    kind = WorkbookKind.from_data(
        {"code": "k", "name": "表", "produces": "records", "columns": {"a": {"type": "colour"}}}
    )
    with pytest.raises(ValueError, match="type 应为"):
        read(["a", "b"], kinds={"k": kind})


def test_a_formula_that_fails_is_told_and_is_no_blank():
    rows = [HEAD, ["A1", "智造园", "桐溪镇", None, "2023年3月"]]
    sheet = Sheet("表1", rows, errors={"D2": "#REF!"})
    context = Context({}, {}, {"桐溪镇": "tongxi"}, "", {}, workbook_kinds())
    reading = interpret(Book((sheet,), "表.xls"), context)
    assert [(f.check, f.cell, f.found) for f in reading.findings if f.cell == "D2"] == [
        ("records.error", "D2", "公式出错: #REF!")
    ]
