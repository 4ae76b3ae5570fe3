"""How sure a proposal is: the probability that its matter, unit and limit are all right.

Pure. A small logistic model over signs that a person can read (有责任单位, 有日期, 套话占比 …). Its weights are dated
data (`wenpan/rules/acceptance.yaml`), fitted outside the program on real papers; nothing is fitted here. What
is less likely than `drop_below` is not proposed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenpan.documents.orders import not_orders
from wenpan.documents.orders.deadlines import Deadline
from wenpan.documents.orders.units.actors import ORDERS
from wenpan.documents.orders.units.gazetteer import is_person
from wenpan.documents.orders.units.responsibility import Roles

Signs = Mapping[str, float]
NAMES = (
    "有责任单位", "单位是泛指", "只有负责人", "有日期", "有周期或事件", "单列责任", "命令词", "成果可核查", "套话占比",
    "很短", "很长", "有叙述词", "几个时限", "单位在名录", "几个牵头", "承接上句",
)  # fmt: skip
_GROUP = re.compile(r"^(?:各|有关|相关|全|广大|其他|牵头|责任|主要|成员)|(?:单位|部门)$")
_TOLD_OF = re.compile(r"已|了(?!解)|目前|截至|正在|将(?!军|[^,。]{1,30}(?:报|送|纳入))|同比|累计|近年")
_CARRIED = re.compile(r"^(?:同时|此外|另外|特别是|尤其是|其中|并|要|对)")


@dataclass(frozen=True)
class Acceptance:
    """`weights` by the names of signs; `drop_below`: a probability."""

    intercept: float
    weights: Signs
    drop_below: float

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> Acceptance:
        """ValueError names the key, what was found and what is expected."""
        weights = data.get("weights")
        if not isinstance(weights, Mapping) or set(weights) != set(NAMES):
            raise ValueError(f"weights: 实为 {weights!r}, 应为每个特征一个数: {'、'.join(NAMES)}")
        numbers = {"intercept": data.get("intercept"), "drop_below": data.get("drop_below"), **weights}
        for key, value in numbers.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise ValueError(f"{key}: 实为 {value!r}, 应为一个数")
        drop = float(str(numbers["drop_below"]))
        if not 0 <= drop < 1:
            raise ValueError(f"drop_below: 实为 {drop!r}, 应为 0 到 1 之间的概率")
        return cls(float(str(numbers["intercept"])), {k: float(str(v)) for k, v in weights.items()}, drop)

    def probability(self, signs: Signs) -> float:
        """Between 0.01 and 0.99, two digits."""
        total = self.intercept + sum(self.weights[name] * signs[name] for name in NAMES)
        return round(min(0.99, max(0.01, 1 / (1 + math.exp(-total)))), 2)


def signs(
    words: str, who: Roles, limit: Deadline | None, limits: Sequence[Deadline], *, noted: bool, strong: bool, known: bool
) -> dict[str, float]:
    """What speaks for and against a proposal; each between 0 and 1. `noted`: unit and limit stand apart from the
    words (a bracket, a label line, a cell). `known`: the place's list has the lead."""
    told = {
        "有责任单位": bool(who.lead),
        "单位是泛指": bool(who.lead) and all(_GROUP.search(name) for name in who.lead),
        "只有负责人": bool(who.lead) and all(is_person(name) for name in who.lead),
        "有日期": limit is not None and limit.date is not None,
        "有周期或事件": limit is not None and limit.date is None,
        "单列责任": noted,
        "命令词": strong or bool(ORDERS.search(words)),
        "成果可核查": bool(not_orders.CHECKABLE.search(words)),
        "很短": len(words) < 14,
        "很长": len(words) > 110,
        "有叙述词": bool(_TOLD_OF.search(words)) and not noted,
        "几个时限": len({d.text for d in limits}) > 1,
        "单位在名录": known,
        "几个牵头": len(who.lead) > 1,
        "承接上句": bool(_CARRIED.match(words)),
    }
    return {name: float(told[name]) if name in told else not_orders.share_of_phrases(words) for name in NAMES}
