"""Part of `addresses`: every parameter of every GET address, and the words typed into it.

Found twice: `static_names` reads the sources (what is asked of a mapping or of `ui.asked`, fields of forms,
names in templates), and a recorder notes what a page in fact reads. What is read and was not found is a fault
of the search, and told.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

DISTRICT = Path(__file__).resolve().parents[1] / "wenpan" / "district"
NASTY = (
    "²",
    "①",
    "9999-12-31",
    "",
    "x" * 9000,
    "\0",
    "-1",
    "\u202e月\u2066",
    "0001-01-01",
    "2022-02-30",
    "9" * 5000,
    "1e400",
    "NaN",
    "١٢",
    "'\"<b>%s{0}",
    "2022-13",
    "0000-00",
    "[]=1&%00",
    "\ud800",
)
_NAME = re.compile(r"^[a-z][a-z_0-9]{0,30}$")
_IN_TEMPLATE = re.compile(r"""(?:[?&;]|\bname=["'])([a-z][a-z_0-9]*)(?:=|["'])""")


def static_names() -> dict[str, set[str]]:
    """Module of the district → the names that it asks an address for. Templates under their room's name."""
    found: dict[str, set[str]] = {}
    for path in sorted(DISTRICT.rglob("*.py")):
        if "migrations" not in path.parts:
            names = set(_of_source(ast.parse(path.read_text(encoding="utf-8"))))
            module = "wenpan.district." + ".".join(path.relative_to(DISTRICT).with_suffix("").parts)
            found[module.removesuffix(".__init__")] = names
    for path in sorted(DISTRICT.rglob("*.html")):
        found.setdefault("templates", set()).update(_IN_TEMPLATE.findall(path.read_text(encoding="utf-8")))
    return found


def _of_source(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.Subscript):
            yield from _literal(node.slice)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            if "GET" in ast.unparse(node.comparators[0]):
                yield from _literal(node.left)
        elif isinstance(node, ast.ClassDef) and any("Form" in ast.unparse(base) for base in node.bases):
            for line in node.body:
                if isinstance(line, ast.Assign) and "Field" in ast.unparse(line.value):
                    yield from (name.id for name in line.targets if isinstance(name, ast.Name))


def _of_call(node: ast.Call) -> Iterator[str]:
    called = ast.unparse(node.func)
    if called.endswith((".get", ".getlist", ".pop")) and node.args:
        yield from _literal(node.args[0])
    elif called.startswith("asked.") and len(node.args) > 1:
        yield from _literal(node.args[1])
    for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
        if "GET" in ast.unparse(argument):  # handed on with the name: chosen_month(request, "as_of")
            for other in node.args:
                yield from _literal(other)


def _literal(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAME.match(node.value):
        yield node.value


@dataclass
class Recorder:
    """Notes what is read of the address's parameters: `with Recorder() as recorder`."""

    read: set[str] = field(default_factory=set)

    def __enter__(self) -> Recorder:
        from django.http import QueryDict

        from wenpan.district.ground import clean_input

        self._module, self._cleaned = clean_input, clean_input.cleaned
        recorder = self

        class Recording(QueryDict):
            def __getitem__(self, key: str) -> Any:
                recorder.read.add(str(key))
                return super().__getitem__(key)

            def get(self, key: str, default: Any = None) -> Any:
                recorder.read.add(str(key))
                return super().get(key, default)

            def getlist(self, key: str, default: Any = None) -> Any:
                recorder.read.add(str(key))
                return super().getlist(key, default)

            def __contains__(self, key: object) -> bool:
                recorder.read.add(str(key))
                return super().__contains__(key)

        def cleaned(given: Any, most: int | None = None) -> Any:
            found = recorder._cleaned(given, most)
            if most is None:  # a form's
                return found
            noted = Recording(mutable=True)
            for name, values in found.lists():
                noted.setlist(name, values)
            noted._mutable = False
            return noted

        clean_input.cleaned = cleaned
        return self

    def __exit__(self, *_error: object) -> None:
        self._module.cleaned = self._cleaned

    def taken(self) -> set[str]:
        found, self.read = self.read, set()
        return {name for name in found if _NAME.match(name)}


@dataclass(frozen=True)
class GetAddress:
    name: str
    pattern: str  # as reverse() takes it
    converters: tuple[str, ...]
    permissions: tuple[str, ...]
    module: str


def addresses() -> list[GetAddress]:
    from django.urls import get_resolver

    return list(_addresses(get_resolver().url_patterns))


def _addresses(patterns: Any, prefix: str = "", namespace: str = "") -> Iterator[GetAddress]:
    from django.urls import URLResolver

    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry.url_patterns, route, inner)
            continue
        kinds = tuple(kind or "str" for kind in re.findall(r"<(?:(\w+):)?\w+>", route))
        permissions = getattr(entry.callback, "permissions", ())
        yield GetAddress(
            f"{namespace}{entry.name}", f"/{route}", kinds, permissions, entry.callback.__module__
        )


def candidates(today: date) -> dict[str, Sequence[str]]:
    """What may stand in an address's places: keys and codes of the records that are there."""
    from django.apps import apps

    numbers: dict[str, None] = {}
    for model in apps.get_models():
        if model.__module__.startswith("wenpan.") and getattr(model._meta.pk, "get_internal_type", str)() in {
            "BigAutoField",
            "AutoField",
        }:
            rows = model._default_manager.order_by("-pk").values_list("pk", flat=True)[:1]
            numbers.update(dict.fromkeys(map(str, rows)))
    month = f"{today.year}-{today.month:02d}"
    words = [
        "gdp",
        month,
        f"{today.year}-{max(today.month - 1, 1):02d}",
        str(today.year),
        "project",
        "key_project",
    ]
    for app, model_name, column in (
        ("supervision", "Matter", "number"),
        ("accounts", "Unit", "code"),
        ("bulletins", "Document", "kind"),
    ):
        model = apps.get_model(app, model_name)
        words += list(model._default_manager.order_by("-pk").values_list(column, flat=True)[:1])
    return {
        "int": tuple(numbers),
        "str": tuple(words),
        "slug": tuple(words),
        "path": ("x",),
        "uuid": ("00000000-0000-0000-0000-000000000000",),
    }


def paths(address: GetAddress, known: dict[str, Sequence[str]], most: int = 80) -> Iterator[str]:
    """The address with records in its places, first those of newer records."""
    places = [known.get(kind, ("x",)) for kind in address.converters]
    for chosen in itertools.islice(itertools.product(*places), most):
        parts = iter(chosen)
        yield re.sub(r"<[^>]+>", lambda _m, parts=parts: next(parts), address.pattern)  # type: ignore[misc]


@dataclass
class Walked:
    """What came of a walk. `faults`: the address, the parameter, the word, the status."""

    addresses: int = 0
    parameters: int = 0
    requests: int = 0
    faults: list[str] = field(default_factory=list)
    unfound: set[str] = field(default_factory=set)  # read, but not in the sources' names
    without_record: list[str] = field(default_factory=list)


def walk(clients: dict[str, Any], known: dict[str, Sequence[str]], *, full: bool) -> Walked:
    """`clients`: signed-in browsers by role, "" the stranger's. Cheap: some words into all parameters of an
    address at once, and one word into each by itself; full: every word into each and into all."""
    from wenpan.district.accounts.roles import ROLES

    names, walked = static_names(), Walked()
    everywhere = set().union(*names.values())
    turn = itertools.cycle(range(len(NASTY)))
    with Recorder() as recorder:
        for address in addresses():
            roles = [r for r in clients if r and (set(address.permissions) & set(ROLES[r].permissions))]
            client = clients[roles[0] if roles else ("analyst" if address.permissions == () else "")]
            found = _opened(client, address, known, recorder)
            if found is None:
                continue
            path, read = found
            if not path:
                walked.without_record.append(address.name)
                continue
            asked = sorted(read | (names.get(address.module, set()) if full else set()))
            walked.addresses += 1
            walked.parameters += len(asked)
            trials = [(name, word) for name in asked for word in NASTY] if full else []
            if not full:
                trials = [(name, NASTY[next(turn)]) for name in asked]
            for name, word in trials:
                _try(client, path, {name: word}, recorder, walked)
            for word in NASTY if full else (NASTY[next(turn)], NASTY[next(turn)], NASTY[next(turn)]):
                _try(client, path, dict.fromkeys(asked, word), recorder, walked)
            walked.unfound |= (read | recorder.taken()) - everywhere
    return walked


def _opened(
    client: Any, address: GetAddress, known: dict[str, Sequence[str]], recorder: Recorder
) -> tuple[str, set[str]] | None:
    """A path of the address that opens and what it reads; "" where no record does; None: no GET address."""
    for path in paths(address, known):
        recorder.taken()
        status = client.get(path).status_code
        if status == 405:
            return None
        if status != 404:
            return path, recorder.taken()
    return "", set()


def _try(client: Any, path: str, words: dict[str, str], recorder: Recorder, walked: Walked) -> None:
    from urllib.parse import quote

    query = "&".join(f"{name}={quote(word.encode('utf-8', 'surrogatepass'))}" for name, word in words.items())
    walked.requests += 1
    status = client.get(f"{path}?{query}").status_code
    if status >= 500:
        told = ", ".join(f"{name}={word[:16]!r}" for name, word in list(words.items())[:6])
        walked.faults.append(f"{path} {told}: {status}")
