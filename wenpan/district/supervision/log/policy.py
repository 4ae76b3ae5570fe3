"""The dated rules of this room: types and limits, how the office works, the calendar of working days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wenpan import rules
from wenpan.rules.loading import RuleError, path_of
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


def types() -> dict[str, MatterType]:
    """RuleError where a type has no usable limit."""
    data, _ = rules.load_yaml("supervision/types")
    found = {}
    for entry in data.get("types") or ():
        amount, unit = (entry.get("limit") or (None, None))[:2]
        if not isinstance(amount, int) or amount < 1 or unit not in LIMIT_UNITS:
            key = f"types.{entry.get('code')}.limit"
            expected = "[正整数, days 或 working_days]"
            raise RuleError(path_of("supervision/types"), key, entry.get("limit"), expected)
        found[str(entry["code"])] = MatterType(str(entry["code"]), str(entry["name"]), amount, unit)
    return found


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


def office() -> Office:
    """RuleError where a key is missing or of the wrong kind."""
    data, _ = rules.load_yaml("supervision/office")
    separate, numbers = data.get("separate") or {}, data.get("numbers") or {}
    return Office(
        matter_number=_text(numbers, "matter", "numbers"),
        slip_number=_text(numbers, "slip", "numbers"),
        check_from_handling=_flag(separate, "check_from_handling"),
        register_from_drafting=_flag(separate, "register_from_drafting"),
        bulletin_three_people=_flag(separate, "bulletin_three_people"),
        feedback_signed_by_head=_flag(data, "feedback_signed_by_head", ""),
        soon_days=_days(data, "soon_days"),
        silent_days=_days(data, "silent_days"),
    )


def _fault(key: str, found: Any, expected: str) -> RuleError:
    return RuleError(path_of("supervision/office"), key, found, expected)


def _flag(data: dict[str, Any], key: str, inside: str = "separate.") -> bool:
    if not isinstance(value := data.get(key), bool):
        raise _fault(f"{inside}{key}", value, "true 或 false")
    return value


def _days(data: dict[str, Any], key: str) -> int:
    if not isinstance(value := data.get(key), int) or value < 0:
        raise _fault(key, value, "不小于0的天数")
    return value


def _text(data: dict[str, Any], key: str, inside: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or "{serial" not in value:
        raise _fault(f"{inside}.{key}", value, "含 {year} 和 {serial} 的编号格式")
    return value
