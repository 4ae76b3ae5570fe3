"""核数 of targets, needs, parts and periods: what must hold together, and what is right raises nothing."""

from decimal import Decimal

import pytest

from wenpan.documents.proof.paper_figures import Vocabulary
from wenpan.documents.proof.proof import proof
from wenpan.documents.proof.proof_ledger import ProofLedger

KNOWN = Vocabulary(
    {
        "规模以上工业增加值": "va",
        "固定资产投资": "fai",
        "规模以上服务业营业收入": "services",
        "房地产开发投资": "estate",
    },
    {"全市": "city", "全区": "home"},
    "home",
    2022,
    "2022-09",
)
LEDGER = ProofLedger(
    {
        ("home", code, period, "ytd_growth", "natural"): Decimal(value)
        for code, period, value in (
            ("va", "2022-09", "6.5"),
            ("va", "2022-08", "6.7"),
            ("fai", "2022-09", "-3.2"),
            ("estate", "2022-09", "-39.3"),
            ("services", "2022-08", "3.8"),
        )
    },
    {},
    {"home": "全区", "city": "全市"},
    whole="city",
)


def faults(*paragraphs: str) -> list[tuple[str, str]]:
    return [
        (v.state, v.figure.words)
        for v in proof(paragraphs, KNOWN, LEDGER)
        if v.state in ("wrong", "contradictory")
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("固定资产投资（自2月起）低于市下达目标（增长8.0%）11.2个百分点。", []),
        ("固定资产投资（自2月起）低于市下达目标（增长8.4%）11.2个百分点。", ["增长8.4%"]),
        ("规模以上工业增加值高于市下达目标（增长6.0%）0.9个百分点。", ["增长6.0%"]),
        ("商品房销售面积低于市下达目标（增长8.4%）11.2个百分点。", []),
    ],
)
def test_a_target_its_gap_and_the_ledgers_growth_belong_together(words: str, found: list[str]) -> None:
    assert [figure for _, figure in faults(words)] == found


def test_a_need_is_one_number_wherever_it_is_said() -> None:
    assert faults("固定资产投资后三个月需增长96.7%。", "固定资产投资后三个月需增长96.7%，方可完成。") == []
    assert faults("固定资产投资后三个月需增长96.7%。", "固定资产投资后三个月需增长97.6%，方可完成。") == [
        ("contradictory", "增长97.6%")
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("33项指标中，18项增长，15项下降。", []),
        ("34项指标中，18项增长，15项下降。", ["34项"]),
        ("正式签约25个，其中1亿元以上16个，协议投资64.85亿元。", []),
        ("正式签约25个，其中1亿元以上16个，协议投资64.85万元。", ["64.85万元"]),
        ("已办结19项；按期办结16项，按期率84.2%。", []),
        ("已办结19项；按期办结16项，按期率82.4%。", ["按期率82.4%"]),
        ("应办结31项，已办结19项；按期办结1项，按期率100.0%。", ["按期率100.0%"]),
    ],
)
def test_parts_and_wholes_of_counts(words: str, found: list[str]) -> None:
    assert [figure for _, figure in faults(words)] == found


def test_a_month_that_the_ledger_has_not_with_the_figure_of_the_one_that_it_has() -> None:
    assert faults("1—8月，规模以上服务业营业收入增长3.8%。") == []
    assert faults("1—9月，规模以上服务业营业收入增长3.8%。") == [("wrong", "增长3.8%")]
    assert faults("1—9月，规模以上服务业营业收入增长4.4%。") == []


def test_counts_of_a_period_to_come() -> None:
    assert faults("1—11月，列入监测的33项指标运行平稳。") == [("wrong", "33项")]
    assert faults("10月份到期的事项4项。") == []


def test_a_figure_in_a_bracket_behind_its_indicator() -> None:
    assert faults("应重点调度房地产开发投资（下降39.3%，住建局）。") == []
    assert faults("应重点调度房地产开发投资（下降93.3%，住建局）。") == [("wrong", "下降93.3%")]


def test_points_beside_a_named_month() -> None:
    assert faults("规模以上工业增加值增长6.5%，增速较8月末回落0.2个百分点。") == []
    assert faults("规模以上工业增加值增长6.5%，增速较8月末回落0.5个百分点。") == [
        ("wrong", "较8月末回落0.5个百分点")
    ]
