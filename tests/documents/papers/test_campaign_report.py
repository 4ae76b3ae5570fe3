"""督查通报 of a campaign: a paper that would contradict itself is not written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wenpan.documents.papers.letters.campaign_report import (
    CampaignCount,
    CampaignFacts,
    CampaignFinding,
    compose,
)
from wenpan.documents.papers.paper import PaperTable, block_text

BAD = CampaignFinding("智造园", "桐溪镇", "第一组", "存在问题", True, "现场没有施工", "2022-0041")
GOOD = CampaignFinding("物流园", "桐溪镇", "第一组", "落实到位", False, "", "")
UNSEEN = CampaignFinding("保障房", "住建局", "第二组", "", False, "", "")
FACTS = CampaignFacts(
    "项目开工专项督查", "专项督查", "看是否真开工", "安政办〔2022〕31号", "", date(2022, 10, 17),
    date(2022, 10, 21),     objects=3, seen=2, left=1, problems=1, proposed=1,
    results=(("落实到位", 1), ("存在问题", 1), ("正常推进", 0)),
    teams=(CampaignCount("第一组", 2, 2, 1), CampaignCount("第二组", 1, 0, 0)),
    units=(CampaignCount("桐溪镇", 2, 2, 1), CampaignCount("住建局", 1, 0, 0)),
    lines=(BAD, GOOD, UNSEEN), left_out=1, summary="", unseen_reason="业主外出", issuer="督查绩效办",
    on=date(2022, 10, 22),
)  # fmt: skip


def words(facts):
    return "\n".join(block_text(block) for block in compose(facts).blocks)


def test_it_opens_with_ground_days_and_theme_and_says_every_number():
    text = words(FACTS)
    assert (
        "根据安政办〔2022〕31号，2022年10月17日至2022年10月21日，督查绩效办组织开展了项目开工专项督查" in text
    )
    assert (
        "列入对象3个，已督查2个（落实到位1个、存在问题1个），未督查1个；发现问题1个，提出或并入督办事项1件"
        in text
    )
    assert "另有1个对象经批准剔除" in text and "未督查的原因：业主外出。" in text


def test_problems_and_what_was_not_seen_are_listed():
    tables = {b.title: b for b in compose(FACTS).blocks if isinstance(b, PaperTable)}
    assert [c.text for c in tables["问题清单"].rows[0]] == [
        "1", "智造园", "桐溪镇", "存在问题", "现场没有施工", "2022-0041",
    ]  # fmt: skip
    assert [c.text for c in tables["未督查的对象"].rows[0]] == ["1", "保障房", "住建局", "第二组"]


def test_without_problems_it_says_so():
    facts = replace(
        FACTS, objects=1, seen=1, left=0, problems=0, proposed=0, results=(("落实到位", 1),), teams=(),
        units=(),         lines=(GOOD,), left_out=0, unseen_reason="",
    )  # fmt: skip
    text = words(facts)
    assert "没有发现问题" in text and "没有遗漏" in text and "逐项整改" not in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"objects": 4}, {"seen": 3}, {"problems": 0}, {"left": 0}, {"results": (("落实到位", 1),)},
        {"units": (CampaignCount("桐溪镇", 1, 1, 1),)}, {"teams": (CampaignCount("第一组", 3, 2, 0),)},
        {"lines": (BAD, GOOD)},
    ],
)  # fmt: skip
def test_numbers_that_contradict_the_lists_make_no_paper(wrong):
    with pytest.raises(ValueError, match="不一致"):
        compose(replace(FACTS, **wrong))
