"""The keyed chain: each entry's hash covers the entry and the hash before it.

    hash = HMAC(key, canonical(entry) + previous hash): HMAC-SHA256, or HMAC-SM3 where the place chose so

The key lies outside the database (settings.JOURNAL_KEY), so that whoever can write the tables cannot
forge the chain. Numbers are normalised, because PostgreSQL's jsonb gives 1e20 back as an integer.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from wenpan.district.ground import ciphers

GENESIS = "0" * 64


def json_values(detail: Any) -> Any:
    """Values as JSON holds them: dates and decimals become text. ValueError for NaN and infinity."""
    return json.loads(json.dumps(detail, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False))


def canonical(value: Any) -> str:
    """One JSON text for one value: keys sorted, numbers as plain decimals (1.0 and 1 and 1e0 are "1")."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = f"{Decimal(repr(value)):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    return json.dumps(value, ensure_ascii=False)


def entry_hash(
    *,
    key: str,
    sequence: int,
    at: datetime,
    actor_id: int | None,
    actor_name: str,
    action: str,
    subject: str,
    summary: str,
    detail: Any,
    previous_hash: str,
    rows: Any = None,
) -> str:
    when = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [sequence, when, actor_id, actor_name, action, subject, summary, detail, previous_hash]
    if rows:  # entries of before the seals, and entries without rows, have none
        parts.append(rows)
    text = canonical(parts)
    return ciphers.here().mac(key.encode(), text.encode("utf-8", "surrogatepass")).hex()
