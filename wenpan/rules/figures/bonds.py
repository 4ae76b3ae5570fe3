"""Sets of rules about special bonds: `rules/bonds/*.yaml`, by code; a place's own file of the same name
wins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wenpan.economy.fiscal.bonds import BondRuleError, BondRules
from wenpan.rules.loading import RuleError, files, load_file


def bond_rules(home: Path | None = None, on: date | None = None) -> dict[str, BondRules]:
    """Every set, or those that have begun by a day. RuleError names file, key, found, expected."""
    found = {}
    for path in files("bonds", home).values():
        data, provenance = load_file(path)
        if on is not None and provenance.effective_from > on:
            continue
        try:
            rules = BondRules.from_data(data)
        except BondRuleError as error:
            raise RuleError(path, error.key, error.found, error.expected) from None
        found[rules.code or path.stem] = rules
    return found
