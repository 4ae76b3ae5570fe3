"""What other rooms hang on the ledger, without the ledger knowing them.

`on_change(listener)`: `listener(batch, indicators, months, by, at)` is called inside the transaction
of every acceptance and every undo, with the codes and the months (`2022-09`, the end of the period)
that changed. A listener that raises undoes the whole act.
`also_visible(provider)`: `provider(user) -> set of indicator codes` that a liaison officer may see
besides those that their unit leads (the indicators room adds those with a target for the unit).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from wenpan.district.accounts.models import User
from wenpan.district.observations.models import Batch

Listener = Callable[[Batch, set[str], set[str], Any, datetime], None]
Visible = Callable[[Any], set[str]]
_listeners: list[Listener] = []
_visible: list[Visible] = []


def on_change(listener: Listener) -> Listener:
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def remove(listener: Listener) -> None:
    """For tests."""
    _listeners.remove(listener)


def changed(batch: Batch, indicators: set[str], months: set[str], by: User, at: datetime) -> None:
    for listener in tuple(_listeners):
        listener(batch, indicators, months, by, at)


def also_visible(provider: Visible) -> Visible:
    if provider not in _visible:
        _visible.append(provider)
    return provider


def visible_to(user: User) -> set[str]:
    return set().union(*(provider(user) for provider in _visible))
