"""What a form prints of its own relations becomes proposals for rules, or is told as not understood."""

from __future__ import annotations

import pytest

from wenpan.economy.quality.edits.edit_rules import EditRules
from wenpan.economy.quality.edits.printed_relations import proposals

MINISTRY = "8栏=(9+17+19+24)栏; 16栏≤9栏; 若7到9栏中任意一栏不为零,则建设项目名称≥4个字符; 34栏=8栏-25栏"
GUIDE = """1.自开始建设累计 = 上年末自开始累计 + 本年自年初累计
2.自年初累计＝建筑工程＋安装工程＋设备工器具购置＋其他费用
（3）设备工器具购置 ≥ 购置旧设备 + 用于更新的设备；其他费用不小于旧建筑物购置费"""


def test_the_ministrys_form_of_2009_is_read():
    assert [(p.expression, p.problem) for p in proposals(MINISTRY)] == [
        ('"8栏" = ("9栏" + "17栏" + "19栏" + "24栏")', ""),
        ('"16栏" <= "9栏"', ""),
        ('NOT (("7栏" <> 0 OR "8栏" <> 0 OR "9栏" <> 0)) OR (LENGTH(建设项目名称) >= 4)', ""),
        ('"34栏" = "8栏"-"25栏"', ""),
    ]


def test_a_filling_guide_is_read_with_its_numbers_and_full_width_signs():
    found = proposals(GUIDE)
    assert [p.problem for p in found] == [""] * 4
    assert found[0].expression == "自开始建设累计 = 上年末自开始累计 + 本年自年初累计"
    assert found[2].expression == "设备工器具购置 >= 购置旧设备 + 用于更新的设备"
    assert found[3].expression == "其他费用 >= 旧建筑物购置费"


@pytest.mark.parametrize(
    "text", ["审核人签字", "本表按月报送", "甲栏与乙栏基本一致", "若有则填", "9到700栏中任意一栏不为零"]
)
def test_what_is_no_relation_is_told_and_not_left_out(text: str):
    (only,) = proposals(text)
    assert only.expression == "" and only.problem and only.printed == text


def test_every_proposal_is_a_rule_that_can_be_used():
    texts = [p.expression for p in proposals(MINISTRY + ";" + GUIDE)]
    assert [rule.problem for rule in EditRules.from_data(texts).rules] == [""] * len(texts)
