"""The directory of units: which of the place's units a name in a paper stands for, as they stood on its day.

Pure. One unit by name, short name, alias or usual abbreviation (`区住建局` is
`安禾区住房和城乡建设局`); several for a group (各镇街), whose kinds depend on the level that issues the
paper: a county writes to towns and departments, a city to districts and departments. None for a name
that the place does not know. A unit that was merged away gives its successor and a question; nothing
is replaced silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from wenpan.documents.words.characters import same_length

TOWN, PARK, DEPARTMENT, DISTRICT = "town", "park", "department", "district"
LEVELS = ("county", "city")  # county: also a district of a city


@dataclass(frozen=True)
class KnownUnit:
    """A unit of the place with its dates; `successor` is the code of who took over."""

    code: str
    name: str
    short_name: str = ""
    kind: str = DEPARTMENT
    aliases: tuple[str, ...] = ()
    active_from: date | None = None
    active_to: date | None = None
    successor: str = ""

    def is_gone(self, on: date) -> bool:
        return self.active_to is not None and self.active_to < on


@dataclass(frozen=True)
class Meaning:
    """`codes` of one unit, of a group, or none; what must be asked before they are told."""

    codes: tuple[str, ...] = ()
    is_group: bool = False
    questions: tuple[str, ...] = ()


_SHORT = {
    "住房和城乡建设": "住建", "住房城乡建设": "住建", "发展和改革": "发改", "发展改革": "发改",
    "人力资源和社会保障": "人社", "人力资源社会保障": "人社", "工业和信息化": "工信",
    "市场监督管理": "市场监管", "交通运输": "交通", "文化和旅游": "文旅", "文化旅游": "文旅",
    "卫生健康": "卫健", "教育体育": "教体", "应急管理": "应急", "城市管理": "城管", "医疗保障": "医保",
    "自然资源和规划": "资源规划", "投资促进": "投促", "委员会": "委", "办公室": "办", "服务中心": "中心",
    "管理局": "局", "经济技术开发": "经开", "经济开发": "经开", "高新技术产业开发": "高新",
    "人民政府": "政府",
}  # fmt: skip
_SUFFIX = re.compile(r"(?:党工委|党委|人民政府|政府|办事处|街道办|管理委员会|管委会)$")
_PREFIX = re.compile(r"^[区县市州旗]")
_GROUP = re.compile(
    r"^(?:[区县市州旗](?:委|政府|级|直))?(?:各级|各|有关|相关|全[区县市]|所有|其他|其余|驻[区县市]|承担|辖区)|有关|相关"
)
_VAGUE = re.compile(r"有关|相关|承担|涉及|其他|其余")
_RELATIVE = re.compile(
    r"^(?:各|有关|相关)*(?:指标)?(?:责任|牵头|配合|成员|承办|主办|协办|参与|推荐)(?:单位|部门)$"
)


def shape(name: str, home: str = "") -> str:
    """A name's abbreviated form: 安禾区住房和城乡建设局 and 区住建局 are both 住建局."""
    short = same_length(name).removeprefix(home)
    short = _PREFIX.sub("", short) if len(short) > 3 else short
    for long, abbreviated in _SHORT.items():
        short = short.replace(long, abbreviated)
    return _SUFFIX.sub("", short) or short


