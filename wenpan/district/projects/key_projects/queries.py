"""Key projects at a month: their lights, their progress beside schedule, the clock of special bonds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.models import KeyProject, Link, Standing, Succession
from wenpan.economy.judging.lights import RuleSet, Verdict
from wenpan.economy.time.periods import Month, parse_month


def years() -> list[int]:
    return list(
        KeyProject.objects.filter(retracted=False).order_by("-year").values_list("year", flat=True).distinct()
    )


def newest_month() -> Month | None:
    """The month of the newest key list: as it says itself, else December of its year."""
    known = years()
    if not known:
        return None
    said = KeyProject.objects.filter(retracted=False, year=known[0]).aggregate(last=Max("reported"))["last"]
    return parse_month(said) if said else Month(known[0], 12)


@dataclass(frozen=True)
class BondClock:
    """Money of a special bond, 万元. `due` by the clock and `spent`: percent of it."""

    amount: float
    spent: float | None
    due: float
    months_left: int
    verdict: Verdict

    @property
    def short(self) -> float | None:
        """How far behind, in percent of what is due."""
        return None if self.spent is None or self.due == 0 else max(0.0, 100 * (1 - self.spent / self.due))


@dataclass(frozen=True)
class KeyProjectLine:
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


def lines(
    month: Month, *, rules: RuleSet | None = None, level: str = "", scope: Scope = ALL
) -> list[KeyProjectLine]:
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


def line_of(key_project: KeyProject, month: Month, rules: RuleSet) -> KeyProjectLine:
    problems = key_project.problems.filter(closed_on__isnull=True)
    key_project.n_open, key_project.n_overdue = problems.count(), problems.filter(due__lt=_end(month)).count()  # type: ignore[attr-defined]
    return _line(key_project, month, rules, _this_year(month).get(key_project.pk))


def _end(month: Month) -> date:
    following = month.plus(1)
    return date(following.year, following.month, 1)


def _this_year(month: Month) -> dict[int, float]:
    """Of paired projects the returns speak, not the list."""
    pairs = Link.objects.filter(year=month.year)
    standings = dict(
        Standing.objects.filter(month=str(month), project__in=pairs.values("project")).values_list(
            "project_id", "this_year"
        )
    )
    found = {
        key: standings.get(project) for project, key in pairs.values_list("project_id", "key_project_id")
    }
    return {key: value for key, value in found.items() if value is not None}


def _line(row: Any, month: Month, rules: RuleSet, from_returns: float | None) -> KeyProjectLine:
    now = str(month)
    this_year = from_returns
    if this_year is None and row.this_year is not None and row.reported in ("", now):
        this_year = float(row.this_year)
    facts = _facts(row, month, this_year)
    return KeyProjectLine(
        row,
        rules.judge(facts),
        facts.get("progress"),
        facts.get("schedule"),
        this_year,
        from_returns is not None,
        bond_clock(row, month),
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


def bond_clock(row: KeyProject, month: Month, *, span: int | None = None) -> BondClock | None:
    """The money is to be spent evenly within so many months (`span`, else what is in force) after the month
    of issue; None without a bond."""
    if not row.bond or not row.bond_issued or row.bond_issued > str(month):
        return None
    span = span or policy.limits()["bond_months"]
    passed = month.index - parse_month(row.bond_issued).index
    spent = None if row.bond_spent is None else round(100 * float(row.bond_spent) / float(row.bond), 6)
    due = round(100 * min(passed / span, 1.0), 6)
    verdict = policy.bond_rules().judge({"progress": spent, "schedule": due})
    return BondClock(float(row.bond), spent, due, max(span - passed, 0), verdict)


def before(month: Month, *, level: str = "", scope: Scope = ALL) -> list[KeyProjectLine] | None:
    """The key projects of last year's list at the same month; None where that year has no list."""
    last = month.plus(-12)
    return lines(last, level=level, scope=scope) if last.year in years() else None
