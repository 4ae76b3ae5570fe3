"""A clause of a policy (one row, one promise): conditions, tiers, how much, by when, and no double support.

Pure, from parsed YAML. Tiers stand best first; a firm is shown the best tier that it meets and the better
ones that are still open. An amount whose base is unknown is unknown: "not eligible", "eligible for nothing"
and "not known" are three things. Of one group and year a firm gets the higher amount only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan.economy.policies.conditions import ConditionVerdict, PolicyExpression, condition_from_data
from wenpan.economy.policies.explained import Explained, explain
from wenpan.economy.policies.facts import FactKind, FirmFact, PolicyError, value_or_none


@dataclass(frozen=True)
class SupportAmount:
    """万元: `fixed`, or `rate` percent of a fact; never more than `cap`."""

    fixed: float | None = None
    rate: float | None = None
    of: str = ""
    cap: float | None = None

    def of_firm(self, values: Mapping[str, Any]) -> float | None:
        """万元; None where the base is not known."""
        if self.fixed is not None:
            amount = self.fixed
        else:
            base = value_or_none(values.get(self.of))
            if base is None:
                return None
            amount = base * (self.rate or 0) / 100
        return amount if self.cap is None else min(amount, self.cap)


@dataclass(frozen=True)
class ClauseTier:
    code: str
    name: str
    condition: PolicyExpression
    support: SupportAmount | None


@dataclass(frozen=True)
class PolicyClause:
    """`valid_*`: days on which it holds, both included; `claim_*`: the window to claim in, None: always."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None
    claim_from: date | None
    claim_to: date | None
    group: str
    tiers: tuple[ClauseTier, ...]

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def claims_closed(self, on: date) -> bool:
        return self.claim_to is not None and self.claim_to < on

    def claimable(self, on: date) -> bool:
        opened = self.claim_from is None or self.claim_from <= on
        return self.in_force(on) and opened and not self.claims_closed(on)


@dataclass(frozen=True)
class ClauseMatch:
    """`verdict`: of the best tier that is met, or unknown, or unmet. A candidate is never more than that."""

    clause: str
    verdict: ConditionVerdict
    tier: str
    amount: float | None
    explained: tuple[tuple[str, Explained], ...]  # per tier, best first

    @property
    def questions(self) -> tuple[str, ...]:
        """What to ask about the tiers that are better than the one met."""
        asked: list[str] = []
        for tier, found in self.explained:
            if self.verdict is ConditionVerdict.MET and tier == self.tier:
                break
            asked += found.questions
        return tuple(dict.fromkeys(asked))


def match_clause(
    clause: PolicyClause, values: Mapping[str, Any], facts: Mapping[str, FirmFact]
) -> ClauseMatch:
    """One firm's facts against every tier of a clause."""
    found = [(tier, explain(tier.condition, values, facts)) for tier in clause.tiers]
    best = next((tier for tier, said in found if said.verdict is ConditionVerdict.MET), None)
    told = tuple((tier.code, said) for tier, said in found)
    if best is not None:
        amount = best.support.of_firm(values) if best.support else None
        return ClauseMatch(clause.code, ConditionVerdict.MET, best.code, amount, told)
    open_ = next((tier for tier, said in found if said.verdict is ConditionVerdict.UNKNOWN), None)
    verdict = ConditionVerdict.UNMET if open_ is None else ConditionVerdict.UNKNOWN
    return ClauseMatch(clause.code, verdict, open_.code if open_ else "", None, told)


def without_double(matches: Iterable[ClauseMatch], groups: Mapping[str, str]) -> dict[str, str]:
    """PolicyClause → the clause of its group that gives more, for those that give way (同年同类从高不重复).

    Only clauses that are met and whose amounts are known are weighed; of equal amounts the first stays.
    """
    best: dict[str, ClauseMatch] = {}
    met = [
        m
        for m in matches
        if m.verdict is ConditionVerdict.MET and m.amount is not None and groups.get(m.clause)
    ]
    for match in met:
        held = best.get(groups[match.clause])
        if held is None or (match.amount or 0) > (held.amount or 0):
            best[groups[match.clause]] = match
    return {m.clause: best[groups[m.clause]].clause for m in met if best[groups[m.clause]] is not m}


def clause_from_data(data: Mapping[str, Any], facts: Mapping[str, FirmFact]) -> PolicyClause:
    """From the parsed YAML; PolicyError names the first thing that is wrong."""
    code = str(data.get("code") or "")
    if not code or not data.get("name"):
        raise PolicyError("code", data.get("code"), "条款的 code 和 name")
    tiers = data.get("tiers") or [{"code": "", "name": "", **data}]
    built = tuple(_tier(tier, facts, f"{code}.tiers[{n}]") for n, tier in enumerate(tiers))
    days = {name: _day(data, name, code) for name in ("valid_from", "valid_to", "claim_from", "claim_to")}
    if days["valid_from"] is None:
        raise PolicyError(f"{code}.valid_from", None, "生效日期")
    for begin, end in (("valid_from", "valid_to"), ("claim_from", "claim_to")):
        first, last = days[begin], days[end]
        if first and last and last < first:
            raise PolicyError(f"{code}.{end}", last, f"不早于 {first}")
    return PolicyClause(
        code, str(data["name"]), days["valid_from"], days["valid_to"], days["claim_from"], days["claim_to"],
        str(data.get("group") or ""), built,
    )  # fmt: skip


def _tier(data: Mapping[str, Any], facts: Mapping[str, FirmFact], key: str) -> ClauseTier:
    condition = condition_from_data(data.get("conditions"), facts, f"{key}.conditions")
    support = _support(data["support"], facts, f"{key}.support") if data.get("support") else None
    return ClauseTier(str(data.get("code") or ""), str(data.get("name") or ""), condition, support)


def _support(data: Mapping[str, Any], facts: Mapping[str, FirmFact], key: str) -> SupportAmount:
    if set(data) - {"fixed", "rate", "of", "cap"} or ("fixed" in data) is ("rate" in data):
        raise PolicyError(key, dict(data), "fixed, 或 rate 和 of; 可有 cap")
    numbers = {name: data.get(name) for name in ("fixed", "rate", "cap")}
    for name, value in numbers.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
            raise PolicyError(f"{key}.{name}", value, "不小于0的数")
    of = str(data.get("of") or "")
    if "rate" in data and (of not in facts or facts[of].kind is not FactKind.NUMBER):
        raise PolicyError(f"{key}.of", of, "一项数值事实")
    return SupportAmount(of=of, **{name: None if v is None else float(v) for name, v in numbers.items()})


def _day(data: Mapping[str, Any], name: str, code: str) -> date | None:
    value = data.get(name)
    if value is not None and type(value) is not date:
        raise PolicyError(f"{code}.{name}", value, "日期, 如 2022-12-31")
    return value
