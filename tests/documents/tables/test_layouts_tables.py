"""Layouts: tables as districts pass them round become figures, whatever their header looks like."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.place import codes, facts, figure, reading
from wenpan.documents.tables.interpret import WorkbookKind
from wenpan.economy.quality.finding import Severity


@pytest.mark.parametrize("name", made.SHOULD_PASS)
def test_what_should_pass_has_no_hard_finding(name: str) -> None:
    got = reading(made.SHOULD_PASS[name](), "表.csv" if "csv" in name else "表.xlsx")
    assert [f for f in got.findings if f.severity is Severity.HARD] == []
    assert got.unknown is None and (got.figures or got.targets)


@pytest.mark.parametrize("name", made.SHOULD_FAIL)
def test_what_should_fail_is_a_finding_of_its_own(name: str) -> None:
    build, code = made.SHOULD_FAIL[name]
    got = reading(build())
    assert code in codes(got), [(f.check, f.found) for f in got.findings]
    finding = next(f for f in got.findings if f.check == code)
    assert finding.found and (finding.sheet or code.startswith("period"))


def test_merged_two_row_headers_bases_ranks_and_months() -> None:
    got = reading(made.two_row_header())
    assert (got.kind, got.period, got.period_from, got.rows) == ("indicator_table", "2022-09", "title", 8)
    table = facts(got)
    assert table["C5"] == ("anhe", "gdp", "2022-Q3", "ytd", "natural", "1291.92")
    assert table["D5"] == ("anhe", "gdp", "2022-Q3", "ytd_growth", "natural", "6.2")
    assert table["G6"] == ("anhe", "industry_va", "2022-09", "month_growth", "natural", "9.2")
    assert table["D8"] == ("anhe", "fai", "2022-09", "ytd_growth", "natural", "-3.2")
    assert table["C9"] == ("anhe", "fai_estate", "2022-09", "ytd", "natural", "1234.5")
    assert table["D9"] == ("anhe", "fai_estate", "2022-09", "ytd_growth", "natural", "-5.5")
    assert table["C10"] == ("anhe", "revenue", "2022-09", "ytd", "natural", "70.11")
    assert table["F10"] == ("anhe", "revenue", "2022-09", "month", "natural", "8.1")
    assert table["D11"] == ("anhe", "revenue", "2022-09", "ytd_growth", "comparable", "3.2")
    assert table["D12"] == ("anhe", "services", "2022-08", "ytd_growth", "natural", "5.5")
    assert table["C13"] == ("anhe", "deposits", "2022-09", "balance", "natural", "1E+3")
    assert {(r.indicator, r.basis): r.rank for r in got.ranks if r.measure == "ytd_growth"} == {
        ("gdp", "natural"): 4, ("industry_va", "natural"): 3, ("fai", "natural"): 10,
        ("fai_estate", "natural"): 7,
        ("revenue", "natural"): 8, ("revenue", "comparable"): 5, ("services", "natural"): 2,
    }  # fmt: skip
    assert len(got.notes) == 2


def test_an_old_xls_reads_like_the_xlsx_that_it_was_made_from() -> None:
    old = (
        Path(__file__).parents[1] / "fixtures" / "two_row_header.xls"
    )  # written by LibreOffice from two_row_header()
    assert facts(reading(old.read_bytes(), "表.xls")) == facts(reading(made.two_row_header()))


def test_the_text_stays_as_published_and_the_number_is_in_the_unit_of_the_catalogue() -> None:
    got = reading(made.two_row_header())
    assert figure(got, "C10").text == "701100" and figure(got, "C10").value == Decimal("70.11")
    assert figure(got, "C10").unit == "亿元" and figure(got, "C10").factor == "0.0001"
    assert figure(got, "D8").text == "下降3.2%"


def test_not_reported_and_not_assessed_are_two_things() -> None:
    rows = [
        [made.TITLE],
        made.HEADER,
        ["社会消费品零售总额", "亿元", "-", "…"],
        ["进出口总额", "亿元", None, 1.0],
    ]
    table = facts(reading(rows))
    assert table["C3"][-1] == "not_assessed" and table["D3"][-1] == "missing" and table["C4"][-1] == "missing"


def test_a_column_that_an_indicator_never_has_makes_no_empty_figure() -> None:
    assert "C4" not in facts(reading(made.xlsx(made.TABLE)))  # 规上工业 publishes no level


def test_units_in_headers_and_months_beside_totals() -> None:
    got = facts(reading(made.units_in_headers()))
    assert got["B3"][3:] == ("ytd", "natural", "440.96") and got["D3"][3:] == ("month", "natural", "5E+1")
    assert got["C3"][3:] == ("ytd_growth", "natural", "4.1") and got["E3"][3] == "month_growth"


def test_a_number_shown_as_percent_is_read_as_shown() -> None:
    got = figure(reading(made.percent_formats()), "D3")
    assert (got.value, got.text) == (Decimal("6.2"), "6.2%")


def test_districts_in_rows_with_groups_of_columns() -> None:
    got = reading(made.districts_in_rows())
    table = facts(got)
    assert got.kind == "city_table"
    assert table["B4"] == ("ninglan", "fai", "2022-09", "ytd_growth", "natural", "3.1")
    assert table["B7"] == ("xilan", "fai", "2022-09", "ytd_growth", "natural", "4")
    assert table["D6"] == ("donglan", "retail", "2022-09", "ytd", "natural", "1E+1")
    assert table["E6"] == ("donglan", "retail", "2022-09", "ytd_growth", "natural", "-2.2")
    ranks = {(r.indicator, r.region, r.measure): r.rank for r in got.ranks}
    assert ranks[("fai", "xilan", "ytd_growth")] == 2 and ranks[("retail", "donglan", "ytd_growth")] == 3


def test_districts_in_columns_are_the_same_table() -> None:
    got = reading(made.districts_in_columns())
    table = facts(got)
    assert got.kind == "city_table"
    assert table["E3"] == ("donglan", "fai", "2022-09", "ytd_growth", "natural", "5.1")
    assert table["C4"] == ("ninglan", "retail", "2022-09", "ytd", "natural", "1E+2")
    assert table["F5"] == ("xilan", "retail", "2022-09", "ytd_growth", "natural", "1.5")


def test_long_rows_carry_their_own_periods_and_units() -> None:
    got = reading(made.long_rows())
    assert (got.kind, got.period, got.period_from) == ("long_table", "2022-09", "cells")
    assert facts(got) == {
        "E2": ("anhe", "fai", "2022-09", "ytd_growth", "natural", "-3.2"),
        "E3": ("donglan", "retail", "2022-09", "ytd", "natural", "1E+1"),
        "E4": ("donglan", "gdp", "2022-Q3", "ytd_growth", "natural", "4.4"),
    }


def test_a_csv_that_lost_its_merges_reads_like_the_workbook() -> None:
    for encoding in ("utf-8", "gb18030"):
        table = facts(reading(made.csv_with_broken_merges(encoding), "表.csv"))
        assert table["C4"][3:] == ("ytd", "natural", "1291.92") and table["D5"][3:] == (
            "ytd_growth",
            "natural",
            "-3.2",
        )


def test_the_period_is_asked_for_and_then_taken() -> None:
    data = made.SHOULD_FAIL["no_month"][0]()
    assert reading(data).period is None and reading(data).figures == []
    given = reading(data, period="2022-09")
    assert (given.period, given.period_from) == ("2022-09", "person") and given.figures


def test_a_given_month_that_contradicts_the_title_is_refused() -> None:
    assert "period.title_differs" in codes(reading(made.xlsx(made.TABLE), period="2022-08"))


def test_the_file_name_may_give_the_year_and_must_not_contradict() -> None:
    rows = [["主要经济指标"], ["指标名称", "计量单位", "1—9月", "增速"], ["固定资产投资", "%", "-", 3]]
    named = reading(rows, "2022年9月主要指标.xlsx")
    assert (named.period, facts(named)["D3"][2]) == ("2022-09", "2022-09")
    assert "period.filename_differs" in codes(reading(made.xlsx(made.TABLE), "2022年8月.xlsx"))
    assert "period.filename_differs" not in codes(reading(made.xlsx(made.TABLE), "2022年9月.xlsx"))


def test_the_day_of_printing_above_the_table_is_not_its_month() -> None:
    for day in ("2022-10-18", "2022.10.18", "2022年10月18日", datetime(2022, 10, 18)):
        rows = [[made.TITLE], ["安禾区统计局", None, day], *made.TABLE[1:]]
        assert codes(reading(rows)) == set(), day


def test_last_months_column_for_comparison_keeps_its_own_month() -> None:
    rows = [
        ["2022年1—9月主要经济指标"],
        ["指标名称", "1—8月增速(%)", "1—9月增速(%)"],
        ["固定资产投资", -5.0, -3.2],
        ["进出口总额", 1, 2],
    ]
    table = facts(reading(rows))
    assert table["B3"][2] == "2022-08" and table["C3"][2] == "2022-09"


def test_a_quarterly_indicator_between_quarters_is_the_last_quarter_s() -> None:
    rows = [
        ["2022年1—8月主要经济指标"],
        ["指标名称", "计量单位", "累计", "增速(%)"],
        ["地区生产总值", "亿元", 800, 5.1],
        ["规上服务业营业收入", "%", "-", 5.5],
    ]
    got = reading(rows)
    assert facts(got)["C3"][2] == "2022-Q2" and facts(got)["D4"][2] == "2022-07"
    assert "period.earlier" in codes(got)


def test_last_year_s_column_is_not_read() -> None:
    rows = [
        ["2022年1—9月主要指标"],
        ["指标", "单位", "1—9月", "去年同期", "比去年同期增长(%)"],
        ["进出口总额", "亿元", 5, 4, 25],
        ["社零总额", "亿元", 5, 4, 25],
    ]
    assert {c: v[3] for c, v in facts(reading(rows)).items() if c.endswith("3")} == {
        "C3": "ytd",
        "E3": "ytd_growth",
    }


def test_an_indicator_is_never_matched_by_likeness() -> None:
    got = reading([[made.TITLE], made.HEADER, ["工业", "%", "-", 5], ["固定资产投资", "%", "-", 5]])
    assert {f.indicator for f in got.figures} == {"fai"} and "indicators.unknown" in codes(got)


UNKNOWN = [["2022年1—9月情况"], ["事项", "甲数", "乙数"], ["固定资产投资", -3.2, 10], ["进出口总额", 5, 4]]


def test_an_unknown_layout_is_shown_with_guesses_and_a_mapping_makes_it_read() -> None:
    first = reading(UNKNOWN)
    assert first.unknown is not None and first.figures == []
    assert [c.guess["role"] for c in first.unknown.columns] == ["indicator", "figure", "figure"]
    columns = {
        "0": {"role": "indicator"},
        "1": {"role": "figure", "measure": "ytd_growth", "basis": "comparable"},
        "2": {"role": "rank"},
    }
    mapping = {"kind": "indicator_table", "header_rows": first.unknown.header_at, "columns": columns}
    got = reading(UNKNOWN, layouts={first.unknown.signature: mapping})
    assert facts(got)["B3"] == ("anhe", "fai", "2022-09", "ytd_growth", "comparable", "-3.2")
    assert [r.rank for r in got.ranks] == [10, 4]


def test_next_month_s_file_has_the_same_signature_wherever_its_header_stands() -> None:
    def signature(month: int, *, above: int) -> str:
        rows = [
            [f"2022年1—{month}月情况"],
            *([None] for _ in range(above)),
            ["事项", f"1-{month}月甲", "乙数"],
            *UNKNOWN[2:],
        ]
        return reading(rows).signature

    assert signature(9, above=0) == signature(10, above=2) != reading(UNKNOWN).signature


def test_regions_are_guessed_only_when_asked() -> None:
    rows = [["2022年9月各区县"], ["地区", "固定资产投资增速(%)"], ["甲县", 1], ["乙区", 2]]
    got = reading(rows, guess_regions=True, regions={})
    assert {f.region for f in got.figures} == {"甲县", "乙区"}


def test_a_kind_with_a_wrong_key_says_which() -> None:
    with pytest.raises(ValueError, match="titels"):
        WorkbookKind.from_data({"code": "a", "name": "甲", "titels": ["x"]})
    with pytest.raises(ValueError, match="rolle"):
        WorkbookKind.from_data({"code": "a", "name": "甲", "roles": {"rolle": ["x"]}})


# -- targets ---------------------------------------------------------------------------------


def test_targets_with_their_setters_comparisons_and_carriers() -> None:
    got = reading(made.targets())
    assert (got.kind, got.period) == ("annual_targets", "2022-12")
    said = {
        (t.cell, t.measure): (t.indicator, t.unit, t.comparison, str(t.value.normalize()), t.set_by)
        for t in got.targets
    }
    assert said == {
        ("C3", "ytd_growth"): ("fai", "", ">=", "6", "congress"),
        ("D3", "ytd_growth"): ("fai", "", ">=", "6.5", "city"),
        ("E3", "ytd_growth"): ("fai", "", ">=", "7", "district"),
        ("G3", "ytd_growth"): ("fai", "txz", ">=", "8", "district"),
        ("C4", "ytd"): ("revenue", "", ">=", "37.1", "congress"),
        ("D4", "ytd"): ("revenue", "", ">=", "42", "city"),
        ("E4", "ytd"): ("revenue", "", ">=", "37", "district"),
        ("C5", "ytd_growth"): ("energy_intensity", "", "<=", "-3", "congress"),
        ("D5", "ytd_growth"): ("energy_intensity", "", "<=", "-3", "city"),
        ("C6", "ytd"): ("retail", "", ">=", "3.7E+2", "congress"),
        ("C6", "ytd_growth"): ("retail", "", ">=", "6", "congress"),
        ("F6", "ytd_growth"): ("retail", "swj", ">=", "4", "district"),
    }
    assert {t.document for t in got.targets} == {"《政府工作报告》(安政发〔2022〕1号)"}
    assert {f.cell for f in got.findings if f.check == "targets.no_number"} == {"E5", "E6"}
    assert {f.cell for f in got.findings if f.check == "targets.about"} == {"F6"}


def test_of_two_sheets_the_one_that_a_person_left_out_brings_nothing_and_asks_nothing() -> None:
    def rows(growth: float, name: str = "固定资产投资") -> made.Rows:
        return [["2022年1—9月主要指标"], ["指标", "单位", "累计增速(%)"], [name, "%", growth]]

    def draft(sheet: Any) -> None:
        other = sheet.parent.create_sheet("附表2")
        for row in rows(99.0, "进出口总额"):
            other.append(row)

    data = made.xlsx(rows(-3.2), name="公布", edit=draft)
    first = reading(data)
    assert {f.value for f in first.figures} == {Decimal("-3.2"), Decimal("99")}
    out = next(t for t in first.tables if t.sheet == "附表2")
    columns = {str(c.index): {"role": "ignore"} for c in out.columns}
    at = list(out.header_at)
    left = {"kind": "indicator_table", "header_rows": at, "header_at": at, "columns": columns}
    got = reading(data, layouts={out.signature: left})
    assert {f.value for f in got.figures} == {Decimal("-3.2")} and got.question is None


def test_a_district_s_fiscal_table_with_heads_broken_over_lines_is_read() -> None:
    rows = [
        ["2015年1-4月安禾区财政收支情况"],
        ["项目\n名称", "计算\n单位", "1-4月\n累计", "比上年同期\n增长(%)", "结构\n(%)"],
        ["一般公共预算收入", "万元", 224000, 4.6, 100],
        ["  税收收入", "万元", 160100, -1.4, 71.5],
        ["    增值税(现税和免抵调)", "万元", 40100, 3.3, 17.9],
    ]
    got = reading(rows)
    assert set(facts(got)) == {"C3", "D3", "C4", "D4"}
    assert any(
        "现税和免抵调" in f.found for f in got.findings
    )  # another basis of the same tax: said, not read
