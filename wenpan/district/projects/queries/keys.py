"""Key projects: their lights, starts and completions against both denominators, the map of the year, and
the clock of special bonds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from wenpan.district.projects import policy
from wenpan.district.projects.models import KeyProject, Link, Milestone, Standing, Succession
from wenpan.district.projects.scope import ALL, Scope
from wenpan.economy.lights import RuleSet, Verdict
from wenpan.economy.periods import Month, parse_month


def years() -> list[int]:
    return list(
        KeyProject.objects.filter(retracted=False).order_by("-year").values_list("year", flat=True).distinct()
    )


@dataclass(frozen=True)
class BondClock:
    """Money of a special bond, 万元. `due` by the clock and `spent`: percent of it."""

    amount: float
    spent: float | None
    due: float
    months_left: int

    @property
    def short(self) -> float | None:
        """How far behind, in percent of what is due."""
        return None if self.spent is None or self.due == 0 else max(0.0, 100 * (1 - self.spent / self.due))


@dataclass(frozen=True)
class Line:
    """A key project at a month. `progress`, `schedule`: percent of the year plan."""

    project: KeyProject
    verdict: Verdict
    progress: float | None
    schedule: float | None
    this_year: float | None
    linked: bool
    bond: BondClock | None
    open_problems: int
    overdue_problems: int
    start_overdue: int | None

    @property
    def light(self) -> str:
        return str(self.verdict.light)


def lines(month: Month, *, rules: RuleSet | None = None, level: str = "", scope: Scope = ALL) -> list[Line]:
    """Key projects of the month's year but those whose place others took: a few hundred, judged now."""
    rows = KeyProject.objects.filter(scope.projects(), year=month.year, retracted=False)
    rows = rows.filter(level=level) if level else rows
    today = _end(month)
    taken = Succession.objects.filter(key_project__isnull=False, on__lt=today).exclude(kind="distinct")
    rows = rows.exclude(pk__in=taken.values("key_project")).select_related("unit", "department")
    rows = rows.annotate(
        n_open=Count("problems", filter=Q(problems__closed_on__isnull=True), distinct=True),
        n_overdue=Count(
            "problems", filter=Q(problems__closed_on__isnull=True, problems__due__lt=today), distinct=True
        ),
    ).prefetch_related("excuses")
    rules = rules or policy.rules_in_force(date(month.year, month.month, 1))
    done = _this_year(month)
    return [_line(row, month, rules, done.get(row.pk)) for row in rows]


def line_of(key_project: KeyProject, month: Month, rules: RuleSet) -> Line:
    problems = key_project.problems.filter(closed_on__isnull=True)
    key_project.n_open, key_project.n_overdue = problems.count(), problems.filter(due__lt=_end(month)).count()  # type: ignore[attr-defined]
    return _line(key_project, month, rules, _this_year(month).get(key_project.pk))


def _end(month: Month) -> date:
    following = month.plus(1)
    return date(following.year, following.month, 1)


def _this_year(month: Month) -> dict[int, float]:
    """Of paired projects the returns speak, not the list."""
    standings = dict(
        Standing.objects.filter(month=str(month), project__link__isnull=False).values_list(
            "project_id", "this_year"
        )
    )
    pairs = Link.objects.values_list("project_id", "key_project_id")
    found = {key: standings.get(project) for project, key in pairs}
    return {key: value for key, value in found.items() if value is not None}


def _line(row: Any, month: Month, rules: RuleSet, from_returns: float | None) -> Line:
    now = str(month)
    this_year = from_returns
    if this_year is None and row.this_year is not None and (not row.reported or row.reported >= now):
        this_year = float(row.this_year)
    facts = _facts(row, month, this_year)
    return Line(
        row,
        rules.judge(facts),
        facts.get("progress"),
        facts.get("schedule"),
        this_year,
        from_returns is not None,
        _bond(row, month),
        row.n_open,
        row.n_overdue,
        facts.get("start_overdue"),
    )


def _facts(row: KeyProject, month: Month, this_year: float | None) -> dict[str, Any]:
    now = str(month)
    found: dict[str, Any] = {}
    started = bool(row.actual_start and row.actual_start <= now)
    if row.planned_start and row.planned_start <= now and not started:
        found["start_overdue"] = month.index - parse_month(row.planned_start).index
    if row.year_plan:
        found["annual_plan"] = float(row.year_plan)
        found["schedule"] = _schedule(row, month)
        if this_year is not None:
            found["progress"] = 100 * this_year / float(row.year_plan)
        elif not started:
            found["progress"] = 0.0
    words = [f"{e.reason}({e.document})" for e in row.excuses.all() if e.since <= now <= e.until]
    return found | ({"excuse": "; ".join(words)} if words else {})


def _schedule(row: KeyProject, month: Month) -> float:
    """Percent of the year plan due by the end of the month: even over its months of building this year."""
    first, last = Month(month.year, 1).index, Month(month.year, 12).index
    begin = max(first, parse_month(row.planned_start).index) if row.planned_start else first
    end = min(last, parse_month(row.planned_finish).index) if row.planned_finish else last
    if end < begin:
        return 100.0
    return 100 * min(max(month.index - begin + 1, 0) / (end - begin + 1), 1.0)


def _bond(row: KeyProject, month: Month) -> BondClock | None:
    """The money is to be spent evenly within so many months after the month of issue."""
    if not row.bond or not row.bond_issued or row.bond_issued > str(month):
        return None
    span = policy.limits()["bond_months"]
    passed = month.index - parse_month(row.bond_issued).index
    spent = None if row.bond_spent is None else 100 * float(row.bond_spent) / float(row.bond)
    return BondClock(float(row.bond), spent, 100 * min(passed / span, 1.0), max(span - passed, 0))


# starts and completions


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


# 挂图作战


@dataclass(frozen=True)
class Cell:
    month: str
    milestone: Milestone | None
    flag: str  # done | late | due | ahead | "": red flag on done, black flag on late
    word: str  # 开工 or 竣工 where the plan has it


@dataclass(frozen=True)
class MapRow:
    line: Line
    cells: tuple[Cell, ...]


def year_map(found: Sequence[Line], month: Month) -> list[MapRow]:
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


def _cell(row: KeyProject, month: str, node: Milestone | None, now: str) -> Cell:
    word = "开工" if row.planned_start == month else "竣工" if row.planned_finish == month else ""
    if node is not None:
        flag = "done" if node.done_on else "late" if month < now else "due" if month == now else "ahead"
    elif word:
        actual = row.actual_start if word == "开工" else row.actual_finish
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
    return Cell(month, node, flag, word)
