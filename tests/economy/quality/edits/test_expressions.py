"""What an edit rule may say, and what its verdict is: passed, failed and missing are three things."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.economy.quality.edits import returns, verdicts
from wenpan.economy.quality.edits.edit_rules import EditRuleError, EditRules
from wenpan.economy.quality.edits.statements import statement
from wenpan.economy.quality.edits.verdicts import RuleCount, Verdicts, judge


def judged(rules: object, rows: list[dict[str, object]], on: date | None = None, **more: object) -> Verdicts:
    known = EditRules.from_data({"rules": rules, **more})
    return judge(returns.typed(pl.DataFrame(rows, infer_schema_length=None), known).frame, known, on)


def count(rule: object, rows: list[dict[str, object]], **more: object) -> tuple[int, int, int]:
    (only,) = judged([rule], rows, **more).counts
    assert only.used, only.rule.problem
    return only.passed, only.failed, only.missing


@pytest.mark.parametrize(
    "text",
    [
        "a > (SELECT 1)",
        "a > (select max(x) from read_csv('/etc/passwd'))",
        "read_csv('x') > 1",
        "sum(a) > 3",
        "a = b; DROP TABLE x",
        "a = b -- c",
        "a /* b */ = 1",
        "CAST(a AS INT) > 0",
        "a OVER (PARTITION BY b) > 1",
        "__import__('os').system('true') = 0",
        "a LIKE 'x%'",
        "a = b = c",
        "a > 1 XOR b > 1",
        "a",
        "a + b",
        "1",
        "a AND b > 1",
        "a < 'text'",
        "a = 'x' AND a > 1",
        "",
        "(" * 900 + "a" + ")" * 900 + " = 1",
        "a = " + "1 + " * 600 + "1",
    ],
)
def test_what_is_no_relation_between_fields_of_a_return_is_listed_as_not_used(text: str):
    (rule,) = judged([text], [{"a": 1, "b": 2}]).counts
    assert not rule.used
    assert rule.rule.problem
    assert (rule.passed, rule.failed, rule.missing) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "row", "holds"),
    [
        ("合计 = 一 + 二", {"合计": 0.3, "一": 0.1, "二": 0.2}, True),
        ("合计 = 一 + 二", {"合计": 0.31, "一": 0.1, "二": 0.2}, False),
        ('"a b" >= 1.5 * c', {"a b": 3, "c": 2}, True),
        ("a BETWEEN 1 AND 3", {"a": 3}, True),
        ("a BETWEEN 1 AND 3", {"a": 3.01}, False),
        ("kind <> '停缓建' OR a <= 0", {"kind": "停缓建", "a": 1}, False),
        ("kind <> '停缓建' OR a <= 0", {"kind": "在建", "a": 1}, True),
        ("NOT (kind = '停缓建' AND a > 0)", {"kind": "停缓建", "a": 1}, False),
        ("kind NOT IN ('甲', '乙')", {"kind": "乙"}, False),
        ("code IN (1, 2)", {"code": 2}, True),
        ("ABS(a - b) <= 0.1 * b", {"a": 11, "b": 10}, True),
        ("ABS(a - b) <= 0.1 * b", {"a": 11.1, "b": 10}, False),
        ("a / b < 2", {"a": 3, "b": 2}, True),
        ("LENGTH(name) >= 4", {"name": "四个汉字"}, True),
        ("LENGTH(name) >= 4", {"name": "三个字"}, False),
        ("COALESCE(a, 0) + b > 1", {"a": None, "b": 2}, True),
        ("a < b", {"a": 2, "b": 2}, False),
        ("a <= b", {"a": 2, "b": 2}, True),
    ],
)
def test_a_relation_means_what_it_says(text: str, row: dict[str, object], holds: bool):
    assert count(text, [row]) == (int(holds), int(not holds), 0)


def test_not_reported_is_neither_passed_nor_failed_and_not_zero():
    rows = [
        {"a": 3, "b": 1, "c": 2},
        {"a": 3, "b": 1, "c": None},
        {"a": 3, "b": 1, "c": 1},
        {"a": 0, "b": 0, "c": None},
    ]
    assert count("a = b + c", rows) == (1, 1, 2)
    assert count("a = 3 OR c > 0", rows) == (3, 0, 1), "what is decided without the missing field is decided"
    assert count("a / b >= 0", rows) == (3, 0, 1), "nothing can be said of a share of nothing"


@pytest.mark.parametrize("text", ["x", "—", "…", "1,234", "nan", "inf"])
def test_a_field_that_holds_no_number_is_missing_and_told_of(text: str):
    known = EditRules.from_data({"rules": ["a = b"]})
    made = returns.typed(pl.DataFrame({"a": ["1", text], "b": ["1", "1"]}), known)
    (count,) = judge(made.frame, known).counts
    assert (count.passed, count.failed, count.missing) == (1, 0, 1)
    assert [(u.column, u.count, u.record, u.text) for u in made.unreadable] == [("a", 1, "2", text)]


@pytest.mark.parametrize(("a", "holds"), [(10.5, True), (9.5, True), (10.51, False), (9.49, False)])
def test_the_tolerance_includes_its_limit(a: float, holds: bool):
    assert count({"expression": "a = b", "tolerance": 0.5}, [{"a": a, "b": 10}])[1] == (not holds)


def test_amounts_of_trillions_with_cents_are_judged_right():
    rows = [{"a": 1_234_567_890_123.47, "b": 1_234_567_890_000.30, "c": 123.17}]
    assert count("a = b + c", rows) == (1, 0, 0)
    assert count("a = b + c", [rows[0] | {"c": 123.18}]) == (0, 1, 0)


def test_a_rule_holds_from_its_first_to_its_last_day():
    rule = {
        "code": "R",
        "expression": "a = 1",
        "effective_from": date(2022, 2, 28),
        "effective_to": date(2022, 3, 31),
    }
    rows = [{"p": p, "a": 2} for p in ("2022-01", "2022-02", "2022-03", "2022-04")]
    (dated,) = judged([rule], rows, period="p").counts
    assert (dated.passed, dated.failed, dated.not_in_force) == (0, 2, 2)
    late = rule | {"effective_from": date(2022, 3, 1)}
    (dated,) = judged([late], rows, period="p").counts
    assert (dated.failed, dated.not_in_force) == (1, 3)
    for day, used in (
        (date(2022, 2, 27), 0),
        (date(2022, 2, 28), 1),
        (date(2022, 3, 31), 1),
        (date(2022, 4, 1), 0),
    ):
        (one,) = judged([rule], [{"a": 2}], on=day).counts
        assert one.used == used, day


def test_a_rule_that_its_own_examples_contradict_is_not_used():
    good = {"code": "R", "expression": "a <= b", "passes": [{"a": 1, "b": 1}], "fails": [{"a": 2, "b": 1}]}
    assert judged([good], [{"a": 1, "b": 2}]).counts[0].used
    for key, example in (("passes", {"a": 2, "b": 1}), ("fails", {"a": 1, "b": 1}), ("passes", {"a": 1})):
        (bad,) = judged([good | {key: [example]}], [{"a": 1, "b": 2}]).unused
        assert "样例与表达式不符" in bad.problem


def test_a_rule_whose_column_the_returns_lack_is_listed_as_not_used():
    (one,) = judged(["a = 没有的栏"], [{"a": 1}]).unused
    assert one.problem == "报表没有 没有的栏 列"


def test_the_failing_returns_are_told_rule_by_rule():
    known = EditRules.from_data({"rules": {"sum": "a = b", "max": "a <= 5"}, "record": ["unit", "p"]})
    frame = returns.typed(
        pl.DataFrame({"unit": ["甲", "乙"], "p": ["1", "1"], "a": [1, 9], "b": [1, 8]}), known
    ).frame
    table = judge(frame, known).table(frame)
    assert table.columns == ["record", "rule", "verdict"]
    assert table.rows() == [("乙|1", "sum", "failed"), ("乙|1", "max", "failed")]


def test_a_return_stands_beside_the_units_own_earlier_ones():
    rules = ["ytd = month + last_month", "total = last_december + ytd", "ytd <= 2 * last_year"]
    before = {
        "last_month": {"column": "ytd", "of": "month"},
        "last_december": {"column": "total", "of": "december"},
        "last_year": {"column": "ytd", "of": "year"},
    }
    rows = [
        {"u": "甲", "p": "2021-12", "ytd": 90, "month": 9, "total": 190},
        {"u": "甲", "p": "2021-03", "ytd": 20, "month": 9, "total": 120},
        {"u": "甲", "p": "2022-02", "ytd": 10, "month": 10, "total": 200},
        {"u": "甲", "p": "2022-03", "ytd": 30, "month": 20, "total": 225},
        {"u": "乙", "p": "2022-03", "ytd": 99, "month": 1, "total": 1},
    ]
    found = judged(rules, rows, unit="u", period="p", before=before)
    assert [(c.passed, c.failed, c.missing) for c in found.counts] == [(1, 0, 4), (1, 1, 3), (1, 0, 4)]
    assert found.rows["R2"].to_list() == [3]


def test_two_returns_of_one_month_are_no_base_for_the_next():
    rows = [{"u": "甲", "p": "2022-02", "ytd": y} for y in (1, 2)] + [{"u": "甲", "p": "2022-03", "ytd": 0}]
    before = {"last": {"column": "ytd", "of": "month"}}
    (only,) = judged(["ytd >= last"], rows, unit="u", period="p", before=before).counts
    assert (only.failed, only.missing) == (0, 3)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({}, "rules"),
        ({"rules": []}, "rules"),
        ("text", "(全文)"),
        ({"rules": [3]}, "rules 第1条"),
        ({"rules": {"a": "x = 1"}, "weights": {"x": 0}}, "weights.x"),
        ({"rules": {"a": "x = 1"}, "weights": {"x": True}}, "weights.x"),
        ({"rules": [{"expression": "x = 1", "severity": "fatal"}]}, "R1.severity"),
        ({"rules": [{"expression": "x = 1", "tolerance": -1}]}, "R1.tolerance"),
        ({"rules": [{"expression": "x = 1", "effective_from": "2022"}]}, "R1.effective_from"),
        (
            {"rules": [{"code": "a", "expression": "x = 1"}, {"code": "a", "expression": "x = 2"}]},
            "rules.code",
        ),
        ({"rules": ["x = 1"], "before": {"y": {"column": "x", "of": "week"}}}, "before.y"),
        ({"rules": [{"expression": "x = 1", "fails": ["a"]}]}, "R1.fails"),
    ],
)
def test_a_file_that_says_nothing_usable_is_refused_by_its_key(data: object, key: str):
    with pytest.raises(EditRuleError) as refused:
        EditRules.from_data(data)
    assert refused.value.key == key


def test_every_rule_stands_in_the_count_in_the_order_of_the_file():
    found = judged({"one": "a = 1", "two": "nonsense(", "three": "a = 2"}, [{"a": 1}])
    assert [c.rule.code for c in found.counts] == ["one", "two", "three"]
    assert isinstance(found.counts[1], RuleCount) and not found.counts[1].used


@pytest.mark.parametrize("batch", [3, 1 << 17])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_quick_says_the_same_as_the_slack_of_each_return(data, batch):
    """Rules without slack first, over batches; what fails again with the slack that its numbers need."""
    rules = ["a = b + c", "a <= 1.1 * b", "a = b OR c >= 0.3", "a < b", "NOT (a = b)", "a >= b AND c <= 5"]
    number = st.sampled_from([0.1, 0.2, 0.3, 0.1 + 0.2, 1.1, 5, -1, 0, None, 1e12, 1e12 + 0.01])
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys("abc", number)), min_size=1, max_size=12))
    known = EditRules.from_data({"rules": rules})
    schema = dict.fromkeys("abc", pl.Float64)
    frame = returns.typed(pl.DataFrame(rows, schema=schema), known).frame
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdicts, "_BATCH", batch)
        patch.setattr(verdicts, "_MOST_AGAIN", data.draw(st.sampled_from([0.0, 0.5, 1.0])))
        found = judge(frame, known)
    for rule in known.rules:
        whole = statement(rule.node, rule.kinds, rule.tolerance, scaled=True).alias("held")
        quick = statement(rule.node, rule.kinds, rule.tolerance).alias("quick")
        slow = frame.select(whole, quick)
        expected = (~slow["held"] & ~slow["quick"]).arg_true().to_list()
        assert found.rows[rule.code].to_list() == expected, rule.text
