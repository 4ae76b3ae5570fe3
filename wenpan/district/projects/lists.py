"""What a project list would change: the same plan for the preview and for the acceptance. Reads only.

A blank cell says nothing and changes nothing; a column that a list lacks stays as it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.handlers import Change
from wenpan.district.projects import policy
from wenpan.district.projects.models import KeyProject, Project, Undertaking
from wenpan.documents.figures import Reading
from wenpan.documents.periods_zh import find_year
from wenpan.documents.record_table import Record
from wenpan.economy.quality.finding import Finding, Severity

STATISTICS, KEY = "statistics_projects", "key_projects"
_SHARED = ("name", "owner", "kind", "unit", "department", "planned_total", "planned_finish")
FIELDS = {
    STATISTICS: (*_SHARED, "band", "opened", "entered", "leading", "state"),
    KEY: (
        *_SHARED,
        "level",
        "year_plan",
        "this_year",
        "planned_start",
        "actual_start",
        "actual_finish",
        "stage",
        "bond",
        "bond_issued",
        "bond_spent",
    ),
}
LABELS = {
    name: str(f.verbose_name)
    for model in (Project, KeyProject)
    for f in model._meta.concrete_fields
    if (name := f.name)
}
_PART = re.compile(r"[(（].*?[)）]|[一二三四五六1-6]期|[A-Da-d甲乙丙]区|(?:子项目|标段).*$|[-—]\d+$|\s+")


@dataclass(frozen=True)
class Line:
    """One record beside the project that is known by its code. `values`: what would be set."""

    record: Record
    code: str
    name: str
    year: int | None
    current: Undertaking | None
    values: dict[str, Any]
    milestones: dict[str, str] = field(default_factory=dict)

    @property
    def new(self) -> bool:
        return self.current is None or self.current.retracted

    def change(self, field_name: str, value: Any) -> Change:
        old = "" if self.current is None else said(getattr(self.current, field_name))
        return Change(
            f"{self.name} · {LABELS[field_name]}",
            f"{self.record.sheet}!{self.record.cell(field_name)}",
            old,
            said(value),
            "revised",
            row=self.name,
            column=LABELS[field_name],
        )

    @property
    def changes(self) -> list[Change]:
        if not self.new and self.values:
            return [self.change(name, value) for name, value in self.values.items()]
        total = self.values.get("planned_total", self.current.planned_total if self.current else None)
        words = " · ".join(
            said(self.values[k]) for k in ("unit", "state", "stage", "level") if k in self.values
        )
        return [
            Change(
                f"{self.code} {self.name}",
                f"{self.record.sheet}!{self.record.cell('planned_total')}",
                "",
                f"{said(total)}万元 {words}".strip(),
                "new" if self.new else "unchanged",
                row=self.name,
                column=LABELS["planned_total"],
            )
        ]


def said(value: Any) -> str:
    """A value for people: units by name, amounts without trailing zeros, blank as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Unit):
        return value.short_name
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return _NAMES.get(str(value), str(value))


_NAMES: dict[str, str] = {
    str(code): str(label)
    for choices in (Project.Band, Project.State, KeyProject.Level, KeyProject.Stage)
    for code, label in choices.choices
}


def plan(reading: Reading) -> tuple[list[Line], list[Finding]]:
    """Lines and findings of a list; `kind` and `year` come from the reading."""
    kind = reading.kind
    year = _year(reading) if kind == KEY else None
    if kind == KEY and year is None:
        return [], [
            Finding(
                "projects.year_missing",
                Severity.HARD,
                "标题里没有写明是哪一年的重点项目",
                "如 2022年重点建设项目清单",
                "请写明年度后再传",
            )
        ]
    units = {unit.code: unit for unit in Unit.objects.all()}
    known = _known(kind, year)
    limits = policy.limits()
    lines = [
        _line(kind, record, known, units, year, limits) for record in reading.records if _complete(record)
    ]
    findings = [f for line in lines for f in _ask(kind, line, limits)]
    return lines, findings + _doubles(lines, known)


def _year(reading: Reading) -> int | None:
    return find_year(reading.title) or (int(reading.period[:4]) if reading.period else None)


def _known(kind: str, year: int | None) -> dict[str, Undertaking]:
    if kind == KEY:
        rows: Iterable[Undertaking] = KeyProject.objects.filter(year=year or 0).select_related(
            "unit", "department"
        )
    else:
        rows = Project.objects.select_related("unit", "department")
    return {row.code: row for row in rows}


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
) -> Line:
    code = str(record["code"])
    current = known.get(code)
    values = {}
    for name in FIELDS[kind]:
        value = record[name]
        if value is None or value == "":
            continue
        value = units.get(value) if name in ("unit", "department") else value
        value = value.quantize(Decimal("0.01")) if isinstance(value, Decimal) else value
        value = value[:120] if isinstance(value, str) else value
        if current is None or current.retracted or getattr(current, name) != value:
            values[name] = value
    if current is None:
        values |= _derived(kind, values, limits)
    name = str(record["name"])[:120]
    return Line(
        record, code, name, year, current, values, {m: str(t)[:200] for m, t in record.series.items()}
    )


