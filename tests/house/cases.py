"""Which test stands for which public action and for which address that takes a form (tests/again.py).

test → the actions it does, tried first with a broken journal; test → the addresses whose form it sends, twice.
"""

from __future__ import annotations

ACTIONS: dict[str, tuple[str, ...]] = {}
FORMS: dict[str, tuple[str, ...]] = {}


def actions_of(test: str) -> tuple[str, ...]:
    return ACTIONS.get(test, ())


def forms_of(test: str) -> tuple[str, ...]:
    return FORMS.get(test, ())
