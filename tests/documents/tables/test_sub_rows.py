"""其中:工业 means what the catalogue says under the indicator above it, or it is asked about."""

# ruff: noqa: E501  (tables of cases read better in one line)
from __future__ import annotations

import pytest

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.place import codes, reading
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.economy.quality.finding import Severity
from wenpan.rules import catalogue, workbook_kinds


def table(*names: str):
    """A table of these rows; the n-th row's growth is n."""
    rows = [[name, "%", "-", None if name.strip(" :：") == "其中" else n] for n, name in enumerate(names, 1)]
    return reading(made.xlsx([[made.TITLE], made.HEADER[:4], *rows]))


def read(*names: str) -> dict[float, str]:
    """Which indicator each row's number was read as."""
    return {float(f.value): f.indicator for f in table(*names).figures if f.value is not None}


FAI, POWER = "固定资产投资", "全社会用电量"
READ = [
    ("a marked row is a part of the one above", (FAI, "其中:工业"), {1: "fai", 2: "fai_industry"}),
    ("the same words mean another part under another parent", (FAI, "其中：工业", POWER, "其中：工业"),
     {1: "fai", 2: "fai_industry", 3: "electricity", 4: "industry_electricity"}),
    ("with growth words and units", (FAI, "其中:工业增速(%)"), {1: "fai", 2: "fai_industry"}),
    ("a number sign says the same", (FAI, "#工业", "#民间"), {1: "fai", 2: "fai_industry", 3: "fai_private"}),
    ("the rows below the first 其中 belong to it", (FAI, "其中:工业", "基础设施", "民间"),
     {1: "fai", 2: "fai_industry", 3: "fai_infrastructure", 4: "fai_private"}),
    ("also below a part with its full name", (FAI, "其中:房地产开发投资", "工业"), {1: "fai", 2: "fai_estate", 3: "fai_industry"}),
    ("below a line that says only 其中", (FAI, "其中:", "工业", "民间"), {1: "fai", 3: "fai_industry", 4: "fai_private"}),
    ("set in by spaces", (FAI, "　　工业"), {1: "fai", 2: "fai_industry"}),
    ("the next indicator ends the list", (FAI, "其中:工业", POWER, "工业"), {1: "fai", 2: "fai_industry", 3: "electricity"}),
    ("a full name needs no parent", ("其中:税收收入", "其中:工业投资"), {1: "tax", 2: "fai_industry"}),
]  # fmt: skip


@pytest.mark.parametrize(("names", "found"), [c[1:] for c in READ], ids=[c[0] for c in READ])
def test_a_sub_row_is_read_by_the_indicator_above_it(names, found):
    assert read(*names) == found


ASKED = [
    ("nothing stands above it", ("其中:工业",), "上面没有它所属的指标"),
    ("the one above has no such part", ("地区生产总值", "其中:工业"), "上一项是“地区生产总值”"),
    ("a short name that means one thing alone is another thing here", ("地区生产总值", "其中:房地产"), "上一项是“地区生产总值”"),
    ("an unknown row lies between", (FAI, "幸福指数", "其中:工业"), "上面没有它所属的指标"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "said"), [c[1:] for c in ASKED], ids=[c[0] for c in ASKED])
def test_a_sub_row_that_could_be_of_several_is_left_out_and_asked_about(names, said):
    got = table(*names)
    question = next(f for f in got.findings if f.check == "indicators.which_part")
    assert question.severity is Severity.SOFT  # a row that nobody needs never refuses a file
    assert said in question.found
    assert question.cell == f"A{2 + len(names)}"
    assert "固定资产投资" in question.advice
    assert float(len(names)) not in {float(f.value) for f in got.figures if f.value is not None}


def test_the_question_names_every_reading():
    question = next(f for f in table("其中:工业").findings if f.check == "indicators.which_part")
    assert question.advice == "请写全称: “全社会用电量”的“工业用电量”; “固定资产投资”的“工业投资”"


def test_a_short_word_below_a_parent_without_any_mark_is_not_guessed():
    got = table(FAI, "工业")
    assert {f.indicator for f in got.figures} == {"fai"}
    assert "indicators.unknown" in codes(got)


def test_a_basis_row_below_a_sub_row_belongs_to_the_sub_row():
    got = table("居民人均可支配收入", "其中:城镇", "同口径")
    assert [(f.indicator, f.basis) for f in got.figures if f.value == 3] == [("income_urban", "comparable")]


def test_a_single_name_is_what_it_was():
    kind: WorkbookKind = workbook_kinds()["indicator_table"]
    assert kind is not None
    assert read("房地产", "工业用电") == {1: "fai_estate", 2: "industry_electricity"}
    assert catalogue()["fai"].sub_rows[0] == ("工业", "fai_industry")
