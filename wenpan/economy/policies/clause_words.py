"""A clause's conditions and support in words, one condition a line, as `clause_terms` reads them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wenpan.economy.policies.conditions import COMPARISON_WORDS, DAY_WORDS, Comparison
from wenpan.economy.policies.facts import FactKind, FirmFact


def clause_words(data: Mapping[str, Any], facts: Mapping[str, FirmFact]) -> str:
    """The conditions and support of a clause's data, as `clause_terms` reads them."""
    tiers = data.get("tiers")
    if not tiers:
        return "\n".join(_written(data, facts))
    return "\n".join(
        line
        for tier in tiers
        for line in (f"档次：{tier.get('name') or tier.get('code')}", *_written(tier, facts))
    )


def _written(data: Mapping[str, Any], facts: Mapping[str, FirmFact]) -> Iterator[str]:
    conditions = data.get("conditions")
    if isinstance(conditions, Mapping) and set(conditions) == {"all"}:
        conditions = conditions["all"]
    for part in conditions if isinstance(conditions, list) else [conditions or {}]:
        yield from condition_lines(part, facts)
    if support := data.get("support"):
        yield f"支持：{support_words(support, facts)}"


def condition_lines(data: Mapping[str, Any], facts: Mapping[str, FirmFact], depth: int = 0) -> Iterator[str]:
    """One condition as its lines, parts further in."""
    inset = "  " * depth
    if "judge" in data:
        yield f"{inset}由主管部门认定：{data['judge']}"
    elif "fact" in data:
        yield f"{inset}{_said(data, facts[data['fact']])}"
    else:
        word = next(w for w in ("all", "any", "none", "of") if w in data)
        heads = {
            "all": "同时符合：",
            "any": "符合其一：",
            "none": "没有以下情形：",
            "of": f"符合其中{data.get('at_least_of')}项：",
        }
        yield f"{inset}{heads[word]}"
        for part in data[word]:
            yield from condition_lines(part, facts, depth + 1)


def _said(data: Mapping[str, Any], fact: FirmFact) -> str:
    word, limit = next((key, value) for key, value in data.items() if key != "fact")
    if isinstance(limit, bool):
        return fact.name if limit is (word == "equals") else f"不是{fact.name}"
    if word == "has":
        return f"{fact.name}含{limit}"
    if isinstance(limit, str | list):
        values = limit if isinstance(limit, list) else [limit]
        return f"{fact.name}{'为' if word in ('in', 'equals') else '不属于'}{'、'.join(values)}"
    if isinstance(limit, date):
        return f"{fact.name}{DAY_WORDS[Comparison(word)]}{limit.year}年{limit.month}月{limit.day}日"
    return f"{fact.name}{COMPARISON_WORDS[word]}{number_text(limit)}{fact.unit}"


def support_words(support: Mapping[str, Any], facts: Mapping[str, FirmFact]) -> str:
    """ "按二季度电费的5%，最高50万元", "每家20万元"."""
    cap = f"，最高{number_text(support['cap'])}万元" if support.get("cap") is not None else ""
    if "rate" in support:
        return f"按{facts[support['of']].name}的{number_text(support['rate'])}%{cap}"
    return f"每家{number_text(support['fixed'])}万元{cap}"


def example(fact: FirmFact) -> str:
    """A condition on this fact to begin from: "从业人数不超过1000人"."""
    match fact.kind:
        case FactKind.NUMBER:
            return f"{fact.name}不低于1000{fact.unit}"
        case FactKind.DAY:
            return f"{fact.name}不早于2022年1月1日"
        case FactKind.MARKS:
            return f"{fact.name}含规上工业"
        case FactKind.WORD:
            return f"{fact.name}为软件、物流"
        case FactKind.YES_NO:
            return fact.name


def number_text(number: float) -> str:
    """A number with all its digits and no trailing zeros."""
    text = f"{float(number):.6f}".rstrip("0").rstrip(".")
    return text or "0"
