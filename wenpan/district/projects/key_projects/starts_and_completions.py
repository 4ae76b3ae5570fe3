"""Starts and completions of key projects against both denominators, never mixed, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.district.projects.key_projects.queries import KeyProjectLine
from wenpan.district.projects.models import KeyProject
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class Against:
    """Both denominators: `planned` of the year and `due` by now; `done` of those due, early, late."""

    planned: tuple[KeyProject, ...]
    due: tuple[KeyProject, ...]
    done: tuple[KeyProject, ...]  # of the due
    early: tuple[KeyProject, ...]  # done before it was due
    late: tuple[KeyProject, ...]  # done after its month, of the done
    missing: tuple[KeyProject, ...]  # due and not done

    @property
    def all_done(self) -> int:
        return len(self.done) + len(self.early)

    @property
    def of_planned(self) -> float | None:
        return 100 * self.all_done / len(self.planned) if self.planned else None

    @property
    def of_due(self) -> float | None:
        return 100 * len(self.done) / len(self.due) if self.due else None


def starts(rows: Sequence[KeyProject], month: Month) -> Against:
    return _against(rows, month, "planned_start", "actual_start")


def completions(rows: Sequence[KeyProject], month: Month) -> Against:
    return _against(rows, month, "planned_finish", "actual_finish")


def _against(rows: Sequence[KeyProject], month: Month, planned: str, actual: str) -> Against:
    now, year = str(month), str(month.year)
    this_year = [r for r in rows if getattr(r, planned).startswith(year)]
    due = [r for r in this_year if getattr(r, planned) <= now]

    def done(row: KeyProject) -> bool:
        return bool(getattr(row, actual)) and getattr(row, actual) <= now

    return Against(
        tuple(this_year),
        tuple(due),
        tuple(r for r in due if done(r)),
        tuple(r for r in this_year if r not in due and done(r)),
        tuple(r for r in due if done(r) and getattr(r, actual) > getattr(r, planned)),
        tuple(r for r in due if not done(r)),
    )


@dataclass(frozen=True)
class KeyProjectSums:
    """Of key projects at a month: amounts in 万元 of those that have a year plan and a figure."""

    count: int
    year_plan: float
    this_year: float
    starts: Against
    completions: Against

    @property
    def progress(self) -> float | None:
        """Percent of the year plans."""
        return 100 * self.this_year / self.year_plan if self.year_plan else None


def sums(found: Sequence[KeyProjectLine], month: Month) -> KeyProjectSums:
    told = [line for line in found if line.project.year_plan and line.this_year is not None]
    rows = [line.project for line in found]
    return KeyProjectSums(
        len(found),
        float(sum(line.project.year_plan or 0 for line in told)),
        float(sum(line.this_year or 0.0 for line in told)),
        starts(rows, month),
        completions(rows, month),
    )
