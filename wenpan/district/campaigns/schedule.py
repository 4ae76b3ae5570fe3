"""Which team sees which object on which day: shared out evenly, one unit's objects together.

Pure. A slot is one team on one day. Objects of one unit go into one slot as far as it holds them, because
the way to a place is what costs; the fullest groups are placed first, each into the emptiest slot. A team in
which somebody belongs to the unit does not see it (回避). What no slot can hold stays unplanned, never
overfilled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class TeamDay:
    team: int
    day: date


def share_out(
    objects: Iterable[tuple[int, str]],
    teams: Sequence[int],
    days: Sequence[date],
    *,
    most: int,
    barred: Collection[tuple[int, str]] = (),
    load: dict[TeamDay, int] | None = None,
) -> dict[int, TeamDay]:
    """`objects`: (key, unit); `barred`: (team, unit); `load`: what slots hold already. Gives key → slot."""
    slots = {TeamDay(team, day): (load or {}).get(TeamDay(team, day), 0) for day in days for team in teams}
    groups: dict[str, list[int]] = defaultdict(list)
    for key, unit in objects:
        groups[unit].append(key)
    if not slots:
        return {}
    even = -(-(sum(map(len, groups.values())) + sum(slots.values())) // len(slots))
    size = min(most, max(1, even))  # a group larger than an even share is cut
    found: dict[int, TeamDay] = {}
    for unit, keys in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        left = list(keys)
        while left:
            open_ = [s for s, n in slots.items() if n < most and (s.team, unit) not in barred]
            if not open_:
                break
            slot = min(open_, key=lambda s: (slots[s], s.day, teams.index(s.team)))
            part, left = left[: min(size, most - slots[slot])], left[min(size, most - slots[slot]) :]
            slots[slot] += len(part)
            found |= dict.fromkeys(part, slot)
    return found
