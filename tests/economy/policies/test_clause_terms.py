"""Conditions typed as sentences: what is written is read back, and what is not understood is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.economy.policies.clause_terms import clause_terms
from wenpan.economy.policies.clause_words import clause_words, example
from wenpan.economy.policies.clauses import clause_from_data
from wenpan.economy.policies.conditions import condition_from_data
from wenpan.economy.policies.explained import explain
from wenpan.economy.policies.facts import PolicyError
from wenpan.rules.firm_policies import firm_facts, sample_clauses

FACTS = firm_facts()


def conditions(text: str) -> list[Any]:
    return clause_terms(text, FACTS)["conditions"]


@pytest.mark.parametrize(
    ("line", "data"),
    [
        ("从业人数不超过1000人", {"fact": "staff", "at_most": 1000}),
        ("从业人数 1000人以下", {"fact": "staff", "at_most": 1000}),
        ("1.从业人数1000人及以上；", {"fact": "staff", "at_least": 1000}),
        ("（二）上年营业收入不低于1.5亿元", {"fact": "revenue", "at_least": 15000}),
        ("上年营业收入低于30,000万元", {"fact": "revenue", "less_than": 30000}),
        ("上年纳税额超过5000元", {"fact": "tax", "more_than": 0.5}),
        ("设备发票日期不早于2020年1月1日", {"fact": "invoiced_on", "at_least": date(2020, 1, 1)}),
        ("设备发票日期不晚于2020-06-30", {"fact": "invoiced_on", "at_most": date(2020, 6, 30)}),
        ("行业为软件、物流", {"fact": "trade", "in": ["软件", "物流"]}),
        ("行业不属于化学原料、有色金属", {"fact": "trade", "not_in": ["化学原料", "有色金属"]}),
        ("名录含规上工业", {"fact": "lists", "has": "规上工业"}),
        ("已竣工投产", {"fact": "completed", "equals": True}),
        ("不是列入严重失信名单", {"fact": "dishonest", "equals": False}),
        ("在本区登记纳税：否", {"fact": "local", "equals": False}),
        ("由主管部门认定：补足产业链短板", {"judge": "补足产业链短板"}),
    ],
)
def test_a_line_is_one_condition(line, data):
    assert conditions(line) == [data]


def test_groups_stand_below_or_behind_their_colon():
    below = "符合以下条件之一：\n  从业人数不超过1000人\n  名录含规上工业\n没有以下情形：\n　列入严重失信名单"
    behind = "符合其一：从业人数不超过1000人；名录含规上工业\n没有以下情形：列入严重失信名单"
    assert conditions(below) == conditions(behind)
    assert conditions("符合其中2项：\n 有欠税欠薪\n 已竣工投产\n 在本区登记纳税")[0]["at_least_of"] == 2


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("", "适用条件", "至少一个条件"),
        ("名录含规上工业\n研发投入占比不低于3%", "第2行", "以一项事实开头"),
        ("从业人数不超过1000人且连续参保", "第1行", "一个数和单位“人”"),
        ("从业人数不超过1000万元", "第1行", "一个数和单位“人”"),
        ("从业人数", "第1行", "不低于、不超过"),
        ("从业人数含规上工业", "第1行", "不低于、不超过"),
        ("名录含规上工业、限上商贸", "第1行", "一行一个名录"),
        ("设备发票日期不早于2020年2月30日", "第1行", "日期"),
        ("符合其一：", "第1行", "分号隔开"),
        ("名录含规上工业\n  从业人数不超过10人", "第2行", "不缩进"),
        ("名录含规上工业\n档次：一档\n从业人数不超过10人", "第1行", "档次：名称"),
        ("名录含规上工业\n支持：酌情给予", "第2行", "每家20万元"),
        ("名录含规上工业\n支持：按研发费用的5%", "第2行", "数值事实"),
        ("名录含规上工业\n支持：每家5万元，视情上浮", "第2行", "最高"),
        ("名录含规上工业\n支持：每家5万元\n支持：每家6万元", "第3行", "只写一行"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(text, line, expected):
    with pytest.raises(PolicyError) as refused:
        clause_terms(text, FACTS)
    assert refused.value.key == line and expected in refused.value.expected


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("支持：按二季度电费的5%，最高50万元", {"rate": 5, "of": "power", "cap": 50}),
        ("补助标准：按设备和软件购置额20%给予补助，最高不超过", None),
        ("奖励：一次性奖励20万元", {"fixed": 20}),
        ("支持：每家0.3亿元", {"fixed": 3000}),
        ("支持标准：每家5000元", {"fixed": 0.5}),
    ],
)
def test_support_is_a_sum_or_a_share_with_its_cap(text, support):
    if support is None:
        with pytest.raises(PolicyError):
            clause_terms(f"已竣工投产\n{text}", FACTS)
    else:
        assert clause_terms(f"已竣工投产\n{text}", FACTS)["support"] == support


def test_every_example_and_every_sample_clause_is_read_as_it_is_written():
    for fact in FACTS.values():
        assert conditions(example(fact))
    for clause, data in sample_clauses():
        read = clause_terms(clause_words(data, FACTS), FACTS)
        again = clause_from_data({**data, "tiers": None, "conditions": None, "support": None, **read}, FACTS)
        assert [tier.condition for tier in again.tiers] == [tier.condition for tier in clause.tiers]
        assert [tier.support for tier in again.tiers] == [tier.support for tier in clause.tiers]


WORD = st.text("软件物流食品电子纺织机械", min_size=1, max_size=4)
LEAF = st.one_of(
    st.builds(lambda w, n: {"fact": "staff", w: n},
              st.sampled_from(["at_least", "at_most", "more_than", "less_than", "equals", "not"]),
              st.integers(0, 10**7)),
    st.builds(lambda n: {"fact": "revenue", "at_least": n / 100}, st.integers(0, 10**9)),
    st.builds(lambda d: {"fact": "invoiced_on", "at_most": d}, st.dates(date(2000, 1, 1), date(2099, 1, 1))),
    st.builds(lambda w, v: {"fact": "trade", w: v}, st.sampled_from(["in", "not_in"]),
              st.lists(WORD, min_size=1, max_size=3)),
    st.builds(lambda m: {"fact": "lists", "has": m}, WORD),
    st.builds(lambda b: {"fact": "local", "equals": b}, st.booleans()),
    st.builds(lambda t: {"judge": t}, WORD),
)  # fmt: skip
TREE = st.recursive(
    LEAF,
    lambda parts: st.one_of(
        st.builds(
            lambda w, p: {w: p},
            st.sampled_from(["all", "any", "none"]),
            st.lists(parts, min_size=1, max_size=3),
        ),
        st.builds(lambda p: {"at_least_of": len(p), "of": p}, st.lists(parts, min_size=1, max_size=3)),
    ),
    max_leaves=8,
)
KNOWN = st.fixed_dictionaries(
    {}, optional={"staff": st.integers(0, 10**7).map(float), "trade": WORD, "local": st.booleans(),
                  "lists": st.lists(WORD, min_size=1, max_size=2).map(tuple), "revenue": st.floats(0, 1e7)},
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(TREE, min_size=1, max_size=3), KNOWN)
def test_written_and_read_back_it_says_the_same_of_every_firm(parts, known):
    read = conditions(clause_words({"conditions": parts}, FACTS))
    before, after = condition_from_data(parts, FACTS), condition_from_data(read, FACTS)
    assert explain(after, known, FACTS).verdict is explain(before, known, FACTS).verdict
    assert clause_words({"conditions": read}, FACTS) == clause_words({"conditions": parts}, FACTS)


@settings(max_examples=200, deadline=None)
@given(LEAF, st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=4))
def test_a_word_left_over_is_never_read_over(leaf, word):
    """Of words that no fact, comparison or unit knows one more makes a value another value, or a refusal."""
    line = clause_words({"conditions": [leaf]}, FACTS)
    try:
        read = conditions(line + word)
    except PolicyError:
        return
    assert read != conditions(line)
