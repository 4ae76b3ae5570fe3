"""Who may fit a policy: three values, two compilers that must agree, and the traps of real clauses."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.economy.policies.batch import columns_of, fact_frame, matched
from wenpan.economy.policies.clauses import ClauseMatch, clause_from_data, match_clause, without_double
from wenpan.economy.policies.conditions import ConditionVerdict, condition_from_data
from wenpan.economy.policies.explained import explain
from wenpan.economy.policies.facts import FactKind, PolicyError
from wenpan.rules.firm_policies import firm_facts, sample_clauses

FACTS = firm_facts()
CLAUSES = {clause.code: clause for clause, _ in sample_clauses()}
MET, UNMET, UNKNOWN = ConditionVerdict.MET, ConditionVerdict.UNMET, ConditionVerdict.UNKNOWN


def says(code: str, **values: Any) -> ClauseMatch:
    return match_clause(CLAUSES[code], values, FACTS)


def one(data: Any, **values: Any) -> ConditionVerdict:
    return explain(condition_from_data(data, FACTS), values, FACTS).verdict


@pytest.mark.parametrize(
    ("staff", "verdict"),
    [(999, MET), (1000, MET), (1001, UNMET), (None, UNKNOWN), (float("nan"), UNKNOWN), (0, MET)],
)
def test_an_unknown_fact_is_not_zero_and_not_no(staff, verdict):
    """PolicyEngine-core #513, openfisca-core #1380: an omitted input counted as an explicit zero."""
    assert one({"fact": "staff", "at_most": 1000}, staff=staff) is verdict


def test_words_that_only_the_department_can_judge_are_never_true():
    found = says("tianjin-2023-upgrade", investment=6000, completed=True)
    assert found.verdict is UNKNOWN and found.amount is None
    assert any("补足产业链短板" in question for question in found.questions)
    assert says("tianjin-2023-upgrade", upgrade=1000, completed=True, investment=100).verdict is MET


def test_the_same_word_has_another_base_by_tier_and_a_cap():
    found = says("tianjin-2023-upgrade", upgrade=1000, completed=True, investment=100, equipment=80000)
    assert (found.tier, found.amount) == ("general", 5000)  # 10 % is 8000, capped
    assert says("tianjin-2023-upgrade", upgrade=1000, completed=True, equipment=900).amount == 90
    assert says("tianjin-2023-upgrade", upgrade=1000, completed=True).amount is None


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"staff": 1001, "revenue": 40000, "trade": "食品"}, MET),
        ({"staff": 1000, "revenue": 40001, "trade": "食品"}, MET),
        ({"staff": 1001, "revenue": 40001, "trade": "食品"}, UNMET),
        ({"staff": 1001, "trade": "食品"}, UNKNOWN),
        ({"staff": 10, "trade": "黑色金属"}, UNMET),
        ({"staff": 10}, UNKNOWN),
    ],
)
def test_zhangzhou_any_of_staff_or_revenue_and_six_trades_left_out(values, verdict):
    assert says("zhangzhou-2022-energy", **values).verdict is verdict


CLEAN = {"dishonest": False, "accident": False, "arrears": False}


@pytest.mark.parametrize(
    ("values", "verdict", "tier"),
    [
        (CLEAN | {"revenue": 100000, "honours": (), "trade_volume": 0}, MET, "province"),
        (CLEAN | {"revenue": 99999, "honours": (), "trade_volume": 0, "lists": ()}, MET, "city"),
        (CLEAN | {"revenue": 10, "honours": (), "trade_volume": 0, "lists": ("规上工业",)}, MET, "county"),
        (CLEAN | {"revenue": 10, "honours": (), "trade_volume": 0, "lists": ()}, UNMET, ""),
        (CLEAN | {"revenue": 100000, "dishonest": True}, UNMET, ""),
        (CLEAN | {"revenue": 100000, "dishonest": None}, UNKNOWN, "province"),
    ],
)
def test_henan_three_tiers_with_exclusions(values, verdict, tier):
    found = says("henan-whitelist", **values)
    assert (found.verdict, found.tier) == (verdict, tier)


def test_a_better_tier_that_is_open_is_asked_about_and_a_worse_one_is_not():
    found = says("henan-whitelist", **CLEAN, revenue=20000)  # trade volume and honours are not known
    assert found.tier == "city"
    assert found.questions == (FACTS["honours"].question, FACTS["trade_volume"].question)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2019, 12, 31), UNMET),
        (date(2020, 1, 1), UNKNOWN),
        (date(2020, 6, 30), UNKNOWN),
        (date(2020, 7, 1), UNMET),
    ],
)
def test_hefei_invoices_within_a_half_year_and_no_second_support(day, verdict):
    assert says("hefei-2020-equipment", invoiced_on=day, supported=False).verdict is verdict
    assert says("hefei-2020-equipment", invoiced_on=day, supported=True).verdict is UNMET


def test_of_one_group_only_the_higher_support_is_taken():
    a, b, c = (
        ClauseMatch(code, MET, "", amount, ()) for code, amount in (("a", 10.0), ("b", 30.0), ("c", 5.0))
    )
    unmet = ClauseMatch("d", UNMET, "", None, ())
    assert without_double([a, b, c, unmet], {"a": "g", "b": "g", "c": "other", "d": "g"}) == {"a": "b"}


@pytest.mark.parametrize(
    ("on", "claimable"),
    [
        (date(2022, 6, 30), False),
        (date(2022, 7, 1), True),
        (date(2022, 9, 30), True),
        (date(2022, 10, 1), False),
    ],
)
def test_a_claim_window_is_open_on_its_first_and_last_day(on, claimable):
    assert CLAUSES["zhangzhou-2022-energy"].claimable(on) is claimable


