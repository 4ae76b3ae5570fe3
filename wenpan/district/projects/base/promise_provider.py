"""What a room above knows of the year's promises for investment, without this room knowing that room.

`year_targets(provider)`: `provider(indicator, year) -> [YearTarget]`, called when the outlook is drawn; the
indicators room, where targets live, hangs one on. Without any, the growth is typed by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan import rules
from wenpan.district.ground.registries import Providers


@dataclass(frozen=True)
class YearTarget:
    """A promise for the year: `amount` in 万元, or `growth` on last year in percent. `base`: last year's
    published amount in 万元, None where it is not published."""

    code: str
    label: str
    amount: float | None
    growth: float | None
    base: float | None
    document: str
    url: str


YEAR_TARGETS: Providers[[str, int], Sequence[YearTarget]] = Providers()
year_targets = YEAR_TARGETS.add


def targets_of(year: int) -> list[YearTarget]:
    """Of the indicator that the pool adds up to (rules/projects/bridge.yaml)."""
    data, _provenance = rules.load_yaml("projects/bridge")
    return [target for told in YEAR_TARGETS.ask(str(data["indicator"]), year) for target in told]
