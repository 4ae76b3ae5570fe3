"""督查问效: closed matters of indicators and projects, each beside like ones without a matter.

An indicator's value is its gap to the target that the board shows, in points or percent of schedule, signed
so that higher is better; a project's is what is done of its planned total, in percent. The period of a
closure is the last month (of a quarterly indicator the last quarter) that ended before the day of closing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from wenpan.district.effects.policy import closure_rules
from wenpan.district.effects.series import SeriesBook, indicator_series, project_series
from wenpan.district.projects.models import Link
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.models import Matter
from wenpan.economy.judging.after_closure import (
    ClosureRules,
    FollowedSeries,
    MatchedCase,
    PeriodEffect,
    describe,
    first_of_each,
    match,
)
from wenpan.economy.time.periods import Month

KINDS = ("indicator", "project")


@dataclass(frozen=True)
class EffectCase:
    """One closed matter with what became of its subject. `likes`: names of what it stands beside."""

    matter: int
    number: str
    title: str
    unit: str
    closed_on: date
    subject: str
    url: str
    period: str
    light: str
    first: float | None
    changes: tuple[float | None, ...]
    like_changes: tuple[float | None, ...]
    likes: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[float | None, float | None]]:
        """By period: its own change and that of its likes."""
        return list(zip(self.changes, self.like_changes, strict=True))


@dataclass(frozen=True)
class EffectGroup:
    """`closed`: matters of this kind that were closed; `repeated`: of a subject that was counted just
    before; `without`: whose figures are not kept."""

    kind: str
    rules: ClosureRules
    closed: int
    repeated: int
    without: int
    effects: tuple[PeriodEffect, ...]
    cases: tuple[EffectCase, ...]


def years() -> list[int]:
    """In which something was closed, newest first."""
    rows = Matter.objects.filter(state=lifecycle.CLOSED, cause__regex=r"^(indicator|project|key_project):")
    return sorted({day.year for day in rows.dates("closed_on", "year")}, reverse=True)


def effects(year: int) -> dict[str, EffectGroup]:
    """Of the matters closed in the year, by kind. A fixed number of queries, whatever was closed."""
    on = min(date(year, 12, 31), timezone.localdate())
    rules = closure_rules(on)
    twins = dict(Link.objects.order_by("year").values_list("key_project_id", "project_id"))
    closed = [(m, _subject(m.cause, twins)) for m in _closed(year)]
    spans = _spans(twins)
    found = {}
    for kind in KINDS:
        mine = [(m, subject) for m, subject in closed if m.cause.partition(":")[0].endswith(kind)]
        months = _months(year, rules[kind].periods)
        read = indicator_series if kind == "indicator" else project_series
        book = read(months) if mine else SeriesBook({}, {})
        found[kind] = _group(kind, rules[kind], mine, book, spans)
    return found


def _closed(year: int) -> list[Matter]:
    rows = Matter.objects.filter(
        state=lifecycle.CLOSED, closed_on__year=year, cause__regex=r"^(indicator|project|key_project):"
    )
    return list(rows.select_related("lead").order_by("closed_on", "pk"))


def _subject(cause: str, twins: Mapping[int, int]) -> str:
    """A key project is followed by the returns of its pair; "" for one without a pair."""
    kind, _sep, key = cause.partition(":")
    if kind != "key_project":
        return cause
    project = twins.get(int(key)) if key.isdecimal() else None
    return f"project:{project}" if project is not None else ""


def _months(year: int, periods: int) -> list[Month]:
    """From the quarter before the year to the last period after it, quarters included."""
    first = Month(year - 1, 9)
    return [first.plus(n) for n in range(16 + 3 * periods)]


def _spans(twins: Mapping[int, int]) -> dict[str, list[tuple[int, int]]]:
    """By subject the months in which a matter about it was open; of an open one without end."""
    found: dict[str, list[tuple[int, int]]] = {}
    rows = Matter.objects.filter(cause__regex=r"^(indicator|project|key_project):")
    rows = rows.exclude(state=lifecycle.DROPPED)
    for cause, made, closed in rows.values_list("cause", "created_at", "closed_on"):
        if subject := _subject(cause, twins):
            begun = timezone.localdate(made)
            last = _index(closed) if closed else 10**6
            found.setdefault(subject, []).append((_index(begun), last))
    return found


def _index(day: date | Month) -> int:
    return day.year * 12 + day.month - 1


def _group(
    kind: str,
    rules: ClosureRules,
    closed: list[tuple[Matter, str]],
    book: SeriesBook,
    spans: Mapping[str, list[tuple[int, int]]],
) -> EffectGroup:
    made: dict[tuple[str, int], Matter] = {}
    series: list[FollowedSeries] = []
    for m, subject in closed:
        assert m.closed_on is not None  # the database holds it
        one = book.of(subject, _index(m.closed_on) - 1, rules.periods) if subject else None
        if one is not None and one.values[0] is not None:
            series.append(one)
            made.setdefault((one.subject, one.start), m)
    matched: list[MatchedCase] = []
    for step, all_of_step in _by_step(series, book).items():
        part = first_of_each(all_of_step, rules.periods * step)
        starts = {case.start for case in part}
        others = [o for o in book.all(starts, rules.periods) if book.step(o.subject) == step]
        matched += match(part, others, _in_months(rules, step), spans)
    return EffectGroup(
        kind=kind,
        rules=rules,
        closed=len(closed),
        repeated=len(series) - len(matched),
        without=len(closed) - len(series),
        effects=describe(matched, rules),
        cases=tuple(
            _case(m, made[m.case.subject, m.case.start], rules, book)
            for m in sorted(matched, key=lambda m: (m.case.start, m.case.subject))
        ),
    )


def _in_months(rules: ClosureRules, step: int) -> ClosureRules:
    """Spans are in months: three quarters are nine."""
    return ClosureRules(rules.periods * step, rules.least_cases, rules.least_likes, rules.level, rules.like)


def _by_step(cases: Iterable[FollowedSeries], book: SeriesBook) -> dict[int, list[FollowedSeries]]:
    found: dict[int, list[FollowedSeries]] = {}
    for case in cases:
        found.setdefault(book.step(case.subject), []).append(case)
    return found


def _case(m: MatchedCase, matter: Matter, rules: ClosureRules, book: SeriesBook) -> EffectCase:
    assert matter.closed_on is not None
    periods = range(1, rules.periods + 1)
    names = Counter(book.name(like.subject) for like in m.likes)
    return EffectCase(
        matter=matter.pk,
        number=matter.number,
        title=matter.title,
        unit=matter.lead.short_name if matter.lead else "—",
        closed_on=matter.closed_on,
        subject=book.name(m.case.subject),
        url=reverse("supervision:matter", args=[matter.pk]),
        period=f"{m.case.start // 12}-{m.case.start % 12 + 1:02d}",
        light=m.case.lights[0] if m.case.lights else "",
        first=m.case.values[0],
        changes=tuple(m.change(k) for k in periods),
        like_changes=tuple(m.like_change(k, rules.least_likes) for k in periods),
        likes=tuple(sorted(names)),
    )
