"""What other rooms know of a subject, shown beside it without its own room knowing them.

A subject is an address like `indicator:fai`, `project:12`, `key_project:3`, or a page like `board`. A room
registers a provider; `{% beside "indicator:fai" %}` draws the panels of all that have something to say to
this person. Providers answer for permissions themselves: None for who may not see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wenpan.district.ground.registries import Providers


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


PANELS: Providers[[Any, str], SidePanel | None] = Providers()
beside = PANELS.add  # `provider(user, subject)`


def panels(user: Any, subject: str) -> list[SidePanel]:
    return [panel for panel in PANELS.ask(user, subject) if panel is not None]
