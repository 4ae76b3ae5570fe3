"""What the units of the demonstration did with each matter (`matters.yaml`), as frozen plays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

YEAR = 2022


def day(text: str) -> date:
    """`10-14` → 14 October 2022."""
    return date.fromisoformat(f"{YEAR}-{text}")


@dataclass(frozen=True)
class Play:
    """Days are `month-day`; "" for never."""

    words: str = ""
    progress: tuple[tuple[str, str], ...] = ()  # day, what was done
    done: str = ""
    told: str = "已按要求完成，相关材料附后。"
    sent_back: tuple[str, str] | None = None  # day, what is lacking
    done_again: str = ""
    extension: tuple[str, str, str] | None = None  # asked on, until, reason
    situation: str = ""
    advice: str = ""
    answers_slips: bool = True


@dataclass(frozen=True)
class StoryNote:
    """A leader's note and the matter that it orders."""

    leader: str
    words: str
    day: str
    kind: str
    lead: str
    text: str
    coops: tuple[str, ...] = ()
    due: str = ""


@lru_cache(maxsize=1)
def _told() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("matters.yaml").read_text("utf-8"))
    return found


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


@lru_cache(maxsize=1)
def plays() -> tuple[Play, ...]:
    return tuple(Play(**{key: _tuples(value) for key, value in entry.items()}) for entry in _told()["plays"])


def notes() -> tuple[StoryNote, ...]:
    return tuple(
        StoryNote(**{key: _tuples(value) for key, value in entry.items()}) for entry in _told()["notes"]
    )


def causes() -> tuple[str, ...]:
    """Lights that the office follows itself."""
    return tuple(_told()["causes"])


def lights_looked_at() -> tuple[str, ...]:
    return tuple(_told()["lights_looked_at"])


def play_of(title: str) -> Play:
    """The first play whose words stand in the title; an ordinary one for all others."""
    return next((play for play in plays() if play.words in title), Play())


@dataclass(frozen=True)
class PastLight:
    """A matter of a light that was closed long ago. `of`: an indicator, or a kind of project (`projects`: how
    many that were yellow in the month `light_of`)."""

    of: str
    kind: str
    drafted: str
    done: str
    told: str
    name: str = ""
    projects: int = 0
    light_of: str = ""


def past_lights() -> tuple[PastLight, ...]:
    return tuple(PastLight(**entry) for entry in _told()["past_lights"])
