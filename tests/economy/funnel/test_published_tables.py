"""Published tables as they stand on the page, with their rows 合计 and 其中."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.funnel.published_tables import PublishedRow, check_table, percent_text

LABELS = {"signed": "签约", "started": "开工", "landed": "落地", "arrived": "到位资金"}
LUAN = [
    (34, 32, "94.1%"),
    (32, 22, "68.9%"),
    (27, 17, "63%"),
    (25, 13, "52%"),
    (21, 10, "47.6%"),
    (18, 7, "38.9%"),
    (14, 11, "78.6%"),
    (3, 2, "66.7%"),
]


def row(name: str, printed: str = "", **counts: float) -> PublishedRow:
    numbers = {key: Decimal(str(value)) for key, value in counts.items()}
    return PublishedRow(name, numbers, {"start_rate": printed} if printed else {})


def words(rows: list[PublishedRow], *, nested: bool = False) -> list[str]:
    return [found.finding.words for found in check_table(rows, LABELS, nested=nested)]


@pytest.mark.parametrize("first", [True, False])
def test_luan_sums_agree_and_one_rate_is_a_slip(first: bool) -> None:
    counties = [row(f"{n}个的县", printed, signed=n, started=k) for n, k, printed in LUAN]
    whole = row("合计", signed=174, started=114)
    rows = [whole, *counties] if first else [*counties, whole]
    assert words(rows) == ["32个的县印为68.9%, 按22/32应为68.8%"]
    (found,) = check_table(rows, LABELS, nested=False)
    assert (found.row, found.column) == (2 if first else 1, "start_rate")


def test_bijiang_parts_do_not_add_up_and_with_of_which_they_leave_a_rest() -> None:
    rows = [row("合计", signed=108), row("区本级", signed=94), row("园区", signed=41)]
    assert "94+41=135, 不相等; 可能“园区”包含在“区本级”内(其中), 请核实" in words(rows)[0]
    rows = [row("合计", signed=108), row("区本级", signed=94), row("其中：园区", signed=41)]
    assert words(rows) == ["签约印为108, 各分项94=94, 不相等, 差14未列明"]
    assert words([*rows, row("市级园区", signed=14)]) == []


def test_yunnan_started_above_landed_is_accepted_unless_the_place_says_nested() -> None:
    rows = [row("全省", signed=360, landed=32, started=41)]
    assert words(rows) == []
    assert words(rows, nested=True) == ["“开工”41个多于“落地”32个, 而按本地规定后一阶段必经前一阶段"]


def test_a_blank_is_no_zero_and_a_table_without_a_whole_sums_nothing() -> None:
    assert words([row("合计", signed=10), row("甲", signed=10), row("乙")]) == []
    assert words([row("甲", signed=10), row("乙", signed=3)]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("68.9%", "68.9"), ("68.9", "68.9"), ("0.689", "68.9"), ("124%", "124"), ("1.24", "124.0"), ("1", "1"),
     ("0", "0"), ("—", ""), ("", ""), ("NaN", ""), ("1%", "1")],
)  # fmt: skip
def test_a_rate_is_read_as_percent_however_it_was_printed(text: str, found: str) -> None:
    assert percent_text(text) == found


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12))
def test_a_table_whose_whole_is_its_sum_has_no_finding(values: list[int]) -> None:
    rows = [row(f"第{n}区", signed=value) for n, value in enumerate(values)]
    assert words([*rows, row("合计", signed=sum(values))]) == []
    assert len(words([*rows, row("合计", signed=sum(values) + 1)])) == 1
