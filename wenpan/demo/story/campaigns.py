"""The campaigns of the demonstration (`campaigns.yaml`), as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class StoryCampaign:
    """Days are month-day; `takes`: kind, light, most; `says`: result, way, words; `seen`: how many of all."""

    kind: str
    title: str
    theme: str
    ground: str
    ordered_by: str
    planned: str
    starts: str
    ends: str
    takes: tuple[dict[str, Any], ...]
    teams: tuple[dict[str, Any], ...]
    seen: int
    says: tuple[tuple[str, str, str], ...]
    closes: str = ""
    issues: str = ""
    summary: str = ""


@lru_cache(maxsize=1)
def campaigns() -> tuple[StoryCampaign, ...]:
    told = yaml.safe_load(Path(__file__).with_name("campaigns.yaml").read_text("utf-8"))
    return tuple(
        StoryCampaign(
            **{
                **c,
                "takes": tuple(c["takes"]),
                "teams": tuple(c["teams"]),
                "says": tuple(tuple(said) for said in c["says"]),
            }
        )
        for c in told["campaigns"]
    )
