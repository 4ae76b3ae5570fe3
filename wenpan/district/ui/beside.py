"""What other rooms know of a subject, shown beside it without its own room knowing them.

A subject is an address like `indicator:fai`, `project:12`, `key_project:3`, or a page like `board`. A room
registers a provider; `{% beside "indicator:fai" %}` draws the panels of all that have something to say to
this person. Providers answer for permissions themselves: None for who may not see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PanelLine:
    """One line of a panel. `light` is RED, YELLOW … or "" for none."""

    text: str
    url: str = ""
    light: str = ""
    detail: str = ""


@dataclass(frozen=True)
class SidePanel:
    title: str
    items: tuple[PanelLine, ...] = ()
    note: str = ""
    url: str = ""


Provider = Callable[[Any, str], SidePanel | None]
_providers: list[Provider] = []


def beside(provider: Provider) -> Provider:
    """Registers `provider(user, subject)`; for `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def panels(user: Any, subject: str) -> list[SidePanel]:
    return [panel for provider in _providers if (panel := provider(user, subject)) is not None]
