"""Small things that tests of several rooms stand on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wenpan.district.intake.models import Original, Submission


def as_jsonb(kept: Any) -> Any:
    """As PostgreSQL gives JSON back: the names of a mapping by length and letters, whatever was put in."""
    if isinstance(kept, dict):
        return {name: as_jsonb(kept[name]) for name in sorted(kept, key=lambda name: (len(name), name))}
    return [as_jsonb(one) for one in kept] if isinstance(kept, list) else kept


def accepted_file(
    number: int, *, by: Any, at: datetime, kind: str = "indicator_table", **more: Any
) -> Submission:
    """The `number`-th file of a test, accepted without being read: figures stand on a file."""
    name = f"第{number}批.xlsx"
    original = Original.objects.create(sha256=f"{number:064d}", size=1, first_name=name, stored_at=at)
    return Submission.objects.create(
        original=original, filename=name, kind=kind, state="accepted", uploaded_by=by, uploaded_at=at, **more
    )
