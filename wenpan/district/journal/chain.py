"""The keyed chain: each entry's hash covers the entry and the hash before it.

    hash = HMAC-SHA256(key, canonical(entry) + previous hash)

The key lies outside the database (settings.JOURNAL_KEY), so that whoever can write the tables cannot
forge the chain. Numbers are normalised, because PostgreSQL's jsonb gives 1e20 back as an integer.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

GENESIS = "0" * 64


def plain(detail: Any) -> Any:
    """Values as JSON holds them: dates and decimals become text. ValueError for NaN and infinity."""
    return json.loads(json.dumps(detail, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False))


def _normal(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_normal(item) for item in value]
    return value


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
) -> str:
    fields = [sequence, at.astimezone(UTC).isoformat(timespec="microseconds"), actor_id, actor_name, action,
              subject, summary, _normal(detail), previous_hash]  # fmt: skip
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
