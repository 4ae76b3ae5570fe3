"""The smallest sets of fields that cannot all be right (Fellegi and Holt), against an exact solver of its
own kind."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.economy.quality.edits.oracle import Rule, least_weight
from wenpan.economy.quality.edits import localisation, returns, verdicts
from wenpan.economy.quality.edits.edit_rules import EditRules
from wenpan.economy.quality.edits.localisation import Localised, localise

INVESTMENT = [
    "ytd = building + installation + equipment + other",
    "equipment >= old + renewal",
    "other >= bought + land",
    "total = before + ytd",
    "ytd = month + last",
]
AS_ROWS: list[Rule] = [
    ({"ytd": 1, "building": -1, "installation": -1, "equipment": -1, "other": -1}, 0, "="),
    ({"old": 1, "renewal": 1, "equipment": -1}, 0, "<="),
    ({"bought": 1, "land": 1, "other": -1}, 0, "<="),
    ({"total": 1, "before": -1, "ytd": -1}, 0, "="),
    ({"ytd": 1, "month": -1, "last": -1}, 0, "="),
]
RIGHT = {
    "ytd": 100, "building": 40, "installation": 20, "equipment": 30, "other": 10, "old": 5, "renewal": 5,
    "bought": 4, "land": 3, "total": 150, "before": 50, "month": 30, "last": 70,
}  # fmt: skip


def localised(rules: object, rows: list[dict[str, object]], **more: object) -> Localised:
    known = EditRules.from_data({"rules": rules, **more})
    frame = returns.typed(pl.DataFrame(rows, infer_schema_length=None), known).frame
    return localise(frame, known, verdicts.judge(frame, known))


def sets(found: Localised, record: str = "1") -> set[frozenset[str]]:
    return {frozenset(f.split("+")) for r, f, _ in found.table.iter_rows() if r == record}


def test_a_wrong_part_may_be_any_of_its_sum_but_not_what_other_rules_confirm():
    """installation 20 → 200: the sum fails. ytd and total and month agree with each other, so ytd alone is
    not it; other cannot be, for it would have to be negative."""
    rules = [*INVESTMENT, "building >= 0", "equipment >= 0"]
    found = localised(rules, [RIGHT | {"installation": 200}])
    assert sets(found) == {frozenset({"installation"})}
    found = localised(rules, [RIGHT | {"installation": 25}])
    assert sets(found) == {frozenset({"installation"}), frozenset({"building"}), frozenset({"equipment"})}


def test_all_minimal_sets_are_told_and_a_reliable_field_is_the_later_suspect():
    row = [RIGHT | {"before": 60}]
    assert sets(localised(INVESTMENT, row)) == {frozenset({"before"}), frozenset({"total"})}
    assert sets(localised(INVESTMENT, row, weights={"total": 2})) == {frozenset({"before"})}
    assert sets(localised(INVESTMENT, row, weights={"before": "fixed"})) == {frozenset({"total"})}


def test_a_return_with_two_errors_needs_two_fields():
    found = localised(INVESTMENT, [RIGHT | {"before": 60, "month": 33}])
    assert sets(found) == {
        frozenset(pair)
        for pair in [("before", "month"), ("before", "last"), ("total", "month"), ("total", "last")]
    }
    assert found.table["weight"].unique().to_list() == [2.0]
    assert found.by_size == {2: 1}


def test_a_return_with_three_errors_is_left_to_the_solver():
    rules = ["a = b", "c = d", "e = f", "g <= h"]
    row = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8}
    found = localised(rules, [row])
    assert found.by_size == {3: 1}
    assert len(sets(found)) == 8
    assert frozenset({"a", "c", "e"}) in sets(found)
    assert not any("g" in one for one in sets(found))


def test_a_field_that_is_missing_is_not_the_error():
    found = localised(["a = b + c", "a <= d"], [{"a": 10, "b": None, "c": 3, "d": 9}])
    assert sets(found) == {frozenset({"a"}), frozenset({"d"})}


def test_a_text_may_be_the_error_where_a_rule_hangs_on_it():
    rules = ["kind <> '单纯购置' OR building <= 0", "kind IN ('单纯购置', '新建')"]
    found = localised(rules, [{"kind": "单纯购置", "building": 5}, {"kind": "新建", "building": 5}])
    assert sets(found) == {frozenset({"kind"}), frozenset({"building"})}
    assert found.records == 1
    only = localised(
        [*rules, "code <> 'A' OR kind = '单纯购置'"], [{"kind": "单纯购置", "building": 5, "code": "A"}]
    )
    assert sets(only) == {frozenset({"building"})}, "another kind would break the rule about the code"


def test_either_or_between_numbers_is_understood():
    found = localised(["a <= 0 OR b >= 10", "a >= 5"], [{"a": 7, "b": 3}])
    assert sets(found) == {frozenset({"b"})}, "a alone cannot be both 0 and 5"


def test_a_strict_relation_is_not_fulfilled_by_its_limit():
    none = localised(["a < b", "a >= 3", "b <= 3"], [{"a": 5, "b": 3}])
    assert none.without == (("1", "没有一组可疑栏能使其成立"),)
    assert sets(localised(["a <= b", "a >= 3", "b <= 3"], [{"a": 5, "b": 3}])) == {frozenset({"a"})}


def test_a_soft_rule_names_no_field():
    found = localised([{"expression": "a <= b", "severity": "soft"}], [{"a": 2, "b": 1}])
    assert (found.records, found.table.height) == (0, 0)


def test_a_rule_that_is_no_linear_relation_is_listed_as_not_used():
    found = localised({"R1": "a * b <= c", "R2": "a <= c"}, [{"a": 9, "b": 9, "c": 1}])
    assert [(rule.code, why) for rule, why in found.unused] == [("R1", "两栏相乘不是线性关系")]
    assert sets(found) == {frozenset({"a"}), frozenset({"c"})}


def test_a_file_in_which_too_many_returns_need_the_solver_says_so_and_ends(monkeypatch):
    monkeypatch.setattr(localisation, "MOST_SOLVED", 1)
    row = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}
    found = localised(["a = b", "c = d", "e = f"], [row, row])
    assert found.without == (("2", localisation.TOO_MANY_RETURNS),)


def test_no_set_of_fields_is_said_not_hidden():
    found = localised(["a <= b"], [{"a": 2, "b": 1}], fixed=["a", "b"])
    assert found.without == (("1", "没有一组可疑栏能使其成立"),)


def test_the_tolerance_holds_in_the_search_too():
    rules = [
        {"code": "sum", "expression": "a = b + c", "tolerance": 2},
        {"code": "max", "expression": "a <= 10"},
    ]
    found = localised(rules, [{"a": 20, "b": 8, "c": 4}])
    assert sets(found) == {frozenset({"a"})}, "10 is within 2 of 8 + 4"


def test_a_rule_counts_only_for_the_periods_in_which_it_is_in_force():
    rules = [
        {"code": "new", "expression": "a <= b", "effective_from": date(2022, 3, 1)},
        {"code": "old", "expression": "a = c"},
    ]
    rows = [{"p": p, "a": 5, "b": 1, "c": 4} for p in ("2022-02", "2022-03")]
    found = localised(rules, rows, period="p")
    assert sets(found, "1") == {frozenset({"a"}), frozenset({"c"})}
    assert sets(found, "2") == {frozenset(pair) for pair in ("ab", "ac", "bc")}


def test_amounts_beyond_what_binary_numbers_hold_are_worked_out_in_fractions():
    """0.1 + 0.2, and amounts of 10¹⁵ with a quarter."""
    big = 900_000_000_000_000.0
    found = localised(["a = b + c"], [{"a": big + 100, "b": big, "c": 0.25}, {"a": 0.3, "b": 0.1, "c": 0.2}])
    assert found.table["record"].unique().to_list() == ["1"]
    assert sets(found) == {frozenset({"a"}), frozenset({"b"}), frozenset({"c"})}


def damaged(count: int, seed: int) -> list[dict[str, float]]:
    dice = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        row = {name: float(value) for name, value in RIGHT.items()}
        for name in dice.choice(
            list(row), size=int(dice.choice([1, 2, 3], p=[0.6, 0.3, 0.1])), replace=False
        ):
            row[str(name)] = float(
                dice.choice([row[name] * 10, -row[name] - 1, row[name] + dice.integers(1, 40)])
            )
        rows.append(row)
    return rows


@pytest.mark.parametrize(
    ("seed", "weights"), [(1, {}), (2, {"total": 2.5, "ytd": 1.5, "land": 0.4, "old": 0.7})]
)
def test_every_minimal_set_equals_an_exact_solver(seed: int, weights: dict[str, float]):
    rows = damaged(60, seed)
    found = localised(INVESTMENT, rows, weights=weights)  # type: ignore[arg-type]
    told: dict[str, set[frozenset[str]]] = {}
    weight: dict[str, float] = {}
    for record, fields, one in found.table.iter_rows():
        told.setdefault(record, set()).add(frozenset(fields.split("+")))
        weight[record] = one
    every = {name: weights.get(name, 1.0) for name in RIGHT}
    for number, row in enumerate(rows, start=1):
        least, expected = least_weight(row, AS_ROWS, every)
        assert told.get(str(number), {frozenset()}) == expected, row
        assert weight.get(str(number), 0.0) == pytest.approx(least)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-20, 20), min_size=6, max_size=6), st.integers(-5, 5))
def test_a_named_set_can_make_the_return_right_and_no_smaller_one_can(values: list[int], limit: int):
    names = list("abcdef")
    row = dict(zip(names, map(float, values), strict=True))
    texts = [
        "a = b + c",
        "2*d <= e - f",
        f"a >= {limit}" if limit >= 0 else f"a >= 0 - {-limit}",
        "c + d <= b",
    ]
    rules: list[Rule] = [({"a": 1, "b": -1, "c": -1}, 0, "="), ({"d": 2, "e": -1, "f": 1}, 0, "<="),
                         ({"a": -1}, limit, "<="), ({"c": 1, "d": 1, "b": -1}, 0, "<=")]  # fmt: skip
    least, expected = least_weight(row, rules, dict.fromkeys(names, 1.0))
    found = sets(localised(texts, [row]))
    assert (found or {frozenset()}) == expected
