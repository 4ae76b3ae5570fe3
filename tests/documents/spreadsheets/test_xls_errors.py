"""Errors in the cells of an old .xls: told with their place, never read as blanks."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.fixtures import workbooks as made
from tests.documents.tables.test_layouts_tables import reading
from wenpan.documents.spreadsheets import xls_errors
from wenpan.documents.spreadsheets.workbook import read

FIXTURES = Path(__file__).parents[1] / "fixtures"
SMALL = (FIXTURES / "errors.xls").read_bytes()  # the workbook lies in the file's small sectors
LARGE = (FIXTURES / "errors_long.xls").read_bytes()  # in sectors of its own; both by LibreOffice


def test_a_formula_that_fails_keeps_its_error_and_its_address():
    assert read(SMALL, "表.xls").sheets[0].errors == {"D5": "#DIV/0!", "D6": "#N/A"}


def test_each_sheet_has_its_own_errors():
    first, second = read(LARGE, "表.xls").sheets
    assert first.errors == {"D5": "#DIV/0!", "D6": "#N/A"}
    assert second.errors == {"C150": "#DIV/0!"}


def test_an_error_in_a_table_of_indicators_is_a_finding_at_its_cell_and_no_missing_figure():
    got = reading(SMALL, "表.xls")
    told = {f.cell: f.found for f in got.findings if f.check == "cells.error"}
    assert told == {"D5": "公式出错: #DIV/0!", "D6": "公式出错: #N/A"}
    assert not [figure for figure in got.figures if figure.cell in told]


def test_what_is_no_xls_has_no_errors():
    assert xls_errors.errors(made.xlsx(made.TABLE)) == []
    assert xls_errors.errors(b"") == []


@given(at=st.integers(0, len(SMALL) - 1), byte=st.integers(0, 255))
def test_a_damaged_file_is_read_as_far_as_it_goes(at: int, byte: int):
    damaged = bytearray(SMALL)
    damaged[at] = byte
    for sheet in xls_errors.errors(bytes(damaged)):
        assert all(error.startswith("#") for error in sheet.values())


@given(st.integers(0, len(LARGE)))
def test_a_file_that_was_cut_is_read_as_far_as_it_goes(length: int):
    whole = [error for sheet in xls_errors.errors(LARGE) for error in sheet.items()]
    assert all(error in whole for sheet in xls_errors.errors(LARGE[:length]) for error in sheet.items())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_every_error_of_a_spreadsheet_is_known_by_its_name(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    wanted = {
        "A1": ("=1/0", "#DIV/0!"),
        "B2": ("=NA()", "#N/A"),
        "C3": ('=VALUE("x")', "#VALUE!"),
        "AB4": ("=#REF!", "#REF!"),
    }
    for cell, (formula, _said) in wanted.items():
        sheet[cell] = formula
    sheet["A5"] = 1
    book.save(tmp_path / "e.xlsx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to",
         "xls:MS Excel 97", "--outdir", str(tmp_path), str(tmp_path / "e.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert xls_errors.errors((tmp_path / "e.xls").read_bytes()) == [
        {cell: said for cell, (_, said) in wanted.items()}
    ]
