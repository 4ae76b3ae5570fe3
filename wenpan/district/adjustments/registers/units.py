"""单位名录: the units of the place's own file. A name holds from a day on; a unit ends, never goes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from pypinyin import Style, lazy_pinyin

from wenpan.district.accounts.models import Unit
from wenpan.district.adjustments.registers.base import ListColumn, PlaceList, Row, RowChange, RowFinding
from wenpan.district.adjustments.registers.effects import unit_effects
from wenpan.district.observations.place import sync_place
from wenpan.rules import place
from wenpan.rules.loading import load_yaml

COLUMNS = (
    ListColumn("code", lazy("单位代码"), most=40, hint=lazy("新设单位可留空，按拼音生成；定后不变。")),
    ListColumn("name", lazy("单位名称"), required=True, also=("名称", "全称")),
    ListColumn("short_name", lazy("简称"), most=30, hint=lazy("留空用全称。")),
    ListColumn(
        "kind",
        lazy("类别"),
        required=True,
        kind="choice",
        choices=lambda: {code: str(label) for code, label in Unit.Kind.choices},
    ),
    ListColumn("aliases", lazy("别名"), most=200, hint=lazy("表里的其他写法，用顿号分开。")),
    ListColumn("parent", lazy("上级单位"), kind="unit"),
    ListColumn("active_from", lazy("设立日期"), kind="day"),
    ListColumn("active_to", lazy("撤并日期"), kind="day", hint=lazy("最后一天；撤并的单位保留历史。")),
    ListColumn("successor", lazy("承接单位"), kind="unit", hint=lazy("合并、撤销后由谁承接，须写撤并日期。")),
    ListColumn("order", lazy("排序"), kind="whole"),
)
DATED = {"name", "short_name", "active_from", "active_to", "successor"}  # may be said of a day to come
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def register() -> PlaceList | None:
    """None in a place that is not described yet."""
    if place() is None:
        return None
    return PlaceList(
        code="units", group=lazy("单位和人员"), label=lazy("单位名录"), file="place", columns=COLUMNS,
        keys=("code",), rows_on=rows, check=check, content=content, usable=place, effects=unit_effects,
        proposes=("rules.set", "account.manage"), decides=("rules.set",),
        applied=lambda _by: sync_place(settings.WENPAN_HOME),
    )  # fmt: skip


def rows(on: date) -> list[Row]:
    here = place()
    found = []
    for unit in here.units if here else ():
        now = unit.named_on(on)
        found.append({
            "code": unit.code, "name": now.name, "short_name": now.short_name or now.name, "kind": unit.kind,
            "aliases": "、".join(unit.aliases), "parent": unit.parent, "active_from": _iso(unit.active_from),
            "active_to": _iso(unit.active_to), "successor": unit.successor, "order": str(unit.order),
        })  # fmt: skip
    return found


def completed(row: Row, known: Sequence[Row]) -> Row:
    """A line as typed with what may be left out: the code of a unit of that name, or one from its pinyin."""
    code = row["code"] or next((other["code"] for other in known if other["name"] == row["name"]), "")
    if not code:
        base = "".join(lazy_pinyin(row["short_name"] or row["name"], style=Style.FIRST_LETTER)).lower()
        base = re.sub(r"[^a-z0-9]", "", base)[:30] or "unit"
        taken = {other["code"] for other in known}
        code = next(c for c in (base, *(f"{base}{n}" for n in range(2, 9999))) if c not in taken)
    return {**row, "code": code, "short_name": row["short_name"] or row["name"], "order": row["order"] or "0"}


def check(lines: Sequence[Row], changes: Sequence[RowChange], since: date) -> list[RowFinding]:
    by_code = {row["code"]: row for row in lines}
    return [found for change in changes for found in _check(change, lines, by_code, since)]


def _check(
    change: RowChange, lines: Sequence[Row], by_code: dict[str, Row], since: date
) -> Iterator[RowFinding]:
    row, key = change.now, change.key
    if row is None:
        yield RowFinding(key, "name", _("单位不能删除，请填撤并日期。"))
        return
    if not CODE.fullmatch(row["code"]):
        yield RowFinding(key, "code", _("单位代码只用小写字母、数字和短横线，最多40个。"))
    words = {row["name"], row["short_name"]}
    for other in lines:
        if (
            other["code"] != row["code"]
            and not other["active_to"]
            and words & {other["name"], other["short_name"]}
        ):
            yield RowFinding(key, "name", _("名称与“%(other)s”相同。") % {"other": other["name"]})
    if row["active_from"] and row["active_to"] and row["active_to"] < row["active_from"]:
        yield RowFinding(key, "active_to", _("撤并日期早于设立日期。"))
    yield from _heir(row, key, by_code)
    if _circle(row, by_code):
        yield RowFinding(key, "parent", _("上级单位应是名录中的另一单位，且不能互为上下级。"))
    if change.was is not None and since > timezone.localdate():
        for column in COLUMNS:
            if column.key not in DATED and change.was[column.key] != row[column.key]:
                told = _("%(label)s自审定之日起改，请与改名分开提议，日期填今天。")
                yield RowFinding(key, column.key, told % {"label": column.label})


def _heir(row: Row, key: str, by_code: dict[str, Row]) -> Iterator[RowFinding]:
    """Who takes over is another unit that outlasts this one."""
    if not row["successor"]:
        return
    if not row["active_to"]:
        yield RowFinding(key, "active_to", _("有承接单位的，须填撤并日期。"))
    heir = by_code.get(row["successor"])
    if heir is None or heir["code"] == row["code"]:
        yield RowFinding(key, "successor", _("承接单位应是名录中的另一单位。"))
    elif heir["active_to"] and heir["active_to"] <= row["active_to"]:
        yield RowFinding(key, "successor", _("承接单位自己已经撤并。"))


def _circle(row: Row, by_code: dict[str, Row]) -> bool:
    seen, code = {row["code"]}, row["parent"]
    while code:
        if code in seen or code not in by_code:
            return True
        seen.add(code)
        code = by_code[code]["parent"]
    return False


def content(changes: Sequence[RowChange], since: date) -> dict[str, Any]:
    data, _origin = load_yaml("place")
    made: dict[str, Any] = copy.deepcopy(data)
    units = made.setdefault("units", [])
    for change in changes:
        row = change.now
        assert row is not None
        entry = next((e for e in units if str(e["code"]) == row["code"]), None)
        if entry is None:
            entry = {"code": row["code"], "name": row["name"], "short_name": row["short_name"]}
            units.append(entry)
            row = {**row, "active_from": row["active_from"] or since.isoformat()}
        elif change.was and (change.was["name"], change.was["short_name"]) != (
            row["name"],
            row["short_name"],
        ):
            later = [e for e in entry.get("names") or () if e["from"] < since]
            name = {"from": since, "name": row["name"], "short_name": row["short_name"]}
            entry["names"] = [*later, name]
        _set(entry, row)
    return made


def _set(entry: dict[str, Any], row: Row) -> None:
    entry["kind"], entry["order"] = row["kind"], int(row["order"] or 0)
    aliases = [word.strip() for word in re.split(r"[、,，;；]", row["aliases"]) if word.strip()]
    values: dict[str, Any] = {"aliases": aliases, "parent": row["parent"], "successor": row["successor"]}
    for name in ("active_from", "active_to"):
        values[name] = date.fromisoformat(row[name]) if row[name] else None
    for name, value in values.items():
        entry.pop(name, None)
        if value:
            entry[name] = value


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
