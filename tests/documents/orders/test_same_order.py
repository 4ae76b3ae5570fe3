"""Two papers that order the same thing are found; siblings for another town or another phase are not."""

from dataclasses import replace
from datetime import date

import pytest

from benchmarks import same_order as benchmark
from wenpan.documents.orders.proposal import MatterProposal
from wenpan.documents.orders.same_order import likeness, same_order

EVERY = [*benchmark.pairs(), *benchmark.pairs(benchmark.UNSEEN)]


def order(text: str, lead: str = "", due: date | None = None, recurrence: str = "") -> MatterProposal:
    return MatterProposal(text, lead, (), due, "", recurrence, (0, len(text)), 1.0)


@pytest.mark.parametrize("pair", EVERY, ids=lambda p: p.a.text[:12])
def test_paraphrases_are_the_same_and_siblings_are_not(pair: benchmark.Pair) -> None:
    assert pair.likeness.is_same == pair.same, pair.likeness


@pytest.mark.parametrize("pair", EVERY[::4], ids=lambda p: p.a.text[:12])
def test_likeness_is_the_same_both_ways_and_between_none_and_all(pair: benchmark.Pair) -> None:
    assert same_order(pair.a, pair.b) == pytest.approx(same_order(pair.b, pair.a), abs=0.05)
    assert 0 <= same_order(pair.a, pair.b) <= 1
    assert same_order(pair.a, pair.a) == 1


def test_the_reasons_are_told() -> None:
    a, b = order("完成滨河路管廊", "区住建局"), order("完成中兴路管廊", "桐溪镇")
    reasons = "; ".join(likeness(a, b).reasons)
    assert "责任单位不同" in reasons and "滨河 / 中兴" in reasons and "文字相近" in reasons


def test_codes_of_units_tell_where_both_have_them() -> None:
    a, b = order("建设城市公园", "区住建局"), order("建设城市公园", "住房城乡建设部门")
    assert same_order(a, b) < 0.5
    assert likeness(replace(a, units=("zjj",)), replace(b, units=("zjj",))).is_same


def test_a_rhythm_and_a_day_speak_against_each_other() -> None:
    monthly = order("报送项目进展", "区发改局", recurrence="monthly:5")
    once = order("报送项目进展", "区发改局", date(2022, 10, 20))
    assert same_order(monthly, once) < same_order(monthly, monthly)


def test_empty_words_are_like_nothing() -> None:
    assert same_order(order("。"), order("建设公园")) == 0
