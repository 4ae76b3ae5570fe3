"""节假日和调休: the days off and the worked weekends of one year, and half-days. A day gone by stays."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wenpan.district.adjustments.preview_lines import Preview
from wenpan.district.adjustments.registers.base import ListColumn, PlaceList, Row, RowChange, RowFinding
from wenpan.district.adjustments.registers.effects import calendar_effects
from wenpan.rules.loading import load_yaml
from wenpan.rules.working_days import NAME, calendar_data, calendar_of

KINDS = {"holidays": lazy("放假"), "workdays": lazy("调休上班"), "half_days": lazy("只上半天班")}
LONGEST = 16  # days of one line
COLUMNS = (
    ListColumn("first", lazy("起"), required=True, kind="day", also=("开始", "日期")),
    ListColumn("last", lazy("止"), kind="day", also=("结束",), hint=lazy("只有一天的留空。")),
    ListColumn(
        "kind", lazy("安排"), required=True, kind="choice",
        choices=lambda: {code: str(label) for code, label in KINDS.items()},
    ),
)  # fmt: skip


def registers(today: date) -> Iterator[PlaceList]:
    """This year and the two after: a year gone by is what it was."""
    for year in range(today.year, today.year + 3):
        yield _register(year)


def _register(year: int) -> PlaceList:
    return PlaceList(
        code=f"days-off-{year}", group=lazy("节假日和调休"),
        label=_("%(year)s年节假日和调休") % {"year": year}, file=NAME,
        columns=COLUMNS, keys=("first",), rows_on=lambda _on: rows(year),
        check=lambda lines, changes, _since: list(_check(lines, changes, year)),
        content=lambda changes, _since: content(changes, year),
        usable=lambda: calendar_of(calendar_data()),
        effects=lambda changes, today: _effects(changes, year, today),
        proposes=("rules.set",), decides=("rules.set",), whole=True, removes=True,
    )  # fmt: skip


def rows(year: int) -> list[Row]:
    data = calendar_data()
    said = data["years"].get(year) or {}
    half = [day for day in data.get("half_days") or () if str(day).startswith(str(year))]
    found = [
        {"first": str(entry).partition("/")[0], "last": str(entry).partition("/")[2], "kind": kind}
        for kind, entries in (*said.items(), ("half_days", half))
        for entry in entries or ()
    ]
    return sorted(found, key=lambda row: row["first"])


def _span(row: Row) -> tuple[date, date]:
    return date.fromisoformat(row["first"]), date.fromisoformat(row["last"] or row["first"])


def _check(lines: Sequence[Row], changes: Sequence[RowChange], year: int) -> Iterator[RowFinding]:
    today = timezone.localdate()
    for change in changes:
        for row in (change.was, change.now):
            if row is not None and _span(row)[0] <= today and change.was != change.now:
                yield RowFinding(change.key, "first", _("今天和已经过去的日子不能改。"))
                break
        row = change.now
        if row is None:
            continue
        first, last = _span(row)
        if last < first or (last - first).days >= LONGEST:
            yield RowFinding(change.key, "last", _("应不早于起日，一段不超过%(n)s天。") % {"n": LONGEST})
            continue
        if {first.year, last.year} != {year}:
            yield RowFinding(change.key, "first", _("应是%(year)s年的日子。") % {"year": year})
        for other in lines:
            if (
                other != row
                and _span(other)[0] <= last
                and first <= _span(other)[1]
                and other["kind"] != "half_days"
            ):
                yield RowFinding(change.key, "first", _("与%(day)s起的安排重叠。") % {"day": other["first"]})
                break
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        if row["kind"] == "workdays" and any(day.weekday() < 5 for day in days):
            yield RowFinding(change.key, "kind", _("调休上班一般是周末，这里有周一至周五。"), hard=False)


def content(changes: Sequence[RowChange], year: int) -> dict[str, Any]:
    """The whole file: years that only ours has are not copied, they hold by themselves."""
    data, origin = load_yaml(NAME)
    made: dict[str, Any] = copy.deepcopy(data)
    if not origin.overridden:
        made["years"] = {}
    lines = {row["first"]: row for row in rows(year)}
    for change in changes:
        lines.pop(change.key, None)
        if change.now is not None:
            lines[change.now["first"]] = change.now
    said: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in sorted(lines.values(), key=lambda row: row["first"]):
        said[row["kind"]].append("/".join(filter(None, (row["first"], row["last"]))))
    half = [day for day in made.get("half_days") or () if not str(day).startswith(str(year))]
    made["half_days"] = [*half, *said.pop("half_days")]
    made.setdefault("years", {})[year] = said
    return made


def _effects(changes: Sequence[RowChange], year: int, today: date) -> Preview:
    data = calendar_data()
    then: Mapping[str, Any] = content(changes, year)
    merged = {**then, "years": {**data["years"], **then["years"]}}
    return calendar_effects(calendar_of(dict(data)), calendar_of(dict(merged)), today)
