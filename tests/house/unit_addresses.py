"""Addresses that people of a unit may open and that name a record."""

from __future__ import annotations

import re
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    assigned,
    day,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)
from wenpan.district.accounts.roles import ROLES

NO_RECORD = {
    "checkup:gaps": "names a sentence; its list holds what the person may see (test_checkup.py)",
    "attraction:offer": "the register of offers is everybody's; who points to one is asked of the own deals",
    "firms:policy": "a policy is everybody's; whom it may fit is asked of the own firms (test_firm_pages.py)",
    "bulletins:write_reason": "names an indicator; whose it is the catalogue says (test_red_reasons.py)",
    "supervision:score_appeal": "names a month; it appeals against the own unit's sheet and no other's",
}


def _addresses(patterns: Any, namespace: str = "") -> Any:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _addresses(
                entry.url_patterns, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", str(entry.pattern), getattr(entry.callback, "permissions", None)


def asked_of_units() -> dict[str, tuple[str, ...]]:
    """Address → the roles of a unit's people that may open it, of those that name a record."""
    found = {}
    for name, route, permissions in _addresses(get_resolver().url_patterns):
        if permissions is None and name != "jobs:progress":
            continue
        roles = tuple(
            role
            for role in ("liaison", "unit_head")
            if permissions is None or set(permissions) & set(ROLES[role].permissions)
        )
        if re.search(r"<(?!slug:token)", route) and roles and name not in NO_RECORD:
            found[name] = roles
    return found


ASKED = asked_of_units()
