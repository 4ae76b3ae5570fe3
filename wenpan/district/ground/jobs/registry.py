"""Which function does which kind of job.

    @job("intake.check")
    def check(args: dict, progress: Callable[[int, str], None]) -> dict: ...

A handler must be safe to run again from the start: a worker may die half-way. It may return
`{"next_url": …}` to send the waiting person on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Progress = Callable[[int, str], None]
Handler = Callable[[dict[str, Any], Progress], dict[str, Any] | None]
_handlers: dict[str, Handler] = {}


def job(kind: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def handler(kind: str) -> Handler:
    """Raises LookupError for a kind that no room registered (import its module in AppConfig.ready)."""
    if kind not in _handlers:
        raise LookupError(f"no job handler for {kind!r}")
    return _handlers[kind]
