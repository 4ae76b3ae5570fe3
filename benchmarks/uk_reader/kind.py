"""What must be known of a register to read it: words of its columns, money, dates, colours.

Pure. Data from `uk_gmpp.yaml` beside this file; `from_data` refuses with the key that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

COLUMNS = ("report_year", "name", "department", "category", "rating", "own_rating",
           "start", "finish", "budget", "forecast", "cost")  # fmt: skip
LIGHTS = ("GREEN", "YELLOW", "RED")


class RegisterKindError(ValueError):
    """A description that cannot be used: which key, what was found, what is expected."""

    def __init__(self, key: str, found: object, expected: str) -> None:
        super().__init__(f"{key}: 实为 {found!r}, 应为{expected}")
        self.key, self.found, self.expected = key, found, expected


@dataclass(frozen=True)
class AsOf:
    """Reports of the years `since` and later speak of this day, `years` after the report's year."""

    since: int
    month: int
    day: int
    years: int


@dataclass(frozen=True)
class RegisterKind:
    code: str
    name: str
    version: str
    source: str
    columns: Mapping[str, tuple[str, ...]]  # key -> header words, lower case
    needs: tuple[str, ...]
    unit: str  # of all amounts, e.g. 百万英镑
    currency: str
    per_unit: float  # so many of the currency are one unit
    signs: tuple[str, ...]
    mangled_signs: tuple[str, ...]
    exempt: tuple[str, ...]
    not_given: tuple[str, ...]
    day_first: bool
    reported: tuple[AsOf, ...]
    scale: Mapping[str, str]  # word -> light, best first
    generic_words: frozenset[str]
    alike: float
    code_prefix: str

    def as_of(self, year: int) -> date:
        """The day that the report of a year speaks of."""
        rule = max((r for r in self.reported if r.since <= year), key=lambda r: r.since)
        return date(year + rule.years, rule.month, rule.day)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> RegisterKind:
        """RegisterKindError names the first thing that is wrong."""
        for key in ("code", "name", "columns", "needs", "unit", "currency", "as_of", "scale", "code_prefix"):
            if not data.get(key):
                raise RegisterKindError(key, data.get(key), "必填")
        columns = {str(k): _words(f"columns.{k}", v) for k, v in data["columns"].items()}
        for name in (*columns, *data["needs"]):
            if name not in COLUMNS:
                raise RegisterKindError("columns", name, "、".join(COLUMNS))
        scale = {str(k): str(v) for k, v in data["scale"].items()}
        for word, light in scale.items():
            if light not in LIGHTS:
                raise RegisterKindError(f"scale.{word}", light, "、".join(LIGHTS))
        return cls(
            code=str(data["code"]),
            name=str(data["name"]),
            version=str(data.get("version", "")),
            source=" ".join(str(data.get("source", "")).split()),
            columns=columns,
            needs=tuple(data["needs"]),
            unit=str(data["unit"]),
            currency=str(data["currency"]),
            per_unit=_positive(data, "per_unit"),
            signs=tuple(str(s) for s in data.get("signs", ())),
            mangled_signs=tuple(str(s) for s in data.get("mangled_signs", ())),
            exempt=_words("exempt", data.get("exempt", [])),
            not_given=_words("not_given", data.get("not_given", [])),
            day_first=bool(data.get("day_first", True)),
            reported=tuple(_as_of(item) for item in data["as_of"]),
            scale=scale,
            generic_words=frozenset(_words("generic_words", data.get("generic_words", []))),
            alike=_positive(data, "alike"),
            code_prefix=str(data["code_prefix"]),
        )


def _words(key: str, found: Any) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise RegisterKindError(key, found, "词语的列表")
    return tuple(str(word).lower() for word in found)


def _positive(data: Mapping[str, Any], key: str) -> float:
    found = data.get(key)
    if not isinstance(found, int | float) or found <= 0:
        raise RegisterKindError(key, found, "大于0的数")
    return float(found)


def _as_of(item: Any) -> AsOf:
    try:
        rule = AsOf(int(item["from"]), int(item["month"]), int(item["day"]), int(item["years"]))
        date(2001, rule.month, rule.day)
    except (KeyError, TypeError, ValueError):
        raise RegisterKindError("as_of", item, "from、month、day、years") from None
    return rule
