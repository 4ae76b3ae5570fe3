"""Sums of amounts are made in few places of any room, each with its word in docs/confidentiality.md."""

from __future__ import annotations

import ast
from pathlib import Path

import wenpan

ROOT = Path(wenpan.__file__).parents[1]
ROOMS = Path(wenpan.__file__).parent / "district"
AMOUNTS = {"cumulative", "this_year", "remaining", "planned_total", "expected", "project__planned_total",
           "year_plan", "bond", "bond_spent", "amount", "agreed", "arrived", "registered", "contract", "paid",
           "allotted", "wanted", "issued", "assigned", "spent", "value"}  # fmt: skip
# file → the row of the document that answers for it
KNOWN = {
    "projects/pool/queries.py": "projects:pool",
    "projects/pool/own_units.py": "projects:speech",
    "projects/pool/owners.py": "projects:speech",
    "attraction/queries.py": "attraction:…",
    "attraction/offers/queries.py": "attraction:offers",
    "fiscal/treasury/queries.py": "fiscal:overview",
}


def sums(path: Path) -> bool:
    """Whether a file adds up an amount of projects or returns in the database."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Sum", "Avg", "Max", "Min"}:
            first = node.args[0] if node.args else None
            named = getattr(first, "value", None)
            field = named if isinstance(named, str) else ""
            if field.removeprefix("standing__") in AMOUNTS or (first is not None and not field):
                return True
    return False


def test_every_place_that_sums_amounts_of_projects_or_returns_stands_in_the_document():
    found = {
        path.relative_to(ROOMS).as_posix()
        for path in ROOMS.rglob("*.py")
        if "migrations" not in path.parts and sums(path)
    }
    assert found == set(KNOWN)


def test_the_document_names_every_such_place():
    text = (ROOT / "docs" / "confidentiality.md").read_text()
    assert [name for name in KNOWN.values() if f"`{name}`" not in text] == []
