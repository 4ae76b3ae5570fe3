"""The release calendar: which figures are due on which day, and from whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from wenpan.economy.time.calendars import Calendar
from wenpan.economy.time.periods import Month, Period, Quarter
from wenpan.rules.catalogue import catalogue
from wenpan.rules.loading import Provenance, RuleError, load_yaml
from wenpan.rules.policies import workbook_kinds
from wenpan.rules.working_days import calendar

RETURNED_BY = ("unit", "department")


@dataclass(frozen=True)
class Release:
    """Figures that come together. Either `indicators` (codes) or `kind` (a workbook kind) is given.

    `returned_by`: for returns of projects, who hands them in: the unit where a project stands, or the
    department that leads it; "" for what one publisher sends.
    """

    code: str
    name: str
    publisher: str
    months_after: int
    day: int
    indicators: tuple[str, ...] = ()
    kind: str = ""
    returned_by: str = ""

    def due(self, month: Month, days: Calendar) -> date:
        """The day by which the figures of `month` are due; a day off moves to the next working day."""
        then = month.plus(self.months_after)
        return days.on_or_after(date(then.year, then.month, self.day))


def releases(home: Path | None = None) -> tuple[tuple[Release, ...], Provenance]:
    """In the order of the file. RuleError names the key that is wrong."""
    data, provenance = load_yaml("releases", home)
    entries = data.get("releases")
    if not isinstance(entries, list) or not entries:
        raise RuleError(provenance.file, "releases", entries, "至少一条发布日程")
    found = tuple(_release(entry, f"releases[{i}]", provenance.file) for i, entry in enumerate(entries, 1))
    codes = [release.code for release in found]
    if twice := next((code for code in codes if codes.count(code) > 1), ""):
        raise RuleError(provenance.file, "releases.code", twice, "不重复的代码")
    return found, provenance


def release_of_kind(kind: str, home: Path | None = None) -> Release | None:
    """The release of a workbook kind; None where the place's calendar has none."""
    return next((r for r in releases(home)[0] if r.kind == kind), None)


def due_words(indicator: str, period: Period, home: Path | None = None) -> str:
    """11月21日: the day by which the calendar lets the figures of a period come; "" where it has none."""
    release = next((r for r in releases(home)[0] if indicator in r.indicators), None)
    if release is None:
        return ""
    day = release.due(period.end if isinstance(period, Quarter) else period, calendar())
    return f"{day.month}月{day.day}日"


_NAMES = {field.name for field in fields(Release)}


def _release(entry: Any, key: str, file: str) -> Release:
    if not isinstance(entry, Mapping):
        raise RuleError(file, key, entry, "一条发布日程, 有 code、name、publisher、months_after、day")
    if wrong := sorted(set(entry) - _NAMES):
        raise RuleError(
            file, f"{key}.{wrong[0]}", entry[wrong[0]], f"已知的字段({'、'.join(sorted(_NAMES))})"
        )
    for name in ("code", "name", "publisher"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise RuleError(file, f"{key}.{name}", entry.get(name), "一段文字")
    _whole(entry, "months_after", 0, 12, key, file)
    _whole(entry, "day", 1, 28, key, file)
    codes = entry.get("indicators", [])
    if not isinstance(codes, list) or bool(codes) == bool(entry.get("kind")):
        raise RuleError(file, f"{key}.indicators", codes, "indicators(指标代码)和 kind(表种)恰好写一项")
    if missing := next((code for code in codes if code not in catalogue()), ""):
        raise RuleError(file, f"{key}.indicators", missing, "目录中已有的指标")
    if entry.get("kind") and entry["kind"] not in workbook_kinds():
        raise RuleError(file, f"{key}.kind", entry["kind"], "已登记的表种")
    if entry.get("returned_by", "unit") not in RETURNED_BY:
        raise RuleError(file, f"{key}.returned_by", entry["returned_by"], " 或 ".join(RETURNED_BY))
    return Release(**{**entry, "indicators": tuple(codes)})


def _whole(entry: Mapping[str, Any], name: str, low: int, high: int, key: str, file: str) -> None:
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise RuleError(file, f"{key}.{name}", value, f"{low} 到 {high} 的整数")
