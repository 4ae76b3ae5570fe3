"""The forms out and in again; and the real forms of a zone, filled with ten rows of our own each."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.shared_data import SHARED
from wenpan.documents.deals.deal_rows import deal_rows
from wenpan.documents.deals.forms import DealForm, form_workbook, in_unit
from wenpan.documents.spreadsheets.workbook import Unreadable
from wenpan.documents.spreadsheets.workbook import read as read_workbook
from wenpan.documents.tables.interpret import interpret
from wenpan.documents.tables.reading import Context, Reading
from wenpan.economy.funnel.money import Money, read_money
from wenpan.rules import RuleError, workbook_kinds
from wenpan.rules.deals import deal_forms, stage_rules

TEMPLATES = SHARED / "data" / "deal_templates"
DAY = date(2022, 9, 30)
FORMS = deal_forms()
REAL = {
    "domestic-negotiating.xlsx": "negotiating-domestic", "domestic-landed.xlsx": "landed-domestic",
    "foreign-landed.xlsx": "landed-foreign",
}  # fmt: skip
real = pytest.mark.skipif(not TEMPLATES.is_dir(), reason="the shared folder is not here")


def read(data: bytes) -> Reading:
    context = Context({}, {}, {"招商局": "zs", "桐溪镇": "tongxi"}, "", {}, workbook_kinds())
    return interpret(read_workbook(data, "招商.xlsx"), context)


def cell(key: str, header: str, number: int) -> object:
    """Our own value for a column: every third row has an odd writing."""
    if key in ("unit", "town"):
        return {"unit": "招商局", "town": "桐溪镇"}[key]
    if key == "uscc":
        return "91110000600037341L"
    if key.endswith("phone"):
        return 13313311331.0 + number
    if key.endswith("_on"):
        return [datetime(2022, 3, number + 1), f"2022年3月{number + 1}日", f"2022.3.{number + 1}"][number % 3]
    if "元）" in header:
        return [12000.5 + number, f"{1200 + number}", f"{number + 1}.25亿元"][number % 3]
    coded = {
        "industry": "工业类项目_01",
        "country": "中国台湾_002",
        "ownership": "国有_01",
        "new_format": "否",
    }
    return coded.get(key, f"{header.strip()[:6]}之{number}")


def expected(key: str, header: str, number: int) -> str:
    value = cell(key, header, number)
    if key.endswith("_on"):
        return date(2022, 3, number + 1).isoformat()
    if "元）" in header:
        unit = header.rsplit("（", 1)[1].rstrip("） ")
        return str(read_money(value, unit))
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def as_read(row, key: str) -> str:
    if key in ("unit", "town"):
        return {"zs": "招商局", "tongxi": "桐溪镇"}[getattr(row, key)]
    value = row.record[key]
    return "" if value is None else str(value)


def check_without_loss(data: bytes, columns: list[tuple[str, str]], count: int = 10) -> None:
    rows, findings = deal_rows(read(data), stage_rules(DAY), DAY)
    assert len(rows) == count
    assert [f for f in findings if f.severity.value != "note"] == []
    for number, row in enumerate(rows):
        got = {key: as_read(row, key) for key, _ in columns}
        assert got == {key: expected(key, header, number) for key, header in columns}


@pytest.mark.shared
@real
@pytest.mark.parametrize("name", REAL)
def test_ten_rows_of_the_real_forms_are_read_without_loss(name):
    book = openpyxl.load_workbook(TEMPLATES / name)
    columns = list(FORMS[REAL[name]].columns)
    for number in range(10):
        for index, (key, header) in enumerate(columns, 1):
            book.worksheets[0].cell(5 + number, index, cell(key, header, number))
    out = io.BytesIO()
    book.save(out)
    check_without_loss(out.getvalue(), columns)
    notes = [f.check for f in read(out.getvalue()).findings]
    assert notes.count("records.example_row") == 1


@pytest.mark.shared
@real
def test_ten_rows_of_the_short_form_are_read_without_loss():
    book = openpyxl.load_workbook(TEMPLATES / "domestic-short.xlsx")
    sheet = book.worksheets[0]
    keys = "name investor investor_firm investor_about company uscc ownership landed_on about industry"
    keys += " industry_middle industry_small"
    columns = [(key, str(sheet.cell(1, i).value)) for i, key in enumerate(keys.split(), 1)]
    for number in range(10):
        for index, (key, header) in enumerate(columns, 1):
            sheet.cell(2 + number, index, cell(key, header, number))
    out = io.BytesIO()
    book.save(out)
    check_without_loss(out.getvalue(), columns)


@pytest.mark.shared
@real
@pytest.mark.parametrize("name", REAL)
def test_our_forms_have_the_headers_of_the_real_ones(name):
    sheet = openpyxl.load_workbook(TEMPLATES / name).worksheets[0]
    ours = openpyxl.load_workbook(io.BytesIO(form_workbook(FORMS[REAL[name]], [], "题"))).worksheets[0]
    width = len(FORMS[REAL[name]].columns)
    for column in range(1, width + 1):
        theirs = sheet.cell(3, column).value or sheet.cell(2, column).value
        assert (ours.cell(3, column).value or ours.cell(2, column).value) == theirs
    groups = [g.name for g in FORMS[REAL[name]].groups if g.name]
    assert groups == [v for c in range(1, width + 1) if (v := sheet.cell(2, c).value) in groups]


@pytest.mark.shared
@real
def test_a_damaged_package_is_refused_with_a_reason():
    with pytest.raises(Unreadable) as refused:
        read_workbook((TEMPLATES / "damaged-package.xlsx").read_bytes(), "damaged-package.xlsx")
    assert refused.value.message


@pytest.mark.parametrize("code", list(FORMS))
def test_every_form_goes_out_and_comes_in_again(code):
    form = FORMS[code]
    values = {
        "name": "安禾智造", "investor": "甲公司", "uscc": "91110000600037341L", "industry": "工业类项目_01",
        "agreed": Money(Decimal("12000.5")), "contract_foreign": Money(Decimal(500), "USD"), "note": "=1+1",
        "landed_on": date(2022, 3, 4), "signed_on": date(2022, 3, 4), "filler_phone": "13313311331",
        "unit": "招商局", "progress": "+已考察",
    }  # fmt: skip
    reading = read(form_workbook(form, [values], form.name))
    (row,), _ = deal_rows(reading, stage_rules(DAY), DAY)
    for key, _header in form.columns:
        if key in values:
            given = values[key] if key != "unit" else "招商局"
            assert as_read(row, key) == str(given), key


def test_an_amount_in_another_currency_keeps_its_own_unit():
    assert in_unit(Money(Decimal(12000)), "亿元") == Decimal("1.2")
    assert in_unit(Money(Decimal(12000)), "万美元") is None
    data = form_workbook(
        FORMS["landed-foreign"], [{"name": "甲", "agreed": Money(Decimal(12000))}], "外资签约落地"
    )
    written = [c.value for c in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0][4]]
    assert "12000万元" in written


def test_a_form_with_a_column_that_no_ledger_knows_is_refused(tmp_path: Path):
    folder = tmp_path / "rules" / "deals"
    folder.mkdir(parents=True)
    text = (Path(__file__).parents[3] / "wenpan/rules/deals/forms.yaml").read_text(encoding="utf-8")
    (folder / "forms.yaml").write_text(
        text.replace("{code: '项目编号'}", "{nobody: '项目编号'}"), encoding="utf-8"
    )
    with pytest.raises(RuleError, match="nobody"):
        deal_forms(tmp_path)
    with pytest.raises(ValueError, match="只能是一列"):
        DealForm.from_data({"code": "a", "name": "a", "groups": [{"columns": {"a": "甲", "b": "乙"}}]})
