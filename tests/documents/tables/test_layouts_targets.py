"""Targets: what the words of a promise mean, and which words promise no number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wenpan.documents.tables.rows.target_rows import read_promise

CASES = [
    # text, direction, comparison, number, unit, growth
    ("增长6%以上", "up", ">=", "6", "%", True),
    ("≥6", "up", ">=", "6", "", None),
    ("6%", "up", ">=", "6", "%", True),
    ("37.1亿元", "up", ">=", "37.1", "亿元", False),
    ("370,000万元", "up", ">=", "370000", "万元", False),
    ("不低于37.1亿元", "up", ">=", "37.1", "亿元", False),
    ("下降3%", "down", "<=", "-3", "%", True),
    ("下降3%以上", "down", "<=", "-3", "%", True),
    ("降幅不超过3%", "up", ">=", "-3", "%", True),
    ("下降3%以内", "up", ">=", "-3", "%", True),
    ("控制在2.5以内", "down", "<=", "2.5", "", None),
    ("不高于2.5", "down", "<=", "2.5", "", None),
    ("-3%", "down", "<=", "-3", "%", True),
]


@pytest.mark.parametrize(("text", "direction", "comparison", "number", "unit", "growth"), CASES)
def test_what_a_promise_says(text, direction, comparison, number, unit, growth) -> None:
    promise = read_promise(text, direction)
    assert promise is not None
    assert (promise.comparison, promise.value, promise.unit, promise.growth) == (
        comparison,
        Decimal(number),
        unit,
        growth,
    )


@pytest.mark.parametrize(
    "text", ["完成市下达任务", "与全市同步", "正增长", "5%-6%", "5至6个百分点", "下降-3%", "前三位"]
)
def test_what_names_no_single_number_is_asked_for(text: str) -> None:
    assert read_promise(text) is None
