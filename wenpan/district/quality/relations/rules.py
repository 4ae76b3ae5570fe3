"""A confirmed relation as an edit rule, with an example that must pass and one that must fail. No Django."""

from __future__ import annotations

from typing import Any

from wenpan.economy.quality.edits.edit_rules import EditRule, EditRules
from wenpan.economy.quality.edits.verdicts import contradicted


class RelationError(ValueError):
    """Why a relation cannot be a rule; a Chinese sentence."""


def rule_of(data: dict[str, Any]) -> EditRule:
    """`data` as a rule of YAML. It may have a problem: then it is listed as not used."""
    return EditRules.from_data({"rules": [data]}).rules[0]


def checked_rule(data: dict[str, Any]) -> EditRule:
    """RelationError for one whose expression cannot be used or whose examples say otherwise."""
    rule = rule_of(data)
    if rule.problem:
        raise RelationError(rule.problem)
    for example, word in ((data["passes"][0], "应通过"), (data["fails"][0], "应不通过")):
        if lacking := sorted(set(rule.kinds) - set(example)):
            raise RelationError(f"{word}的样例缺 {'、'.join(lacking)}")
    if why := contradicted(rule):
        raise RelationError(why)
    return rule


def example_of(text: str) -> dict[str, float | str]:
    """ "8栏=10, 9栏=4" as column → value. RelationError names what cannot be read."""
    found: dict[str, float | str] = {}
    for part in text.replace("，", ",").replace("；", ",").replace(";", ",").split(","):
        if not part.strip():
            continue
        name, sign, value = part.replace("＝", "=").partition("=")
        if not sign or not name.strip() or not value.strip():
            raise RelationError(f"样例应写作“8栏=10, 9栏=4”，实为“{part.strip()[:30]}”")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            found[name.strip()] = value.strip()[:60]
    if not found:
        raise RelationError("请各写一个应通过和应不通过的样例")
    return found
