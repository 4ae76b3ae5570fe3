"""The network address that a request comes from, also behind proxies that the place trusts."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Read from the right: the last address of X-Forwarded-For that is no trusted proxy. What a caller who is
    none of ours writes into that header is not looked at."""
    here = _plain(str(request.META.get("REMOTE_ADDR", "")))
    if not _trusted(here):
        return here
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    for part in reversed(told):
        found = _plain(part)
        if not found:
            return here
        here = found
        if not _trusted(found):
            break
    return here


def _plain(text: str) -> str:
    """An address in one spelling, without port or brackets; "" for what is none (a Unix socket)."""
    bare = text.strip().removeprefix("[").split("]")[0]
    if bare.count(":") == 1:
        bare = bare.split(":")[0]
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def _trusted(address: str) -> bool:
    if not address:  # a Unix socket: only what runs on this machine can speak through it
        return bool(settings.TRUSTED_PROXIES)
    found = ipaddress.ip_address(address)
    return any(found in network for network in settings.TRUSTED_PROXIES if network.version == found.version)
