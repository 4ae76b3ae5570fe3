"""Counting rules: whether, when, where and with how much a deal counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from wenpan.economy.funnel.amount_ladder import Rung, RungAmount, amount_ladder
from wenpan.economy.funnel.counting import CountingCase, counts, other_sets_say, share_out
from wenpan.economy.funnel.counting_rules import CountingRules
from wenpan.economy.funnel.events import PipelineEvent, PipelineEventKind, replay
from wenpan.economy.funnel.money import Money
from wenpan.economy.funnel.stages import DealRuleError, Stage
from wenpan.rules.deals import counting_in_force, counting_rules, stage_rules

K = PipelineEventKind
SETS = counting_rules()
DAY = date(2023, 6, 30)
CONTRACT = frozenset({"contract"})


def case(*events: PipelineEvent, agreed: str = "20000", day: date = DAY, **more: object) -> CountingCase:
    ladder = amount_ladder([RungAmount(Rung.AGREED, Money(Decimal(agreed)), date(2020, 1, 1))], day)
    return CountingCase("D1", replay(events, day, stage_rules(day)), ladder, signed_place="安禾区", **more)  # type: ignore[arg-type]


def signed(on: date, approved: date | None = None, evidence: frozenset[str] = CONTRACT) -> PipelineEvent:
    return PipelineEvent("D1", K.REACHED, on, Stage.SIGNED, approved_on=approved, evidence=evidence)


def at(stage: Stage, on: date, *evidence: str) -> PipelineEvent:
    return PipelineEvent("D1", K.REACHED, on, stage, approved_on=on, evidence=frozenset(evidence))


@pytest.mark.parametrize("code", sorted(SETS))
def test_no_set_counts_a_framework_agreement(code):
    framework = at(Stage.FRAMEWORK, date(2023, 2, 1), "framework_text")
    registered = at(Stage.REGISTERED, date(2023, 3, 1), "licence")
    started = at(Stage.STARTED, date(2023, 4, 1), "permit")
    answer = counts(case(framework, registered, started, trade="industry"), SETS[code], DAY)
    assert (answer.counted, answer.year, answer.amount) == (False, None, None)
    assert answer.why[0] == "只有框架(意向)协议, 未正式签约; 框架协议不计签约"


def test_a_set_that_would_count_less_than_a_signing_is_refused_at_load():
    data = {"version": "1", "effective_from": date(2020, 1, 1), "source": "x", "year_by": "signed"}
    for at_stages in ([], ["framework"], ["registered"], ["framework", "signed"]):
        with pytest.raises(DealRuleError, match="框架协议不计签约"):
            CountingRules.from_data(data | {"at": at_stages})


def test_signed_on_30_december_and_approved_in_january_falls_where_the_set_says():
    deal = case(signed(date(2022, 12, 30), approved=date(2023, 1, 9)))
    by_signing, by_approval = counts(deal, SETS["sanming"], DAY), counts(deal, SETS["city-strict"], DAY)
    assert (by_signing.year, by_approval.year) == (2022, 2023)
    assert "(签约在2022年)" in by_approval.why[0]


@pytest.mark.parametrize(
    ("day", "counted"), [(date(2023, 1, 8), False), (date(2023, 1, 9), True), (date(2023, 1, 10), True)]
)
def test_what_is_not_approved_yet_does_not_count_where_approval_decides(day, counted):
    deal = case(signed(date(2022, 12, 30), approved=date(2023, 1, 9)), day=day)
    assert counts(deal, SETS["city-strict"], day).counted is counted


@pytest.mark.parametrize(("agreed", "counted"), [("2999.99", False), ("3000", True), ("3000.01", True)])
def test_industry_counts_from_3000_wan_where_the_threshold_is_mixed(agreed, counted):
    day = date(2023, 6, 30)
    deal = case(signed(date(2023, 5, 1)), agreed=agreed, trade="industry")
    assert counts(deal, SETS["mixed-threshold"], day).counted is counted


def test_other_trades_need_1_yi_and_the_sentence_says_it():
    answer = counts(case(signed(date(2023, 5, 1)), agreed="9999"), SETS["mixed-threshold"], DAY)
    assert answer.why == ("协议投资9999万元, 不到亿元以上起点1亿元",)


def test_a_department_has_the_lower_threshold():
    deal = case(signed(date(2023, 5, 1), date(2023, 5, 2)), agreed="5000", owner_kind="department")
    assert counts(deal, SETS["city-strict"], DAY).counted
    assert not counts(replace(deal, owner_kind="town"), SETS["city-strict"], DAY).counted


@pytest.mark.parametrize("mark", sorted(SETS["city-strict"].never))
def test_what_never_counts(mark):
    deal = case(signed(date(2023, 5, 1), date(2023, 5, 2)), marks=frozenset({mark}))
    answer = counts(deal, SETS["city-strict"], DAY)
    assert answer.why == (SETS["city-strict"].never[mark],)


def test_extra_capital_counts_its_increment_only():
    answer = counts(case(signed(date(2023, 5, 1)), enlarges=Decimal(15000)), SETS["sanming"], DAY)
    assert answer.amount == 5000
    assert answer.why[1] == "增资扩产, 只计增量: 2亿元减原已计1.5亿元, 计5000万元"


def test_a_replaced_agreement_is_not_added_to_the_one_that_replaces_it():
    deal = case(signed(date(2023, 5, 1)), PipelineEvent("D1", K.REPLACED, DAY, successor="D2"))
    answer = counts(deal, SETS["sanming"], DAY)
    assert not answer.counted
    assert "由替代的协议计, 金额不相加" in answer.why[0]


def test_a_deal_that_moved_counts_once_where_the_set_says():
    deal = case(
        signed(date(2022, 5, 1), date(2022, 5, 9)),
        at(Stage.REGISTERED, date(2022, 7, 1), "licence"),
        PipelineEvent("D1", K.MOVED, date(2022, 9, 1), place="临水区"),
        at(Stage.STARTED, date(2023, 2, 1), "permit"),
        listed_on=date(2022, 5, 9),
    )
    assert counts(deal, SETS["sanming"], DAY).place == "安禾区"
    there = counts(deal, SETS["county"], DAY, stage_rules(DAY))
    assert (there.counted, there.place, there.year) == (True, "临水区", 2023)
    assert "计在现所在地, 只计一次" in there.why[-1]


@pytest.mark.parametrize(("start", "counted"), [(date(2024, 12, 31), True), (date(2025, 1, 1), False)])
def test_carry_over_ends_after_two_years(start, counted):
    deal = case(
        signed(date(2022, 5, 1), date(2022, 5, 9)), at(Stage.REGISTERED, date(2022, 7, 1), "licence"),
        at(Stage.STARTED, start, "permit"), day=date(2025, 6, 30), listed_on=date(2022, 5, 9),
    )  # fmt: skip
    assert counts(deal, SETS["county"], date(2025, 6, 30)).counted is counted


@pytest.mark.parametrize(
    ("listed", "counted"), [(None, False), (date(2023, 5, 31), True), (date(2023, 6, 1), False)]
)
def test_nothing_is_listed_after_its_month(listed, counted):
    deal = case(
        signed(date(2023, 4, 1), date(2023, 4, 2)), at(Stage.REGISTERED, date(2023, 4, 20), "licence"),
        at(Stage.STARTED, date(2023, 5, 15), "permit"), listed_on=listed,
    )  # fmt: skip
    assert counts(deal, SETS["county"], DAY).counted is counted


def test_a_signing_without_a_contract_counts_only_where_no_proof_is_asked():
    deal, stages = case(signed(date(2023, 5, 1), evidence=frozenset()), trade="industry"), stage_rules(DAY)
    answers = other_sets_say(deal, SETS.values(), DAY, stages)
    assert answers["default"].why == ("“正式签约”缺正式投资合同",)
    assert answers["mixed-threshold"].counted


def test_a_shared_deal_counts_once_and_its_parts_sum_to_the_whole():
    thirds = {"a": Decimal("0.3333"), "b": Decimal("0.3333"), "c": Decimal("0.3334")}
    answer = counts(case(signed(date(2023, 5, 1)), agreed="10000.01", shares=thirds), SETS["default"], DAY)
    assert sum(answer.by_unit.values()) == answer.amount == Decimal("10000.01")
    assert "全区只计1个" in answer.why[-1]
    with pytest.raises(ValueError, match="比例之和应为1"):
        share_out(Decimal(1), {"a": Decimal("0.5")})


def test_the_same_deal_reported_twice_counts_once():
    answer = counts(case(signed(date(2023, 5, 1)), duplicate_of="D9"), SETS["default"], DAY)
    assert answer.why == ("与“D9”是同一项目, 已在那里计1个",)


def test_an_amount_in_dollars_without_a_rate_counts_as_a_deal_without_amount():
    ladder = amount_ladder([RungAmount(Rung.AGREED, Money(Decimal(500), "USD"), date(2023, 1, 1))], DAY)
    deal = replace(case(signed(date(2023, 5, 1))), ladder=ladder)
    answer = counts(deal, SETS["default"], DAY)
    assert (answer.counted, answer.amount) == (True, None)
    assert not counts(deal, SETS["sanming"], DAY).counted  # and cannot be held against a threshold


def test_one_set_is_in_force_and_every_set_has_a_source():
    assert counting_in_force(DAY).code == "default"
    assert all(rules.source for rules in SETS.values())
