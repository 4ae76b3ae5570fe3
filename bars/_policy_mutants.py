"""Part of `policy`, run by pytest: every mutant of the policy of permissions, and whether the matrix sees it.

Five kinds: a permission given to a role or taken from it; a guard that asks for another permission; a guard
that lets everybody pass; a query that forgets whose people see their own unit's records only; a limit of
signing in.
BARS_OUT: the file for the JSON, kind → [seen, of, names of those that lived].
"""

from __future__ import annotations

import ast
import contextlib
import copy
import json
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse

from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    assigned,
    day,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)
from tests.house import policy, test_other_units_records, test_permission_matrix
from tests.house.foreign_records import regions, theirs  # noqa: F401  (fixtures)
from tests.house.unit_addresses import ASKED

ROOT = Path(__file__).resolve().parents[1]
SHUT = {403, 405}
# Places that ask whose person it is, and decide how a page is told, not what it holds.
NO_SCOPE = {
    "indicators/pages/board.py": "whether the page may be kept for the next reader; its words",
    "indicators/pages/scorecard.py": "its words",
    "checkup/pages.py": "its words; the counts come from the query",
}


def test_the_reviewed_table() -> None:
    chance = random.Random(int(os.environ["BARS_SEED"]))
    golden = policy.TABLE.read_text(encoding="utf-8").splitlines()
    assert policy.table() == golden  # the control: where nothing is wrong nothing is seen
    _keep("grants", _seen(_grants(golden)))
    _keep("exchanged", _seen(_exchanged(golden, chance)))
    _keep("limits", _seen(_limits(golden)))
    assert policy.table() == golden
    _keep("whole", (0, 1, []))


def test_scopes_of_queries(theirs, signed_in) -> None:  # noqa: F811
    _keep("scopes", _seen(_scopes(theirs, signed_in)))
    _keep("whole", (0, 1, []))


def test_guards_of_pages(make_user) -> None:
    _keep("dropped", _seen(_dropped(make_user)))


def _keep(kind: str, found: tuple[int, int, list[str]]) -> None:
    out = Path(os.environ["BARS_OUT"])
    known = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    seen, of, lived = known.get(kind, (0, 0, []))
    known[kind] = (seen + found[0], of + found[1], [*lived, *found[2]])
    out.write_text(json.dumps(known), encoding="utf-8")


def _seen(mutants: Iterator[tuple[str, bool]]) -> tuple[int, int, list[str]]:
    told = list(mutants)
    return sum(seen for _name, seen in told), len(told), [name for name, seen in told if not seen]


def _grants(golden: list[str]) -> Iterator[tuple[str, bool]]:
    from wenpan.district.accounts.roles import PERMISSIONS, ROLES

    for code, role in list(ROLES.items()):
        for permission in sorted(PERMISSIONS):
            ROLES[code] = replace(role, permissions=role.permissions ^ {permission})
            yield f"{code} ± {permission}", policy.table() != golden
        ROLES[code] = role


def _exchanged(golden: list[str], chance: random.Random) -> Iterator[tuple[str, bool]]:
    from wenpan.district.accounts.roles import PERMISSIONS, ROLES

    def holders(permissions: tuple[str, ...]) -> set[str]:
        return {code for code, role in ROLES.items() if role.permissions & set(permissions)}

    known = test_permission_matrix.ADDRESSES
    for place, address in enumerate(known):
        if not address.permissions:
            continue
        others = [p for p in sorted(PERMISSIONS) if holders((p,)) != holders(address.permissions)]
        other = chance.choice(others)
        known[place] = replace(address, permissions=(other,))
        yield f"{address.name} asks {other}", policy.table() != golden
        known[place] = address


def _limits(golden: list[str]) -> Iterator[tuple[str, bool]]:
    from wenpan.rules import loading

    load = loading.load_yaml
    data, origin = load("access")
    for way, value in policy.leaves(data):
        if isinstance(value, int | list):
            changed = copy.deepcopy(data)
            *above, last = way.split(".")
            part = changed
            for key in above:
                part = part[key]
            part[last] = [*value, "leader"] if isinstance(value, list) else value + 1
            loading.load_yaml = lambda *_how, changed=changed: (changed, origin)
            yield f"access {way}", policy.table() != golden
    loading.load_yaml = load