def test_reasons_say_what_is_wanted_and_what_is_known():
    found = explain(condition_from_data({"fact": "staff", "at_most": 1000}, FACTS), {"staff": 1200.0}, FACTS)
    assert (found.wanted, found.is_known) == ("从业人数不超过1000人", "从业人数1200人")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"fact": "unknown_fact", "at_least": 1}, "fact"),
        ({"fact": "staff", "at_least": "many"}, "at_least"),
        ({"fact": "staff", "at_least": 1, "at_most": 2}, "conditions"),
        ({"fact": "trade", "at_least": "工业"}, "at_least"),
        ({"fact": "staff", "has": "x"}, "conditions"),
        ({"any": []}, "conditions"),
        ({"at_least_of": 3, "of": [{"judge": "x"}]}, "at_least_of"),
        ({"anything": [1]}, "conditions"),
        ({}, "conditions"),
        (None, "conditions"),
    ],
)
def test_a_condition_that_cannot_be_read_says_where(data, key):
    with pytest.raises(PolicyError, match=key):
        condition_from_data(data, FACTS)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"valid_from": None}, "valid_from"),
        ({"valid_to": date(2019, 1, 1)}, "valid_to"),
        ({"support": {"rate": 5}}, "of"),
        ({"support": {"rate": 5, "of": "trade"}}, "of"),
        ({"support": {"fixed": 5, "rate": 1, "of": "staff"}}, "support"),
        ({"support": {"fixed": -1}}, "fixed"),
    ],
)
def test_a_clause_that_cannot_be_used_says_where(change, key):
    data = {"code": "x", "name": "x", "valid_from": date(2020, 1, 1), "conditions": [{"judge": "x"}]}
    clause_from_data(data, FACTS)
    with pytest.raises(PolicyError, match=key):
        clause_from_data(data | change, FACTS)


VALUES = {
    FactKind.NUMBER: st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.0, float("nan")])),
    FactKind.WORD: st.sampled_from([None, "", "甲", "乙", "丙"]),
    FactKind.YES_NO: st.sampled_from([None, True, False]),
    FactKind.DAY: st.sampled_from([None, date(2022, 1, 1), date(2022, 6, 1)]),
    FactKind.MARKS: st.one_of(st.none(), st.lists(st.sampled_from(["甲", "乙"]), unique=True)),
}
FIRMS = st.lists(
    st.fixed_dictionaries({code: VALUES[fact.kind] for code, fact in FACTS.items()}), min_size=1, max_size=8
)


def _leaf() -> st.SearchStrategy[dict[str, Any]]:
    def of(code: str) -> st.SearchStrategy[dict[str, Any]]:
        match FACTS[code].kind:
            case FactKind.NUMBER:
                words = st.sampled_from(["at_least", "at_most", "more_than", "less_than", "equals", "not"])
                return st.builds(lambda w, n: {"fact": code, w: n}, words, st.sampled_from([0, 1, 2]))
            case FactKind.DAY:
                days = st.sampled_from([date(2022, 1, 1), date(2022, 3, 1)])
                return st.builds(
                    lambda w, d: {"fact": code, w: d}, st.sampled_from(["at_least", "less_than"]), days
                )
            case FactKind.WORD:
                among = st.builds(
                    lambda w: {"fact": code, w: ["甲", "乙"]}, st.sampled_from(["in", "not_in"])
                )
                return st.one_of(
                    among, st.builds(lambda w: {"fact": code, w: "甲"}, st.sampled_from(["equals", "not"]))
                )
            case FactKind.YES_NO:
                return st.builds(
                    lambda w, b: {"fact": code, w: b}, st.sampled_from(["equals", "not"]), st.booleans()
                )
        return st.just({"fact": code, "has": "甲"})

    return st.one_of(st.sampled_from(sorted(FACTS)).flatmap(of), st.just({"judge": "由部门认定"}))


def _composed(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(parts, min_size=1, max_size=4)
    plain = st.builds(lambda word, items: {word: items}, st.sampled_from(["all", "any", "none"]), some)
    counted = some.flatmap(
        lambda items: st.integers(1, len(items)).map(lambda count: {"at_least_of": count, "of": items})
    )
    return st.one_of(plain, counted)


@settings(max_examples=150, deadline=None)
@given(st.recursive(_leaf(), _composed, max_leaves=10), FIRMS)
def test_the_batch_and_the_reasons_agree_on_every_firm(data, firms):
    condition = condition_from_data(data, FACTS)
    frame = pl.DataFrame(
        [{"firm": n, **firm} for n, firm in enumerate(firms)], schema={"firm": pl.Int64, **columns_of(FACTS)}
    )
    batch = matched(fact_frame(frame, FACTS), {"p": condition})["p"].to_list()
    reasons = [explain(condition, firm, FACTS) for firm in firms]
    assert [{True: MET, False: UNMET, None: UNKNOWN}[value] for value in batch] == [
        r.verdict for r in reasons
    ]
    for reason in reasons:
        assert bool(reason.questions) == (reason.verdict is UNKNOWN)


def test_a_fact_without_a_column_is_unknown_in_the_batch():
    frame = fact_frame(pl.DataFrame({"firm": [1]}), FACTS)
    assert matched(frame, {"p": condition_from_data({"fact": "staff", "at_most": 5}, FACTS)})[
        "p"
    ].to_list() == [None]


def test_every_sample_has_a_source():
    assert all(item["source"] for _, item in sample_clauses()) and len(CLAUSES) >= 7