@dataclass(frozen=True)
class UnitDirectory:
    """The units of a place; `home` is its name as it stands before their names (安禾区)."""

    units: tuple[KnownUnit, ...]
    on: date
    level: str = "county"
    home: str = ""
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # 各成员单位 of a standing body

    def meaning(self, name: str) -> Meaning:
        plain = re.sub(r"\s", "", same_length(name))
        if plain in self.members:
            return Meaning(tuple(self.members[plain]), True)
        unit = self._unit(plain)
        if unit is not None:
            return self._of_unit(unit)
        if _GROUP.search(plain):
            return self._of_group(name, plain)
        return Meaning((), False, (f"名录中没有“{name}”, 请指定单位",))

    def names(self) -> dict[str, str]:
        """Every spelling with its code, for recognising names in a text."""
        return {written: unit.code for written, unit in self._by_name.items() if len(written) > 2}

    @cached_property
    def _by_name(self) -> dict[str, KnownUnit]:
        """A standing unit wins over one that is gone."""
        found: dict[str, KnownUnit] = {}
        for unit in sorted(self.units, key=lambda u: u.is_gone(self.on)):
            for written in (unit.name, unit.short_name, *unit.aliases):
                plain = same_length(written)
                for spelling in {plain, plain.removeprefix(self.home)} - {""}:
                    found.setdefault(spelling, unit)
        return found

    @cached_property
    def _by_shape(self) -> dict[str, KnownUnit | None]:
        """Abbreviated spellings; one that two units share stands for neither."""
        found: dict[str, KnownUnit | None] = {}
        for written, unit in self._by_name.items():
            spelled = shape(written, self.home)
            other = found.setdefault(spelled, unit)
            if other is not None and other.code != unit.code:
                found[spelled] = other if unit.is_gone(self.on) > other.is_gone(self.on) else None
        return found

    def _unit(self, plain: str) -> KnownUnit | None:
        bare = re.sub(r"\([^()]*\)$", "", plain)
        for spelling in (plain, bare, _PREFIX.sub("", bare), bare.removeprefix(self.home)):
            if spelling in self._by_name:
                return self._by_name[spelling]
        return self._by_shape.get(shape(bare, self.home))

    def _of_unit(self, unit: KnownUnit) -> Meaning:
        called = unit.short_name or unit.name
        if not unit.is_gone(self.on):
            early = unit.active_from is not None and unit.active_from > self.on
            asks = (f"{called}于{unit.active_from}才设立, 晚于文件日期, 请核对",) if early else ()
            return Meaning((unit.code,), False, asks)
        heir = self._successor(unit)
        if heir is None:
            return Meaning((), False, (f"{called}已于{unit.active_to}撤并, 没有登记承接单位, 请指定",))
        asks = (f"{called}已于{unit.active_to}撤并, 是否由{heir.short_name or heir.name}承接?",)
        return Meaning((heir.code,), False, asks)

    def _successor(self, unit: KnownUnit) -> KnownUnit | None:
        """Who stands now, through several mergers; None where nobody was named or they turn in a circle."""
        by_code, seen = {u.code: u for u in self.units}, {unit.code}
        after = by_code.get(unit.successor)
        while after is not None and after.is_gone(self.on) and after.code not in seen:
            seen.add(after.code)
            after = by_code.get(after.successor)
        return None if after is None or after.code in seen else after

    def _of_group(self, name: str, plain: str) -> Meaning:
        if _RELATIVE.match(plain):
            return Meaning((), True, (f"“{name}”要看本文件或方案的名单, 请核对",))
        codes = self._standing(group_kinds(plain, self.level), plain)
        asks = []
        if not codes:
            asks.append(f"名录中没有“{name}”所指的单位, 请指定")
        elif _VAGUE.search(plain):
            asks.append(f"“{name}”没有点名, 暂列全部, 请圈定")
        return Meaning(codes, True, tuple(asks))

    def _standing(self, kinds: Sequence[str], plain: str) -> tuple[str, ...]:
        return tuple(
            unit.code
            for unit in self.units
            if unit.kind in kinds
            and not unit.is_gone(self.on)
            and not (unit.active_from and unit.active_from > self.on)
            and not (unit.kind == TOWN and not _is_of(unit.name, plain))
        )


def is_relative(name: str) -> bool:
    """各责任单位, 各牵头单位: who they are is told elsewhere in the paper."""
    return bool(_RELATIVE.match(same_length(name)))


def group_kinds(plain: str, level: str) -> tuple[str, ...]:
    """Kinds of unit that a group's words name; a county has no districts of its own."""
    kinds: list[str] = []
    if re.search(r"镇|乡|街道|街办|苏木|团场", plain):
        kinds.append(TOWN)
    if re.search(r"园区|开发区|高新区|管委会|功能区", plain):
        kinds.append(PARK)
    if re.search(r"部门|委办局|科局|局", plain):
        kinds.append(DEPARTMENT)
    if (
        not kinds
        and level == "city"
        and re.search(r"县|区|旗|市\(|县市", re.sub(r"^[区县市](?:级|直|委|政府)", "", plain))
    ):
        kinds.append(DISTRICT)
    if re.search(r"单位|各级", plain):
        below = (DISTRICT,) if level == "city" else (TOWN,)
        straight = bool(re.match(r"[区县市州旗](?:级|直)", plain))
        kinds += [DEPARTMENT] if straight else [DEPARTMENT, *below, PARK]
    return tuple(dict.fromkeys(kinds))


def _is_of(name: str, plain: str) -> bool:
    """各镇 are towns only, 各街道 only streets; 各镇街 and a group of all kinds are both."""
    towns, streets = bool(re.search(r"镇|乡|苏木", plain)), bool(re.search(r"街|镇办|乡办", plain))
    if towns == streets:
        return True
    return name.endswith(("街道", "办事处")) == streets


def unit_directory(
    units: Iterable[KnownUnit], *, on: date, level: str = "county", home: str = ""
) -> UnitDirectory:
    """The units of a place as a paper of the day `on` means them."""
    if level not in LEVELS:
        raise ValueError(f"level: {level!r}, 应为 {' 或 '.join(LEVELS)}")
    return UnitDirectory(tuple(units), on, level, home)
