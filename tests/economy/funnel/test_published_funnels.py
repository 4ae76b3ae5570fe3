"""Published tables of deals, held against themselves. Figures as they were printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wenpan.economy.funnel.cohorts import cohorts
from wenpan.economy.funnel.events import PipelineEvent, PipelineEventKind, replay_all
from wenpan.economy.funnel.published import (
    PublishedPart,
    PublishedRate,
    check_nesting,
    check_parts,
    check_rates,
    percent,
)
from wenpan.economy.funnel.stages import Stage

LUAN = [  # 1—6月2024: signed ≥1亿, of them started, start rate as printed
    (34, 32, "94.1"), (32, 22, "68.9"), (27, 17, "63"), (25, 13, "52"), (21, 10, "47.6"), (18, 7, "38.9"),
    (14, 11, "78.6"), (3, 2, "66.7"),
]  # fmt: skip


def rate(n: float, reached: float, printed: str, name: str = "县") -> PublishedRate:
    return PublishedRate(name, Decimal(str(n)), Decimal(str(reached)), printed)


def parts(*values: float, **within: str) -> list[PublishedPart]:
    return [
        PublishedPart(f"第{i}项", Decimal(str(v)), within.get(f"p{i}", "")) for i, v in enumerate(values, 1)
    ]


def test_luan_printed_68_9_where_its_own_counts_give_68_8():
    findings = check_rates([rate(n, reached, printed, f"{n}个的县") for n, reached, printed in LUAN])
    assert [(f.where, f.found, f.expected) for f in findings] == [("32个的县", "68.9%", "68.8%")]
    assert findings[0].words == "32个的县印为68.9%, 按22/32应为68.8%"


def test_luan_sums_agree():
    assert check_parts(Decimal(174), parts(*(n for n, _, _ in LUAN))) == ()
    assert check_parts(Decimal(114), parts(*(reached for _, reached, _ in LUAN))) == ()


def test_yunnan_more_started_than_landed_is_accepted_where_stages_are_not_nested():
    counts = [("履约", 82), ("落地", 32), ("开工", 41)]
    assert check_nesting(counts, nested=False) == ()
    found = check_nesting(counts, nested=True)
    assert [f.words for f in found] == ["“开工”41个多于“落地”32个, 而按本地规定后一阶段必经前一阶段"]


@pytest.mark.parametrize(("whole", "own", "park"), [(108, 94, 41), (64.08, 50.51, 22.51)])
def test_bijiang_parts_do_not_add_up_and_it_is_said_which_may_stand_inside_which(whole, own, park):
    table = [PublishedPart("区本级", Decimal(str(own))), PublishedPart("园区", Decimal(str(park)))]
    (found,) = check_parts(Decimal(str(whole)), table, "签约")
    assert found.code == "overlap"
    assert "可能“园区”包含在“区本级”内(其中), 请核实" in found.words


def test_bijiang_of_which_is_no_sum():
    table = [
        PublishedPart("区本级", Decimal(94)), PublishedPart("园区", Decimal(41), within="区本级"),
        PublishedPart("市级园区", Decimal(14)),
    ]  # fmt: skip
    assert check_parts(Decimal(108), table) == ()


def test_a_part_larger_than_what_it_stands_inside_of_is_found():
    table = [PublishedPart("区本级", Decimal(40)), PublishedPart("园区", Decimal(41), within="区本级")]
    assert [f.code for f in check_parts(Decimal(40), table)] == ["overlap"]


def test_what_is_missing_from_the_parts_is_said():
    (found,) = check_parts(Decimal(100), parts(60, 30))
    assert (found.code, found.expected) == ("sum", "90")
    assert found.words.endswith("差10未列明")


@pytest.mark.parametrize(
    ("reached", "n", "places", "expected"),
    [
        (Decimal("9.92"), Decimal(8), 0, "124"),  # 碧江 park: arrived against target
        (Decimal(326), Decimal(2104), 2, "15.49"),  # 阿坝 2011—15: arrived of agreed
        (199, 218, 2, "91.28"), (118, 218, 2, "54.13"),  # 安庆, signed in 2018
        (78, 132, 2, "59.09"),  # a city, first half of 2023
        (22, 32, 1, "68.8"), (1, 8, 0, "13"), (1, 8, 1, "12.5"),  # half up, as papers round
    ],
)  # fmt: skip
def test_percentages_as_officials_round(reached, n, places, expected):
    assert str(percent(reached, n, places)) == expected


def test_a_rate_of_nothing_is_no_rate():
    assert percent(0, 0) is None
    (found,) = check_rates([rate(0, 0, "100")])
    assert found.expected == "—"


def test_suzhou_district_printed_32_signings_of_which_none_is_one():
    """肃州区 2017: 7+6+10 framework and 3+6 intention agreements, 99.75亿, reported as 新签约32个."""
    told = [
        ("框架", 7, "32"),
        ("框架", 6, "10"),
        ("框架", 10, "18.6"),
        ("意向", 3, "13.15"),
        ("意向", 6, "26"),
    ]
    assert (sum(n for _, n, _ in told), sum(Decimal(a) for _, _, a in told)) == (32, Decimal("99.75"))
    deals = [f"{words}{group}-{i}" for group, (words, n, _) in enumerate(told) for i in range(n)]
    events = [
        PipelineEvent(deal, PipelineEventKind.REACHED, date(2017, 5, 1), Stage.FRAMEWORK) for deal in deals
    ]
    states = replay_all(events, date(2017, 6, 30))
    assert len(states) == 32
    assert sum(state.signed for state in states.values()) == 0
    assert cohorts(states.values(), date(2017, 6, 30)) == ()
