"""Every module of the program is read by another: what two branches wrote twice, or nobody calls, is seen."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Found by their names: by Django, or by the command line.
BY_NAME = {"models", "apps", "urls", "settings", "wsgi", "base"}
# Read by no other module, and why.
ALONE = {
    "wenpan.district.compile_messages": "a command of the scripts",
}


# Dictionaries and lists that the process fills as it runs: registries by kind (ADR 12; the other two kinds
# are `RoomEvent` and `Providers`), and caches that could be emptied at any moment.
BY_KIND = {
    "wenpan.district.ground.jobs.registry._kinds",
    "wenpan.district.ground.jobs.timed._kinds",
    "wenpan.district.intake.handlers._handlers",
    "wenpan.district.ui.awaited._acts",
}
CACHES = {
    "wenpan.district.ground.sandbox._IDLE",
    "wenpan.district.indicators.pages.row_cache._kept",
    "wenpan.district.supervision.scoring.queries._SHEETS",
    "wenpan.documents.tables.columns._BARE",
    "wenpan.rules.loading._parsed",
    "wenpan.rules.requests._kept",
}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def read_by(path: Path) -> set[str]:
    """Names of modules that a file imports, and words of it that are names of modules."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            for word in node.value.split():  # "wenpan.district.accounts.middleware.Role" in the settings
                found |= {word, word.rpartition(".")[0]}
    return found


def unread(files: dict[str, set[str]], modules: set[str]) -> list[str]:
    """Modules that no other file reads."""
    return sorted(m for m in modules if not any(m in read for name, read in files.items() if name != m))


def test_no_module_stands_unread():
    program = [p for p in (ROOT / "wenpan").rglob("*.py") if "migrations" not in p.parts]
    files = {name_of(path): read_by(path) for path in program}
    modules = {
        name_of(path)
        for path in program
        if path.stem not in {"__init__", "__main__", *BY_NAME}
        and not {"templatetags", "commands"} & set(path.parts)
    }
    assert len(modules) > 1000
    assert unread(files, modules) == sorted(ALONE)


def test_a_module_that_only_reads_itself_is_found():
    assert unread({"a": {"a"}, "b": {"c"}, "c": set()}, {"a", "b", "c"}) == ["a", "b"]


def filled_later(source: str) -> set[str]:
    """Names of a module's empty dictionaries, lists and sets: they are filled while the process runs."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            value, target = (
                ast.unparse(node.value),
                node.target if isinstance(node, ast.AnnAssign) else node.targets[0],
            )
            if value in {"{}", "[]", "set()", "dict()", "list()"} or value.startswith(
                ("defaultdict(", "OrderedDict(")
            ):
                names.add(ast.unparse(target))
    return names


def test_rooms_meet_in_three_kinds_of_registry_and_no_fourth():
    found = set()
    for path in (ROOT / "wenpan").rglob("*.py"):
        found |= {f"{name_of(path)}.{name}" for name in filled_later(path.read_text(encoding="utf-8"))}
    assert found == BY_KIND | CACHES


def test_a_registry_of_another_shape_is_seen():
    assert filled_later("_people: dict[str, int] = {}\nseen = set()\nROWS = [1]") == {"_people", "seen"}


CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
BY_TECHNIQUE = {"actions", "pages", "queries", "models", "templatetags", "migrations"}
FLAT = {  # one room inside that nothing but its owner reads, or rooms that another tool holds
    "wenpan.commands", "wenpan.rules", "wenpan.district.ground.databases",
}  # fmt: skip


def test_a_room_with_rooms_inside_has_a_contract_that_names_all_of_them():
    rooms = {
        name_of(inner.parent.parent)
        for inner in (ROOT / "wenpan").rglob("*/__init__.py")
        if inner.parent.name not in BY_TECHNIQUE and inner.parent.parent != ROOT
    }
    held = {room for one in CONTRACTS if one.get("exhaustive") for room in one["containers"]}
    assert sorted(rooms - held - FLAT) == []
    assert sorted(FLAT & held) == []


def test_what_calls_itself_pure_is_held_to_know_no_django():
    """Words for people (gettext) are no database and no request: a chart has its labels in them."""
    told = {name for one in CONTRACTS if one["type"] == "forbidden" for name in one["source_modules"]}
    loose = []
    for path in (ROOT / "wenpan" / "district").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if not re.search(r"\bPure[.:,]", ast.get_docstring(ast.parse(source)) or ""):
            continue
        name = name_of(path)
        words = re.findall(r"^\s*(?:from|import) (django\S*)", source, re.M)
        held = any(name == one or name.startswith(f"{one}.") for one in told)
        if not held and not words or set(words) - {"django.utils.translation"}:
            loose.append(name)
    assert loose == []
