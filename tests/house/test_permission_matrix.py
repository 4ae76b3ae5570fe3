"""Closed unless opened: every address of the program, as a stranger and as each role.

A page is guarded by `@requires`; pages for everybody who is signed in, and the few that are open to
strangers, stand in the two lists below, and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house import policy
from wenpan.district.accounts.permissions import can
from wenpan.district.accounts.roles import ADMINISTRATORS, ROLES

BY_SECRET = {  # no sign-in, and nothing without the secret: tests/district/sharing
    "sharing:feed", "sharing:table", "sharing:schema", "sharing:figures", "sharing:figures_sdmx",
    "sharing:judgements", "sharing:matters",
}  # fmt: skip
OPEN_TO_STRANGERS = {
    "accounts:sign_in", "accounts:finish_reset", "accounts:second_proof", "accounts:outside_go",
    "accounts:outside_back", "accounts:outside_enter", "set_language", "home:health",
    "wall:screen",
}  # fmt: skip
OPEN_TO_ALL_SIGNED_IN = {
    "home:entry",
    "home:help",
    "home:how_to",
    "home:today",
    "home:act",
    "home:undo",
    "search:search",
    "personal:mine",
    "personal:save_view",
    "personal:change_view",
    "personal:forget_view",
    "personal:columns",
    "personal:star",
    "accounts:password",
    "accounts:profile",
    "accounts:text_size",
    "accounts:second",
    "accounts:second_code",
    "accounts:second_key",
    "accounts:second_end",
    "accounts:recovery_codes",
    "accounts:step_up",
    "accounts:sign_out",
    "jobs:list",
    "outbox:mine",
    "sharing:calendar",
    "sharing:make_link",
    "sharing:revoke_link",
    "sharing:tokens",
    "sharing:make_token",
    "sharing:revoke_token",
    "jobs:progress",
}
SAMPLES = {
    "int": "1",
    "str": "gdp",
    "slug": "gdp",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "x",
}


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    permissions: tuple[str, ...]


def _addresses(patterns, prefix="", namespace=""):
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry.url_patterns, route, inner)
        elif isinstance(entry, URLPattern):
            path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found.group(1) or "str"], route)
            yield Address(f"{namespace}{entry.name}", f"/{path}", getattr(entry.callback, "permissions", ()))


ADDRESSES = list(_addresses(get_resolver().url_patterns))
GUARDED = [a for a in ADDRESSES if a.name not in OPEN_TO_STRANGERS | OPEN_TO_ALL_SIGNED_IN | BY_SECRET]
by_name = pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: f"{a.name}{a.path}")
guarded = pytest.mark.parametrize("address", GUARDED, ids=lambda a: f"{a.name}{a.path}")


@guarded
def test_a_page_says_which_permission_it_needs(address):
    assert address.permissions, f"{address.name} has no @requires and is on no list"


@pytest.mark.django_db
@by_name
def test_a_stranger_sees_the_door_and_nothing_else(address, client):
    if address.name in BY_SECRET:
        assert client.get(address.path).status_code in {401, 404}
        return
    if address.name in OPEN_TO_STRANGERS:
        assert client.get(address.path).status_code in {200, 404, 405, 302}
        return
    for answer in (client.get(address.path), client.post(address.path)):
        assert answer.status_code == 302, address
        assert answer.url.startswith("/accounts/sign-in/")


@pytest.mark.django_db
@pytest.mark.usefixtures("bell_once")
@pytest.mark.parametrize("role", [*ROLES, ""])
def test_each_role_may_open_what_is_its_own_and_nothing_else(role, client, make_user):
    """Pages that may be opened answer without an error even in an empty district; others answer 403."""
    user = make_user(role)
    client.force_login(user)
    client.raise_request_exception = False
    wrong = []
    for address in [a for a in ADDRESSES if a not in GUARDED]:
        if (answer := client.get(address.path)).status_code in (200, 302):
            if address.name in {"accounts:outside_go", "set_language"}:  # lead away, show nothing
                continue
            if answer.get("Cache-Control") != "no-store":
                wrong.append(f"{address.name}: {answer.get('Cache-Control')}")
    for address in GUARDED:
        allowed = can(user, *address.permissions)
        good = {200, 302, 404, 405}  # also of another unit's record: 404, never 403
        for answer in (client.get(address.path), *(() if allowed else (client.post(address.path),))):
            if answer.get("Cache-Control") != "no-store":  # pages, parts, exports, pictures, errors
                wrong.append(f"{address.name}: kept by the browser: {answer.get('Cache-Control')}")
            fine = answer.status_code in (good if allowed else {403, 405})
            if not fine:
                wrong.append(f"{address.name}: {answer.status_code} {'allowed' if allowed else 'forbidden'}")
    assert wrong == []


def test_who_may_what_is_what_was_reviewed():
    """A role, a guard or a limit that changes changes the table: `python -m tests.house.policy`, and look."""
    assert policy.table() == policy.TABLE.read_text(encoding="utf-8").splitlines()


# What one of the three administrators may open beside accounts; everything else is data, and none of theirs.
OF_ADMINISTRATORS = {
    "system_admin": ("accounts:", "adjustments:"),
    "security_admin": ("accounts:", "adjustments:", "exchange:card", "exchange:list", "exchange:trust",
                       "exchange:revoke"),
    "auditor": ("accounts:hand_over", "accounts:hand_overs", "adjustments:second_slips", "journal:",
                "supervision:numbers"),
}  # fmt: skip


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_an_administrator_opens_no_data(role):
    """The security administrator read the letters between offices until November 2026."""
    held = ROLES[role].permissions
    opened = [a.name for a in ADDRESSES if a.permissions and held & set(a.permissions)]
    assert opened
    assert [name for name in opened if not name.startswith(OF_ADMINISTRATORS[role])] == []
