"""Facts that a policy may ask about a firm, and the sample clauses that ship with the program.

Files of `wenpan/rules/firm_policies/` (a place's own of the same name win). A RuleError names file, key,
found, expected.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wenpan.economy.policies.clauses import PolicyClause, clause_from_data
from wenpan.economy.policies.facts import FirmFact, PolicyError, facts_from_data
from wenpan.rules.loading import RuleError, load_yaml, path_of

_FACTS, _SAMPLES = "firm_policies/facts", "firm_policies/samples"


def firm_facts(home: Path | None = None) -> dict[str, FirmFact]:
    """code → fact, in the order of the file."""
    data, _ = load_yaml(_FACTS, home)
    try:
        return facts_from_data(data)
    except PolicyError as error:
        raise RuleError(path_of(_FACTS, home), error.key, error.found, error.expected) from None


def sample_clauses(home: Path | None = None) -> list[tuple[PolicyClause, dict[str, Any]]]:
    """Each clause with the data it was built from (its source stands there)."""
    data, _ = load_yaml(_SAMPLES, home)
    facts, path = firm_facts(home), path_of(_SAMPLES, home)
    found = []
    for item in data.get("clauses") or ():
        if not item.get("source"):
            raise RuleError(path, f"clauses.{item.get('code')}.source", None, "来源")
        try:
            found.append((clause_from_data(item, facts), item))
        except PolicyError as error:
            raise RuleError(path, error.key, error.found, error.expected) from None
    return found
