"""The words of the analysis: signs, turns, places, targets, what is needed, and what is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wenpan.documents.words import analysis_phrases
from wenpan.documents.words.numbers import full_width, how_many, numeral
from wenpan.economy.figures.quantities import number, points, printed_value
from wenpan.economy.time.periods import Month, Quarter, parse_period


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3.2, "增长3.2%"),
        (-3.2, "下降3.2%"),
        (0, "与上年同期持平"),
        (-0.04, "与上年同期持平"),  # -0.04 prints as 0.0: neither a growth nor a fall
        (0.05, "增长0.1%"),  # half up
        (-0.05, "下降0.1%"),
        (None, "尚未公布"),
        (float("nan"), "尚未公布"),
    ],
)
def test_growth_says_its_sign_in_words(value, words):
    assert analysis_phrases.growth(value) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (3.2, -1.0, "由负转正,较上月回升4.2个百分点"),
        (-1.0, 3.2, "由正转负,较上月回落4.2个百分点"),
        (3.6, 3.2, "增速较上月加快0.4个百分点"),
        (3.2, 3.6, "增速较上月回落0.4个百分点"),
        (-3.2, -4.4, "降幅较上月收窄1.2个百分点"),
        (-4.4, -3.2, "降幅较上月扩大1.2个百分点"),
        (3.2, 3.2, "增速与上月持平"),
        (-3.2, -3.2, "降幅与上月持平"),
        (0, -2.0, "由下降转为持平,较上月回升2.0个百分点"),
        (-2.0, 0, "由持平转为下降,较上月回落2.0个百分点"),
        (3.2, None, ""),
        (None, 3.2, ""),
    ],
)
def test_a_turn_is_named_for_what_it_is(now, before, words):
    assert analysis_phrases.turn(now, before) == words


def test_a_difference_is_that_of_the_printed_figures():
    # 3.25 prints as 3.3 and 1.14 as 1.1: the pencil gives 2.2; the raw difference 2.11 would print 2.1
    assert points(3.25, 1.14) == Decimal("2.2")
    assert analysis_phrases.against(3.25, 1.14) == "高于全市平均2.2个百分点"


@pytest.mark.parametrize(
    ("value", "city", "words"),
    [
        (1.0, 3.1, "低于全市平均2.1个百分点"),
        (3.1, 1.0, "高于全市平均2.1个百分点"),
        (3.1, 3.1, "与全市平均持平"),
        (3.1, None, ""),
    ],
)
def test_against_the_city(value, city, words):
    assert analysis_phrases.against(value, city) == words


@pytest.mark.parametrize(
    ("rank", "change", "words"),
    [
        (8, -1, "居全市第8位,较上月后移1位"),
        (8, 2, "居全市第8位,较上月前移2位"),
        (8, 0, "居全市第8位,位次与上月持平"),
        (8, None, "居全市第8位"),
        (10, None, "居全市第10位(末位)"),
        (None, None, ""),
    ],
)
def test_a_place_and_its_change(rank, change, words):
    assert analysis_phrases.place(rank, 10, change) == words


def test_equal_rivals_share_a_place():
    assert analysis_phrases.place(2, 10, None, tied=True) == "并列全市第2位"


def test_a_rival_that_has_not_published_is_named_not_ranked():
    words = analysis_phrases.place(8, 8, None, missing=("望江新区", "龙泊县"))
    assert words == "居全市第8位(末位)(望江新区、龙泊县尚未公布,未参与排位)"


@pytest.mark.parametrize(
    ("actual", "target", "comparison", "words"),
    [
        (4.7, 6.5, ">=", "低于市下达目标(增长6.5%)1.8个百分点"),
        (8.3, 6.5, ">=", "高于市下达目标(增长6.5%)1.8个百分点"),
        (6.5, 6.5, ">=", "与市下达目标(增长6.5%)持平"),
        (-7.0, -5.0, ">=", "低于市下达目标(降幅控制在5.0%以内)2.0个百分点"),
        (-1.0, -3.0, "<=", "未达市下达目标(下降3.0%以上),相差2.0个百分点"),
        (-3.4, -3.0, "<=", "优于市下达目标(下降3.0%以上)0.4个百分点"),
        (1.0, 0, ">=", "高于市下达目标(与上年持平)1.0个百分点"),
        (None, 6.5, ">=", ""),
    ],
)
def test_against_a_growth_target(actual, target, comparison, words):
    assert analysis_phrases.against_target(actual, target, comparison, "city") == words


def test_a_level_is_told_as_progress_against_schedule():
    assert analysis_phrases.progress(72.3, 75.0) == "完成年度目标的72.3%,慢于时序进度2.7个百分点"
    assert (
        analysis_phrases.progress(77.7, 75.0, "congress")
        == "完成人代会确定年度目标的77.7%,超时序进度2.7个百分点"
    )
    assert analysis_phrases.progress(75.0, 75.0) == "完成年度目标的75.0%,与时序进度持平"
    assert analysis_phrases.progress(75.0, None) == "完成年度目标的75.0%"


@pytest.mark.parametrize(
    ("left", "quarterly", "words"),
    [
        (3, False, "后三个月"),
        (2, False, "后两个月"),
        (1, False, "12月"),
        (3, True, "四季度"),
        (6, True, "下半年"),
    ],
)
def test_the_rest_of_the_year(left, quarterly, words):
    assert analysis_phrases.rest_of_year(left, quarterly=quarterly) == words


@pytest.mark.parametrize(
    ("value", "comparison", "words"),
    [
        (8.4, ">=", "后三个月需增长8.4%"),
        (-3.0, ">=", "后三个月降幅需控制在3.0%以内"),
        (0.0, ">=", "后三个月需与上年同期持平"),
        (8.4, "<=", "后三个月增速需控制在8.4%以内"),
        (-3.0, "<=", "后三个月需下降3.0%以上"),
        (None, ">=", ""),
    ],
)
def test_the_pace_that_is_needed(value, comparison, words):
    assert analysis_phrases.needed_growth(value, "后三个月", comparison) == words


def test_an_amount_that_is_needed_is_per_month_and_may_be_reached():
    assert analysis_phrases.needed_amount(4.1, "亿元", "后三个月") == "后三个月月均需完成4.10亿元"
    assert analysis_phrases.needed_amount(0, "亿元", "后三个月") == "已达到年度目标"
    assert analysis_phrases.needed_amount(-1.5, "亿元", "后三个月") == "已达到年度目标"


BANDS = ((0.7, "把握较大"), (0.4, "存在不确定性"), (0.0, "难度较大"))


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.12, "完成年度目标难度较大(概率约12%)"),
        (0.7, "完成年度目标把握较大(概率约70%)"),
        (0.004, "完成年度目标难度较大(概率低于5%)"),  # a model does not know more than that
        (1.0, "完成年度目标把握较大(概率高于95%)"),
        (None, ""),
    ],
)
def test_a_chance_is_a_word_and_a_number(probability, words):
    assert analysis_phrases.chance(probability, BANDS) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1.2, 4.5, "增长1.2%至4.5%之间"),
        (-4.5, -1.2, "下降1.2%至4.5%之间"),
        (-0.5, 4.5, "下降0.5%至增长4.5%之间"),
        (0.0, 4.5, "持平至增长4.5%之间"),
        (None, 4.5, ""),
    ],
)
def test_a_range_of_growths(low, high, words):
    assert analysis_phrases.spread(low, high) == words


def test_periods_are_spoken_of_as_they_are_published():
    assert analysis_phrases.ytd(Month(2022, 9)) == "1—9月"
    assert analysis_phrases.ytd(Month(2022, 12)) == "全年"
    assert analysis_phrases.ytd(Quarter(2022, 3)) == "前三季度"
    assert analysis_phrases.at_end(Month(2022, 9)) == "9月末"


@pytest.mark.parametrize(
    ("period", "previous", "words"),
    [
        ("2022-09", "2022-08", "上月"),
        ("2022-03", "2022-02", "1—2月"),
        ("2022-Q3", "2022-Q2", "上半年"),
        ("2022-Q1", "2021-Q4", "上年全年"),
    ],
)
def test_the_period_before_is_named(period, previous, words):
    assert analysis_phrases.earlier(parse_period(period), parse_period(previous)) == words


def test_amounts_carry_units_and_losses_are_said():
    assert analysis_phrases.amount(323.449, "亿元") == "323.45亿元"
    assert analysis_phrases.amount(-2.0, "亿元") == "负2.00亿元"
    assert analysis_phrases.amount(None, "亿元") == "尚未公布"


def test_missing_is_a_dash_and_never_zero():
    assert number(None) == "—"
    assert number(float("nan")) == "—"
    assert printed_value(None) is None
    assert number(-0.04) == "0.0"


def test_chinese_numerals():
    assert [numeral(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
    assert how_many(2) == "两"
    with pytest.raises(ValueError, match="一到九十九"):
        numeral(0)


def test_punctuation_beside_chinese_is_printed_full_width():
    said = full_width("增长3.2%, 低于目标(增长6.5%)1.8个点; GDP(现价): 完成. 时间12:30, 3,456")
    comma, left, right, semicolon, colon = "\uff0c", "\uff08", "\uff09", "\uff1b", "\uff1a"
    first = f"增长3.2%{comma}低于目标{left}增长6.5%{right}1.8个点{semicolon}"
    assert said == f"{first}GDP{left}现价{right}{colon}完成。时间12:30, 3,456"
