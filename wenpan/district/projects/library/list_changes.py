"""The plan of a list: what would be set of which project. A blank cell says nothing and changes nothing; a
column that a list lacks stays as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.by_name import with_codes
from wenpan.district.projects.library.list_lines import FIELDS, KEY, STATISTICS, ListLine
from wenpan.district.projects.library.list_questions import band_of, questions
from wenpan.district.projects.models import KeyProject, Milestone, Project, Undertaking
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.documents.words.periods import find_year
from wenpan.economy.quality.finding import CheckFinding, Severity


def list_changes(reading: Reading) -> tuple[list[ListLine], list[CheckFinding]]:
    """Lines and findings of a list; `kind` and `year` come from the reading."""
    kind = reading.kind
    year = year_of(reading) if kind == KEY else None
    if kind == KEY and year is None:
        return [], [
            CheckFinding(
                "projects.year_missing",
                Severity.HARD,
                "标题里没有写明是哪一年的重点项目",
                "如 2022年重点建设项目清单",
                "请说明是哪一年的",
            )
        ]
    units = {unit.code: unit for unit in Unit.objects.all()}
    known = _known(kind, year)
    limits = policy.limits()
    nodes = _nodes(known) if kind == KEY else {}
    records, asked = with_codes(reading.records, [row for row in known.values() if not row.retracted])
    lines = [
        _line(kind, record, known, units, year, limits, nodes) for record in records if _complete(record)
    ]
    return lines, [*asked, *questions(kind, lines, known, limits)]


def year_of(reading: Reading) -> int | None:
    """Of the title, else of the month that a person said."""
    return find_year(reading.title) or (int(reading.period[:4]) if reading.period else None)


def _known(kind: str, year: int | None) -> dict[str, Undertaking]:
    if kind == KEY:
        rows: Iterable[Undertaking] = KeyProject.objects.filter(year=year or 0).select_related(
            "unit", "department"
        )
    else:
        rows = Project.objects.select_related("unit", "department")
    return {row.code: row for row in rows}


def _nodes(known: Mapping[str, Undertaking]) -> dict[tuple[int, str], str]:
    """The milestones of the year's key projects: (project, month) -> text."""
    rows = Milestone.objects.filter(key_project__in=[row.pk for row in known.values()])
    return {(pk, month): text for pk, month, text in rows.values_list("key_project_id", "month", "text")}


def _complete(record: Record) -> bool:
    """Without these a line cannot stand; the reader has said so in a finding."""
    return bool(record["code"] and record["name"] and record["planned_total"])


def _line(
    kind: str,
    record: Record,
    known: dict[str, Undertaking],
    units: dict[str, Unit],
    year: int | None,
    limits: Mapping[str, Any],
    nodes: Mapping[tuple[int, str], str],
) -> ListLine:
    code = str(record["code"])
    current = known.get(code)
    values = {}
    for name in FIELDS[kind]:
        value = _jointly(record, units) if name == "jointly" else record[name]
        if value is None or (value == "" and name != "jointly"):
            continue
        value = units.get(value) if name in ("unit", "department") else value
        value = value.quantize(Decimal("0.01")) if isinstance(value, Decimal) else value
        value = value[:120] if isinstance(value, str) else value
        held = "" if current is None else getattr(current, name)
        if held != value or (current is not None and current.retracted):
            values[name] = value
    if current is None:
        values |= _derived(kind, values, limits)
    name = str(record["name"])[:120]
    held = {m: nodes.get((current.pk, m)) if current else None for m in record.series}
    milestones = {m: (held[m], str(t)[:200]) for m, t in record.series.items() if held[m] != str(t)[:200]}
    return ListLine(record, code, name, year, current, values, milestones)


def _jointly(record: Record, units: Mapping[str, Unit]) -> str | None:
    """The units beside the first that the cell names, which leads; None where the cell names none."""
    if not record["department"]:
        return None
    names = (units[code].short_name for code in record.joint.get("department", ())[1:] if code in units)
    return "、".join(names)[:200]


def _derived(kind: str, values: dict[str, Any], limits: Mapping[str, Any]) -> dict[str, Any]:
    """What a list leaves open about a new project and its other columns say."""
    if kind == STATISTICS:
        band = "estate" if values.get("kind") == "estate" else band_of(values["planned_total"], limits)
        state = "in_library" if values.get("entered") else "pending"
        found = {
            "band": band,
            "state": state,
            "kind": "estate" if values.get("band") == "estate" else "other",
        }
    else:
        stage = (
            "finished"
            if values.get("actual_finish")
            else "building"
            if values.get("actual_start")
            else "preparation"
        )
        found = {"stage": stage, "kind": "other"}
    return {name: value for name, value in found.items() if name not in values}
