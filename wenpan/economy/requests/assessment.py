"""The table by which a hotline assesses its units: 响应率, 解决率, 满意率 and what they make together.

Pure. The denominator of all three is the valid call-backs (reached and not refused), never all requests.

    响应率 = contacted / valid      解决率 = solved / valid      满意率 = (satisfied + b·basically) / valid
    综合   = 100·(w1·响应率 + w2·解决率 + w3·满意率)

b and the weights are dated data. A rate from few call-backs is withheld; each has n and an interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan.economy.funnel.intervals import RateInterval, rate_interval
from wenpan.economy.requests.clock_rules import RequestRuleError
from wenpan.economy.requests.events import CallBackResult, RequestEvent

_RATES = ("responded", "solved", "satisfied")


@dataclass(frozen=True)
class AssessmentRules:
    code: str
    name: str
    version: str
    effective_from: date
    source: str
    weights: Mapping[str, float]
    basically: float
    valid: frozenset[CallBackResult]
    least: int

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> AssessmentRules:
        weights = {str(k): float(v) for k, v in (data.get("weights") or {}).items()}
        if set(weights) != set(_RATES) or abs(sum(weights.values()) - 1) > 1e-9:
            raise RequestRuleError("weights", weights, f"{'、'.join(_RATES)} 三项, 合计为1")
        valid = data.get("valid") or ()
        if not valid or any(result not in list(CallBackResult) for result in valid):
            raise RequestRuleError("valid", list(valid), f"回访结果({'、'.join(CallBackResult)})")
        basically = data.get("basically")
        if isinstance(basically, bool) or not isinstance(basically, int | float) or not 0 <= basically <= 1:
            raise RequestRuleError("basically", basically, "0到1的数")
        return cls(
            str(data.get("code", "")), str(data.get("name", "")), str(data["version"]),
            data["effective_from"], " ".join(str(data["source"]).split()), weights, float(basically),
            frozenset(CallBackResult(result) for result in valid), int(data.get("least", 5)),
        )  # fmt: skip


@dataclass(frozen=True)
class AssessmentRow:
    """One unit. `satisfied_rate` and `score` None: too few call-backs. `score` 0…100."""

    unit: str
    accepted: int
    closed: int
    valid: int
    contacted: int
    solved: int
    satisfied: int
    basically: int
    responded_rate: RateInterval
    solved_rate: RateInterval
    satisfied_interval: RateInterval  # of those who said satisfied or basically satisfied
    satisfied_rate: float | None
    score: float | None


def assess(
    unit: str, *, accepted: int, closed: int, call_backs: Iterable[RequestEvent], rules: AssessmentRules
) -> AssessmentRow:
    """One row from a unit's counts and the last call-back of each of its requests."""
    valid = [call for call in call_backs if call.result in rules.valid]
    n = len(valid)
    contacted, solved = sum(bool(call.contacted) for call in valid), sum(bool(call.solved) for call in valid)
    satisfied = sum(call.result is CallBackResult.SATISFIED for call in valid)
    basically = sum(call.result is CallBackResult.BASICALLY for call in valid)
    responded_rate, solved_rate, interval = (
        rate_interval(count, n, least=rules.least) for count in (contacted, solved, satisfied + basically)
    )
    rate = score = None
    if responded_rate.rate is not None and solved_rate.rate is not None:
        rate = (satisfied + rules.basically * basically) / n
        parts = {"responded": responded_rate.rate, "solved": solved_rate.rate, "satisfied": rate}
        score = 100 * sum(rules.weights[name] * part for name, part in parts.items())
    return AssessmentRow(
        unit, accepted, closed, n, contacted, solved, satisfied, basically,
        responded_rate, solved_rate, interval, rate, score,
    )  # fmt: skip
