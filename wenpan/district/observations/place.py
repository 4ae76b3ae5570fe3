"""Regions and units of the database, as the place's own file says."""

from __future__ import annotations

from pathlib import Path

from wenpan.district.accounts.actions import sync_units
from wenpan.district.observations.actions import sync_regions
from wenpan.rules import place


def sync_place(home: Path) -> bool:
    """Brings in new names, aliases, regions and units, deletes nothing; False without a place's file."""
    if (here := place(home)) is None:
        return False
    sync_regions(regions=here, by=None)
    sync_units(units=here.units, by=None)
    return True
