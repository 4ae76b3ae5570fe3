"""A finance bureau's statement: what its rows are, and which of its sums cannot be right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.fiscal.statement import COLLECTOR, ITEM, OF_WHICH, TOTAL, rate_fault, rows_of, sum_faults

D = Decimal
DONGGANG = ["一、一般公共预算收入", "(一)税收收入", "1、增值税50%", "其中:改征增值税", "国税征收", "地税征收",
            "2、营业税", "3、企业所得税40%", "4、个人所得税40%", "(二)非税收入"]  # fmt: skip


def test_names_say_level_side_and_sharing_ratio():
    rows = rows_of(DONGGANG)
    assert [(r.level, r.side) for r in rows] == [
        (1, ITEM), (2, ITEM), (3, ITEM), (4, OF_WHICH), (4, COLLECTOR), (4, COLLECTOR),
        (3, ITEM), (3, ITEM), (3, ITEM), (2, ITEM),
    ]  # fmt: skip
    assert (rows[2].plain, rows[2].ratio) == ("增值税", 50.0)
    assert [r.code for r in rows if r.code] == ["revenue", "tax", "non_tax"]


def test_a_statement_whose_sums_agree_has_no_fault():
    values = [D(v) for v in (104522, 70010, 30003, 12000, 28003, 2000, 7, 20000, 20000, 34512)]
    assert sum_faults(rows_of(DONGGANG), values) == []


def test_of_which_is_never_added_and_a_wrong_sum_names_its_parts():
    values = [D(v) for v in (104522, 70110, 30003, 12000, 28003, 2000, 7, 20000, 20000, 34512)]
    faults = sum_faults(rows_of(DONGGANG), values)
    assert [(f.row, f.follows) for f in faults] == [(0, D(104622)), (1, D(70010))]
    assert faults[1].parts == (2, 6, 7, 8)


def test_collectors_sum_to_the_tax_that_they_divide():
    values = [D(v) for v in (104522, 70010, 30003, 12000, 28003, 1000, 7, 20000, 20000, 34512)]
    (fault,) = sum_faults(rows_of(DONGGANG), values)
    assert (fault.row, fault.parts) == (2, (4, 5))


def test_collectors_at_the_end_divide_the_whole():
    rows = rows_of(["一、一般公共预算收入", "(一)税收收入", "(二)非税收入", "税务部门征收", "财政部门征收"])
    assert sum_faults(rows, [D(100), D(70), D(30), D(80), D(20)]) == []
    (fault,) = sum_faults(rows, [D(100), D(70), D(30), D(80), D(30)])
    assert fault.parts == (3, 4)


BUDGET = [
    "一、共享收入",
    "增值税",
    "营业税",
    "二、区级固定收入",
    "房产税",
    "契税",
    "区级财政收入合计",
    "上级补助",
    "上年结转",
    "收入总计",
]  # noqa: E501


def test_the_budgets_total_is_its_sections_lines():
    """The district's 2016 budget: 24,039 + 20,302 = 44,341."""
    values = [None, D(10000), D(14039), None, D(8302), D(12000), D(44341), D(5000), D(659), D(50000)]
    rows = rows_of(BUDGET)
    assert rows[6].side == rows[9].side == TOTAL
    assert sum_faults(rows, values) == []
    wrong = [*values[:6], D(44431), *values[7:]]
    assert [(f.row, f.follows) for f in sum_faults(rows, wrong)] == [(6, D(44341)), (9, D(50090))]


def test_a_section_with_its_own_number_counts_by_that_number():
    values = [D(24039), D(10000), D(14039), D(20302), D(8302), D(12000), D(44341), None, None, None]
    assert sum_faults(rows_of(BUDGET), values) == []
    values[0] = D(24139)
    assert [f.row for f in sum_faults(rows_of(BUDGET), values)] == [0, 6]


def test_rounding_is_no_contradiction_and_its_edge_is():
    """Two parts and their sum may be apart by 1.5 of the last digit."""
    rows = rows_of(["一、收入", "(一)税收收入", "(二)非税收入"])
    assert sum_faults(rows, [D(101), D(50), D(50)]) == []
    assert sum_faults(rows, [D(102), D(50), D(50)]) != []
    assert sum_faults(rows, [D("10.2"), D("5.0"), D("5.0")], D("0.1")) != []


def test_a_row_without_a_number_leaves_its_sum_untried():
    assert sum_faults(rows_of(["一、收入", "(一)税收收入", "(二)非税收入"]), [D(500), D(50), None]) == []


@pytest.mark.parametrize(("now", "last", "printed", "fault"), [
    (7, 29, "-75.9", False), (22797, 23336, "-2.3", False), (114, 100, "14.0", False),
    (114, 100, "16.0", True),
    (5, 0, "100", False),
])  # fmt: skip
def test_a_printed_rate_is_contradicted_only_where_no_rounding_gives_it(now, last, printed, fault):
    assert (rate_fault(D(now), D(last), D(printed)) is not None) is fault


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=9))
def test_exact_sums_never_fault(parts: list[int]):
    names = ["一、收入", *(f"({n})税" for n in "一二三四五六七八九"[: len(parts)])]
    assert sum_faults(rows_of(names), [D(sum(parts)), *(D(p) for p in parts)]) == []
