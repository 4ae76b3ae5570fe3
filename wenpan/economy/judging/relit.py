"""Kept judgements under another rule set: the same facts, as they were known then, and the light it gives.

Pure. Nothing is forecast or counted again; what the rules ask beside the kept columns follows from them:
`margin` is the gap turned so that good is positive, the schedule of a level is its figure without the gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wenpan.economy.judging.lights import Light, RuleSet

Facts = Mapping[str, Any]


def relit(facts: Facts, rules: RuleSet, earlier: Sequence[Facts] = ()) -> Light:
    """`facts` of a judgement as kept (`columns.JUDGED`); `earlier` those of the year's earlier periods,
    newest first, for rules that look back. UNKNOWN where there was no light to give."""
    actual, target = facts.get("actual"), facts.get("target")
    if actual is None or target is None or facts.get("gap") is None:
        return Light.UNKNOWN
    return rules.judge({**_asked(facts), "history": [_past(past) for past in earlier]}).light


def _asked(facts: Facts) -> dict[str, Any]:
    growing = _growing(facts)
    margin = _margin(facts)
    target, actual, gap = facts["target"], facts["actual"], facts["gap"]
    level = not growing and target > 0
    needed = facts.get("needed") if facts.get("needed_kind") == "growth" else None
    growth = facts.get("growth", actual if growing else None)
    return {
        **facts,
        "kind": "growth" if growing else "level",
        "margin": margin,
        "growth": growth,
        "progress": 100 * actual / target if level else None,
        "schedule": 100 * actual / (1 + gap / 100) / target if level and gap > -100 else None,
        "places_from_last": facts.get("behind"),
        "needed_minus_growth": None if needed is None or growth is None else needed - growth,
        "missed_streak": (facts.get("streak") or 0) if margin < 0 else 0,
    }


def _past(facts: Facts) -> dict[str, Any]:
    known = {"margin": _margin(facts), "actual": facts.get("actual"), "light": facts.get("light")}
    return {**known, **({"growth": facts.get("actual")} if _growing(facts) else {})}


def _margin(facts: Facts) -> float:
    gap = float(facts["gap"])
    return gap if (facts.get("comparison") or ">=") == ">=" else -gap


def _growing(facts: Facts) -> bool:
    return str(facts["measure"]).endswith("_growth")
