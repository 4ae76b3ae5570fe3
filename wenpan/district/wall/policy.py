"""How the wall turns (`rules/wall.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from wenpan.rules.loading import load_yaml, path_of
from wenpan.rules.schema import each_of, read, whole, whole_form

SCENES = ("indicators", "projects", "supervision")


@whole_form
@dataclass(frozen=True)
class WallRules:
    version: str
    effective_from: date
    source: str
    scenes: Annotated[tuple[str, ...], each_of(SCENES, least=1)]
    turn_seconds: Annotated[int, whole(5, 3600)]
    refresh_seconds: Annotated[int, whole(15, 3600)]
    most_reds: Annotated[int, whole(5, 60)]
    token_days: Annotated[int, whole(1, 3660)]


def wall_rules(home: Path | None = None) -> WallRules:
    data, _provenance = load_yaml("wall", home)
    return read(WallRules, data, path_of("wall", home))
