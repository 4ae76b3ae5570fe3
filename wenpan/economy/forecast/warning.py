"""Warnings that stand still: hysteresis for lights and the record of when a warning first came.

Pure. A light that flips every month is soon ignored. It gets worse at once; it gets better only after
the figures have been better for `hold` periods in a row, or by a margin. Lights are codes (`GREEN`,
`YELLOW`, `RED`, `UNKNOWN`), oldest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenpan.economy.forecast.year_end import Flags, Floats

SEVERITY = {"GREEN": 0, "YELLOW": 1, "RED": 2}


def steady(lights: Sequence[str], *, hold: int = 2) -> list[str]:
    """The lights as shown: worse at once, better after `hold` better ones in a row, then the worst of these.

    UNKNOWN is shown as it is and counts as no news: the light before it stays the one to beat.

    >>> steady(["GREEN", "RED", "GREEN", "RED", "GREEN", "GREEN"])
    ['GREEN', 'RED', 'RED', 'RED', 'RED', 'GREEN']
    """
    if hold < 1:
        raise ValueError(f"hold must be at least 1, found {hold}")
    shown: list[str] = []
    standing: str | None = None
    better: list[str] = []
    for light in lights:
        if light not in SEVERITY:
            shown.append(light)
            continue
        if standing is None or SEVERITY[light] >= SEVERITY[standing]:
            standing, better = light, []
        else:
            better.append(light)
            if len(better) >= hold:
                standing = max(better[-hold:], key=SEVERITY.__getitem__)
                better = [b for b in better if SEVERITY[b] < SEVERITY[standing]]
        shown.append(standing)
    return shown


def shown_light(previous: Sequence[str], fresh: str, *, hold: int = 2) -> str:
    """The light to show now, given the unheld lights of the periods before (oldest first)."""
    return steady([*previous, fresh], hold=hold)[-1]


def warned(probability: Floats, *, enter: float = 0.35, leave: float = 0.5) -> Flags:
    """(…, M) whether a warning stands at each month: it begins below `enter` and ends above `leave`.

    probability (…, M) of meeting the target, oldest first. NaN (refused) changes nothing.
    """
    if not enter <= leave:
        raise ValueError(f"enter must not be above leave, found {enter} and {leave}")
    p = np.asarray(probability, dtype=np.float64)
    out = np.zeros(p.shape, dtype=bool)
    standing = np.zeros(p.shape[:-1], dtype=bool)
    for m in range(p.shape[-1]):
        with np.errstate(invalid="ignore"):
            standing = np.where(standing, ~(p[..., m] > leave), p[..., m] < enter)
        out[..., m] = standing
    return out


@dataclass(frozen=True)
class Warned:
    """When the light first left green in these periods, and since when the present run stands."""

    first: str  # period; "" if never
    since: str  # first period of the present run of the same light; "" without lights
    light: str  # the present light
    times: int  # how often a warning began


def record(periods: Sequence[str], lights: Sequence[str], *, hold: int = 2) -> Warned:
    """The record over one year's periods (oldest first), of the lights as shown."""
    if len(periods) != len(lights):
        raise ValueError(f"{len(periods)} periods for {len(lights)} lights")
    shown = steady(lights, hold=hold)
    if not shown:
        return Warned("", "", "UNKNOWN", 0)
    alarm = [SEVERITY.get(light, 0) > 0 for light in shown]
    begins = [i for i, a in enumerate(alarm) if a and (i == 0 or not alarm[i - 1])]
    run = len(shown) - 1
    while run and shown[run - 1] == shown[-1]:
        run -= 1
    return Warned(periods[begins[0]] if begins else "", periods[run], shown[-1], len(begins))
