"""The archived record of a paper with its pictures inside: those of an analysis stand in the store."""

from __future__ import annotations

import base64
from typing import Any

from wenpan.district.ground import originals

_HASH = 64  # characters of a SHA-256


def record_of(data: Any) -> Any:
    """A picture that is named by its hash: its bytes in its place. KeyError where the store lacks one."""
    if isinstance(data, list):
        return [record_of(one) for one in data]
    if not isinstance(data, dict):
        return data
    found = {name: record_of(one) for name, one in data.items()}
    if len(found.get("png", "")) == _HASH:
        found["png"] = base64.b64encode(originals.get(found["png"])).decode()
    return found
