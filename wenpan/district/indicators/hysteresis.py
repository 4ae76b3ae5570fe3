"""Lights that do not flap, and when they first warned.

Pure. A light turns worse at once and better only after the rule's number of better periods in a row
(`hold_periods` of `rules/lights/in_force.yaml`). The light as the numbers alone give it is kept beside
the one shown. Several months may judge one period again (a quarter): the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenpan.economy.forecast.warning import record, shown_light


@dataclass(frozen=True)
class HeldLight:
    light: str  # shown
    first_warned: str  # the year's first period that was not green; "" if none
    periods: int = 0  # better periods in a row that the rule asks for; 0 where the light is not held
    better: int = 0  # of them so far


def held_light(fresh: str, period: str, before: Iterable[tuple[str, str]], *, hold: int) -> HeldLight:
    """`before`: (period, light as the numbers gave it) of the year so far, in the order they were judged."""
    past = {p: light for p, light in before if p < period}
    periods, lights = [*sorted(past)], [past[p] for p in sorted(past)]
    shown = shown_light(lights, fresh, hold=hold)
    first = record([*periods, period], [*lights, fresh], hold=hold).first
    if shown == fresh:
        return HeldLight(shown, first)
    better = 1
    for light in reversed(lights):
        if light != fresh:
            break
        better += 1
    return HeldLight(shown, first, hold, better)
