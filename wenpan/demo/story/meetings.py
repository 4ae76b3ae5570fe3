"""The dispatch meetings of the demonstration (`meetings.yaml`), as frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class StoryDispatchMeeting:
    """`day`: month-day; `answers`: short name of a unit → its words."""

    day: str
    chair: str
    place: str
    lines: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def meetings() -> tuple[StoryDispatchMeeting, ...]:
    told = yaml.safe_load(Path(__file__).with_name("meetings.yaml").read_text("utf-8"))
    return tuple(
        StoryDispatchMeeting(
            m["day"], told["chair"], told["place"], tuple(m.get("lines") or ()), m.get("answers") or {}
        )
        for m in told["meetings"]
    )
