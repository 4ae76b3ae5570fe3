"""Every word into every parameter of every GET address of a district with history: no error page.

Control: a page that reads its days by hand, as pages once did.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from bars import _typed_addresses as typed
from bars._demo import demonstration
from bars.bar import Result, place

LEAST = 90  # addresses that open


def bar(seed: int) -> Result:
    with place("addresses") as home:
        from wenpan.commands._start import start_django

        start_django()
        demonstration(home)
        from django.conf import settings
        from django.utils import timezone

        settings.ALLOWED_HOSTS = ["testserver"]
        clients = _signed_in()
        walked = typed.walk(clients, typed.candidates(timezone.localdate()), full=True)
        for fault in (*walked.faults, *(f"not found in the sources: {name}" for name in walked.unfound)):
            print(fault, file=sys.stderr)
        if walked.without_record:
            print(f"no record for {', '.join(walked.without_record)}", file=sys.stderr)
        seen = _control(clients)
    return Result(
        f"{walked.requests} requests: {walked.addresses} addresses, {walked.parameters} parameters, "
        f"{len(typed.NASTY)} words: {len(walked.faults)} error pages, {len(walked.unfound)} unfound",
        f"0 and 0, at least {LEAST} addresses",
        not walked.faults and not walked.unfound and walked.addresses >= LEAST,
        f"a page that reads days by hand: {seen} error pages",
        seen > 0,
    )


def _signed_in() -> dict[str, Any]:
    """A browser for each role of which somebody is there, and the stranger's."""
    from django.test import Client

    from wenpan.district.accounts.models import User
    from wenpan.district.accounts.roles import ROLES

    clients = {"": Client(raise_request_exception=False)}
    for role in ROLES:
        user = User.objects.filter(role=role, is_active=True).order_by("-unit", "pk").first()
        if user is not None:
            clients[role] = Client(raise_request_exception=False)
            clients[role].force_login(user)
    return clients


def _control(clients: dict[str, Any]) -> int:
    from wenpan.district.ui import asked

    day, walked = asked.day, typed.Walked()
    asked.day = lambda get, name: date.fromisoformat(get.get(name, "2022-01-01"))
    try:
        with typed.Recorder() as recorder:
            for word in typed.NASTY:
                typed._try(clients["auditor"], "/journal/", {"until": word}, recorder, walked)
    finally:
        asked.day = day
    return len(walked.faults)
