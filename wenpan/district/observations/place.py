"""Regions and units of the database, as the place's own file says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import timezone

from wenpan.district.accounts.actions import sync_units
from wenpan.district.observations.actions import sync_regions
from wenpan.rules import place


def sync_place(home: Path, *, on: date | None = None) -> bool:
    """Brings in new names, aliases, regions and units, deletes nothing; False without a place's file.

    Units are called as they are on the day `on`: run again each day, a name holds from its day.
    """
    if (here := place(home)) is None:
        return False
    sync_regions(regions=here, by=None)
    sync_units(units=[unit.named_on(on or timezone.localdate()) for unit in here.units], by=None)
    return True
