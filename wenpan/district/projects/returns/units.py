"""The return that a unit hands in for itself: its own projects of one month, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from wenpan.district.projects.base.scope import Scope
from wenpan.district.projects.models import Project
from wenpan.district.projects.returns.changes import return_changes
from wenpan.district.projects.returns.lines import ReturnChanges
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.documents.words.periods import find_period
from wenpan.economy.quality.finding import CheckFinding, Severity


def return_changes_of_unit(reading: Reading, scope: Scope, month: str) -> ReturnChanges:
    """As `planning.plan`, within `scope`. `month`: what it was handed in for (2022-10)."""
    found = return_changes(reading, scope)
    theirs = set(
        Project.objects.filter(retracted=False).exclude(scope.projects()).values_list("code", flat=True)
    )
    foreign = {
        (record.sheet, record.cell("code")): record
        for record in reading.records
        if str(record["code"]) in theirs
    }
    findings = [f for f in found.findings if (f.sheet, f.cell) not in foreign or f.check != _UNKNOWN]
    findings += [_foreign(record) for record in foreign.values()]
    findings += [*_another_month(reading, month), *_many_months(reading)]
    return replace(found, findings=findings)


_UNKNOWN = "returns.unknown_project"


def _foreign(record: Record) -> CheckFinding:
    """Names what the file says, never what the list knows of another unit's project."""
    return CheckFinding(
        "returns.not_own",
        Severity.HARD,
        f"代码 {record['code']} 的项目不由本单位负责",
        "本单位所在或主管的项目",
        "请删去这一行；确属本单位的，请统计局先更正项目清单里的镇街或主管部门",
        record.sheet,
        record.cell("code"),
        str(record["name"] or record["code"]),
    )


def _another_month(reading: Reading, month: str) -> list[CheckFinding]:
    """The title of the table names a month, and it is not the one for which it is handed in."""
    said = find_period(reading.title)
    if said is None or not said.year or not said.month or f"{said.year}-{said.month:02d}" == month:
        return []
    return [
        CheckFinding(
            "returns.another_month",
            Severity.HARD,
            f"表题写的是{said.year}-{said.month:02d}",
            f"{month}的报表",
            "请核实拿的是不是本月的表；补交别的月份，请在交表时选那个月",
            subject=reading.title[:120],
        )
    ]


def _many_months(reading: Reading) -> list[CheckFinding]:
    wide = next((record for record in reading.records if record.series), None)
    if wide is None:
        return []
    return [
        CheckFinding(
            "returns.many_months",
            Severity.HARD,
            "表里有多个月份的列",
            "一个月的报表",
            "请用预填的报表；要更正以前月份，请按月分别交回",
            wide.sheet,
        )
    ]
