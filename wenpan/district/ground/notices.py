"""Words to people inside the program, for rooms below the one that keeps notices.

The room that keeps them lends its `tell` when the program starts. Where none does, nobody is told, and the
caller learns it from the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from wenpan.district.ground.registries import Providers


class Tell(Protocol):
    """Tells each person once a key; gives the number of new notices. Part of the caller's transaction."""

    def __call__(
        self, *, users: Iterable[Any], key: str, text: str, at: datetime, url: str, kind: str
    ) -> int: ...


_tell: Providers[..., int] = Providers()


def lend(tell: Tell) -> None:
    _tell.only(tell)


def notify(
    *, users: Iterable[Any], key: str, text: str, at: datetime, url: str = "", kind: str = "notice"
) -> int:
    """How many people were told anew. `kind`: a code of rules/reminders.yaml."""
    return sum(_tell.ask(users=users, key=key, text=text, at=at, url=url, kind=kind))
