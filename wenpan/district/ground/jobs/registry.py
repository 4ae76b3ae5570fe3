"""Which function does which kind of job.

    @job("intake.check", label=_("核对报表"))
    def check(args: dict, progress: Callable[[int, str], None]) -> dict: ...

A handler must be safe to run again from the start: a worker may die half-way. It may return
`{"next_url": …}` to send the waiting person on. `heavy`: the kind goes to the slow queue unless `start`
says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Progress = Callable[[int, str], None]
Handler = Callable[[dict[str, Any], Progress], dict[str, Any] | None]


@dataclass(frozen=True)
class JobKind:
    handler: Handler
    label: Any = ""
    heavy: bool = False


_kinds: dict[str, JobKind] = {}


def job(kind: str, *, label: Any = "", heavy: bool = False) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        _kinds[kind] = JobKind(handler, label, heavy)
        return handler

    return register


def handler(kind: str) -> Handler:
    """Raises LookupError for a kind that no room registered (import its module in AppConfig.ready)."""
    return _known(kind).handler


def is_heavy(kind: str) -> bool:
    return _known(kind).heavy


def label_of(kind: str) -> Any:
    return (_kinds[kind].label if kind in _kinds else "") or kind


def _known(kind: str) -> JobKind:
    if kind not in _kinds:
        raise LookupError(f"no job handler for {kind!r}")
    return _kinds[kind]
