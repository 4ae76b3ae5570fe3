"""The analysis as a whole: what it says of a month, and the months it refuses to write about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

import wenpan.rules
from tests.documents.fixtures.briefing import ESTATE, FAI, GDP, INDUSTRY, POLICY, RETAIL, REVENUE, SERVICES
from wenpan.documents.papers.briefing.compose import compose
from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.input import BriefingInput, BriefingPolicy
from wenpan.documents.papers.briefing.tables import outlook_table
from wenpan.documents.papers.briefing.together import TargetsTogether
from wenpan.documents.papers.facts import FactRegister, Inconsistent
from wenpan.documents.papers.paper import Heading, PaperTable, block_text
from wenpan.documents.words.numbers import full_width
from wenpan.economy.figures import quantities
from wenpan.economy.time.periods import Month


def given(*lines: BriefingLine, **more) -> BriefingInput:
    known = lines or (GDP, INDUSTRY, FAI, ESTATE, RETAIL, SERVICES, REVENUE)
    standard = {
        "as_of": Month(2022, 9), "place": "安禾区", "city": "宁澜市", "lines": known, "policy": POLICY,
        "dated": date(2022, 10, 20), "issuer": "安禾区经济发展局", "rule_name": "默认规则",
        "rule_version": "2022-01", "journal_head": "a1b2c3d4e5f6a7b8" * 4,
    }  # fmt: skip
    return BriefingInput(**(standard | more))


def swapped(old: BriefingLine, new: BriefingLine) -> tuple[BriefingLine, ...]:
    return tuple(new if line is old else line for line in given().lines)


@pytest.fixture(scope="module")
def text() -> str:
    paper, _register = compose(given())
    return "\n".join(block_text(block) for block in paper.all_blocks())


def refusals(made: BriefingInput) -> list[str]:
    with pytest.raises(Inconsistent) as refusal:
        compose(made)
    assert all(problem.todo for problem in refusal.value.problems)
    return [problem.code for problem in refusal.value.problems]


def test_it_has_the_five_parts_of_an_analysis_and_its_tables():
    paper, _register = compose(given())
    parts = [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    assert [part[:2] for part in parts] == ["内容", "一、", "二、", "三、", "四、", "五、"]
    assert "供参考" in parts[5]
    assert len([block for block in paper.attachments if isinstance(block, PaperTable)]) == 3
    assert paper.title == ("安禾区2022年1—9月", "经济运行分析")


@pytest.mark.parametrize(
    "sentence",
    [
        "固定资产投资下降12.3%,降幅较上月扩大1.2个百分点,低于全市平均14.4个百分点,居全市第10位(末位),较上月后移1位;"
        "低于市下达目标(增长8.0%)20.3个百分点,亮红灯。",
        "规模以上工业增加值增长8.3%,由负转正,较上月回升8.5个百分点,高于全市平均2.1个百分点,居全市第2位,较上月前移1位;",
        "社会消费品零售总额323.45亿元,增长4.7%,增速与上月持平,与全市平均持平,居全市第8位,较上月后移1位;",
        "一般公共预算收入30.37亿元,下降19.4%,低于全市平均15.4个百分点,增速居全市第9位;"
        "完成市下达年度目标的72.3%,慢于时序进度2.7个百分点,亮黄灯。",
        "1—8月,规模以上服务业营业收入",
        "前三季度,地区生产总值291.92亿元",
        "(望江新区尚未公布,未参与排位)",
        "绿灯3项、黄灯2项、红灯1项",
        "固定资产投资(自6月起)低于市下达目标",
        "社会消费品零售总额:全年预计增长4.9%左右(八成可能在增长3.0%至6.8%之间),完成年度目标难度较大(概率约12%);"
        "后三个月需增长11.0%方可完成年度目标。",
        "一般公共预算收入后三个月月均需完成3.88亿元",
        "固定资产投资的分项中应重点调度房地产开发投资(下降31.0%,住建局)",
    ],
)
def test_it_says(text, sentence):
    assert full_width(sentence) in text


def test_no_sentence_holds_a_growth_with_a_minus(text):
    assert "增长-" not in text
    assert "下降-" not in text


def test_suggestions_go_to_units_and_never_to_firms(text):
    part = text[text.index("五、") :]
    assert "1. 经发局" in part
    assert "企业" not in part
    assert "依法独立填报" in part


def test_every_number_of_the_paper_is_a_registered_fact():
    paper, register = compose(given())
    keys = {key for span in paper.spans() for key in span.facts}
    assert keys <= set(register.facts)
    assert register.facts["fai/ytd_growth"].source == 7
    assert register.facts["retail/level"].source == 11


def test_the_same_board_gives_the_same_paper():
    assert compose(given()) == compose(given())


def test_the_small_print_names_the_rules_and_the_journal():
    paper, _register = compose(given())
    assert "默认规则" in paper.small_print
    assert "2022-01" in paper.small_print
    assert "a1b2c3d4e5f6a7b8" in paper.small_print


def test_a_stale_figure_is_refused():
    assert refusals(given(lines=swapped(RETAIL, replace(RETAIL, period="2022-08")))) == ["stale"]


def test_a_figure_that_is_published_a_month_late_is_not_stale():
    compose(given())  # services of August in September's paper
    late = replace(SERVICES, period="2022-09")
    assert refusals(given(lines=swapped(SERVICES, late))) == ["stale"]


def test_a_month_without_a_required_figure_is_refused():
    silent = replace(FAI, actual=None, light="UNKNOWN", rank=None, gap=None)
    assert refusals(given(lines=swapped(FAI, silent))) == ["missing"]


def test_a_month_with_no_judgement_is_refused():
    empty = replace(given(), lines=())
    assert refusals(empty) == ["no_figures"]


def test_an_indicator_that_is_not_out_is_named_and_not_green():
    silent = replace(
        SERVICES, actual=None, light="UNKNOWN", rank=None, gap=None, target=None, versus_city=None
    )
    paper, _register = compose(given(lines=swapped(SERVICES, silent)))
    said = "\n".join(block_text(block) for block in paper.blocks)
    assert "规模以上服务业营业收入尚未公布" in said
    assert "不视为正常" in said


def test_a_light_without_a_figure_is_refused():
    green = replace(SERVICES, actual=None, light="GREEN", rank=None, gap=None)
    assert "light" in refusals(given(lines=swapped(SERVICES, green)))


def test_counts_that_differ_from_the_page_are_refused():
    assert refusals(given(counts={"RED": 2})) == ["light"]


@pytest.mark.parametrize(
    ("name", "value"), [("gap", -12.0), ("versus_city", 3.0)], ids=["gap to the target", "gap to the city"]
)
def test_a_page_that_contradicts_the_figures_is_refused(name, value):
    assert "difference" in refusals(given(lines=swapped(FAI, replace(FAI, **{name: value}))))


def test_too_many_missing_figures_are_refused():
    many = [
        replace(SERVICES, indicator=f"x{n}", actual=None, light="UNKNOWN", rank=None, gap=None)
        for n in range(5)
    ]
    assert "too_little" in refusals(given(INDUSTRY, FAI, RETAIL, REVENUE, *many))


def test_a_change_over_a_gap_in_the_series_is_not_called_last_months():
    broken = replace(FAI, trend=(-10.0, None, -12.3))
    paper, _register = compose(given(lines=swapped(FAI, broken)))
    said = "\n".join(block_text(block) for block in paper.blocks)
    assert "降幅较上月扩大1.2个百分点" not in said


def test_a_policy_whose_bands_do_not_end_at_nought_is_refused():
    data = yaml.safe_load((Path(wenpan.rules.__file__).parent / "briefing.yaml").read_text("utf-8"))
    data["chance"] = data["chance"][:-1]
    with pytest.raises(ValueError, match="least"):
        BriefingPolicy.from_data(data)


CALM = replace(
    RETAIL,
    actual=7.5,
    gap=1.0,
    versus_city=2.8,
    trend=(4.7, 7.5),
    held=True,
    hold_periods=2,
    better_periods=1,
)
HELD = [
    (
        "a yellow light over a target that is met",
        CALM,
        "高于市下达目标(增长6.5%)1.0个百分点,本期已好转,按连续2期好转后转灯的规则仍亮黄灯。",
    ),
    (
        "a red light over a target that is met",
        replace(CALM, light="RED"),
        "高于市下达目标(增长6.5%)1.0个百分点,本期已好转,按连续2期好转后转灯的规则仍亮红灯。",
    ),
    (
        "the second of three better periods",
        replace(CALM, hold_periods=3, better_periods=2),
        "高于市下达目标(增长6.5%)1.0个百分点,已连续2期好转,按连续3期好转后转灯的规则仍亮黄灯。",
    ),
    (
        "a light that warns for another reason says where it stands",
        replace(CALM, held=False, hold_periods=0, better_periods=0),
        "高于市下达目标(增长6.5%)1.0个百分点,亮黄灯(判定依据见附表3)。",
    ),
    (
        "a green light over a target that is met says no more than its colour",
        replace(CALM, light="GREEN", held=False, hold_periods=0, better_periods=0),
        "高于市下达目标(增长6.5%)1.0个百分点,亮绿灯。",
    ),
]


def _said(**swaps) -> str:
    paper, _register = compose(given(**swaps))
    return "\n".join(block_text(block) for block in paper.all_blocks())


@pytest.mark.parametrize(("line", "sentence"), [c[1:] for c in HELD], ids=[c[0] for c in HELD])
def test_a_light_that_is_held_says_so_in_its_own_sentence(line, sentence):
    assert full_width(sentence) in _said(lines=swapped(RETAIL, line))


def test_what_is_wrong_this_month_says_which_lights_are_only_held():
    red = _said(lines=swapped(RETAIL, replace(CALM, light="RED")))
    part = red[red.index("三、") : red.index("四、")]
    assert full_width("社会消费品零售总额(本月新转入)高于市下达目标(增长6.5%)1.0个百分点,本期已好转") in part
    assert full_width("(其中社会消费品零售总额本期已好转,按规则暂未转灯)") in _said(
        lines=swapped(RETAIL, CALM)
    )


def test_a_place_that_is_shared_is_said_as_shared():
    text = _said(lines=swapped(INDUSTRY, replace(INDUSTRY, rank=3, tied=True)))
    assert full_width("并列全市第3位,较上月前移1位") in text
    assert "3/10*" in text
    paper, _register = compose(given(lines=swapped(INDUSTRY, replace(INDUSTRY, rank=3, tied=True))))
    assert any(
        "加*为并列" in note
        for block in paper.attachments
        if isinstance(block, PaperTable)
        for note in block.notes
    )


TOGETHER = TargetsTogether(
    of_city=True, targets=20, all_met=0.003, sure=4, even=7, event=8, event_chance=0.46, push="限上住宿",
    if_pushed=0.62, years=3, ranked=25, none_last=0.31,
)  # fmt: skip


def test_the_outlook_says_what_all_targets_together_may_come_to():
    paper, register = compose(given(together=TOGETHER))
    said = "\n".join(block_text(block) for block in paper.all_blocks())
    assert "市下达20项目标全部完成的概率低于1%，有九成把握完成的不少于4项，有五成把握完成的不少于7项" in said
    assert "确保限上住宿最有利，至少完成8项的概率由约46%变为约62%" in said
    assert "25项指标年末没有一项居末位的概率约31%" in said and "依据3年的预测误差" in said
    assert register.decimal("together/sure") == 4


def test_without_two_chances_nothing_is_said_of_all_together():
    paper, _register = compose(given())
    assert "合起来看" not in "\n".join(block_text(block) for block in paper.all_blocks())


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.0, "低于1%"), (0.0099, "低于1%"), (0.01, "1%"), (0.99, "99%"), (0.9901, "高于99%")],
)
def test_the_cell_of_a_chance_says_what_the_sentence_says(chance, words):
    [table] = outlook_table(given(replace(FAI, probability=chance)), FactRegister())
    assert table.rows[0][4].text == words
    assert quantities.chance_text(chance) == words
