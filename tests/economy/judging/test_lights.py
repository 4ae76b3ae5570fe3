"""Rule sets meet facts: the worse wins, excuses show, silence is never green."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.judging.conditions import Condition
from wenpan.economy.judging.lights import Light, LightRuleError, RuleSet, worse

PLAIN = {
    "code": "try", "name": "试行", "version": "1", "effective_from": datetime.date(2022, 1, 1),
    "source": "测试", "object": "indicator", "needs": ["margin"],
    "rules": [
        {"code": "below", "light": "YELLOW", "held_at": "GREEN", "reason": "低{margin:|1}个百分点",
         "when": [{"fact": "margin", "comparison": "<", "limit": 0, "unit": "points"}]},
        {"code": "hopeless", "light": "RED", "reason": "概率{probability:chance}",
         "when": [{"fact": "probability", "comparison": "<", "limit": 0.2, "unit": "ratio"}]},
        {"code": "twice", "light": "RED", "reason": "连续两期",
         "when": [{"fact": "margin", "comparison": "<", "limit": -1, "unit": "points", "periods": 2}]},
    ],
    "consequences": [{"light": "YELLOW", "text": "说明"}, {"light": "YELLOW", "periods": 2, "text": "约谈"}],
}  # fmt: skip


def rule_set(**changes) -> RuleSet:
    return RuleSet.from_data(PLAIN | changes)


def test_nothing_against_it_is_green():
    assert rule_set().judge({"margin": 0.0}).light is Light.GREEN


def test_one_rule_gives_its_light_with_its_number():
    verdict = rule_set().judge({"margin": -0.5})
    assert (verdict.light, verdict.reasons, verdict.rule) == (Light.YELLOW, ("低0.5个百分点",), "below")


def test_the_worse_of_two_wins_and_both_are_said():
    verdict = rule_set().judge({"margin": -0.5, "probability": 0.1})
    assert (verdict.light, verdict.rule) == (Light.RED, "hopeless")
    assert verdict.reasons == ("概率为10%", "低0.5个百分点")


def coloured(*order):
    """Rules that hold for the same fact, equally bad, in this order in the file."""
    when = [{"fact": "margin", "comparison": "<", "limit": 0, "unit": "points"}]
    every = {
        "blue": {"light": "YELLOW", "colour": "蓝色督办单", "reason": "蓝", "when": when},
        "orange": {"light": "YELLOW", "colour": "橙色督办单", "reason": "橙", "when": when},
        "excused": {
            "light": "RED",
            "held_at": "YELLOW",
            "colour": "红色督办单",
            "reason": "红",
            "when": when,
        },
    }
    return rule_set(rules=[{"code": code} | every[code] for code in order])


@pytest.mark.parametrize(
    "order",
    [("blue", "orange"), ("orange", "blue"), ("blue", "orange", "excused"), ("excused", "orange", "blue")],
)
def test_of_two_equally_bad_the_later_rule_in_the_file_is_the_graver(order):
    """橙 after 蓝 in the file is the graver of two yellows; so is a red that an excuse holds at yellow."""
    rules = coloured(*order)
    verdict = rules.judge({"margin": -0.5, "excuse": "汛情"})
    assert (verdict.light, verdict.rule) == (Light.YELLOW, order[-1])
    assert verdict.colour == rules.rules[-1].colour


@pytest.mark.parametrize("order", [("blue", "excused"), ("excused", "blue")])
def test_a_worse_light_decides_wherever_it_stands_in_the_file(order):
    assert coloured(*order).judge({"margin": -0.5}).rule == "excused"


@pytest.mark.parametrize("missing", [{}, {"margin": None}, {"margin": float("nan")}])
def test_what_is_not_known_is_unknown(missing):
    verdict = rule_set().judge(missing)
    assert verdict.light is Light.UNKNOWN
    assert "与目标的差距" in verdict.reasons[0]


def test_a_red_that_is_certain_is_not_hidden_by_a_missing_figure():
    assert rule_set().judge({"probability": 0.1}).light is Light.RED


def test_a_fact_that_no_rule_needs_may_be_missing():
    assert rule_set().judge({"margin": 1.0, "probability": None}).light is Light.GREEN


def test_an_excuse_holds_the_light_and_shows_what_it_would_be():
    verdict = rule_set().judge({"margin": -0.5, "excuse": "汛情"})
    assert (verdict.light, verdict.without_excuse) == (Light.GREEN, Light.YELLOW)
    assert verdict.reasons[-1] == "有书面说明, 暂按绿灯管理(原应为黄灯): 汛情"


def test_an_excuse_does_not_hold_a_rule_that_knows_none():
    verdict = rule_set().judge({"margin": -0.5, "probability": 0.1, "excuse": "汛情"})
    assert (verdict.light, verdict.without_excuse) == (Light.RED, None)


@pytest.mark.parametrize(
    ("history", "light"),
    [([], "YELLOW"), ([{"margin": 1.0}], "YELLOW"), ([{"margin": -2.0}], "RED"), ([{}], "YELLOW")],
)
def test_a_rule_that_looks_back_needs_the_period_before(history, light):
    assert rule_set().judge({"margin": -2.0, "history": history}).light == light


def test_consequences_grow_with_the_run():
    assert rule_set().judge({"margin": -0.5}).consequences == ("说明",)
    run = [{"margin": -0.5, "light": "YELLOW"}]
    assert rule_set().judge({"margin": -0.5, "history": run}).consequences == ("说明", "约谈")


def test_outside_its_scope_a_rule_set_says_nothing():
    scope = [{"fact": "annual_plan", "comparison": ">=", "limit": 1000, "unit": "万元"}]
    small = rule_set(scope=scope)
    assert small.judge({"margin": 1.0, "annual_plan": 900}).light is Light.UNKNOWN
    assert small.judge({"margin": 1.0}).light is Light.UNKNOWN
    assert small.judge({"margin": 1.0, "annual_plan": 1000}).light is Light.GREEN


@pytest.mark.parametrize(
    ("unit", "limit", "holds"),
    [
        ("points", 25, True),  # 75 − 45 = 30 points
        ("points", 30, False),
        ("percent", 39, True),  # 1 − 45/75 = 40 %
        ("percent", 40, False),
        ("ratio", 0.39, True),
    ],
)
def test_behind_schedule_is_points_or_a_ratio_as_the_rule_states(unit, limit, holds):
    condition = Condition("behind_schedule", ">", limit, unit)
    assert condition.holds({"progress": 45.0, "schedule": 75.0}) is holds


def test_no_schedule_yet_gives_no_ratio():
    assert Condition("of_schedule", "<", 0.8, "ratio").holds({"progress": 0.0, "schedule": 0.0}) is None


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"source": ""}, "source"),
        ({"rules": []}, "rules"),
        ({"object": "firm"}, "object"),
        ({"effective_from": "2022"}, "effective_from"),
        ({"needs": ["mood"]}, "needs"),
        ({"rules": [{"light": "RED"}]}, "rules[0].when"),
        ({"rules": [PLAIN["rules"][0] | {"light": "PURPLE"}]}, "rules[0].light"),
        ({"rules": [PLAIN["rules"][0] | {"由分管领导调度": None}]}, "rules[0].由分管领导调度"),
        ({"rules": [PLAIN["rules"][0] | {"when": [{"fact": "margin", "comparison": "<", "limit": 0}]}]},
         "rules[0].when.unit"),
        ({"rules": [PLAIN["rules"][0] | {"when": [{"fact": "margin", "comparison": "~", "unit": "points"}]}]},
         "rules[0].when.comparison"),
        ({"consequences": [{"light": "RED"}]}, "consequences.text"),
    ],
)  # fmt: skip
def test_a_rule_set_that_cannot_be_used_names_the_key(changes, key):
    with pytest.raises(LightRuleError) as caught:
        rule_set(**changes)
    assert caught.value.key == key
    assert "应为" in str(caught.value)


def test_a_rule_set_is_in_force_between_its_days():
    dated = rule_set(effective_to=datetime.date(2022, 12, 31))
    assert [dated.in_force(datetime.date(y, 6, 1)) for y in (2021, 2022, 2023)] == [False, True, False]


def test_the_worse_of_several_lights():
    assert worse(Light.GREEN, Light.RED, Light.YELLOW) is Light.RED
    assert worse(Light.GREEN, Light.UNKNOWN) is Light.UNKNOWN
    assert worse(Light.UNKNOWN, Light.YELLOW) is Light.YELLOW


@given(st.floats(-20, 20), st.floats(0.1, 20))
def test_a_better_margin_never_gives_a_worse_light(margin, more):
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    before, after = (rule_set().judge({"margin": m}).light for m in (margin, margin + more))
    assert order.index(after) <= order.index(before)


@pytest.mark.parametrize(("value", "holds"), [(11.0, True), (9.0, False)])
def test_a_condition_answers_the_same_of_a_number_out_of_an_array(value, holds):
    """numpy compares to its own bool, which is not `True` and not `False`."""
    condition = Condition("behind_schedule", ">=", 10, "points")
    facts = {"progress": np.float64(50.0), "schedule": np.float64(50.0 + value)}
    assert condition.holds(facts) is holds
