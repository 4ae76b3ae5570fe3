"""Sets of rules about special bonds: `rules/bonds/*.yaml`, by code; a place's own file of the same name
wins."""

from __future__ import annotations

from pathlib import Path

from wenpan.economy.fiscal.bonds import BondRuleError, BondRules
from wenpan.rules.loading import RuleError, files, load_file


def bond_rules(home: Path | None = None) -> dict[str, BondRules]:
    """Every set. RuleError names file, key, found, expected."""
    found = {}
    for path in files("bonds", home).values():
        data, _ = load_file(path)
        try:
            rules = BondRules.from_data(data)
        except BondRuleError as error:
            raise RuleError(path, error.key, error.found, error.expected) from None
        found[rules.code or path.stem] = rules
    return found
