"""One project: figures, curve, returns with their origin, states, documents, problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.base.subjects import address, subject_field
from wenpan.district.projects.library.edits import Edit, edits
from wenpan.district.projects.models import (
    EntryDocument,
    Excuse,
    KeyProject,
    Link,
    Photo,
    Problem,
    ProblemReport,
    Project,
    Return,
    SiteAssignment,
    Standing,
    StateChange,
    Succession,
    Visit,
)
from wenpan.district.projects.site.plan_queries import plans_of
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules.loading import Provenance


@dataclass(frozen=True)
class HistoryLine:
    """One line of the history. `problem_free` words: what, on which ground, by whom."""

    on: Any
    words: str
    evidence: str
    by: str


@dataclass(frozen=True)
class DocumentState:
    code: str
    name: str
    seen: EntryDocument | None


@dataclass(frozen=True)
class Work:
    """What both kinds of projects have: problems, visits, excuses, states, next steps."""

    problems: tuple[Problem, ...]
    visits: tuple[Visit, ...]
    excuses: tuple[Excuse, ...]
    changes: tuple[HistoryLine, ...]
    next_states: tuple[tuple[str, str], ...]
    photos: tuple[Photo, ...]  # newest first
    kin: tuple[Kin, ...]
    edits: tuple[Edit, ...]
    plans: tuple[SiteAssignment, ...]  # who goes to the site, how often


@dataclass(frozen=True)
class Kin:
    """What a project came from (`before`) or became, by a person's word. `visible`: may be opened."""

    before: bool
    other: Project | KeyProject
    kind: str
    on: Any
    evidence: str
    visible: bool

    @property
    def address(self) -> str:
        return address(self.other)


@dataclass(frozen=True)
class ProjectPage:
    project: Project
    standing: Standing | None
    returns: tuple[Return, ...]  # newest first, versions that hold
    revised: int  # earlier versions
    papers: tuple[DocumentState, ...]
    paper_rule: Provenance
    link: Link | None
    work: Work
    curve: Curve

    @property
    def papers_missing(self) -> int:
        return sum(paper.seen is None for paper in self.papers)


@dataclass(frozen=True)
class Curve:
    """Shares in percent of the planned total, one per month; None where nothing is said."""

    months: tuple[str, ...]
    plan: tuple[float | None, ...]
    actual: tuple[float | None, ...]
    expected: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


def project_page(pk: int, month: Month | None, scope: Scope = ALL) -> ProjectPage:
    """Raises Project.DoesNotExist, also for another unit's."""
    rows = Project.objects.filter(scope.projects(), retracted=False)
    project = rows.select_related("unit", "department").get(pk=pk)
    standing = project.standings.filter(month=str(month)).first() if month else None
    returns = list(
        project.returns.filter(superseded_at__isnull=True).select_related("submission").order_by("-period")
    )
    documents, rule = policy.entry_documents(project.band)
    seen = {d.kind: d for d in project.documents.select_related("by")}
    return ProjectPage(
        project,
        standing,
        tuple(returns),
        project.returns.filter(superseded_at__isnull=False).count(),
        tuple(DocumentState(code, name, seen.get(code)) for code, name in documents),
        rule,
        link(scope, project=project),
        work(project, scope),
        curve(project, standing, returns),
    )


def link(scope: Scope, **which: Project | KeyProject) -> Link | None:
    """The newest confirmed pair of a project, if both are theirs to see."""
    rows = Link.objects.filter(scope.projects("project__")).filter(scope.projects("key_project__"))
    return rows.select_related("project", "key_project").filter(**which).order_by("-year").first()


def work(subject: Project | KeyProject, scope: Scope = ALL) -> Work:
    which, state = ("states", "state") if isinstance(subject, Project) else ("stages", "stage")
    steps = policy.life_cycle(which)
    return Work(
        tuple(
            subject.problems.select_related("owner")
            .prefetch_related(Prefetch("reports", ProblemReport.objects.select_related("by")))
            .order_by("closed_on", "due")
        ),
        tuple(subject.visits.all()),
        tuple(subject.excuses.order_by("-until")),
        tuple(_change(c, steps) for c in subject.changes.select_related("by").order_by("-at", "-pk")),
        tuple((code, steps[code].name) for code in steps[getattr(subject, state)].next),
        tuple(subject.photos.all()),
        tuple(_kin(subject, scope)),
        edits(subject),
        plans_of(subject),
    )


def _kin(subject: Project | KeyProject, scope: Scope) -> Iterator[Kin]:
    field = subject_field(subject)
    rows = Succession.objects.exclude(kind="distinct").select_related(field, f"into_{field}")
    for row in rows.filter(**{f"into_{field}": subject}):
        yield _relation(True, getattr(row, field), row, scope)
    for row in rows.filter(**{field: subject}):
        yield _relation(False, getattr(row, f"into_{field}"), row, scope)


def _relation(before: bool, other: Project | KeyProject, row: Succession, scope: Scope) -> Kin:
    visible = scope.holds(other) and not other.retracted
    return Kin(before, other, row.get_kind_display(), row.on, row.evidence, visible)


def _change(change: StateChange, steps: Any) -> HistoryLine:
    name = steps[change.after].name if change.after in steps else change.after
    before = steps[change.before].name if change.before in steps else ""
    return HistoryLine(change.on, f"{before} → {name}" if before else name, change.evidence, str(change.by))


def curve(project: Project, standing: Standing | None, returns: Sequence[Return]) -> Curve:
    """Plan: even from start to planned finish. Expected: from the last return to December, on its way."""
    known = {r.period: float(r.cumulative) for r in returns if r.cumulative is not None}
    first = min([*known, *filter(None, [project.opened])], default="")
    last = max(known, default="")
    if not first or not last:
        return Curve((), (), (), (), (), ())
    december = f"{last[:4]}-12"
    end = max(december, min(project.planned_finish or december, f"{int(last[:4]) + 2}-12"))
    begin = parse_month(max(first, f"{int(last[:4]) - 6}-01"))
    months = [str(begin.plus(k)) for k in range(parse_month(end).index - begin.index + 1)]
    total = float(project.planned_total)
    share = {m: 100 * v / total for m, v in known.items()}
    ahead = _ahead(standing, share.get(last, 0.0), total, last)
    return Curve(
        tuple(months),
        tuple(_plan(project, m) for m in months),
        tuple(share.get(m) for m in months),
        *(tuple(line.get(m) for m in months) for line in ahead),
    )


def _plan(project: Project, month: str) -> float | None:
    if not project.opened or project.planned_finish <= project.opened or month > project.planned_finish:
        return None
    begin, end = parse_month(project.opened).index, parse_month(project.planned_finish).index
    return round(100 * max(0, parse_month(month).index - begin + 1) / (end - begin + 1), 2)


def _ahead(
    standing: Standing | None, share: float, total: float, last: str
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Expected, p10 and p90 of the share, even over the months left of the year."""
    month = parse_month(last)
    left = 12 - month.month
    if standing is None or standing.month != last or standing.expected is None or not left:
        return {}, {}, {}
    ends = (standing.expected, standing.p10 or 0.0, standing.p90 or 0.0)
    return tuple(  # type: ignore[return-value]
        {str(month.plus(k)): round(share + 100 * end / total * k / left, 2) for k in range(left + 1)}
        for end in ends
    )
