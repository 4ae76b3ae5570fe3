"""What a list must be asked (请核实): line by line, and of names that are alike. None proposes a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wenpan.district.projects.base import policy
from wenpan.district.projects.library.list_lines import (
    KEY,
    LABELS,
    STATISTICS,
    ListLine,
    base_name,
    value_words,
)
from wenpan.district.projects.models import Project, Undertaking
from wenpan.economy.quality.finding import CheckFinding, Severity


def questions(
    kind: str, lines: Sequence[ListLine], known: dict[str, Undertaking], limits: Mapping[str, Any]
) -> list[CheckFinding]:
    return [f for line in lines for f in _ask(kind, line, limits)] + _doubles(lines, known)


def band_of(total: Decimal, limits: Mapping[str, Any]) -> str:
    return "large" if total >= limits["band_large"] else "small"


def _ask(kind: str, line: ListLine, limits: Mapping[str, Any]) -> list[CheckFinding]:
    """Questions about one line. None proposes a number."""
    found = []
    total = line.record["planned_total"]
    band = line.record["band"] or (line.current.band if isinstance(line.current, Project) else None)

    def ask(check: str, key: str, what: str, expected: str, advice: str) -> None:
        found.append(
            CheckFinding(
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
            f"计划总投资{value_words(total)}万元，不到入统起点",
            f"{limits['threshold']}万元及以上",
            "请核实计划总投资和它的单位",
        )
    if kind == STATISTICS and band and not estate and band != band_of(total, limits):
        ask(
            "projects.band_differs",
            "band",
            f"规模写的是{value_words(band)}, 计划总投资{value_words(total)}万元",
            "规模与计划总投资一致",
            "请核实规模和计划总投资",
        )
    if line.current and not line.new and "planned_total" in line.values:
        ask(
            "projects.total_changed",
            "planned_total",
            f"计划总投资由{value_words(line.current.planned_total)}变为{value_words(total)}万元",
            "有批复的调整",
            "请核实调整的批复文件",
        )
    found += [*_state_question(kind, line), *_needed_question(kind, line)]
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


def _state_question(kind: str, line: ListLine) -> list[CheckFinding]:
    which, name = ("stages", "stage") if kind == KEY else ("states", "state")
    after = line.values.get(name)
    if line.current is None or line.new or after is None:
        return []
    before = getattr(line.current, name)
    if after in policy.life_cycle(which)[before].next:
        return []
    return [
        CheckFinding(
            "projects.state_jump",
            Severity.SOFT,
            f"{LABELS[name]}由{value_words(before)}变为{value_words(after)}",
            "按次序变更",
            "请核实并说明依据",
            line.record.sheet,
            line.record.cell(name),
            line.name,
        )
    ]


def _needed_question(kind: str, line: ListLine) -> list[CheckFinding]:
    """A list that brings a stage brings the fields required from it on (rules/projects/stages.yaml)."""
    which, name = ("stages", "stage") if kind == KEY else ("states", "state")
    stage = line.values.get(name)
    if stage is None or stage == "withdrawn":
        return []
    missing = [n for n in policy.needed_from(which, stage) if _blank(line, n)]
    if not missing:
        return []
    return [
        CheckFinding(
            "projects.stage_needs",
            Severity.SOFT,
            f"{LABELS[name]}是{value_words(stage)}，没有填{'、'.join(LABELS[n] for n in missing)}",
            f"从{value_words(stage)}起必填",
            "请核实并补填",
            line.record.sheet,
            line.record.cell(name),
            line.name,
        )
    ]


def _blank(line: ListLine, name: str) -> bool:
    held = None if line.current is None else getattr(line.current, name)
    return line.values.get(name, held) in (None, "")


def _doubles(lines: Sequence[ListLine], known: dict[str, Undertaking]) -> list[CheckFinding]:
    """The same name under another code, a project split into parts, parts merged into one."""
    in_file = {line.code for line in lines}
    by_base: dict[str, list[Undertaking]] = defaultdict(list)
    for row in known.values():
        if not row.retracted:
            by_base[base_name(row.name)].append(row)
    news: dict[str, list[ListLine]] = defaultdict(list)
    for line in lines:
        if line.new:
            news[base_name(line.name)].append(line)
    found = []
    for base, group in news.items():
        codes = {line.code for line in group}
        old = [row for row in by_base.get(base, ()) if row.code not in codes]
        gone = [row for row in old if row.code not in in_file]
        for line in group:
            if (question := _double(line, group, old, gone)) is not None:
                found.append(question)
    return found


def _double(
    line: ListLine, group: Sequence[ListLine], old: Sequence[Undertaking], gone: Sequence[Undertaking]
) -> CheckFinding | None:
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
    return CheckFinding(
        check,
        Severity.SOFT,
        what,
        "一个项目一个代码",
        advice,
        line.record.sheet,
        line.record.cell("name"),
        line.name,
    )
