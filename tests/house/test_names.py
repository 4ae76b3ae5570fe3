"""A class is found by its name: no two public classes of the program are called the same."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

CODE = Path(__file__).parents[2] / "wenpan"
# Names that Django looks for in a module of a given place.
GIVEN = {"Migration", "Command", "DatabaseWrapper", "DatabaseOperations", "DatabaseFeatures", "Meta"}
GIVEN |= {
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
    "SQLDeleteCompiler",
    "SQLCompiler",
    "SQLAggregateCompiler",
}


def test_no_class_name_stands_twice():
    places: dict[str, list[str]] = defaultdict(list)
    for path in CODE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name not in GIVEN:
                places[node.name].append(str(path.relative_to(CODE)))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
