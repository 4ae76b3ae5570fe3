"""Lights: rule sets are dated data; here they meet the facts and give a light with reasons.

Pure. All rules of a set are tried; the worse of two that hold wins. GREEN needs every fact in
`needs`: what is not known is UNKNOWN, never green. A documented excuse (fact `excuse`) may hold a
light at a better one where the rule allows it, and the verdict says so. Local colours (蓝单, 橙单)
are words beside the light; a "red" that means praise elsewhere never enters.
"""

from __future__ import annotations

import math
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from wenpan.economy.figures.quantities import MISSING, chance, number, telling_decimals
from wenpan.economy.judging import light_words
from wenpan.economy.judging.conditions import COMPARISONS, FACTS, Condition, value_of
from wenpan.economy.unusable import UnusableError


class Light(StrEnum):
    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    UNKNOWN = "UNKNOWN"

    @property
    def label(self) -> str:
        return light_words.LIGHTS[self]


SEVERITY = {Light.GREEN: 0, Light.YELLOW: 1, Light.RED: 2}
OBJECTS = ("indicator", "project", "slip", "deal")
KINDS = ("", "growth", "level")

_WORDS = {
    "actual": "本期数据", "target": "目标", "growth": "增速", "margin": "与目标的差距", "city": "全市平均",
    "versus_city": "与全市平均的差距", "progress": "完成进度", "schedule": "时序进度", "rank": "位次",
    "probability": "完成概率", "overdue": "是否逾期", "last_slip": "已发督办单", "answered": "是否回复",
    "annual_plan": "年度计划投资",
}  # fmt: skip


class LightRuleError(UnusableError):
    """A rule set that cannot be used."""


@dataclass(frozen=True)
class LightRule:
    code: str
    light: Light
    when: tuple[Condition, ...]  # all must hold
    reason: str = ""  # template over the facts: {margin:|1} is |margin| with one decimal
    kind: str = ""  # "growth" | "level": only for such targets; "" for all
    colour: str = ""  # the place's own word, e.g. 橙色督办单
    held_at: Light | None = None  # an excuse may hold it at this light

    def holds(self, facts: Mapping[str, Any], history: Sequence[Mapping[str, Any]]) -> bool | None:
        if self.kind and facts.get("kind") and facts["kind"] != self.kind:
            return False
        answers = [condition.holds(facts, history) for condition in self.when]
        if any(answer is False for answer in answers):
            return False
        return None if any(answer is None for answer in answers) else True


@dataclass(frozen=True)
class Consequence:
    light: Light
    text: str
    periods: int = 1  # after so many periods in a row on this light


@dataclass(frozen=True)
class Verdict:
    """`light` with its `reasons`, the code of the `rule` that decided ("" for green and unknown)."""

    light: Light
    reasons: tuple[str, ...] = ()
    rule: str = ""
    colour: str = ""
    without_excuse: Light | None = None  # the light that the excuse holds back
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleSet:
    code: str
    name: str
    version: str
    effective_from: date
    effective_to: date | None
    source: str
    object: str  # indicator | project | slip | deal
    rules: tuple[LightRule, ...]
    needs: tuple[str, ...] = ()
    scope: tuple[Condition, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    note: str = ""
    file: str = field(default="", compare=False)

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def judge(self, facts: Mapping[str, Any]) -> Verdict:
        """The verdict on one object. `facts`: see `conditions.FACTS`, with `kind`, `excuse` (text),
        and `history` (facts of earlier periods, newest first; each may carry its `light`)."""
        history = facts.get("history") or ()
        outside = [c for c in self.scope if c.holds(facts) is not True]
        if outside:
            return Verdict(Light.UNKNOWN, (f"不在《{self.name}》范围内或缺少判断范围的数据",))
        held = [rule for rule in self.rules if rule.holds(facts, history)]
        missing = [need for need in self.needs if value_of(need, _unit(need), facts) is None]
        worst = max((SEVERITY[_excused(rule, facts)] for rule in held), default=0)
        if missing and worst < SEVERITY[Light.RED]:
            return Verdict(Light.UNKNOWN, (f"缺少{'、'.join(_WORDS.get(m, m) for m in missing)}, 不作研判",))
        return self._verdict(held, facts, history)

    def _verdict(
        self, held: list[LightRule], facts: Mapping[str, Any], history: Sequence[Mapping[str, Any]]
    ) -> Verdict:
        if not held:
            return Verdict(Light.GREEN, consequences=self._consequences(Light.GREEN, history))
        # Among equally bad lights the later rule in the file is the graver (橙 after 蓝).
        decisive = max(held, key=lambda rule: (SEVERITY[_excused(rule, facts)], self.rules.index(rule)))
        light = _excused(decisive, facts)
        bare = max((rule.light for rule in held), key=SEVERITY.__getitem__)
        reasons = [said for rule in _gravest_first(held) if (said := fill(rule.reason, facts))]
        if bare != light:
            reasons.append(f"有书面说明, 暂按{light.label}管理(原应为{bare.label}): {facts['excuse']}")
        return Verdict(
            light,
            tuple(dict.fromkeys(reasons)),
            rule=decisive.code,
            colour=decisive.colour,
            without_excuse=bare if bare != light else None,
            consequences=self._consequences(light, history),
        )

    def _consequences(self, light: Light, history: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
        run = 1
        for past in history:
            if past.get("light") != light:
                break
            run += 1
        due = [c for c in self.consequences if c.light == light and c.periods <= run]
        return tuple(c.text for c in due)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], file: str = "") -> RuleSet:
        """From the YAML's mapping; LightRuleError names the first thing that is wrong."""
        for key in ("code", "name", "version", "effective_from", "source", "object", "rules"):
            if not data.get(key):
                raise LightRuleError(key, data.get(key), "必填")
        if data["object"] not in OBJECTS:
            raise LightRuleError("object", data["object"], "或".join(OBJECTS))
        return cls(
            code=str(data["code"]),
            name=str(data["name"]),
            version=str(data["version"]),
            effective_from=_day(data, "effective_from"),
            effective_to=_day(data, "effective_to") if data.get("effective_to") else None,
            source=" ".join(str(data["source"]).split()),
            object=data["object"],
            rules=tuple(_rule(item, i) for i, item in enumerate(data["rules"])),
            needs=tuple(_known_fact(need, "needs") for need in data.get("needs", ())),
            scope=tuple(_condition(item, "scope") for item in data.get("scope", ())),
            consequences=tuple(_consequence(item) for item in data.get("consequences", ())),
            note=str(data.get("note", "")),
            file=file,
        )


