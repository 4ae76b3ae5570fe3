"""One firm against one condition, in plain Python, with the reason for every part and the question to ask.

Pure. The twin of `batch`. A part says in words what is wanted, what is known, and whether that is met; what
is unknown carries the question. A verdict here is never a decision: the department decides.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan.economy.policies.conditions import (
    COMPARISON_WORDS,
    DAY_WORDS,
    AtLeastOf,
    Compared,
    Comparison,
    ConditionVerdict,
    LeftToJudge,
    NoneOf,
    OneOf,
    OnList,
    PolicyExpression,
)
from wenpan.economy.policies.facts import FirmFact, value_or_none

_COMPARE: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.AT_LEAST: operator.ge, Comparison.AT_MOST: operator.le, Comparison.MORE_THAN: operator.gt,
    Comparison.LESS_THAN: operator.lt, Comparison.EQUALS: operator.eq, Comparison.NOT: operator.ne,
}  # fmt: skip


@dataclass(frozen=True)
class Explained:
    """`wanted`: the condition in words · `is_known`: what the firm has, "" where unknown or composed ·
    `question`: what to ask, for an unknown leaf · `parts`: of a composed condition."""

    verdict: ConditionVerdict
    wanted: str
    is_known: str = ""
    question: str = ""
    parts: tuple[Explained, ...] = ()

    def leaves(self, verdict: ConditionVerdict) -> tuple[Explained, ...]:
        """The single conditions with this verdict, in order."""
        if self.parts:
            return tuple(leaf for part in self.parts for leaf in part.leaves(verdict))
        return (self,) if self.verdict is verdict else ()

    @property
    def questions(self) -> tuple[str, ...]:
        """What to ask, each once; nothing where the whole is decided already."""
        if self.verdict is not ConditionVerdict.UNKNOWN:
            return ()
        asked = (part.questions for part in self.parts) if self.parts else ((self.question,),)
        return tuple(dict.fromkeys(question for part in asked for question in part))


def explain(
    expression: PolicyExpression, values: Mapping[str, Any], facts: Mapping[str, FirmFact]
) -> Explained:
    """Met, unmet or unknown, with reasons, for one firm's facts (absent, None, NaN and "" are unknown)."""
    match expression:
        case AtLeastOf(count, parts, word):
            return _at_least(count, word, tuple(explain(part, values, facts) for part in parts))
        case NoneOf(parts):
            found = tuple(explain(part, values, facts) for part in parts)
            return Explained(_not(_some(1, found)), "没有以下情形", parts=found)
        case LeftToJudge(text):
            return Explained(ConditionVerdict.UNKNOWN, text, question=f"请主管部门认定: {text}")
        case _:
            return _leaf(expression, values, facts)


def _leaf(
    expression: Compared | OneOf | OnList, values: Mapping[str, Any], facts: Mapping[str, FirmFact]
) -> Explained:
    fact = facts[expression.fact]
    value = value_or_none(values.get(expression.fact))
    wanted = in_words(expression, facts)
    if value is None:
        return Explained(ConditionVerdict.UNKNOWN, wanted, question=fact.question)
    match expression:
        case Compared(_, comparison, limit):
            holds = _COMPARE[comparison](value, limit)
        case OneOf(_, options, want):
            holds = (value in options) is want
        case OnList(_, mark):
            holds = mark in value
    return Explained(
        ConditionVerdict.MET if holds else ConditionVerdict.UNMET,
        wanted,
        f"{fact.name}{value_words(value, fact.unit)}",
    )


def in_words(expression: Compared | OneOf | OnList, facts: Mapping[str, FirmFact]) -> str:
    """ "从业人数不超过1000人"."""
    fact = facts[expression.fact]
    match expression:
        case Compared(_, comparison, limit) if isinstance(limit, bool):
            return fact.name if limit is (comparison is Comparison.EQUALS) else f"不是{fact.name}"
        case Compared(_, comparison, limit) if isinstance(limit, date):
            return f"{fact.name}{DAY_WORDS[comparison]}{value_words(limit)}"
        case Compared(_, comparison, limit):
            return f"{fact.name}{COMPARISON_WORDS[comparison]}{value_words(limit, fact.unit)}"
        case OneOf(_, options, wanted):
            return f"{fact.name}{'为' if wanted else '不属于'}{'、'.join(options)}"
        case OnList(_, mark):
            return f"{fact.name}含{mark}"


def value_words(value: Any, unit: str = "") -> str:
    if isinstance(value, bool):
        return ": 是" if value else ": 否"
    if isinstance(value, float | int):
        return f"{value:g}{unit}" if abs(value) < 1e6 else f"{value:.0f}{unit}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "、".join(value) if isinstance(value, tuple | list) else f"{value}{unit}"


def _at_least(count: int, word: str, parts: tuple[Explained, ...]) -> Explained:
    words = {"all": "同时符合", "any": "符合其一"}.get(word, f"符合其中{count}项")
    return Explained(_some(count, parts), words, parts=parts)


def _some(count: int, parts: tuple[Explained, ...]) -> ConditionVerdict:
    met = sum(part.verdict is ConditionVerdict.MET for part in parts)
    possible = sum(part.verdict is not ConditionVerdict.UNMET for part in parts)
    if met >= count:
        return ConditionVerdict.MET
    return ConditionVerdict.UNKNOWN if possible >= count else ConditionVerdict.UNMET


def _not(verdict: ConditionVerdict) -> ConditionVerdict:
    return {ConditionVerdict.MET: ConditionVerdict.UNMET, ConditionVerdict.UNMET: ConditionVerdict.MET}.get(
        verdict, ConditionVerdict.UNKNOWN
    )
