"""From the names in a paper to the place's units: names, short names, aliases, groups, units merged away.

Nothing is invented: a name that the place does not know stays a name. A group (各镇街) expands to the units
that stood on the paper's day; a unit that was merged away is told with its successor, never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.documents.chinese import same_length
from wenpan.documents.units import Gazetteer, split_names

Kind = Unit.Kind
# What a group's words mean, tried in order; the names of single units go first.
_ALL = r"(?:全区|区内|各有关|各相关|有关|相关|各)"
_TOWNS = rf"{_ALL}(?:镇、?街道?|镇\(街道?\)|街镇|乡镇(?:\(?街道?\)?|街道|办)?|镇办)(?:办事处|党委|政府)?"
_BUREAUS = r"(?:区直|区级|各区直|各)(?:各)?(?:有关|相关)?部门|各?(?:有关|相关)(?:职能)?部门|区直有关部门"
_EVERYBODY = r"(?:全区)?各(?:级各|有关|相关)?(?:部门)?单位"
GROUPS = (
    (re.compile(_TOWNS), (Kind.TOWN,), ""),
    (re.compile(rf"{_ALL}镇(?:党委|人民政府|政府)?"), (Kind.TOWN,), "镇"),
    (re.compile(rf"{_ALL}街道(?:办事处|办)?"), (Kind.TOWN,), "街道"),
    (re.compile(rf"{_ALL}(?:园区|开发区)"), (Kind.PARK,), ""),
    (re.compile(_BUREAUS), (Kind.DEPARTMENT,), ""),
    (re.compile(_EVERYBODY), (Kind.DEPARTMENT, Kind.TOWN, Kind.PARK), ""),
)
_VAGUE = re.compile("有关|相关")


@dataclass(frozen=True)
class Named:
    """`units` that stand, in order; `merged`: (gone, its successor); `unknown`: names without a unit."""

    units: tuple[Unit, ...] = ()
    merged: tuple[tuple[Unit, Unit | None], ...] = ()
    unknown: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Book:
    """The units of the place as they stood on a day; read once a paper."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.units = list(Unit.objects.select_related("successor"))

    @cached_property
    def names(self) -> dict[str, Unit]:
        """Every name, short name and alias; a standing unit wins over one that is gone."""
        found: dict[str, Unit] = {}
        for unit in sorted(self.units, key=self._gone):
            for name in (unit.name, unit.short_name, *unit.aliases):
                for written in _spellings(str(name)):
                    found.setdefault(written, unit)
        return found

    def gazetteer(self) -> Gazetteer:
        return Gazetteer({name: unit.code for name, unit in self.names.items()})

    def _gone(self, unit: Unit) -> bool:
        return unit.active_to is not None and unit.active_to < self.on

    def standing(self, kinds: Iterable[str], part: str = "") -> list[Unit]:
        wanted = set(kinds)
        ends = {"镇": ("镇", "乡"), "街道": ("街道", "办事处")}.get(part, ("",))
        return [
            u for u in self.units if u.kind in wanted and not self._gone(u) and u.name.endswith(tuple(ends))
        ]

    def resolve(self, names: Iterable[str]) -> Named:
        units: dict[str, Unit] = {}
        merged: list[tuple[Unit, Unit | None]] = []
        unknown: list[str] = []
        groups: list[str] = []
        for name in (part for text in names for part in split_names(text)):
            plain = same_length(name).strip()
            unit = self.names.get(plain) or self.names.get(re.sub(r"^(?:区|县|市)", "", plain))
            if unit is not None and self._gone(unit):
                merged.append((unit, self._successor(unit)))
            elif unit is not None:
                units.setdefault(unit.code, unit)
            elif members := self._group(plain):
                groups.append(name)
                units |= {u.code: u for u in members if u.code not in units}
            else:
                unknown.append(name)
        return Named(
            tuple(units.values()),
            tuple(merged),
            tuple(unknown),
            tuple(groups),
            _asks(merged, unknown, groups),
        )

    def _group(self, plain: str) -> list[Unit]:
        for pattern, kinds, part in GROUPS:
            if pattern.fullmatch(plain):
                return self.standing(kinds, part)
        return []

    def _successor(self, unit: Unit) -> Unit | None:
        """The one that stands now, through several mergers."""
        seen = {unit.pk}
        after = unit.successor
        while after is not None and self._gone(after) and after.pk not in seen:
            seen.add(after.pk)
            after = after.successor
        return None if after is None or after.pk in seen else after


def _spellings(name: str) -> set[str]:
    plain = same_length(name).strip()
    return {plain, f"区{plain}"} if plain.endswith(("局", "办", "中心")) else {plain}


def _asks(merged: list[tuple[Unit, Unit | None]], unknown: list[str], groups: list[str]) -> tuple[str, ...]:
    told = []
    for unit, after in merged:
        words = {
            "unit": unit.short_name,
            "day": unit.active_to,
            "after": after.short_name if after else "",
        }
        if after is None:
            told.append(_("%(unit)s已于%(day)s撤并，没有登记承接单位，请指定") % words)
        else:
            told.append(_("%(unit)s已于%(day)s撤并，是否改由承接单位%(after)s承办") % words)
    told += [_("名录里没有“%(name)s”，请指定单位") % {"name": name} for name in unknown]
    told += [
        _("“%(name)s”没有指明是哪些单位，暂列全部，请核对") % {"name": name}
        for name in groups
        if _VAGUE.search(name)
    ]
    return tuple(told)
