"""A dated set of counting rules, from data; what it may demand and what it may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wenpan.economy.funnel.amount_ladder import Rung
from wenpan.economy.funnel.stages import TRADES, DealRuleError, Stage

_KEYS = {"code", "name", "version", "effective_from", "effective_to", "source", "note", "purpose"}
_KEYS |= {"at", "year_by", "proof", "thresholds", "never", "amount", "increments_only", "moved"}
_KEYS |= {"carry_over_years", "on_ledger"}
_MOVED = ("signing", "present")
_PURPOSES = ("count", "reward")


@dataclass(frozen=True)
class Threshold:
    """`least` in 万元 on a rung, for a trade and a kind of owner; "" is for all."""

    least: Decimal
    rung: Rung
    trade: str = ""
    owner_kind: str = ""
    name: str = ""


@dataclass(frozen=True)
class CountingRules:
    code: str
    name: str
    version: str
    effective_from: date
    effective_to: date | None
    source: str
    at: tuple[Stage, ...]  # all of them must have been reached; `signed` always among them
    by_approval: bool  # the office's day counts, not the day of signing
    thresholds: tuple[Threshold, ...]
    never: Mapping[str, str]  # mark → the sentence that is shown
    amount: Rung
    increments_only: bool
    carry_over_years: int | None
    on_ledger: bool
    moved: str  # signing | present
    proof: bool  # the evidence of the demanded stages must be there
    purpose: str = "count"  # count | reward
    note: str = ""

    @property
    def label(self) -> str:
        return f"{self.code}@{self.version}"

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def threshold_for(self, trade: str, owner_kind: str) -> Threshold | None:
        """The closest that fits: of trade and owner, of one of them, of all."""
        fitting = [t for t in self.thresholds if t.trade in ("", trade) and t.owner_kind in ("", owner_kind)]
        return max(fitting, key=lambda t: (bool(t.trade) + bool(t.owner_kind), bool(t.trade)), default=None)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> CountingRules:
        """From the parsed YAML; DealRuleError names the first thing that is wrong."""
        if unknown := set(data) - _KEYS:
            raise DealRuleError("(键)", sorted(unknown), f"已知的键({'、'.join(sorted(_KEYS))})")
        at = tuple(_one_of(value, list(Stage), "at", Stage) for value in data.get("at") or ())
        if Stage.SIGNED not in at or Stage.FRAMEWORK in at:
            raise DealRuleError("at", [s.value for s in at], "含 signed 且不含 framework: 框架协议不计签约")
        year_by = _one_of(data.get("year_by"), ["signed", "approved"], "year_by", str)
        carry = data.get("carry_over_years")
        if carry is not None and (isinstance(carry, bool) or not isinstance(carry, int) or carry < 0):
            raise DealRuleError("carry_over_years", carry, "不小于0的整数, 或不写(不限)")
        return cls(
            str(data.get("code", "")), str(data.get("name", "")), str(data["version"]),
            data["effective_from"], data.get("effective_to"), " ".join(str(data["source"]).split()),
            at, year_by == "approved",
            tuple(_threshold(t, f"thresholds[{n}]") for n, t in enumerate(data.get("thresholds") or ())),
            {str(k): str(v) for k, v in (data.get("never") or {}).items()},
            _one_of(data.get("amount", "agreed"), list(Rung), "amount", Rung),
            _flag(data, "increments_only"), carry, _flag(data, "on_ledger"),
            _one_of(data.get("moved", "signing"), list(_MOVED), "moved", str), _flag(data, "proof"),
            _one_of(data.get("purpose", "count"), list(_PURPOSES), "purpose", str), str(data.get("note", "")),
        )  # fmt: skip


def _one_of(value: Any, allowed: list[Any], key: str, kind: Any) -> Any:
    if value not in allowed:
        raise DealRuleError(key, value, "、".join(str(a) for a in allowed))
    return kind(value)


def _flag(data: Mapping[str, Any], key: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise DealRuleError(key, value, "true 或 false")
    return value


def _threshold(item: Mapping[str, Any], key: str) -> Threshold:
    if unknown := set(item) - {"least", "rung", "trade", "owner_kind", "name"}:
        raise DealRuleError(key, sorted(unknown), "只有 least、rung、trade、owner_kind、name")
    least = item.get("least")
    if isinstance(least, bool) or not isinstance(least, (int, float)) or least < 0:
        raise DealRuleError(f"{key}.least", least, "万元数")
    trade = str(item.get("trade") or "")
    if trade and trade not in TRADES:
        raise DealRuleError(f"{key}.trade", trade, "、".join(TRADES))
    rung = _one_of(item.get("rung", "agreed"), list(Rung), f"{key}.rung", Rung)
    return Threshold(
        Decimal(str(least)), rung, trade, str(item.get("owner_kind") or ""), str(item.get("name") or "")
    )
