"""The checks of returns: they ask (请核实), and none proposes a number."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wenpan.district.projects.base import policy
from wenpan.district.projects.models import Project, Return
from wenpan.district.projects.returns.lines import ReturnLine
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.economy.time.periods import Month, parse_month

BACK = 13  # months before that the checks look at


@dataclass(frozen=True)
class PastReturns:
    """Reported cumulative figures of the months before, oldest first."""

    months: tuple[str, ...]
    values: tuple[float, ...]

    @property
    def last(self) -> float | None:
        return self.values[-1] if self.values else None

    @property
    def usual(self) -> float:
        """The average month with value, of those before."""
        steps = [b - a for a, b in zip(self.values, self.values[1:], strict=False) if b > a]
        return sum(steps) / len(steps) if steps else 0.0

    def zero_run(self, now: float) -> int:
        """Months in a row, up to this one, in which nothing was added."""
        run = 0
        for value in reversed(self.values):
            if value < now:
                break
            run += 1
        return run


def _past(month: Month) -> dict[int, PastReturns]:
    found: dict[int, list[tuple[str, float]]] = defaultdict(list)
    rows = Return.objects.filter(
        superseded_at__isnull=True,
        cumulative__isnull=False,
        period__gte=str(month.plus(-BACK)),
        period__lt=str(month),
    ).values_list("project_id", "period", "cumulative")
    for project, period, cumulative in rows.iterator(5000):
        found[project].append((period, float(cumulative)))
    return {pk: PastReturns(*map(tuple, zip(*sorted(pairs), strict=True))) for pk, pairs in found.items()}


def questions(
    rows: Sequence[tuple[Record, Project, list[ReturnLine]]], month: Month, wide: bool
) -> list[CheckFinding]:
    past = {} if wide else _past(month)
    limits = policy.limits()
    found: list[CheckFinding] = []
    with_evidence = any("evidence" in record.letters for record, _p, _l in rows)
    for record, project, lines in rows:
        asker = _Asker(record, project, month, limits, found)
        if wide:
            asker.history(lines)
        elif lines and lines[0].values[0] is not None:
            asker.month_of(lines[0].values, past.get(project.pk, PastReturns((), ())), with_evidence)
    if not wide and not with_evidence:
        found.append(
            CheckFinding(
                "returns.no_evidence_column",
                Severity.NOTE,
                "本表没有“依据”列",
                "凭证、进度单或照片编号",
                "请核实每笔投资额的依据另有留存",
            )
        )
    return found


class _Asker:
    """Asks about one project's return."""

    def __init__(
        self,
        record: Record,
        project: Project,
        month: Month,
        limits: Mapping[str, Any],
        found: list[CheckFinding],
    ) -> None:
        self.record, self.project, self.month, self.limits, self.found = record, project, month, limits, found
        self.total = float(project.planned_total)

    def ask(self, check: str, what: str, expected: str, advice: str, key: str = "cumulative") -> None:
        cell = self.record.cell(key)
        self.found.append(
            CheckFinding(
                f"returns.{check}",
                Severity.SOFT,
                what,
                expected,
                advice,
                self.record.sheet,
                cell,
                self.project.name,
            )
        )

    def history(self, lines: Sequence[ReturnLine]) -> None:
        """Of a table of many months only what contradicts itself is asked about."""
        ordered = sorted((line.period, line.values[0]) for line in lines if line.values[0] is not None)
        fallen = next((b for a, b in itertools.pairwise(ordered) if b[1] < a[1]), None)
        if fallen:
            self.ask("fell", f"{fallen[0]}的自开工累计小于上月", "累计不减少", "请核实是否核减", fallen[0])
        if ordered and ordered[-1][1] > self.total:
            self.above(ordered[-1][1], ordered[-1][0])

    def above(self, cumulative: float, key: str = "cumulative") -> None:
        self.ask(
            "above_total",
            f"自开工累计{cumulative:g}万元，超过计划总投资{self.total:g}万元",
            "累计不超过计划总投资",
            "请核实累计数，或计划总投资是否已批准调整",
            key,
        )

    def month_of(self, values: tuple[Any, ...], past: PastReturns, with_evidence: bool) -> None:
        cumulative, this_year, status, _progress, evidence = values
        step = cumulative - past.last if past.last is not None else None
        if cumulative > self.total:
            self.above(cumulative)
        if step is not None and step < 0:
            self.ask(
                "fell",
                f"自开工累计{cumulative:g}, 上次报送{past.last:g}",
                "累计不减少",
                "请核实是否核减或填错",
            )
        self._jump(step, past)
        self._standstill(cumulative, step, past, status)
        self._year(cumulative, this_year, past)
        if (
            with_evidence
            and not evidence
            and step
            and step > 0
            and (this_year or 0) >= self.limits["evidence_from"]
        ):
            self.ask(
                "no_evidence",
                f"本月新增{step:g}万元，没有写依据",
                "凭证、进度单或照片编号",
                "请核实依据并补填",
                "evidence",
            )
        self._dates(cumulative)

    def _jump(self, step: float | None, past: PastReturns) -> None:
        usual = past.usual
        if not step or not usual:
            return
        if step > self.limits["jump_share"] * self.total and step > self.limits["jump_times"] * usual:
            self.ask(
                "jump",
                f"本月新增{step:g}万元，此前月均{usual:.0f}万元",
                "与形象进度相称",
                "请到现场核实形象进度和凭证",
            )

    def _standstill(self, cumulative: float, step: float | None, past: PastReturns, status: str) -> None:
        run = past.zero_run(cumulative)
        if run in self.limits["zero_months"] and cumulative < self.total:
            self.ask(
                "zero", f"连续{run}个月没有新增投资，仍有余量", "有进度或已说明停工", "请到现场核实是否停工"
            )
        if status == "stopped" and step and step > 0:
            self.ask(
                "stopped_with_value",
                f"建设状态是停缓建，本月新增{step:g}万元",
                "停缓建没有新增",
                "请核实建设状态",
                "build_status",
            )

    def _year(self, cumulative: float, this_year: float | None, past: PastReturns) -> None:
        if this_year is None:
            return
        if this_year > cumulative + 0.5:
            self.ask(
                "year_above",
                f"本年累计{this_year:g}大于自开工累计{cumulative:g}",
                "本年累计不大于自开工累计",
                "请核实两个累计数",
                "this_year",
            )
            return
        december = str(Month(self.month.year - 1, 12))
        if december in past.months:
            since = cumulative - past.values[past.months.index(december)]
            if abs(since - this_year) > 1:
                self.ask(
                    "year_differs",
                    f"本年累计{this_year:g}, 自开工累计比上年末多{since:g}",
                    "两者一致",
                    "请核实两个累计数",
                    "this_year",
                )

    def _dates(self, cumulative: float) -> None:
        project, period = self.project, str(self.month)
        if (
            project.planned_finish
            and project.planned_finish < period
            and cumulative < self.total * (1 - self.limits["remainder_share"])
        ):
            self.ask(
                "past_finish",
                f"计划竣工{project.planned_finish}已过，仍有余量",
                "已竣工或已调整工期",
                "请核实是否延期及批准文件",
            )
        if project.entered and project.entered <= period:
            return
        opened = project.opened
        late = self.month.index - parse_month(opened).index if opened and opened <= period else 0
        reached = [n for n in self.limits["entry_months"] if late >= n]
        if reached:
            self.ask(
                "not_entered",
                f"开工已{late}个月，尚未入库",
                f"开工{max(reached)}个月内入库",
                "请核实入库手续卡在哪里",
            )
        else:
            self.ask("before_entry", "项目尚未入库而报数", "先入库，后有数", "请核实入库年月")
