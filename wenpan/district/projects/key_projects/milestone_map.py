"""挂图作战: a row a key project, a cell a month, with its milestone and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.district.projects.key_projects.queries import KeyProjectLine
from wenpan.district.projects.models import KeyProject, Milestone
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class MilestoneCell:
    month: str
    milestone: Milestone | None
    flag: str  # done | late | due | ahead | "": in the colours of the lights
    word: str  # start | finish where the plan has it, else ""


@dataclass(frozen=True)
class MapRow:
    line: KeyProjectLine
    cells: tuple[MilestoneCell, ...]


def year_map(found: Sequence[KeyProjectLine], month: Month) -> list[MapRow]:
    """A row a project, a cell a month, with its milestone and how it stands."""
    nodes: dict[tuple[int, str], Milestone] = {
        (m.key_project_id, m.month): m
        for m in Milestone.objects.filter(key_project__in=[line.project.pk for line in found])
    }
    months = [str(Month(month.year, k)) for k in range(1, 13)]
    return [
        MapRow(
            line, tuple(_cell(line.project, m, nodes.get((line.project.pk, m)), str(month)) for m in months)
        )
        for line in found
    ]


FLAGS = ("done", "late", "due", "ahead")


def flags(rows: Sequence[MapRow]) -> dict[str, int]:
    """How many cells stand how."""
    return {flag: sum(cell.flag == flag for row in rows for cell in row.cells) for flag in FLAGS}


def _cell(row: KeyProject, month: str, node: Milestone | None, now: str) -> MilestoneCell:
    word = "start" if row.planned_start == month else "finish" if row.planned_finish == month else ""
    if node is not None:
        flag = "done" if node.done_on else "late" if month < now else "due" if month == now else "ahead"
    elif word:
        actual = row.actual_start if word == "start" else row.actual_finish
        flag = (
            "done"
            if actual and actual <= now
            else "late"
            if month < now
            else "due"
            if month == now
            else "ahead"
        )
    else:
        flag = ""
    return MilestoneCell(month, node, flag, word)