def worse(*lights: Light) -> Light:
    """The worse of several; UNKNOWN only where nothing is known to be worse than green."""
    known = [light for light in lights if light != Light.UNKNOWN]
    worst = max(known, key=SEVERITY.__getitem__, default=Light.UNKNOWN)
    return Light.UNKNOWN if worst == Light.GREEN and len(known) < len(lights) else worst


def _excused(rule: LightRule, facts: Mapping[str, Any]) -> Light:
    return rule.held_at if rule.held_at is not None and facts.get("excuse") else rule.light


def _gravest_first(rules: Sequence[LightRule]) -> list[LightRule]:
    return sorted(rules, key=lambda rule: -SEVERITY[rule.light])


class _Shown:
    """A fact inside a reason: {x:1} one decimal, {x:|1} without its sign, {x:%0} a ratio in percent,
    {x:chance} a probability."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __format__(self, spec: str) -> str:
        value = self.value
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            return MISSING
        if not spec:
            return str(value)
        if spec == "chance":
            return chance(value)
        if "|" in spec:
            value = abs(value)
        if "%" in spec:
            value *= 100
        places = telling_decimals(value, 0, decimals=int(spec.strip("|%") or 0))  # 0.04 is not printed 0.0
        return number(value, places) + ("%" if "%" in spec else "")


def fill(template: str, facts: Mapping[str, Any]) -> str:
    """The reason with its numbers; a fact that is not known is printed as a dash."""
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return template.format_map({name: _Shown(_fact_for_text(name, facts)) for name in names})


def _fact_for_text(name: str, facts: Mapping[str, Any]) -> Any:
    return value_of(name, _unit(name), facts) if name in FACTS else facts.get(name)


def _unit(fact: str) -> str:
    return FACTS[fact][0]


def _known_fact(name: Any, key: str) -> str:
    if name not in FACTS:
        raise LightRuleError(key, name, f"已知的事实名({'、'.join(FACTS)})")
    return str(name)


def _light(value: Any, key: str) -> Light:
    if value not in list(Light):
        raise LightRuleError(key, value, "GREEN、YELLOW 或 RED")
    return Light(value)


def _day(data: Mapping[str, Any], key: str) -> date:
    day = data[key]
    if not isinstance(day, date):
        raise LightRuleError(key, day, "日期, 如 2022-01-01")
    return day


def _only(item: Mapping[str, Any], keys: str, where: str) -> None:
    """An unquoted comma in YAML turns half a sentence into a key: refuse what is not known."""
    for key in item:
        if key not in keys.split():
            raise LightRuleError(f"{where}.{key}", item[key], f"已知的字段({keys})")


def _condition(item: Mapping[str, Any], key: str) -> Condition:
    _only(item, "fact comparison limit unit periods", key)
    fact = _known_fact(item.get("fact"), f"{key}.fact")
    if item.get("comparison") not in COMPARISONS:
        raise LightRuleError(f"{key}.comparison", item.get("comparison"), " ".join(COMPARISONS))
    if item.get("unit") not in FACTS[fact]:
        raise LightRuleError(f"{key}.unit", item.get("unit"), f"{fact} 的单位({'、'.join(FACTS[fact])})")
    if "limit" not in item:
        raise LightRuleError(f"{key}.limit", None, "必填")
    return Condition(fact, item["comparison"], item["limit"], item["unit"], int(item.get("periods", 1)))


def _rule(item: Mapping[str, Any], index: int) -> LightRule:
    key = f"rules[{index}]"
    _only(item, "code light when reason kind colour held_at", key)
    if not item.get("when"):
        raise LightRuleError(f"{key}.when", item.get("when"), "至少一个条件")
    if item.get("kind", "") not in KINDS:
        raise LightRuleError(f"{key}.kind", item["kind"], "growth 或 level")
    return LightRule(
        code=str(item.get("code", key)),
        light=_light(item.get("light"), f"{key}.light"),
        when=tuple(_condition(c, f"{key}.when") for c in item["when"]),
        reason=str(item.get("reason", "")),
        kind=item.get("kind", ""),
        colour=str(item.get("colour", "")),
        held_at=_light(item["held_at"], f"{key}.held_at") if item.get("held_at") else None,
    )


def _consequence(item: Mapping[str, Any]) -> Consequence:
    _only(item, "light text periods", "consequences")
    if not item.get("text"):
        raise LightRuleError("consequences.text", item.get("text"), "必填")
    return Consequence(
        _light(item.get("light"), "consequences.light"), str(item["text"]), int(item.get("periods", 1))
    )
