"""Where accounts hand their deeds to the journal, which stands above them in the house.

The journal registers its `record` when the program starts. Without it every write of this room
fails: what cannot be journalled does not happen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_recorder: list[Callable[..., Any]] = []


def register(record: Callable[..., Any]) -> None:
    _recorder[:] = [record]


def witness(**entry: Any) -> None:
    if not _recorder:
        raise RuntimeError("no journal is registered: nothing may be written")
    _recorder[0](**entry)
