"""The stages of a deal, and what a place demands of each: evidence, order, and what 落地 means.

Pure. `framework` (框架协议, 意向协议) is a stage of its own before `signed` and never stands for it. Stages
need not be nested: in some places more deals have started than have landed, so that a later stage tells
nothing of an earlier one unless the place's rule says `nested`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from wenpan.economy.unusable import UnusableError


class Stage(StrEnum):
    LEAD = "lead"
    TALK = "talk"
    FRAMEWORK = "framework"
    SIGNED = "signed"
    REGISTERED = "registered"
    STARTED = "started"
    COMPLETED = "completed"
    PRODUCING = "producing"
    AT_CAPACITY = "at_capacity"

    @property
    def order(self) -> int:
        return ORDER[self]

    @property
    def label(self) -> str:
        return LABELS[self]


ORDER = {stage: number for number, stage in enumerate(Stage)}
LABELS = {
    Stage.LEAD: "线索", Stage.TALK: "在谈", Stage.FRAMEWORK: "框架/意向", Stage.SIGNED: "正式签约",
    Stage.REGISTERED: "注册", Stage.STARTED: "开工", Stage.COMPLETED: "竣工", Stage.PRODUCING: "投产",
    Stage.AT_CAPACITY: "达产/入规",
}  # fmt: skip
AFTER_SIGNING = (Stage.REGISTERED, Stage.STARTED, Stage.COMPLETED, Stage.PRODUCING)
# What 落地 is proved by, per trade: a building started, a door opened, a firm registered.
TRADES = ("industry", "services", "new_format", "agriculture")


class DealRuleError(UnusableError):
    """A rule about deals that cannot be used."""


@dataclass(frozen=True)
class StageDemand:
    """`evidence`: groups of kinds of documents; of each group one is enough. `after`: stages before it."""

    stage: Stage
    name: str
    evidence: tuple[tuple[str, ...], ...] = ()
    after: tuple[Stage, ...] = ()


@dataclass(frozen=True)
class StageRules:
    """A dated set. `landed` maps a trade to the stage that is 落地 there; "" is for trades not named."""

    code: str
    name: str
    version: str
    effective_from: date
    effective_to: date | None
    source: str
    nested: bool
    demands: Mapping[Stage, StageDemand]
    evidence_names: Mapping[str, str]
    landed: Mapping[str, Stage]

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def label(self, stage: Stage) -> str:
        demand = self.demands.get(stage)
        return demand.name if demand else stage.label

    def missing_evidence(self, stage: Stage, given: frozenset[str] | set[str]) -> tuple[str, ...]:
        """In words, one per group that nothing given satisfies: "审批、核准或备案文件或合同"."""
        demand = self.demands.get(stage)
        groups = demand.evidence if demand else ()
        return tuple(
            "或".join(self.evidence_names.get(kind, kind) for kind in group)
            for group in groups
            if not set(group) & set(given)
        )

    def landing_stage(self, trade: str) -> Stage:
        """Which stage is 落地 for a trade under this rule."""
        return self.landed.get(trade) or self.landed[""]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> StageRules:
        """From the parsed YAML; DealRuleError names the first thing that is wrong."""
        names = {str(k): str(v) for k, v in (data.get("evidence") or {}).items()}
        demands = {}
        for at, item in enumerate(data.get("stages") or ()):
            demand = _demand(item, f"stages[{at}]", names)
            demands[demand.stage] = demand
        if missing := [stage.value for stage in Stage if stage not in demands]:
            raise DealRuleError("stages", sorted(s.value for s in demands), f"还应有 {'、'.join(missing)}")
        landed = {"" if k == "other" else str(k): _stage(v, f"landed.{k}") for k, v in data["landed"].items()}
        if "" not in landed:
            raise DealRuleError("landed", sorted(landed), "含 other(未列明的行业)")
        if unknown := set(landed) - {*TRADES, ""}:
            raise DealRuleError("landed", sorted(unknown), f"行业({'、'.join(TRADES)}、other)")
        if not isinstance(data.get("nested"), bool):
            raise DealRuleError("nested", data.get("nested"), "true 或 false(后一阶段是否必经前一阶段)")
        return cls(
            str(data.get("code", "")), str(data.get("name", "")), str(data["version"]),
            data["effective_from"], data.get("effective_to"), " ".join(str(data["source"]).split()),
            data["nested"], demands, names, landed,
        )  # fmt: skip


def _stage(value: Any, key: str) -> Stage:
    if value not in list(Stage):
        raise DealRuleError(key, value, f"阶段({'、'.join(Stage)})")
    return Stage(value)


def _demand(item: Mapping[str, Any], key: str, names: Mapping[str, str]) -> StageDemand:
    if unknown := set(item) - {"code", "name", "evidence", "after"}:
        raise DealRuleError(key, sorted(unknown), "只有 code、name、evidence、after")
    groups = tuple(
        tuple(str(kind) for kind in (group if isinstance(group, list) else [group]))
        for group in item.get("evidence") or ()
    )
    if unnamed := {kind for group in groups for kind in group} - set(names):
        raise DealRuleError(f"{key}.evidence", sorted(unnamed), f"已列明的材料({'、'.join(names)})")
    after = tuple(_stage(value, f"{key}.after") for value in item.get("after") or ())
    return StageDemand(_stage(item.get("code"), f"{key}.code"), str(item.get("name") or ""), groups, after)
