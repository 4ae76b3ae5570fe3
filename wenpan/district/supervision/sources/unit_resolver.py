"""From the names in a paper to the place's units, as they stood on the paper's day (`unit_directory`).

Nothing is invented: a name that the place does not know stays a name and a question; a group expands; of a
unit that was merged away the successor is offered with a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wenpan.district.accounts.models import Unit
from wenpan.district.observations.models import Region
from wenpan.documents.orders.units.gazetteer import Gazetteer, split_names
from wenpan.documents.orders.units.unit_directory import KnownUnit, UnitDirectory, unit_directory


@dataclass(frozen=True)
class ResolvedUnits:
    """The units in order, and the groups that some of them came from."""

    units: tuple[Unit, ...] = ()
    groups: tuple[str, ...] = ()
    first_known: bool = False  # the name that was written first is one unit


class UnitResolver:
    """The units of the place as they stood on a day; read once a paper."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.units = {unit.code: unit for unit in Unit.objects.select_related("successor")}

    @cached_property
    def directory(self) -> UnitDirectory:
        home = Region.objects.filter(home=True).values_list("name", flat=True).first() or ""
        return unit_directory((_known(unit) for unit in self.units.values()), on=self.on, home=home)

    def gazetteer(self) -> Gazetteer:
        return Gazetteer.of(self.directory)

    def resolve(self, names: Iterable[str]) -> ResolvedUnits:
        found: dict[str, Unit] = {}
        groups: list[str] = []
        first: bool | None = None
        for name in (part for text in names for part in split_names(text)):
            meaning = self.directory.meaning(name)
            if meaning.is_group:
                groups.append(name)
            first = len(meaning.codes) == 1 if first is None else first
            found |= {code: self.units[code] for code in meaning.codes if code not in found}
        return ResolvedUnits(tuple(found.values()), tuple(groups), bool(first))


def _known(unit: Unit) -> KnownUnit:
    return KnownUnit(
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        kind=unit.kind,
        aliases=tuple(str(alias) for alias in unit.aliases),
        active_from=unit.active_from,
        active_to=unit.active_to,
        successor=unit.successor.code if unit.successor else "",
    )
