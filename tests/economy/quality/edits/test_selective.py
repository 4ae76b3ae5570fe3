"""Failing returns are asked about by what they may change of the district's total, until the rest does not
matter."""

from __future__ import annotations

import polars as pl
import pytest

from wenpan.economy.quality.edits import returns
from wenpan.economy.quality.edits.edit_rules import EditRules
from wenpan.economy.quality.edits.selective import AskingOrder, asking_order
from wenpan.economy.quality.edits.verdicts import judge


def order(rules: list[str], rows: list[dict[str, float]], stop: float = 0.005) -> AskingOrder:
    known = EditRules.from_data(rules)
    frame = returns.typed(pl.DataFrame(rows), known).frame
    return asking_order(frame, judge(frame, known), "total", stop)


def test_the_largest_miss_comes_first_and_the_rest_is_left_where_it_does_not_matter():
    """Total 1,060 of which 40, 15 and 1 are missed: the last is 0.09 % and is left."""
    rows = [{"total": t, "a": a} for t, a in ((500, 500), (241, 240), (215, 200), (104, 64))]
    found = order(["total = a"], rows)
    assert found.total == 1060
    assert found.table.select("record", "effect", "ask").rows() == [
        ("4", 40, True),
        ("3", 15, True),
        ("2", 1, False),
    ]
    assert found.table["share"][0] == pytest.approx(40 / 1060)
    assert found.table["rest"].to_list() == pytest.approx([16 / 1060, 1 / 1060, 0])
    assert found.asked == 2


def test_the_stop_counts_all_that_is_left_together():
    """Three misses of 4 in 1,000: each is 0.4 %, but the last two together are 0.8 % and may not both be
    left."""
    rows = [{"total": 250, "a": 250}] + [{"total": 250, "a": 246}] * 3
    assert order(["total = a"], rows).asked == 2


def test_a_miss_is_counted_in_the_unit_of_the_total():
    found = order(["2 * total <= a"], [{"total": 100, "a": 150}])
    assert found.table["effect"].to_list() == [25]


def test_a_rule_that_does_not_read_the_total_moves_nothing_and_one_that_is_no_sum_is_told():
    found = order(["a <= 1", "total * a <= 1"], [{"total": 100, "a": 150}])
    assert found.table.is_empty()
    assert found.unused == ("R2",)


def test_a_column_that_is_not_there_is_refused():
    known = EditRules.from_data(["a <= 1"])
    frame = returns.typed(pl.DataFrame({"a": [1]}), known).frame
    with pytest.raises(KeyError):
        asking_order(frame, judge(frame, known), "total")
