"""What other rooms hang on the ledger, without the ledger knowing them.

`on_change(listener)`: `listener(batch, indicators, months, by, at)` is called inside the transaction
of every acceptance and every undo, with the codes and the months (`2022-09`, the end of the period)
that changed. A listener that raises undoes the whole act.
`also_visible(provider)`: `provider(user) -> set of indicator codes` that a liaison officer may see
besides those that their unit leads (the indicators room adds those with a target for the unit).
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


def visible_to(user: User) -> set[str]:
    return set().union(*VISIBLE.ask(user))
