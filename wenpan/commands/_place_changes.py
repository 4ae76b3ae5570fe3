"""What a new description of the place would take back of the one in force."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenpan.rules.place import Place, PlaceRegion, PlaceUnit

_MAY_GROW = {"aliases", "names"}  # a description may know more; one that knows less takes back
_MAY_BE_GIVEN = {"active_from", "active_to", "successor", "parent"}  # given where nothing was said


def taken_back(there: Place, comes: Place) -> list[str]:
    """One line a word that would be lost or said otherwise: `tongxi 桐溪镇 names: … → …`. Empty where the new
    one only adds. The order of units is no word of the place where none is given."""
    lines = []
    for old_rows, new_rows in (
        ((there.city, *there.regions), (comes.city, *comes.regions)),
        (there.units, comes.units),
    ):
        new = {row.code: row for row in new_rows}
        for row in old_rows:
            if (other := new.get(row.code)) is None:
                lines.append(f"{row.code} {row.name}: is not named any more")
            else:
                lines += _said_otherwise(row, other)
    return lines


def _said_otherwise(old: PlaceRegion | PlaceUnit, new: PlaceRegion | PlaceUnit) -> list[str]:
    lines = []
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after or field.name == "order":
            continue
        if field.name in _MAY_GROW and set(before) <= set(after):
            continue
        if field.name in _MAY_BE_GIVEN and not before:
            continue
        lines.append(f"{old.code} {old.name} {field.name}: {_shown(before)} → {_shown(after)}")
    return lines


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return (
            ", ".join(
                f"{getattr(one, 'name', one)} ({day})" if (day := getattr(one, "from_", None)) else str(one)
                for one in value
            )
            or "—"
        )
    return str(value) if value else "—"
