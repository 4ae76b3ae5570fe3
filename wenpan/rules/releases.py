"""The release calendar: which figures are due on which day, and from whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from wenpan.economy.time.calendars import Calendar
from wenpan.economy.time.periods import Month, Period, Quarter
from wenpan.rules.catalogue import Catalogue, catalogue
from wenpan.rules.loading import Provenance, RuleError, load_yaml
from wenpan.rules.policies import workbook_kinds
from wenpan.rules.schema import TEXT, Fits, form, one_of, read, whole, whole_form
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


@whole_form
@dataclass(frozen=True)
class _ReleaseEntry:
    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    publisher: Annotated[str, TEXT]
    months_after: Annotated[int, whole(0, 12)]
    day: Annotated[int, whole(1, 28)]
    indicators: tuple[str, ...] = ()
    kind: str = ""
    returned_by: Annotated[str, one_of(*RETURNED_BY)] = ""


@form
@dataclass(frozen=True)
class _ReleasesFile:
    releases: Annotated[tuple[_ReleaseEntry, ...], Fits(bool, "至少一条发布日程")]


def releases(home: Path | None = None) -> tuple[tuple[Release, ...], Provenance]:
    """In the order of the file. RuleError names the key that is wrong."""
    data, provenance = load_yaml("releases", home)
    entries = read(_ReleasesFile, data, provenance.file).releases
    indicators = catalogue()
    for at, entry in enumerate(entries, 1):
        _known(entry, f"releases[{at}]", provenance.file, indicators)
    codes = [entry.code for entry in entries]
    if twice := next((code for code in codes if codes.count(code) > 1), ""):
        raise RuleError(provenance.file, "releases.code", twice, "不重复的代码")
    return tuple(Release(**vars(entry)) for entry in entries), provenance


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


def _known(entry: _ReleaseEntry, key: str, file: str, indicators: Catalogue) -> None:
    """Either indicators of the catalogue or a kind of workbook."""
    if bool(entry.indicators) == bool(entry.kind):
        expected = "indicators(指标代码)和 kind(表种)恰好写一项"
        raise RuleError(file, f"{key}.indicators", list(entry.indicators), expected)
    if missing := next((code for code in entry.indicators if code not in indicators), ""):
        raise RuleError(file, f"{key}.indicators", missing, "目录中已有的指标")
    if entry.kind and entry.kind not in workbook_kinds():
        raise RuleError(file, f"{key}.kind", entry.kind, "已登记的表种")
