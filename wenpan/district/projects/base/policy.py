"""The dated rules of this room: limits, life cycles, entry documents, problems, lights in force, what the
expectation assumes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan import rules
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.pool.assumptions import AssumptionError, Assumptions
from wenpan.rules.in_force import chosen
from wenpan.rules.loading import Provenance, RuleError, path_of


def limits() -> dict[str, Any]:
    data, _ = rules.load_yaml("projects/limits")
    found: dict[str, Any] = data["limits"]
    return found


def expectation() -> tuple[Assumptions, Provenance]:
    """What the expectation of the rest of the year assumes. RuleError names the key that is wrong."""
    data, provenance = rules.load_yaml("projects/expectation")
    try:
        return Assumptions.from_data(data.get("assumptions")), provenance
    except AssumptionError as error:
        raise RuleError(provenance.file, f"assumptions.{error.key}", error.found, error.expected) from None


@dataclass(frozen=True)
class LifeStep:
    """`needs`: the fields that must be filled from this step on."""

    code: str
    name: str
    next: tuple[str, ...]
    needs: tuple[str, ...]


def life_cycle(which: str) -> dict[str, LifeStep]:
    """`which`: stages (of key projects) or states (of statistics projects)."""
    data, _ = rules.load_yaml("projects/stages")
    return {
        s["code"]: LifeStep(s["code"], s["name"], tuple(s["next"]), tuple(s["needs"])) for s in data[which]
    }


def needed_from(which: str, code: str) -> tuple[str, ...]:
    """Fields required at a step: its own and those of the steps before it in the file."""
    needed: dict[str, None] = {}
    for step in life_cycle(which).values():
        needed.update(dict.fromkeys(step.needs))
        if step.code == code:
            break
    return tuple(needed)


def entry_documents(band: str) -> tuple[list[tuple[str, str]], Provenance]:
    """(code, name) of the documents that an entry of this band asks for, and the rule's source."""
    data, provenance = rules.load_yaml("projects/entry_documents")
    return [(d["code"], d["name"]) for d in data["documents"] if band in d["bands"]], provenance


def problems() -> dict[str, Any]:
    """kinds, levels: code → name; days: level → days until due."""
    data, _ = rules.load_yaml("projects/problems")
    found: dict[str, Any] = data
    return found


def rule_sets() -> dict[str, RuleSet]:
    """The rule sets that may judge projects, ours first."""
    data, provenance = rules.load_yaml("projects/lights")
    own = RuleSet.from_data(data, file=provenance.file)
    choice, _ = rules.load_yaml("projects/in_force")
    known = rules.light_rules()
    return {own.code: own} | {code: known[code] for code in choice.get("also", ()) if code in known}


def bond_rules() -> RuleSet:
    """The lights of special-bond money."""
    data, provenance = rules.load_yaml("projects/bond_lights")
    return RuleSet.from_data(data, file=provenance.file)


def rules_in_force(on: date) -> RuleSet:
    """RuleError where none is chosen for the day or the chosen one is not in force."""
    path, code = path_of("projects/in_force"), chosen("projects/in_force", on)
    found = rule_sets().get(code) or rules.light_rules().get(code)
    if found is None or not found.in_force(on):
        raise RuleError(path, "in_force.rules", code, f"{on} 在生效期内的项目规则")
    return found
