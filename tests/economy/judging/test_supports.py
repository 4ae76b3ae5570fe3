"""What carries GDP: the published national first quarter of 2024 is the check, the usual mistake its own
test."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.cli import main
from wenpan.economy.judging.sensitivity import LEAST, sensitivity
from wenpan.economy.judging.supports import IndustryFigure, SupportsError, supports

# National Bureau of Statistics, release of 17 April 2024: value added in 100 million yuan, growth in percent.
NATIONAL = """农林牧渔业,12295,3.5
工业,96426,6.0
建筑业,13978,5.8
批发和零售业,29543,6.0
交通运输、仓储和邮政业,13532,7.3
住宿和餐饮业,4892,7.3
金融业,26812,5.2
房地产业,17736,-5.4
信息传输、软件和信息技术服务业,15881,13.7
租赁和商务服务业,11232,10.8
其他行业,53974,3.8"""
INDUSTRIES = [
    IndustryFigure(n, float(v), float(g)) for n, v, g in (row.split(",") for row in NATIONAL.split("\n"))
]


def test_the_national_first_quarter_of_2024_comes_to_its_published_growth():
    found = supports([*INDUSTRIES, IndustryFigure("国内生产总值", 296299, 5.3)])
    assert found.growth == pytest.approx(5.28, abs=0.005)
    assert round(found.growth, 1) == 5.3
    assert found.apart == pytest.approx(-0.02, abs=0.005)


def test_the_share_of_the_current_year_is_the_wrong_weight():
    """By shares of this year's value the sum is 5.41, which no release says: it must not be what we say."""
    whole = sum(figure.value for figure in INDUSTRIES)
    trap = sum(figure.value / whole * figure.growth for figure in INDUSTRIES)
    assert trap == pytest.approx(5.41, abs=0.005)
    assert abs(supports(INDUSTRIES).growth - trap) > 0.1


def test_each_industry_pulls_by_its_weight_of_last_year():
    pulls = {pull.industry: round(pull.pull, 2) for pull in supports(INDUSTRIES).pulls}
    assert pulls == {
        "工业": 1.94, "其他行业": 0.70, "信息传输、软件和信息技术服务业": 0.68,
        "批发和零售业": 0.59, "金融业": 0.47,
        "租赁和商务服务业": 0.39, "房地产业": -0.36, "交通运输、仓储和邮政业": 0.33, "建筑业": 0.27,
        "农林牧渔业": 0.15, "住宿和餐饮业": 0.12,
    }  # fmt: skip


def test_shanghai_in_the_first_half_of_2022_is_met_within_a_tenth():
    found = supports([IndustryFigure("第一产业", 34.52, 1.7), IndustryFigure("第二产业", 4452.78, -13.7),
                      IndustryFigure("第三产业", 14862.01, -3.1)])  # fmt: skip
    assert found.growth == pytest.approx(-5.7, abs=0.1)


def test_a_gap_pulls_by_the_same_weight():
    """工业 weighs 96,426/1.06 of 281,427: one point more is 0.32 points of the whole."""
    found = supports(INDUSTRIES)
    assert found.gap_pull("工业", 7.0) == pytest.approx(0.323, abs=0.001)
    assert found.gap_pull("工业", 5.0) == pytest.approx(-0.323, abs=0.001)


@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(-50, 100)), min_size=1, max_size=20))
def test_weights_sum_to_one_and_the_growth_is_that_of_the_constant_price_totals(
    rows: list[tuple[float, float]],
):
    found = supports([IndustryFigure(str(n), v, g) for n, (v, g) in enumerate(rows)])
    assert sum(pull.weight for pull in found.pulls) == pytest.approx(1)
    now, last = sum(v for v, _ in rows), sum(v / (1 + g / 100) for v, g in rows)
    assert found.growth == pytest.approx(100 * (now / last - 1), abs=1e-6)


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "没有行业"),
        ([("甲", 1, 1), ("甲", 2, 1)], "重复"),
        ([("甲", 0, 1)], "大于0"),
        ([("甲", float("nan"), 1)], "大于0"),
        ([("甲", 1, -100)], "甲"),
        ([("第二产业", 1, 1), ("工业", 1, 1)], "重复计入"),
        ([("甲", 1, 1), ("GDP", 1, 1), ("合计", 1, 1)], "多于一行"),
    ],
)
def test_what_would_give_a_wrong_pull_is_refused(rows: list[tuple[str, float, float]], word: str):
    with pytest.raises(SupportsError, match=word):
        supports([IndustryFigure(*row) for row in rows])


def test_the_command_writes_the_whole_last(tmp_path: Path, capsys):
    (tmp_path / "i.csv").write_text(
        f"industry,value,growth\n{NATIONAL}\n国内生产总值,296299,5.3\n", encoding="utf-8"
    )
    out = tmp_path / "o.csv"
    assert main(["supports", "--industries", str(tmp_path / "i.csv"), "--out", str(out)]) == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert list(rows[0]) == ["industry", "weight", "growth", "pull"]
    assert len(rows) == 12
    assert rows[-1]["industry"] == "total"
    assert float(rows[-1]["pull"]) == float(rows[-1]["growth"]) == pytest.approx(5.28, abs=0.005)
    assert float(rows[1]["weight"]) == pytest.approx(0.323, abs=0.001)
    said = capsys.readouterr().out
    assert "推算, 非核算结果" in said
    assert "公布增速 5.3, 相差 0.02 点, 相符" in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("industry,value\n甲,1\n", "growth"),
        ("industry,value,growth\n甲,1,\n", "第2行的 growth"),
        ("industry,value,growth\n甲,x,1\n", "value"),
        ("industry,value,growth\n,1,1\n", "industry"),
        ("industry,value,growth\n", "没有行业"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path, capsys, text: str, word: str):
    (tmp_path / "i.csv").write_text(text, encoding="utf-8")
    assert main(["supports", "--industries", str(tmp_path / "i.csv"), "--out", str(tmp_path / "o.csv")]) == 2
    said = capsys.readouterr().err
    assert word in said and said.count("\n") == 1
    assert not (tmp_path / "o.csv").exists()


def test_seven_pairs_say_nothing_and_eight_do():
    pairs = [(float(n), 2.0 * n + 1) for n in range(LEAST)]
    few = sensitivity(pairs[:-1])
    assert (few.slope, few.refused) == (None, "只有7组已公布数据, 不足8组")
    assert few.of_whole(0.3) is None
    found = sensitivity(pairs)
    assert (found.slope, found.intercept, found.refused) == (pytest.approx(2), pytest.approx(1), "")
    assert found.of_whole(0.3) == pytest.approx((0.6, 0.6, 0.6))


def test_one_wild_pair_does_not_carry_the_slope_away_but_widens_the_interval():
    pairs = [(float(n), 0.5 * n) for n in range(12)]
    wild = sensitivity([*pairs[:-1], (11.0, 100.0)])
    assert wild.slope == pytest.approx(0.5)
    assert wild.low is not None and wild.high is not None and wild.low <= 0.5 <= wild.high


def test_an_indicator_that_never_moved_says_nothing():
    assert "没有变动" in sensitivity([(5.0, float(n)) for n in range(10)]).refused