def _dropped(make_user: Any) -> Iterator[tuple[str, bool]]:
    """The page's own guard gone, its name still there: a role without the right sees another answer."""
    from django.test import Client

    from wenpan.district.accounts import permissions
    from wenpan.district.accounts.roles import ROLES

    clients = {}
    for code in ROLES:
        clients[code] = Client(raise_request_exception=False)
        clients[code].force_login(make_user(code, username=f"policy-{code}"))
    require, dropped = permissions.require, {"name": ""}

    def careless(user: Any, *names: str) -> None:
        frame = sys._getframe(1)
        request = frame.f_locals.get("request")
        if frame.f_code.co_name == "guarded" and request is not None:
            match = request.resolver_match
            if match is not None and match.view_name == dropped["name"]:
                return
        require(user, *names)

    permissions.require = careless
    try:
        for address in test_permission_matrix.GUARDED:
            without = [c for c, role in ROLES.items() if not role.permissions & set(address.permissions)]
            if without:
                dropped["name"] = address.name
                opened = next((code for code in without if _open(clients[code], address.path)), "")
                dropped["name"] = ""
                seen = bool(opened) and not _open(clients[opened], address.path)
                yield f"{address.name} unguarded", seen
    finally:
        permissions.require = require


def _open(client: Any, path: str) -> bool:
    with transaction.atomic():
        found = client.get(path).status_code not in SHUT or client.post(path).status_code not in SHUT
        transaction.set_rollback(True)
    return found


@dataclass(frozen=True)
class Site:
    path: Path
    function: str  # own_unit_only | can
    first: int
    last: int

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(ROOT / 'wenpan' / 'district').as_posix()}:{self.first}"


def _sites() -> Iterator[Site]:
    """Every place that asks whether somebody sees the own unit's records only."""
    for path in sorted((ROOT / "wenpan" / "district").rglob("*.py")):
        if path.relative_to(ROOT / "wenpan" / "district").as_posix() in NO_SCOPE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                words = [a.value for a in node.args if isinstance(a, ast.Constant)]
                wide = node.func.id == "can" and any(str(word).endswith(".all") for word in words)
                if wide or node.func.id == "own_unit_only":
                    yield Site(path, node.func.id, node.lineno, node.end_lineno or node.lineno)


@contextlib.contextmanager
def _forgotten(site: Site) -> Iterator[None]:
    """Asked from there, everybody may see everything."""
    name = ".".join(site.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = import_module(name)
    right = getattr(module, site.function)

    def wrong(user: Any, *names: str) -> bool:
        if site.first <= sys._getframe(1).f_lineno <= site.last:
            return site.function == "can"
        return bool(right(user, *names))

    setattr(module, site.function, wrong)
    try:
        yield
    finally:
        setattr(module, site.function, right)


Askers = tuple[dict[str, Any], list[tuple[str, tuple[str, ...]]]]


def _askers(records: dict[str, tuple[Any, ...]], signed: Any) -> Askers:
    """Browsers of another unit's people by role; the addresses of the records and who may ask them."""
    browsers = {"liaison": signed("liaison"), "unit_head": signed("head")}
    for browser in browsers.values():
        browser.raise_request_exception = False
    return browsers, [(reverse(name, args=records[name]), roles) for name, roles in ASKED.items()]


def _leak(browsers: dict[str, Any], asked: list[tuple[str, tuple[str, ...]]]) -> bool:
    from django.core.cache import cache

    cache.clear()
    told, told_of = test_other_units_records.told, test_other_units_records.told_of
    lists = test_other_units_records.lists()
    with transaction.atomic():  # what a form does under one mutant is not there under the next
        found = any(
            any(role in roles and told(browser, path) != 404 for path, roles in asked)
            or told_of(browser, lists)
            for role, browser in browsers.items()
        )
        transaction.set_rollback(True)
    return found


def _scopes(records: dict[str, tuple[Any, ...]], signed: Any) -> Iterator[tuple[str, bool]]:
    browsers, asked = _askers(records, signed)
    assert not _leak(browsers, asked)
    for site in _sites():
        with _forgotten(site):
            seen = _leak(browsers, asked)
        yield site.name, seen
    assert not _leak(browsers, asked)
