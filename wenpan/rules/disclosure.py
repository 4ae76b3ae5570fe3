"""Which sums are not printed (`rules/disclosure.yaml`), by the day for which they are printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from wenpan.economy.quality.disclosure.suppression import DisclosureRule
from wenpan.rules.loading import RuleError, load_yaml, path_of


def disclosure_rule(on: date, home: Path | None = None) -> DisclosureRule:
    """The rule in force on a day. RuleError names the entry that cannot be used."""
    data, _ = load_yaml("disclosure", home)
    entries = data.get("rules")
    if not isinstance(entries, list) or not entries:
        raise RuleError(
            path_of("disclosure", home), "rules", entries, "至少一条, 含 from、least、dominance、protection"
        )
    rules = sorted((_entry(entry, home) for entry in entries), key=lambda one: one[0])
    in_force = [rule for start, rule in rules if start <= on]
    if not in_force:
        raise RuleError(path_of("disclosure", home), "rules.from", str(rules[0][0]), f"不晚于 {on}")
    return in_force[-1]


def _entry(entry: Any, home: Path | None) -> tuple[date, DisclosureRule]:
    path = path_of("disclosure", home)
    if not isinstance(entry, dict) or type(entry.get("from")) is not date:
        raise RuleError(path, "rules.from", entry, "日期, 如 2022-01-01")
    least = entry.get("least")
    if isinstance(least, bool) or not isinstance(least, int) or least < 3:
        raise RuleError(path, "rules.least", least, "不小于3的整数")
    shares: list[Any] = [entry.get("dominance"), entry.get("protection")]
    for name, share in zip(("dominance", "protection"), shares, strict=True):
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share < 1:
            raise RuleError(path, f"rules.{name}", share, "0与1之间的数")
    return entry["from"], DisclosureRule(least, float(shares[0]), float(shares[1]))
