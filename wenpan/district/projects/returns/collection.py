"""收月报: which units' returns of a month are in, which went back, which are missing; and a unit's own."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.roles import LIAISON
from wenpan.district.intake import sight
from wenpan.district.intake.models import Submission
from wenpan.district.projects.base.scope import Scope
from wenpan.district.projects.models import Project, Return
from wenpan.district.projects.returns.lines import RETURNS
from wenpan.economy.time.periods import Month
from wenpan.rules.releases import RETURNED_BY, release_of_kind
from wenpan.rules.working_days import calendar

State = Submission.State
OPEN_STATES = ("in_library", "stopped")
IN, BACK, MISSING = "in", "back", "missing"
WAITING = (State.CHECKING, State.UNKNOWN, State.READY)


def labels() -> dict[str, str]:
    return {IN: _("已交"), BACK: _("退回"), MISSING: _("未交")}


def month_due(today: date) -> Month:
    """The month whose returns are handed in now: the last one that is over."""
    return Month(today.year, today.month).plus(-1)


def due_on(month: Month) -> date | None:
    """The last day of handing in (`rules/releases.yaml`); None where the place's calendar names none."""
    release = release_of_kind(RETURNS)
    return release.due(month, calendar()) if release else None


@dataclass(frozen=True)
class UnitReturn:
    """`projects` must be reported, `reported` have a return of the month in force. `state`: IN, BACK or
    MISSING; `words` say where it stands. `submission`: what the unit handed in last, or None."""

    unit: Unit
    projects: int
    reported: int
    state: str
    words: str
    submission: Submission | None
    liaisons: tuple[User, ...]

    @property
    def open(self) -> bool:
        return self.state != IN


@dataclass(frozen=True)
class Collection:
    month: Month
    due: date | None
    late: bool
    rows: tuple[UnitReturn, ...]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.state for row in self.rows)
        return {state: found.get(state, 0) for state in (IN, BACK, MISSING)}

    @property
    def without_liaison(self) -> list[str]:
        return [row.unit.short_name for row in self.rows if row.open and not row.liaisons]


def collection(month: Month, today: date) -> Collection:
    """Units with projects to report, the missing first. Six queries, however many units there are."""
    due = due_on(month)
    release = release_of_kind(RETURNS)
    field = release.returned_by if release and release.returned_by else RETURNED_BY[0]
    wanted = _projects(month, field)
    units = Unit.objects.in_bulk(list(wanted))
    reported = _reported(month, field)
    last = _last(month)
    liaisons = _liaisons(list(wanted))
    rows = [
        _row(units[pk], count, reported.get(pk, 0), last.get(pk), liaisons.get(pk, ()))
        for pk, count in wanted.items()
    ]
    order = {MISSING: 0, BACK: 1, IN: 2}
    rows.sort(key=lambda row: (order[row.state], row.unit.order, row.unit.pinyin))
    return Collection(month, due, bool(due and today > due), tuple(rows))


def _open_projects(month: Month) -> QuerySet[Project]:
    """In the library by then and not finished: the owner reports each month."""
    rows = Project.objects.filter(retracted=False, state__in=OPEN_STATES, entered__gt="")
    return rows.filter(entered__lte=str(month))


def _projects(month: Month, field: str) -> dict[int, int]:
    rows = _open_projects(month).exclude(**{f"{field}__isnull": True}).values_list(f"{field}_id", flat=True)
    return dict(Counter(rows))


def _reported(month: Month, field: str) -> dict[int, int]:
    rows = _reports(month).filter(project__in=_open_projects(month).values("pk"))
    return dict(Counter(rows.values_list(f"project__{field}_id", flat=True)))


def _reports(month: Month) -> QuerySet[Return]:
    return Return.objects.filter(period=str(month), superseded_at__isnull=True, cumulative__isnull=False)


def handed_in(month: Month) -> QuerySet[Submission]:
    rows = Submission.objects.filter(kind=RETURNS, period=str(month), unit__isnull=False)
    return rows.exclude(state__in=[State.WITHDRAWN, State.UNDONE]).select_related("uploaded_by")


def _last(month: Month) -> dict[int, Submission]:
    return {row.unit_id: row for row in handed_in(month).order_by("uploaded_at", "pk") if row.unit_id}


def _liaisons(units: list[int]) -> dict[int, tuple[User, ...]]:
    found: dict[int, list[User]] = defaultdict(list)
    for user in User.objects.filter(unit__in=units, role=LIAISON.code, is_active=True).order_by("pk"):
        found[user.unit_id or 0].append(user)
    return {pk: tuple(people) for pk, people in found.items()}


def _row(
    unit: Unit, projects: int, reported: int, last: Submission | None, liaisons: tuple[User, ...]
) -> UnitReturn:
    state, words = _state(projects, reported, last)
    return UnitReturn(unit, projects, min(reported, projects), state, words, last, liaisons)


def _state(projects: int, reported: int, last: Submission | None) -> tuple[str, str]:
    return (last is not None and _by_file(last)) or _by_ledger(projects, reported, last is not None)


def _by_file(last: Submission) -> tuple[str, str] | None:
    """Where a file that does not count yet stands; None for one that was accepted."""
    if last.state in WAITING:
        return IN, _("已交，待统计局确认")
    if last.state == State.RETURNED:
        return BACK, _("退回：%(reason)s") % {"reason": last.returned_reason}
    return (MISSING, _("交来的表没有通过核对")) if last.state == State.REFUSED else None


def _by_ledger(projects: int, reported: int, handed: bool) -> tuple[str, str]:
    if reported >= projects:
        return IN, _("已入账") if handed else _("总表已报")
    if handed:
        return IN, _("已入账，还缺%(n)d个项目") % {"n": projects - reported}
    if reported:
        return MISSING, _("总表报了%(n)d个，还缺%(m)d个") % {"n": reported, "m": projects - reported}
    return MISSING, ""


@dataclass(frozen=True)
class OwnReturn:
    """What a unit sees of its own: the month that is due, its files, the newest first."""

    unit: Unit
    month: Month
    due: date | None
    late: bool
    state: str
    words: str
    projects: int
    reported: int
    files: tuple[Submission, ...]

    @property
    def label(self) -> str:
        return labels()[self.state]


def own_return(user: User, today: date, month: Month | None = None) -> OwnReturn | None:
    """None for who belongs to no unit, or to one that has no project to report."""
    unit = user.unit
    if unit is None:
        return None
    month = month or month_due(today)
    open_projects = _open_projects(month).filter(Scope(False, unit.pk).projects())
    projects = open_projects.count()
    mine = sight.own(user).filter(kind=RETURNS).order_by("-uploaded_at", "-pk")
    files = tuple(mine.select_related("uploaded_by", "decided_by")[:12])
    if not projects and not files:
        return None
    reported = _reports(month).filter(project__in=open_projects.values("pk")).count()
    last = handed_in(month).filter(unit=unit).order_by("uploaded_at", "pk").last()
    state, words = _state(projects, reported, last)
    due = due_on(month)
    return OwnReturn(
        unit,
        month,
        due,
        bool(due and today > due and state != IN),
        state,
        words,
        projects,
        reported,
        files,
    )
