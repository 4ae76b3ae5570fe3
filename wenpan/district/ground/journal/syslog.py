"""The journal's entries as syslog messages of RFC 5424, for the log collector of the city.

    <PRI>1 2022-10-20T01:02:03.456789Z HOST wenpan - ACTION [wenpan@32473 seq="…" …] BOM SUMMARY

Facility 13 (log audit); severity 4 (warning) for what the auditor should look at, else 5 (notice). One line a
message: line ends in a summary become spaces. 32473 is the number that RFC 5612 keeps for documentation: a
collector needs no registration of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC

from wenpan.district.ground.journal.models import Entry

FACILITY, NOTICE, WARNING = 13, 5, 4
BOM = "\ufeff"


def message(entry: Entry, host: str) -> str:
    attention = isinstance(entry.detail, dict) and bool(entry.detail.get("attention"))
    priority = FACILITY * 8 + (WARNING if attention else NOTICE)
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    told = {
        "seq": str(entry.sequence), "actor": str(entry.actor_id or ""), "name": entry.actor_name,
        "subject": entry.subject, "address": _address(entry), "hash": entry.hash,
    }  # fmt: skip
    data = " ".join(f'{name}="{_quoted(value)}"' for name, value in told.items() if value)
    summary = " ".join(entry.summary.split())
    head = f"<{priority}>1 {at} {_name(host, 255)} wenpan - {_name(entry.action, 32)}"
    return f"{head} [wenpan@32473 {data}] {BOM}{summary}"


def messages(after: int, host: str) -> Iterator[str]:
    for entry in Entry.objects.filter(sequence__gt=after).order_by("sequence").iterator(chunk_size=2000):
        yield message(entry, host)


def _address(entry: Entry) -> str:
    return str(entry.detail.get("address", "")) if isinstance(entry.detail, dict) else ""


def _quoted(value: str) -> str:
    """PARAM-VALUE: the three signs that RFC 5424 escapes; no line ends."""
    return re.sub(r'(["\\\]])', r"\\\1", " ".join(value.split()))


def _name(text: str, most: int) -> str:
    """Printable ASCII without spaces, "-" for nothing."""
    return re.sub(r"[^\x21-\x7e]", "_", text)[:most] or "-"
