"""The speech's table beside the same month last year, and what the rest of the year is expected to bring."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.base.entries_provider import PipelineBasis
from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.models import Outlook, Problem, Project, Standing
from wenpan.district.projects.pool import confidential, own_units, owners, table
from wenpan.district.projects.pool.standings import PIPELINE
from wenpan.economy.time.periods import Month
from wenpan.rules.schema import read_kept as kept_as


@dataclass(frozen=True)
class Number:
    """`query`: the filters of its list. Last year None: that month is not kept."""

    count: int
    before: int | None
    query: str

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.count - self.before


@dataclass(frozen=True)
class SummaryRow:
    """Sums in 万元, of all groups together; `…_before`: a year ago, None where that month is not kept.

    `hidden`, `hidden_before`: the sums would tell of a single project; they are None then."""

    code: str
    label: Any
    indent: bool
    lower_is_better: bool
    total: Number
    parts: tuple[Number, ...]
    planned_total: float | None
    planned_before: float | None
    remaining: float | None
    remaining_before: float | None
    this_year: float | None
    this_year_before: float | None
    hidden: bool = False
    hidden_before: bool = False


@dataclass(frozen=True)
class Speech:
    month: Month
    before: Month
    compared: bool
    by: str
    groups: tuple[tuple[str, str], ...]  # code, name
    rows: tuple[SummaryRow, ...]

    @property
    def any_hidden(self) -> bool:
        return any(row.hidden or row.hidden_before for row in self.rows)

    @property
    def month_text(self) -> str:
        return str(self.month)


def speech(month: Month, *, by: str = "band", scope: Scope = ALL) -> Speech:
    """`by`: band | unit | department | owner. The numbers were made with the standings, except by owner
    (this month's largest owners, beside the same owners a year ago) and those of one unit's projects.
    """
    by = by if by in table.GROUPS else "band"
    before = month.plus(-12)
    kept = {o.month: o.table for o in Outlook.objects.filter(month__in=[str(month), str(before)])}
    if not scope.everything:
        kept = {m: own_units.kept_sums(month if m == str(month) else before, scope) for m in kept}
    now, past = kept[str(month)], kept.get(str(before))
    names = _names(by, month, scope)
    if by == "owner":
        now = {**now, by: owners.counts(month, list(names), scope)}
        past = past and {**past, by: owners.counts(before, list(names), scope)}
    codes = [c for c in names if c in now[by] or (past and c in past[by])]
    if "" in now[by] or (past and "" in past[by]):
        codes.append("")
    hidden = (
        confidential.hidden_lines(month, scope),
        confidential.hidden_lines(before, scope) if past else (),
    )
    rows = tuple(_row(line, by, codes, now, past, month, hidden) for line in table.lines())
    groups = tuple((code, names.get(code, _("未填"))) for code in codes)
    return Speech(month, before, past is not None, by, groups, rows)


def _names(by: str, month: Month, scope: Scope) -> dict[str, str]:
    """The groups that have a name, in the order of the table."""
    if by == "owner":
        return {**{name: name for name in owners.largest(month, scope)}, owners.REST: _("其他")}
    if by == "band":
        return {str(code): str(label) for code, label in Project.Band.choices}
    return {u.code: u.short_name for u in Unit.objects.order_by("order")}


def _filter(group: str, code: str, month: Month) -> dict[str, str]:
    if code == owners.REST and group == "owner":
        return {"others": str(month)}
    return {group: code or "none"} if group else {}


def _row(
    line: table.TableLine, by: str, codes: list[str], now: Any, past: Any, month: Month,
    hidden: tuple[Collection[str], Collection[str]],
) -> SummaryRow:  # fmt: skip
    def numbers(kept: Any, group: str, code: str) -> list[float]:
        empty = [0.0] * 4
        found: list[float] = kept.get(group, {}).get(code, {}).get(line.code, empty)
        return found

    def number(group: str, code: str) -> Number:
        before = int(numbers(past, group, code)[0]) if past else None
        query = urlencode({"flag": line.code, **_filter(group, code, month)})
        return Number(int(numbers(now, group, code)[0]), before, query)

    nothing: list[float | None] = [None] * 4
    hides, hides_before = line.code in hidden[0], line.code in hidden[1]
    sums: Sequence[float | None] = nothing if hides else numbers(now, "", "")
    earlier: Sequence[float | None] = nothing if hides_before or not past else numbers(past, "", "")
    return SummaryRow(
        line.code,
        line.label,
        line.indent,
        line.lower_is_better,
        number("", ""),
        tuple(number(by, code) for code in codes),
        sums[1],
        earlier[1],
        sums[2],
        earlier[2],
        sums[3],
        earlier[3],
        hides,
        hides_before,
    )


@dataclass(frozen=True)
class Closing:
    """A project by what it can still bring this year, and what blocks it."""

    standing: Standing
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Bridge:
    """万元. `needed` None: no amount target of the year is known. `gap` > 0: short of it as expected."""

    month: Month
    done: float
    done_before: float | None  # at the same month of last year, as the year's whole below
    last_year: float | None
    stock: tuple[float, float, float]  # p10, expected, p90
    entries: tuple[float, float, float]
    total: tuple[float, float, float]
    note: str
    needed: float | None
    closing: tuple[Closing, ...]
    pipeline: PipelineBasis | None = None  # None: nobody above knows of deals

    @property
    def year_end(self) -> tuple[float, float, float]:
        low, mid, high = self.total
        return self.done + low, self.done + mid, self.done + high

    @property
    def rest_before(self) -> float | None:
        """What the same months left brought last year: the measure of what is expected now."""
        whole, done = self.last_year, self.done_before
        return None if whole is None or done is None else whole - done

    @property
    def still_needed(self) -> float | None:
        return None if self.needed is None else max(self.needed - self.done, 0.0)

    @property
    def upside(self) -> float:
        """What the projects of `closing` bring beyond their expectation at the top of their intervals."""
        return sum((c.standing.p90 or 0.0) - (c.standing.expected or 0.0) for c in self.closing)

    @property
    def gap(self) -> float | None:
        needed = self.still_needed
        return None if needed is None else needed - self.total[1]


def bridge(month: Month, *, needed: float | None = None, top: int = 20) -> Bridge:
    """What stock and entries are expected to bring until December, and the projects that matter most.

    It speaks of physical progress: blocked projects are ranked by what they can still bring this year,
    that is the 90 % point of their own expectation; nothing says what to report.
    """
    kept = Outlook.objects.get(month=str(month))
    december = Outlook.objects.filter(month=str(Month(month.year - 1, 12))).first()
    before = Outlook.objects.filter(month=str(month.plus(-12))).first()
    rows = Standing.objects.filter(month=str(month), p90__gt=0, project__retracted=False).select_related(
        "project", "project__unit", "project__department"
    )
    best = list(rows.order_by("-p90")[: top * 3])
    blocked = _blocks([s.project_id for s in best])
    closing = [Closing(s, (*blocked.get(s.project_id, ()), *s.reasons)) for s in best]
    closing.sort(key=lambda c: (-bool(c.blocks), -(c.standing.p90 or 0)))
    return Bridge(
        month,
        kept.done,
        before.done if before else None,
        december.done if december else None,
        _three(kept.stock),
        _three(kept.entries),
        _three(kept.total),
        kept.note,
        needed,
        tuple(closing[:top]),
        kept_as(PipelineBasis, basis) if (basis := kept.table.get(PIPELINE)) else None,
    )


def _three(values: list[float]) -> tuple[float, float, float]:
    low, mid, high = values
    return low, mid, high


def _blocks(projects: list[int]) -> dict[int, list[str]]:
    """Open problems of the projects, and of the key projects that they are paired with."""
    found: dict[int, list[str]] = {}
    rows = Problem.objects.filter(closed_on__isnull=True)
    for problem in rows.filter(project__in=projects):
        found.setdefault(problem.project_id or 0, []).append(problem.text)
    for problem in rows.filter(key_project__link__project__in=projects).select_related("key_project__link"):
        assert problem.key_project is not None
        found.setdefault(problem.key_project.link.project_id, []).append(problem.text)
    return found
