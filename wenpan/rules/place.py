"""The place: its city and districts, its departments, towns and parks. Names are data, not code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from wenpan.rules.loading import RuleError, load_file, path_of

UNIT_KINDS = ("department", "town", "park", "district")
_OLD_KINDS = {"other": "department"}  # places described before units of a city could be districts


@dataclass(frozen=True)
class PlaceRegion:
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    home: bool = False


@dataclass(frozen=True)
class UnitName:
    """What a unit is called from a day on."""

    from_: date
    name: str
    short_name: str


@dataclass(frozen=True)
class PlaceUnit:
    code: str
    name: str
    short_name: str = ""
    kind: str = "department"
    aliases: tuple[str, ...] = ()
    order: int = 0
    active_from: date | None = None
    active_to: date | None = None  # the last day; a unit that was merged keeps its entry
    successor: str = ""  # the code of the unit that took over
    parent: str = ""  # the code of the unit above it
    names: tuple[UnitName, ...] = ()  # later names, oldest first; `name` is the first one

    def named_on(self, day: date) -> PlaceUnit:
        """As it is called on a day. Former names stay among its aliases, so that older tables are read."""
        begun = [entry for entry in self.names if entry.from_ <= day]
        if not begun:
            return self
        now = begun[-1]
        former = [self.name, self.short_name, *(w for e in begun for w in (e.name, e.short_name))]
        words = dict.fromkeys(
            w for w in (*self.aliases, *former) if w and w not in (now.name, now.short_name)
        )
        return replace(self, name=now.name, short_name=now.short_name, aliases=tuple(words))


@dataclass(frozen=True)
class Place:
    city: PlaceRegion
    regions: tuple[PlaceRegion, ...]  # the districts of the city, exactly one of them at home
    units: tuple[PlaceUnit, ...]

    @property
    def home(self) -> PlaceRegion:
        return next(region for region in self.regions if region.home)


def place(home: Path | None = None) -> Place | None:
    """`<home>/rules/place.yaml`, or None where the place has not been described yet."""
    path = path_of("place", home)
    if not path.exists():
        return None
    data, _ = load_file(path)
    if not isinstance(data.get("city"), dict):
        raise RuleError(path, "city", data.get("city"), "城市的 code 和 name")
    regions = tuple(_region(item, path) for item in data.get("regions") or ())
    if sum(region.home for region in regions) != 1:
        raise RuleError(path, "regions.home", [r.code for r in regions if r.home], "恰好一个本区")
    units = tuple(_unit(item, i, path) for i, item in enumerate(data.get("units") or ()))
    _distinct([data["city"].get("code"), *(r.code for r in regions)], path, "regions.code")
    _distinct([u.code for u in units], path, "units.code")
    _succeeded(units, path)
    _below(units, path)
    return Place(_region(data["city"], path), regions, units)


def _region(item: Any, path: Path) -> PlaceRegion:
    _needs_name(item, path, "regions")
    return PlaceRegion(
        str(item["code"]), str(item["name"]), tuple(item.get("aliases") or ()), home=bool(item.get("home"))
    )


def _unit(item: Any, index: int, path: Path) -> PlaceUnit:
    _needs_name(item, path, "units")
    key = f"units.{item['code']}"
    kind = _OLD_KINDS.get(item.get("kind", ""), item.get("kind", "department"))
    if kind not in UNIT_KINDS:
        raise RuleError(path, f"{key}.kind", kind, " 或 ".join(UNIT_KINDS))
    first, last = (_day(item, name, path, key) for name in ("active_from", "active_to"))
    if first and last and last < first:
        raise RuleError(path, f"{key}.active_to", last, f"不早于设立日期 {first}")
    return PlaceUnit(
        code=str(item["code"]),
        name=str(item["name"]),
        short_name=str(item.get("short_name", "")),
        kind=kind,
        aliases=tuple(item.get("aliases") or ()),
        order=int(item.get("order", index)),
        active_from=first,
        active_to=last,
        successor=str(item.get("successor") or ""),
        parent=str(item.get("parent") or ""),
        names=tuple(_names(item, path, key)),
    )


def _names(item: dict[str, Any], path: Path, key: str) -> Iterable[UnitName]:
    last = date.min
    for entry in item.get("names") or ():
        _needs_name({"code": "x", **entry} if isinstance(entry, dict) else entry, path, f"{key}.names")
        day = _day(entry, "from", path, f"{key}.names")
        if day is None or day <= last:
            raise RuleError(path, f"{key}.names.from", day, "逐次更晚的日期")
        last = day
        yield UnitName(day, str(entry["name"]), str(entry.get("short_name") or entry["name"]))


def _day(item: dict[str, Any], name: str, path: Path, key: str) -> date | None:
    value = item.get(name)
    if value is not None and not isinstance(value, date):
        raise RuleError(path, f"{key}.{name}", value, "日期, 如 2022-12-31")
    return value


def _succeeded(units: tuple[PlaceUnit, ...], path: Path) -> None:
    """A successor is another unit of the place, and only a unit that has ended has one."""
    codes = {unit.code for unit in units}
    for unit in units:
        if unit.successor and (unit.successor not in codes or unit.successor == unit.code):
            raise RuleError(path, f"units.{unit.code}.successor", unit.successor, "名录中另一单位的代码")
        if unit.successor and unit.active_to is None:
            raise RuleError(path, f"units.{unit.code}.active_to", None, "有承接单位的, 须写明撤并日期")


def _below(units: tuple[PlaceUnit, ...], path: Path) -> None:
    """A unit above is another unit of the place, and nobody stands above themself."""
    above = {unit.code: unit.parent for unit in units}
    for unit in units:
        seen, code = {unit.code}, unit.parent
        while code:
            if code not in above or code in seen:
                raise RuleError(
                    path, f"units.{unit.code}.parent", unit.parent, "名录中另一单位的代码，且不循环"
                )
            seen.add(code)
            code = above[code]


def _needs_name(item: Any, path: Path, key: str) -> None:
    if not isinstance(item, dict) or not item.get("code") or not item.get("name"):
        raise RuleError(path, key, item, "有 code 和 name 的条目")


def _distinct(codes: list[Any], path: Path, key: str) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise RuleError(path, key, code, "不重复的代码")
