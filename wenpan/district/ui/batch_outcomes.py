"""What the last act for many did, kept with the session and shown where it was done, for ten minutes or
as long as it can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from wenpan.district.ui.awaited import BatchAct, BatchOutcome

KEY, SHOWN_FOR, REFUSED_SHOWN = "batch_outcome", timedelta(minutes=10), 40


def keep(request: HttpRequest, act: BatchAct, result: BatchOutcome, *, back: str, undone: bool) -> None:
    request.session[KEY] = {
        "at": timezone.now().isoformat(),
        "code": act.code,
        "done": len(result.done),
        "keys": list(result.done) if not act.final and not undone else [],
        "refused": [list(pair) for pair in result.refused[:REFUSED_SHOWN]],
        "left": max(0, len(result.refused) - REFUSED_SHOWN),
        "undone": undone,
        "minutes": act.minutes,
        "back": back.partition("?")[0],
    }


def of(request: HttpRequest) -> dict[str, Any] | None:
    """For the page on which it was done; None elsewhere, and later."""
    kept = request.session.get(KEY)
    if not isinstance(kept, dict) or kept.get("back") != request.path:
        return None
    at = datetime.fromisoformat(kept["at"])
    gone = timezone.now() - at
    minutes = kept.get("minutes")
    if minutes is not None and gone > timedelta(minutes=minutes):
        kept = {**kept, "keys": []}
    until = max(SHOWN_FOR, timedelta(minutes=minutes or 0)) if kept["keys"] else SHOWN_FOR
    return kept if gone < until else None
