"""The two pages that a leader reads: what turned, why, what next, by name; and what is not signed says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

import wenpan.rules
from tests.documents.fixtures.briefing import FAI, GDP, INDUSTRY, RETAIL, REVENUE
from tests.documents.papers.test_wording_briefing import given
from wenpan.documents.papers.briefing.compose import compose
from wenpan.documents.papers.briefing.input import BriefingPolicy
from wenpan.documents.papers.briefing.reasons import SaidReason
from wenpan.documents.papers.briefing.room_sections import RoomFigure, RoomSection
from wenpan.documents.papers.briefing.summary import PAGES_HOLD, TITLE, _lines
from wenpan.documents.papers.briefing.under_way import MatterUnderWay, ProjectBehind, UnderWay
from wenpan.documents.papers.facts import Inconsistent
from wenpan.documents.papers.paper import Heading, block_text, from_json, to_json

SIGNED = SaidReason("fai", "经发局", "亿元以上新开工项目少3个，入库接续不足。", "陆衡之")
NAMED = UnderWay(
    "fai",
    (MatterUnderWay("2022-0015", "加快固定资产投资项目入库", "经发局", date(2022, 10, 31)),),
    (ProjectBehind("智能制造产业园", "经开区", "进度滞后"),),
    "柏临川",
    "陆衡之",
)


def parts(**more):
    """Summary and text after it."""
    paper, _register = compose(given(**more))
    blocks = list(paper.blocks)
    first = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.new_page)
    return blocks[:first], blocks[first:]


def said(blocks):
    return "\n".join(block_text(block) for block in blocks)


def test_the_summary_stands_first_and_the_text_begins_on_a_new_page():
    head, text = parts()
    assert block_text(head[0]) == TITLE
    assert [block_text(b) for b in head if isinstance(b, Heading) and b.level == 2] == [
        "本月有什么变化",
        "为什么",
        "下一步怎么办",
    ]
    assert block_text(text[0]) == "一、总体情况"


def test_a_signed_cause_is_quoted_with_its_unit_and_its_head():
    head, text = parts(reasons=(SIGNED,))
    for where in (head, text):
        assert "亿元以上新开工项目少3个，入库接续不足（经发局陆衡之签认）。" in said(where)


def test_an_unsigned_cause_says_so():
    head, _text = parts(reasons=(replace(SIGNED, signed_by=""),))
    assert "（经发局填写，负责人尚未签认）" in said(head)


def test_nothing_written_is_said_with_what_the_program_knows():
    head, _text = parts(reasons=(SaidReason("fai", "经发局", clues=("督办事项2022-0015正在推进。",)),))
    assert "经发局尚未说明原因；已有情况：督办事项2022-0015正在推进。" in said(head)


def test_an_indicator_without_a_unit_says_that_one_is_to_be_named():
    head, _text = parts()
    assert "牵头单位待明确，原因待说明" in said(head)


def test_a_suggestion_names_matter_project_and_person():
    head, text = parts(under_way=(NAMED,))
    assert "督办事项2022-0015“加快固定资产投资项目入库”（经发局，10月31日到期）按期办结" in said(head)
    assert "项目“智能制造产业园”（经开区）逐项排障；请分管区领导柏临川调度" in said(head)
    assert "项目“智能制造产业园”（经开区，进度滞后）逐项排障" in said(text)
    assert "单位联系人陆衡之" in said(text)


def test_a_red_one_without_a_matter_is_suggested_as_one():
    head, _text = parts(under_way=(replace(NAMED, matters=()),))
    assert "尚未立督办事项，建议立项督办" in said(head)
    late = replace(NAMED, matters=(replace(NAMED.matters[0], late=True),))
    assert "已逾期，限期办结" in said(parts(under_way=(late,))[0])


def test_what_turned_this_month_is_told_and_a_quiet_month_too():
    head, _text = parts()
    assert "转为黄灯的1项：社会消费品零售总额。" in said(head)
    same = replace(INDUSTRY, previous=8.0, trend=(8.0, 8.3), since="2022-05")
    fai = replace(FAI, light="YELLOW", rank_change=0)
    quiet, _text = parts(lines=(fai, same, replace(RETAIL, since="2022-05"), REVENUE))
    assert "没有指标转灯" in said(quiet)
    assert "本月没有亮红灯的指标。" in said(quiet)


@pytest.mark.parametrize("reds", [1, 3, 9, 20])
def test_it_never_grows_beyond_two_pages(reds):
    lines = [replace(FAI, indicator=f"x{n}", name=f"某项比较长名称的指标{n}增加值") for n in range(reds)]
    words = "受市场需求不足影响，企业订单下降；" * 30
    head, text = parts(
        lines=(GDP, INDUSTRY, RETAIL, *lines),
        policy=replace(given().policy, required=()),
        reasons=tuple(SaidReason(line.indicator, "经发局", words, "陆衡之") for line in lines),
        under_way=tuple(replace(NAMED, indicator=line.indicator) for line in lines),
    )
    assert _lines(head) <= PAGES_HOLD
    if reds > 6:
        assert "项红灯指标的原因见第三部分。" in said(head)
    assert said(text).count("亮红灯的原因：") == reds  # the text tells all of them whole


def test_another_room_tells_its_part_with_registered_numbers():
    section = RoomSection(
        "企业诉求", (("本月登记诉求", RoomFigure("requests/received", "登记", 41, "件"), "。"),)
    )
    paper, register = compose(given(rooms=(section,)))
    assert register.facts["requests/received"].shown == "41"
    assert "登记诉求41件。" in said(paper.blocks)
    assert [b.text for b in paper.blocks if isinstance(b, Heading)].count("（六）企业诉求") == 1
    bad = RoomSection("企业诉求", (("登记诉求41件。",),))
    with pytest.raises(Inconsistent):
        compose(given(rooms=(bad,)))


def test_the_record_gives_the_same_paper_back():
    paper, _register = compose(given(reasons=(SIGNED,), under_way=(NAMED,)))
    assert from_json(to_json(paper)) == paper


def test_a_places_older_file_gets_the_new_keys_and_a_wrong_one_is_told():
    data = yaml.safe_load((Path(wenpan.rules.__file__).parent / "briefing.yaml").read_text("utf-8"))
    old = {k: v for k, v in data.items() if not k.startswith("summary") and k not in ("masthead", "number")}
    assert BriefingPolicy.from_data(old).number == "{year}年第{serial}期"
    with pytest.raises(ValueError, match="summary_reds"):
        BriefingPolicy.from_data({**data, "summary_reds": "six"})
    with pytest.raises(ValueError, match="number"):
        BriefingPolicy.from_data({**data, "number": "{serial_no}"})
