"""What the workbook reader must know of the place: names of regions and units."""

from __future__ import annotations

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.handlers import ReaderPlace
from wenpan.district.observations.models import Region


def place() -> ReaderPlace:
    regions, home, city = {}, "", ""
    for region in Region.objects.select_related("parent"):
        for name in (region.name, region.code, *region.aliases):
            regions[name] = region.code
        if region.home:
            home, city = region.code, region.parent.code if region.parent else ""
    units = {}
    for unit in Unit.objects.all():
        for name in (unit.name, unit.short_name, unit.code, *unit.aliases):
            units[name] = unit.code
    return ReaderPlace(regions, units, home, city)
