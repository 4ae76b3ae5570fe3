"""What the fictional district offers, its newest leads, and whom its people met. Pure; all names are
invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PITCHED = (
    ("plan", "预可研报告"), ("land", "规划条件和权属说明"), ("pictures", "区位图、现状照片"),
    ("numbers", "投资收益测算表"), ("approvals", "手续清单（12项，已办4项）"),
)  # fmt: skip


@dataclass(frozen=True)
class StoryLead:
    """`days` before the end of the story; `steps`: kind, days after it came, words."""

    name: str
    investor: str
    amount: str
    days: int
    words: str
    steps: tuple[tuple[str, int, str], ...] = ()


LEADS = (
    StoryLead(
        "海越冻干食品线索",
        "海越食品有限公司",
        "1.8亿元",
        30,
        "商会推荐",
        (("answered", 0, "已电话联系"), ("judged", 2, "可跟进，建议石埠镇"), ("fed_back", 5, "已函告商会")),
    ),
    StoryLead(
        "岭川光学镜头线索",
        "岭川光学有限公司",
        "3.5亿元",
        12,
        "展会来访",
        (
            ("answered", 0, "已加联系方式"),
            ("judged", 2, "符合新材料链, 跟进"),
            ("fed_back", 6, "已答复引荐人"),
        ),
    ),
    StoryLead(
        "拓野无人机整机线索", "拓野科技有限公司", "5亿元", 6, "校友会引荐", (("answered", 0, "已回电"),)
    ),
    StoryLead("沐阳储能线索", "沐阳能源有限公司", "2.2亿元", 3, "网上留言"),
    StoryLead("纳微涂层线索", "纳微材料有限公司", "6000万元", 2, "企业自荐"),
)


@dataclass(frozen=True)
class StoryMeeting:
    """`within`: days until the promise is due; `of_deal`: with one of the largest deals in talks."""

    kind: str
    days: int
    host: str
    guest: str
    place: str
    result: str
    promise: str = ""
    within: int = 7
    owner: str = "向远帆"
    of_deal: bool = True
    kept: bool = False


_STORY = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
OFFERS: list[list[Any]] = _STORY["offers"]
MEETINGS = tuple(StoryMeeting(**row) for row in _STORY["meetings"])
