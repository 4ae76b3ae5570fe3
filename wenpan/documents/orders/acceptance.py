"""How sure a proposal is: the probability that its matter, unit and limit are all right.

Pure. A small logistic model over signs that a person can read (有责任单位, 有日期 …). Its weights are dated
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
from wenpan.documents.orders.units.responsibility import Roles

Signs = Mapping[str, float]
NAMES = (
    "有责任单位", "单位在名录", "单位在句首", "单位靠后", "由请责成", "有日期", "几个时限",
    "叙述词", "泛指且无成果", "承接上句", "以要起头", "套话占比",
)  # fmt: skip
NO_ROSTER = 0.8  # how often a lead stands in the place's list, where there is no list to look it up
# the words take up what was said before, or tell what happened
_CARRIED = re.compile(
    r"(?:同时|此外|另外|特别|尤其|其中|如|也|而|但|从|据|根据|近日|会上|为|并|要(?!求)|对|\d)"
)
_TELLS = re.compile(r"(?<!为)了(?!解)|已(?!经?签)|情况看|汇报|取得|截至|尚未|未达")
_TOLD = re.compile(r"(?:由|请|责成|责令|要求)")
_FAR = 30  # characters before the unit


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
    words: str, who: Roles, limit: Deadline | None, limits: Sequence[Deadline], *, known: float
) -> dict[str, float]:
    """What speaks for and against a proposal; each between 0 and 1.

    `words` of one width. `known`: 1 where the place's list has the lead, 0 where it has not.
    """
    at = words.find(who.lead[0]) if who.lead else -1
    return {
        "有责任单位": float(bool(who.lead)),
        "单位在名录": known if who.lead else 0.0,
        "单位在句首": float(0 <= at <= len("责成")),
        "单位靠后": min(1.0, max(0, at) / _FAR),
        "由请责成": float(bool(_TOLD.match(words))),
        "有日期": float(limit is not None and limit.date is not None),
        "几个时限": float(len({d.text for d in limits}) > 1),
        "叙述词": float(bool(_TELLS.search(words))),
        "泛指且无成果": float(
            bool(who.lead)
            and limit is None
            and all(not_orders.NOBODY.search(name) for name in who.lead)
            and not not_orders.CHECKABLE.search(words)
        ),
        "承接上句": float(bool(_CARRIED.match(words))),
        "以要起头": float(words.startswith("要") and not words.startswith("要求")),
        "套话占比": not_orders.share_of_phrases(words),
    }
