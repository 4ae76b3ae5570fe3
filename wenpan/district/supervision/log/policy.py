"""The dated rules of this room: types and limits, how the office works, the calendar of working days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from wenpan import rules
from wenpan.rules.loading import load_file, path_of
from wenpan.rules.schema import FLAG, Fits, form, is_whole, read
from wenpan.rules.working_days import calendar

__all__ = ["LIMIT_UNITS", "MatterType", "Office", "calendar", "office", "type_of_source", "types"]
LIMIT_UNITS = ("days", "working_days")


@dataclass(frozen=True)
class MatterType:
    """`limit` counts from the day of assignment, in `unit` (days or working_days)."""

    code: str
    name: str
    limit: int
    unit: str


def _is_limit(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and is_whole(value[0], 1) and value[1] in LIMIT_UNITS


@form
@dataclass(frozen=True)
class _TypeEntry:
    code: str
    name: str
    limit: Annotated[tuple[int, str], Fits(_is_limit, "[正整数, days 或 working_days]")]


@form
@dataclass(frozen=True)
class _TypesFile:
    types: tuple[_TypeEntry, ...] = ()


def types() -> dict[str, MatterType]:
    """RuleError where a type has no usable limit."""
    data, provenance = rules.load_yaml("supervision/types")
    said = read(_TypesFile, data, provenance.file).types
    return {entry.code: MatterType(entry.code, entry.name, *entry.limit) for entry in said}


def type_of_source(kind: str) -> str:
    data, _ = rules.load_yaml("supervision/types")
    return str(data["of_source"].get(kind, "other"))


@dataclass(frozen=True)
class Office:
    matter_number: str
    slip_number: str
    check_from_handling: bool
    register_from_drafting: bool
    bulletin_three_people: bool
    feedback_signed_by_head: bool
    soon_days: int
    silent_days: int
    order_working_days: int
    undo_minutes: int


def _is_number_format(value: Any) -> bool:
    return isinstance(value, str) and "{serial" in value


_NUMBER_FORMAT = Fits(_is_number_format, "含 {year} 和 {serial} 的编号格式")
_DAYS = Fits(lambda value: is_whole(value, 0), "不小于0的天数")
_MINUTES = Fits(lambda value: is_whole(value, 0), "不小于0的分钟数")
_POSITIVE = Fits(lambda value: is_whole(value, 1), "不小于1的天数")


@form
@dataclass(frozen=True)
class _Numbers:
    matter: Annotated[str, _NUMBER_FORMAT]
    slip: Annotated[str, _NUMBER_FORMAT]


@form
@dataclass(frozen=True)
class _Separate:
    check_from_handling: Annotated[bool, FLAG]
    register_from_drafting: Annotated[bool, FLAG]
    bulletin_three_people: Annotated[bool, FLAG]


@form
@dataclass(frozen=True)
class _OfficeFile:
    numbers: _Numbers
    separate: _Separate
    feedback_signed_by_head: Annotated[bool, FLAG]
    soon_days: Annotated[int, _DAYS]
    silent_days: Annotated[int, _DAYS]
    order_working_days: Annotated[int, _POSITIVE] = 10  # places with an older file
    undo_minutes: Annotated[int, _MINUTES] = 15


def office() -> Office:
    """RuleError where a key is missing or of the wrong kind. A page asks once a line: built once a version of
    the file."""
    path = path_of("supervision/office")
    stat = path.stat()
    return _office(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=16)
def _office(path: Path, _changed: int, _size: int) -> Office:
    data, provenance = load_file(path)
    said = read(_OfficeFile, data, provenance.file)
    return Office(
        matter_number=said.numbers.matter,
        slip_number=said.numbers.slip,
        check_from_handling=said.separate.check_from_handling,
        register_from_drafting=said.separate.register_from_drafting,
        bulletin_three_people=said.separate.bulletin_three_people,
        feedback_signed_by_head=said.feedback_signed_by_head,
        soon_days=said.soon_days,
        silent_days=said.silent_days,
        order_working_days=said.order_working_days,
        undo_minutes=said.undo_minutes,
    )
