"""Conditions of a policy as expressions over named facts, with three values.

Pure, from parsed YAML:

    {fact: staff, at_most: 1000}          at_least, at_most, more_than, less_than, equals, not
    {fact: trade, in: [工业, 软件]}        one of, for words;  not_in for exclusions by trade
    {fact: lists, has: 规上工业}           stands on a list, holds an honour
    {judge: 补足产业链短板}                only the department can say: always unknown, never true
    {all: [...]}  {any: [...]}  {none: [...]}  {at_least_of: 2, of: [...]}

`none` is how exclusions are written. The logic is Kleene's: false and unknown is false, true or unknown true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from wenpan.economy.policies.facts import FactKind, FirmFact, PolicyError


class ConditionVerdict(StrEnum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"met": "符合", "unmet": "不符合", "unknown": "待核实"}[self]


class Comparison(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    EQUALS = "equals"
    NOT = "not"


COMPARISON_WORDS = {
    "at_least": "不低于", "at_most": "不超过", "more_than": "高于", "less_than": "低于", "equals": "为",
    "not": "不为",
}  # fmt: skip
DAY_WORDS = {
    Comparison.AT_LEAST: "不早于", Comparison.AT_MOST: "不晚于", Comparison.MORE_THAN: "晚于",
    Comparison.LESS_THAN: "早于", Comparison.EQUALS: "为", Comparison.NOT: "不为",
}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    fact: str
    comparison: Comparison
    limit: float | str | bool | date


@dataclass(frozen=True)
class OneOf:
    fact: str
    values: tuple[str, ...]
    wanted: bool  # False: none of them


@dataclass(frozen=True)
class OnList:
    fact: str
    mark: str


@dataclass(frozen=True)
class LeftToJudge:
    text: str


@dataclass(frozen=True)
class AtLeastOf:
    """At least `count` of the parts: all of them is `all`, one is `any`."""

    count: int
    parts: tuple[PolicyExpression, ...]
    word: str  # all, any or of: how it was written


@dataclass(frozen=True)
class NoneOf:
    parts: tuple[PolicyExpression, ...]


PolicyExpression = Compared | OneOf | OnList | LeftToJudge | AtLeastOf | NoneOf
_ORDERED = (FactKind.NUMBER, FactKind.DAY)


def condition_from_data(
    data: Any, facts: Mapping[str, FirmFact], key: str = "conditions"
) -> PolicyExpression:
    """From the parsed YAML; PolicyError names the first thing that is wrong. A list is `all`."""
    if isinstance(data, list):
        data = {"all": data}
    if not isinstance(data, Mapping) or not data:
        raise PolicyError(key, data, "一个条件")
    if "fact" in data:
        return _of_fact(data, facts, key)
    if set(data) == {"judge"} and str(data["judge"] or "").strip():
        return LeftToJudge(str(data["judge"]).strip())
    return _of_parts(data, facts, key)


def _of_parts(data: Mapping[str, Any], facts: Mapping[str, FirmFact], key: str) -> PolicyExpression:
    word = next((w for w in ("all", "any", "none", "of") if w in data), None)
    if (
        word is None
        or set(data) - {word, "at_least_of"}
        or not isinstance(data[word], list)
        or not data[word]
    ):
        raise PolicyError(key, sorted(map(str, data)), "fact、judge、all、any、none 或 at_least_of 与 of")
    parts = tuple(condition_from_data(part, facts, f"{key}.{word}[{n}]") for n, part in enumerate(data[word]))
    if word == "none":
        return NoneOf(parts)
    if word != "of":
        return AtLeastOf(len(parts) if word == "all" else 1, parts, word)
    count = data.get("at_least_of")
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= len(parts):
        raise PolicyError(f"{key}.at_least_of", count, f"1到{len(parts)}的整数")
    return AtLeastOf(count, parts, word)


def _of_fact(data: Mapping[str, Any], facts: Mapping[str, FirmFact], key: str) -> PolicyExpression:
    fact = facts.get(str(data["fact"]))
    if fact is None:
        raise PolicyError(f"{key}.fact", data["fact"], f"已列明的事实({'、'.join(facts)})")
    words = set(data) - {"fact"}
    if len(words) != 1:
        raise PolicyError(key, sorted(words), "一个比较")
    word, limit = next(iter(words)), data[next(iter(words))]
    if word in ("in", "not_in") and fact.kind is FactKind.WORD and isinstance(limit, list) and limit:
        return OneOf(fact.code, tuple(str(value) for value in limit), wanted=word == "in")
    if word == "has" and fact.kind is FactKind.MARKS and isinstance(limit, str) and limit:
        return OnList(fact.code, limit)
    if word not in list(Comparison):
        raise PolicyError(key, word, f"适用于{fact.name}的比较")
    comparison = Comparison(word)
    if comparison not in (Comparison.EQUALS, Comparison.NOT) and fact.kind not in _ORDERED:
        raise PolicyError(f"{key}.{word}", fact.code, "数或日期才能比大小")
    return Compared(fact.code, comparison, _limit(limit, fact, f"{key}.{word}"))


def _limit(value: Any, fact: FirmFact, key: str) -> float | str | bool | date:
    match fact.kind:
        case FactKind.NUMBER if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        case FactKind.YES_NO if isinstance(value, bool):
            return value
        case FactKind.DAY if type(value) is date:
            return value
        case FactKind.WORD if isinstance(value, str) and value:
            return value
    raise PolicyError(key, value, f"与{fact.name}({fact.kind})同类的值")
