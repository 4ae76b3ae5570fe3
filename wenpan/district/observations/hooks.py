"""What other rooms hang on the ledger, without the ledger knowing them.

`on_change(listener)`: `listener(batch, indicators, months, by, at)` is called inside the transaction
of every acceptance and every undo, with the codes and the months (`2022-09`, the end of the period)
that changed. A listener that raises undoes the whole act.
`also_visible(provider)`: `provider(user) -> set of indicator codes` that a liaison officer may see
besides those that their unit leads (the indicators room adds those with a target for the unit).
`year_plans(provider)`: `provider(indicator codes, years) -> {(region, indicator, year): values}`, the levels
that the year's targets want, against which a printed progress is held.
"""

from __future__ import annotations

from datetime import datetime

from wenpan.district.accounts.models import User
from wenpan.district.ground.registries import Providers, RoomEvent
from wenpan.district.observations.models import Batch

FIGURES_CHANGED: RoomEvent[Batch, set[str], set[str], User, datetime] = RoomEvent()
VISIBLE: Providers[[User], set[str]] = Providers()
on_change, remove, changed = FIGURES_CHANGED.listen, FIGURES_CHANGED.remove, FIGURES_CHANGED.tell
also_visible = VISIBLE.add


YEAR_PLANS: Providers[[set[str], set[int]], dict[tuple[str, str, int], tuple[float, ...]]] = Providers()
year_plans = YEAR_PLANS.add


def planned(indicators: set[str], years: set[int]) -> dict[tuple[str, str, int], tuple[float, ...]]:
    """All that the rooms know of; where two know the same, the values of both."""
    found: dict[tuple[str, str, int], tuple[float, ...]] = {}
    for known in YEAR_PLANS.ask(indicators, years):
        for key, values in known.items():
            found[key] = (*found.get(key, ()), *values)
    return found


def visible_to(user: User) -> set[str]:
    return set().union(*VISIBLE.ask(user))