def _derived(kind: str, values: dict[str, Any], limits: Mapping[str, Any]) -> dict[str, Any]:
    """What a list leaves open about a new project and its other columns say."""
    if kind == STATISTICS:
        band = "estate" if values.get("kind") == "estate" else _band(values["planned_total"], limits)
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


def _band(total: Decimal, limits: Mapping[str, Any]) -> str:
    return "large" if total >= limits["band_large"] else "small"


def _ask(kind: str, line: Line, limits: Mapping[str, Any]) -> list[Finding]:
    """Questions about one line. None proposes a number."""
    found = []
    total = line.record["planned_total"]
    band = line.record["band"] or (line.current.band if isinstance(line.current, Project) else None)

    def ask(check: str, key: str, what: str, expected: str, advice: str) -> None:
        found.append(
            Finding(
                check,
                Severity.SOFT,
                what,
                expected,
                advice,
                line.record.sheet,
                line.record.cell(key),
                line.name,
            )
        )

    estate = band == "estate" or line.record["kind"] == "estate"
    if kind == STATISTICS and not estate and total < limits["threshold"]:
        ask(
            "projects.below_threshold",
            "planned_total",
            f"计划总投资{said(total)}万元，不到入统起点",
            f"{limits['threshold']}万元及以上",
            "请核实计划总投资和它的单位",
        )
    if kind == STATISTICS and band and not estate and band != _band(total, limits):
        ask(
            "projects.band_differs",
            "band",
            f"规模写的是{said(band)}, 计划总投资{said(total)}万元",
            "规模与计划总投资一致",
            "请核实规模和计划总投资",
        )
    if line.current and not line.new and "planned_total" in line.values:
        ask(
            "projects.total_changed",
            "planned_total",
            f"计划总投资由{said(line.current.planned_total)}变为{said(total)}万元",
            "有批复的调整",
            "请核实调整的批复文件",
        )
    found += _state_question(kind, line)
    opened, entered = line.record["opened"], line.record["entered"]
    if opened and entered and entered < opened:
        ask(
            "projects.entered_before_start",
            "entered",
            f"入库{entered}早于开工{opened}",
            "开工后入库",
            "请核实开工和入库年月",
        )
    return found


def _state_question(kind: str, line: Line) -> list[Finding]:
    which, name = ("stages", "stage") if kind == KEY else ("states", "state")
    after = line.values.get(name)
    if line.current is None or line.new or after is None:
        return []
    before = getattr(line.current, name)
    if after in policy.life_cycle(which)[before].next:
        return []
    return [
        Finding(
            "projects.state_jump",
            Severity.SOFT,
            f"{LABELS[name]}由{said(before)}变为{said(after)}",
            "按次序变更",
            "请核实并说明依据",
            line.record.sheet,
            line.record.cell(name),
            line.name,
        )
    ]


def _doubles(lines: Sequence[Line], known: dict[str, Undertaking]) -> list[Finding]:
    """The same name under another code, a project split into parts, parts merged into one."""
    in_file = {line.code for line in lines}
    by_base: dict[str, list[Undertaking]] = defaultdict(list)
    for row in known.values():
        if not row.retracted:
            by_base[base_name(row.name)].append(row)
    news: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.new:
            news[base_name(line.name)].append(line)
    found = []
    for base, group in news.items():
        old = [row for row in by_base.get(base, ()) if row.code not in {line.code for line in group}]
        gone = [row for row in old if row.code not in in_file]
        for line in group:
            if (question := _double(line, group, old, gone)) is not None:
                found.append(question)
    return found


def _double(
    line: Line, group: Sequence[Line], old: Sequence[Undertaking], gone: Sequence[Undertaking]
) -> Finding | None:
    names = "、".join(f"{row.code} {row.name}" for row in old[:3])
    if not old:
        return None
    if len(group) > 1 and len(old) == 1:
        check, what = "projects.maybe_split", f"与在册的 {names} 名称相近，本表列成{len(group)}个项目"
        advice = "请核实是否由原项目拆分；是拆分的，请同时报明原项目的处理，避免投资重复"
    elif len(old) > 1 and len(group) == 1 and gone:
        check, what = "projects.maybe_merged", f"与在册的 {names} 名称相近，本表只列一个项目"
        advice = "请核实是否由原项目合并；是合并的，请同时报明原项目的处理，避免投资重复"
    else:
        check, what = "projects.same_name", f"在册已有名称相近的 {names}"
        advice = "请核实是否同一个项目换了代码"
    return Finding(
        check,
        Severity.SOFT,
        what,
        "一个项目一个代码",
        advice,
        line.record.sheet,
        line.record.cell("name"),
        line.name,
    )


def base_name(name: str) -> str:
    """The name without its phase, part and brackets: 安禾智造园二期(A区) → 安禾智造园。"""
    return _PART.sub("", name) or name
