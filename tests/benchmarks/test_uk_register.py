"""A foreign register: each way of writing is read, and what cannot be read is said, cell by cell."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from benchmarks.uk_reader import uk_kind
from benchmarks.uk_reader.cells import amount, day
from benchmarks.uk_reader.register import Register, key, read_register
from tests.shared_data import SHARED
from wenpan.documents.spreadsheets import workbook

HEAD = ("report_year,project,department,category,rag_raw,sro_raw,start,end,fy_budget_gbpm,fy_forecast_gbpm,"
        "fy_variance,whole_life_cost_gbpm,rag,rag_sro")  # fmt: skip
FIRST = '2021,Type 31e,MoD,,Amber,,01.04.16,31.03.24,Ł1.50,£3.00,100%,"Ł1,060.97",Amber,'


@pytest.fixture(scope="module")
def uk():
    return uk_kind()


@pytest.fixture
def read(uk):
    def of(*rows: str, head: str = HEAD) -> Register:
        data = "\n".join([head, *rows]).encode("utf-8")
        return read_register(workbook.read(data, "register.csv"), uk)

    return of


def said(register: Register) -> list[tuple[str, str]]:
    return [(f.check.removeprefix("register."), f.cell) for f in register.findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ł1,060.97", 1060.97),
        ("£25.80", 25.8),
        ("Ł9.60m", 9.6),
        ("-Ł2.60m", -2.6),
        ("450.37", 450.37),
        ("0", 0.0),
        ("-5", -5.0),
        ("Exempt under Section 43 of the Freedom of Information Act 2000", None),
        ("43 exempt", None),
        ("1-2", None),
        (",", None),
        ("", None),
    ],
)
def test_an_amount(uk, text: str, value: float | None) -> None:
    assert amount(text, uk) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019-03-31", date(2019, 3, 31)),
        ("31/03/2019", date(2019, 3, 31)),
        ("31.03.19", date(2019, 3, 31)),
        ("06/11/1987", date(1987, 11, 6)),
        ("01/04/2019", date(2019, 4, 1)),
        ("31.02.19", None),
        ("1/012/2014", None),
        ("March 2019", None),
        ("TBD", None),
        ("", None),
    ],
)
def test_a_date_where_the_day_comes_first(text: str, value: date | None) -> None:
    assert day(text) == value


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Smart Meters Programme", "SMART METERS", True),
        ("Common Platform (CP)", "Common platform", True),
        ("Search & Rescue Helicopters", "Search and Rescue Helicopters", True),
        ("100,000 Genomes Project", "100000 Genomes", True),
        ("HS2 Phase 2a", "HS2 Phase 2b", False),
        ("HS2 Phase1", "HS2 Phase 1", True),
    ],
)
def test_a_name_keeps_what_tells_projects_apart(uk, one: str, other: str, same: bool) -> None:
    assert (key(one, uk) == key(other, uk)) == same


def test_a_row_is_read_with_its_amounts_in_the_registers_own_unit(read) -> None:
    (entry,) = read(FIRST).entries
    assert (entry.name, entry.department, entry.on) == ("Type 31e", "MoD", date(2021, 3, 31))
    assert (entry.start, entry.finish) == (date(2016, 4, 1), date(2024, 3, 31))
    assert (entry.budget, entry.forecast, entry.cost) == (1.5, 3.0, 1060.97)
    assert (entry.rating, entry.light, entry.rated_by) == ("Amber", "YELLOW", "authority")


def test_before_2021_a_report_speaks_of_september_of_the_year_before(read) -> None:
    early, late = read("2020,A,X,,,,,01/01/2030,1,1,,1,Red,", "2021,B,X,,,,,01/01/2030,1,1,,1,Red,").entries
    assert (early.on, late.on) == (date(2019, 9, 30), date(2021, 3, 31))


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        ("2022,A,X,,,,01/04/2016,01/04/2026,1,1,,1,Red,", []),
        ("2022,A,X,,,,01/04/2016,01/04/2026,Ł1,1,,1,Red,", [("mangled_sign", "I2")]),
        ("2022,A,X,,,,01/04/2016,01/04/2026,Exempt under Section 43,1,,1,Red,", [("exempt", "I2")]),
        ("2022,A,X,,,,01/04/2016,Exempt under Section 27,1,1,,1,Red,", [("exempt", "H2")]),
        ("2022,A,X,,,,TBC,01/04/2026,1,1,,1,Red,", [("not_given", "G2")]),
        (
            "2022,A,X,,,,01/04/2016,01/04/2026,1,1,,Data not provided by department,Red,",
            [("not_given", "L2")],
        ),
        ("2022,A,X,,,,01/04/2016,No end date,1,1,,1,Red,", [("not_a_date", "H2")]),
        ("2022,A,X,,,,01/04/2016,31/02/2026,1,1,,1,Red,", [("not_a_date", "H2")]),
        ("2022,A,X,,,,01/04/2016,01/04/2026,1,about 5,,1,Red,", [("not_a_number", "J2")]),
        ("2022,A,X,,,,01/04/2016,01/04/2026,1,1,,1,Purple,", [("rating_unknown", "M2")]),
        ("2022,A,X,,,,01/04/2016,01/04/2026,1,1,,1,Exempt/none,", [("exempt", "M2")]),
        ("2022,A,X,,,,01/04/2026,01/04/2016,1,1,,1,Red,", [("finish_before_start", "H2")]),
        ("2022,,X,,,,01/04/2016,01/04/2026,1,1,,1,Red,", [("row", "B2")]),
        (",A,X,,,,01/04/2016,01/04/2026,1,1,,1,Red,", [("row", "A2")]),
    ],
)
def test_every_cell_that_is_not_plain_is_a_finding_at_its_address(read, row: str, findings: list) -> None:
    assert said(read(row)) == findings


def test_an_exempt_amount_is_missing_and_never_the_number_of_its_section(read) -> None:
    (entry,) = read("2022,A,X,,,,01/04/2016,01/04/2026,1,1,,Exempt under Section 43,Red,").entries
    assert entry.cost is None


def test_the_projects_own_rating_stands_where_the_authority_gives_none(read) -> None:
    (entry,) = read("2022,A,X,,,Green,01/04/2016,01/04/2026,1,1,,1,,Green").entries
    assert (entry.rating, entry.rated_by) == ("Green", "self")


def test_a_project_keeps_its_code_from_report_to_report(read) -> None:
    found = read(
        FIRST,
        "2022,TYPE 31E PROGRAM,MOD,,,,2016-04-01,2024-06-30,1,4,,9.6,,Green",
        "2022,Martlett,MOD,,,,2014-01-01,2026-01-01,1,1,,10,Red,",
        "2023,Martlet,MOD,,,,2014-01-01,2027-01-01,1,1,,10,Red,",
        "2023,Matelot,MOD,,,,2015-01-01,2026-01-01,1,1,,10,Red,",
    )
    codes = [entry.code for entry in found.entries]
    assert codes[0] == codes[1]
    assert codes[2] == codes[3]
    assert len(set(codes)) == 3
    assert [entry.linked for entry in found.entries] == ["", "name", "", "alike", ""]
    assert ("alike", "B5") in said(found)


def test_two_projects_of_one_name_in_one_report_are_not_followed(read) -> None:
    found = read(
        "2021,A,X,,,,01/04/2016,01/04/2026,1,1,,1,Red,",
        "2022,A,X,,,,01/04/2017,01/04/2026,1,1,,1,Red,",
        "2022,A Project,X,,,,01/04/2018,01/04/2026,1,1,,1,Red,",
    )
    assert len({entry.code for entry in found.entries}) == 3
    assert said(found) == [("name_twice", "B3"), ("name_twice", "B4")]


def test_a_code_does_not_depend_on_what_else_the_file_holds(read) -> None:
    other = "2021,Other,X,,,,01/04/2016,01/04/2026,1,1,,1,Red,"
    assert read(FIRST).entries[0].code == read(other, FIRST).entries[1].code


def test_a_file_without_the_registers_columns_says_which_are_missing(read) -> None:
    found = read("1,2,3", head="a,b,c")
    assert not found.entries
    assert said(found) == [("columns", "")]
    assert "project" in found.findings[0].expected


PANEL = SHARED / "data/uk_major_projects/gmpp_panel_2014_2023.csv"


@pytest.mark.shared
@pytest.mark.skipif(not PANEL.exists(), reason="the register is not in the shared folder")
def test_the_real_register_is_read_whole_and_followed_at_least_as_far_as_its_readme_says(uk) -> None:
    found = read_register(workbook.read(PANEL.read_bytes(), PANEL.name), uk)
    assert len(found.entries) == 1729
    assert max(Counter((e.on, e.code) for e in found.entries).values()) == 1
    assert sum(e.linked != "" for e in found.entries) >= 945
    checks = Counter(f.check for f in found.findings)
    assert checks["register.mangled_sign"] == 3150
    assert checks["register.exempt"] > 600
    assert all(f.cell for f in found.findings)
