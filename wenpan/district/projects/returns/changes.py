"""The plan of a file of returns: which months of which projects it brings, and what it must be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wenpan.district.projects.base.by_name import with_codes
from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.models import Project, Return
from wenpan.district.projects.returns.lines import WORDS, CurrentReturn, ReturnChanges, ReturnLine
from wenpan.district.projects.returns.questions import questions
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.economy.time.periods import parse_month


def return_changes(reading: Reading, scope: Scope = ALL) -> ReturnChanges:
    """`scope`: whose projects are looked at; a row of another project is unknown to it."""
    projects = {p.code: p for p in Project.objects.filter(scope.projects(), retracted=False)}
    records, findings = with_codes(reading.records, projects.values())
    known = [(r, projects[str(r["code"])]) for r in records if str(r["code"]) in projects]
    findings += [_unknown(r) for r in records if r["code"] and str(r["code"]) not in projects]
    wide = any(record.series for record in records)
    held = _held(None if wide else reading.period)
    rows = []
    for record, project in known:
        rows.append((record, project, _lines(record, project.pk, reading.period, held, wide)))
    lines = [line for _r, _p, of_row in rows for line in of_row]
    if reading.period and known:
        findings += questions(rows, parse_month(reading.period), wide)
        findings += _not_reported(projects, known, reading.period)
    return ReturnChanges(lines, rows, findings)


def _lines(
    record: Record,
    project: int,
    period: str | None,
    held: Mapping[tuple[int, str], CurrentReturn],
    wide: bool,
) -> list[ReturnLine]:
    if wide:
        sheet, row, letters = record.sheet, record.row, record.letters
        return [
            ReturnLine(
                project,
                month,
                (None if value is None else round(float(value), 2), None, "", "", ""),
                sheet,
                f"{letters.get(month, 'A')}{row}",
                held.get((project, month)) if held else None,
            )
            for month, value in record.series.items()
        ]
    if not period:
        return []
    words = tuple(str(record[key] or "")[: 200 if key != "progress" else 300] for key in WORDS)
    values = (_money(record["cumulative"]), _money(record["this_year"]), *words)
    return [
        ReturnLine(
            project, period, values, record.sheet, record.cell("cumulative"), held.get((project, period))
        )
    ]


def _money(value: Any) -> float | None:
    return None if value is None else round(float(value), 2)


def _held(period: str | None) -> dict[tuple[int, str], CurrentReturn]:
    rows = Return.objects.filter(superseded_at__isnull=True)
    if period:
        rows = rows.filter(period=period)
    return {
        (row[0], row[1]): CurrentReturn(row[2], row[3], (_money(row[4]), _money(row[5]), *row[6:]))
        for row in rows.values_list(
            "project_id", "period", "pk", "version", "cumulative", "this_year", *WORDS
        ).iterator(5000)
    }


def _unknown(record: Record) -> CheckFinding:
    return CheckFinding(
        "returns.unknown_project",
        Severity.HARD,
        f"代码 {record['code']} 不在项目清单里",
        "已登记的项目代码",
        "请核实代码；新项目请先导入统计项目清单",
        record.sheet,
        record.cell("code"),
        str(record["name"] or record["code"]),
    )


def _not_reported(
    projects: Mapping[str, Project], known: Sequence[tuple[Record, Project]], period: str
) -> list[CheckFinding]:
    seen = {project.pk for _record, project in known}
    open_states = ("in_library", "stopped")
    missing = [
        p.name
        for p in projects.values()
        if p.pk not in seen and p.state in open_states and p.entered and p.entered <= period
    ]
    if not missing:
        return []
    some = "、".join(missing[:8]) + ("…" if len(missing) > 8 else "")
    return [
        CheckFinding(
            "returns.not_in_file",
            Severity.NOTE,
            f"{len(missing)}个在库项目不在本表里：{some}",
            "在库项目逐月报送",
            "请核实是否分表报送；没有报送的按未报处理，不按零处理",
        )
    ]
