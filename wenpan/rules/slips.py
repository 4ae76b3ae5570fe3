"""Rule sets of slips (督办单): which serves by itself on a day, and what each colour asks and leads to.

A set is a file of `lights/` with `object: slip`; its `slips` say by which rules a colour is served, with
its level, the working days for an answer, what is asked and what follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wenpan.economy.judging.lights import RuleSet
from wenpan.rules.lights import light_rules
from wenpan.rules.loading import RuleError, load_file, load_yaml, path_of

_CHOICE = "supervision/slips_in_force"
COLOURS = ("white", "blue", "orange", "yellow", "red")
NONE = "none"
_KEYS = frozenset({"colour", "name", "level", "rules", "answer_days", "asks", "consequence"})


@dataclass(frozen=True)
class SlipKind:
    """One colour of a set. `level` rises with its weight; `answer_days` are working days."""

    colour: str
    name: str
    level: int
    rules: tuple[str, ...]
    answer_days: int
    asks: str
    consequence: str


@dataclass(frozen=True)
class SlipRules:
    rules: RuleSet
    kinds: tuple[SlipKind, ...]  # by level

    @property
    def label(self) -> str:
        """Code and version, as a slip keeps them."""
        return f"{self.rules.code}@{self.rules.version}"

    @property
    def near(self) -> int:
        """How many working days before the due date a rule of this set may speak; 0: none does."""
        limits = [c.limit for r in self.rules.rules for c in r.when if c.fact == "days_left"]
        return int(max(limits, default=0))

    def of_rule(self, code: str) -> SlipKind | None:
        return next((kind for kind in self.kinds if code in kind.rules), None)

    def of_colour(self, colour: str) -> SlipKind | None:
        return next((kind for kind in self.kinds if kind.colour == colour), None)


def slip_rules(home: Path | None = None) -> dict[str, SlipRules]:
    """Every set for slips by code. RuleError where a colour is not wholly described."""
    sets = light_rules(home)
    return {code: _built(found) for code, found in sets.items() if found.object == "slip"}


def slips_in_force(on: date, home: Path | None = None) -> SlipRules | None:
    """The set that serves slips on a day; None where people issue them all (`rules: none`)."""
    data, _ = load_yaml(_CHOICE, home)
    path = path_of(_CHOICE, home)
    chosen = [entry for entry in data.get("in_force") or () if entry["from"] <= on]
    if not chosen:
        raise RuleError(path, "in_force", str(on), "至少一条在该日之前生效的选择")
    code = max(chosen, key=lambda entry: entry["from"])["rules"]
    if code in (NONE, None):
        return None
    known = slip_rules(home)
    if code not in known:
        raise RuleError(path, "in_force.rules", code, f"已有的督办单规则({'、'.join(known)})")
    if not known[code].rules.in_force(on):
        since = known[code].rules.effective_from
        raise RuleError(path, "in_force.rules", f"{code} 于 {on}", f"生效期内的规则(自{since}起)")
    return known[code]


def _built(found: RuleSet) -> SlipRules:
    data, _ = load_file(Path(found.file))
    entries = data.get("slips") or ()
    if not entries:
        raise RuleError(found.file, "slips", entries, "至少一种颜色的督办单")
    kinds = tuple(_kind(found, at, entry) for at, entry in enumerate(entries))
    if [kind.level for kind in kinds] != sorted({kind.level for kind in kinds}):
        raise RuleError(found.file, "slips.level", [k.level for k in kinds], "自轻到重、互不相同的级次")
    return SlipRules(found, kinds)


def _kind(found: RuleSet, at: int, entry: Mapping[str, Any]) -> SlipKind:
    key = f"slips[{at}]"
    if set(entry) != _KEYS:
        raise RuleError(found.file, key, sorted(entry), f"字段齐全且没有多余({'、'.join(sorted(_KEYS))})")
    if entry["colour"] not in COLOURS:
        raise RuleError(found.file, f"{key}.colour", entry["colour"], "、".join(COLOURS))
    known = {rule.code for rule in found.rules}
    if unknown := [code for code in entry["rules"] if code not in known]:
        raise RuleError(found.file, f"{key}.rules", unknown, f"本规则中的条目({'、'.join(sorted(known))})")
    for name in ("level", "answer_days"):
        if not isinstance(entry[name], int) or entry[name] < 1:
            raise RuleError(found.file, f"{key}.{name}", entry[name], "正整数")
    return SlipKind(
        str(entry["colour"]),
        str(entry["name"]),
        entry["level"],
        tuple(entry["rules"]),
        entry["answer_days"],
        str(entry["asks"]),
        str(entry["consequence"]),
    )
