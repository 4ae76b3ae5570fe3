"""The reader of the UK register: each way of writing that it holds, and no number out of a sentence."""

from __future__ import annotations

import importlib.util
import os
from datetime import date
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

REPO = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("WENPAN_SHARED", REPO.parent / "shared"))
PANEL = SHARED / "data/uk_major_projects/gmpp_panel_2014_2023.csv"
HEAD = ("report_year,project,department,category,rag_raw,sro_raw,start,end,fy_budget_gbpm,fy_forecast_gbpm,"
        "fy_variance,whole_life_cost_gbpm,rag,rag_sro")  # fmt: skip


@pytest.fixture(scope="module")
def uk() -> ModuleType:
    spec = importlib.util.spec_from_file_location("uk_register", REPO / "benchmarks/uk_register.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    rows = [
        "2021,Type 31e,MoD,,Amber,,01.04.16,31.03.24,Ł1.50,£3.00,100%,\"Ł1,060.97\",Amber,",
        "2022,TYPE 31E PROGRAM,HO,,,Green,2016-04-01,2024-06-30,Exempt under Section 4,4,,Ł9.60m,none,Green",
        "2022,Martlett,MOD,,Red,,2014-01-01,2026-01-01,1,1,,10,Red,",
        "2023,Martlet,MOD,,Red,,2014-01-01,TBD,1,1,,10,Red,",
        "2023,Matelot,MOD,,,,2015-01-01,2026-01-01,1,1,,10,Reset,",
    ]  # fmt: skip
    path = tmp_path / "panel.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ł1,060.97", 1060.97),
        ("£25.80", 25.8),
        ("Ł9.60m", 9.6),
        ("450.37", 450.37),
        ("0", 0.0),
        ("-5", -5.0),
        ("Exempt under Section 43 of the Freedom of Information Act 2000", None),
        ("43 exempt", None),
        ("", None),
        (None, None),
    ],
)
def test_an_amount(uk: ModuleType, text: str | None, value: float | None) -> None:
    assert uk.amount(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019-03-31", date(2019, 3, 31)),
        ("31/03/2019", date(2019, 3, 31)),
        ("31.03.19", date(2019, 3, 31)),
        ("06/11/1987", date(1987, 11, 6)),
        ("31.02.19", None),
        ("TBD", None),
        ("Exempt under Section 24", None),
        (None, None),
    ],
)
def test_a_date(uk: ModuleType, text: str | None, value: date | None) -> None:
    assert uk.day(text) == value


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
def test_a_name_keeps_what_tells_projects_apart(uk: ModuleType, one: str, other: str, same: bool) -> None:
    assert (uk.key(one) == uk.key(other)) == same


def test_the_projects_own_rating_stands_where_the_authority_gives_none(uk: ModuleType, panel: Path) -> None:
    assert uk.read(panel)["rating"].to_list() == ["Amber", "Green", "Red", "Red", None]


def test_an_exempt_amount_is_missing_and_counted(uk: ModuleType, panel: Path) -> None:
    assert uk.read(panel)["budget"].to_list() == [1.5, None, 1, 1, 1]
    found = uk.faults(panel)
    assert found["cells exempt from publication"] == 1
    assert found["cells with a mangled pounds sign"] == 3
    assert found["dates that are no date"] == 1


def test_projects_are_linked_by_name_or_by_a_like_name_with_the_same_start(
    uk: ModuleType, panel: Path
) -> None:
    assert uk.link(uk.read(panel)).rows() == [(0, 1, "name"), (2, 3, "alike")]


@pytest.mark.shared
@pytest.mark.skipif(not PANEL.exists(), reason="the register is not in the shared folder")
def test_the_real_register_is_read_and_linked_at_least_as_far_as_its_readme_says(uk: ModuleType) -> None:
    register = uk.read(PANEL)
    linked = uk.link(register)
    assert register.height == 1729
    assert linked["row"].is_unique().all()
    assert linked["next"].is_unique().all()
    ends = register.select("row", "end")
    both = linked.join(ends, on="row").join(ends.select(next="row", after="end"), on="next")
    both = both.drop_nulls(["end", "after"])
    assert both.height >= 945
    slipped = ((pl.col("after") - pl.col("end")).dt.total_days() > 30).mean()
    assert both.select(slipped).item() == pytest.approx(0.25, abs=0.02)
