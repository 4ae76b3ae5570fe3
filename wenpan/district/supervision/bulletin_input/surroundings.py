"""What stands around the matters in a bulletin: lights, weekly inspections, scores, whom the line names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from wenpan.district.indicators import queries as indicators
from wenpan.district.indicators.queries.scorecard import year_forecasts
from wenpan.district.projects import lights as projects
from wenpan.district.supervision.models import Appeal, WeeklyInspection
from wenpan.district.supervision.scoring import queries as scores
from wenpan.district.supervision.scoring.month_log import MonthLog
from wenpan.district.supervision.slips import queries as slips
from wenpan.documents.papers.bulletin.checks import expected_judgement
from wenpan.documents.papers.bulletin.input import (
    BulletinPolicy,
    Lights,
    LitSubject,
    NamedSubject,
    Scored,
    Scores,
    Weeks,
)
from wenpan.economy.time.periods import Month

FRIDAY = timedelta(days=4)


def indicators_of_month(month: Month, dated: date, found_policy: BulletinPolicy) -> Lights:
    """The newest judgement no later than the bulletin's month; RED and YELLOW by name."""
    due = _expected(month, dated, found_policy)
    known = [m for m in indicators.judged_months() if m.index <= month.index]
    if not known:
        return Lights(None, str(due), {}, (), required=False)
    board = indicators.board(as_of=max(known, key=lambda m: m.index))
    rows = indicators.counted(board.rows)
    counts = indicators.count(rows)
    lit = tuple(
        LitSubject("indicator", row.indicator, row.short_name or row.name, row.owner_name, row.light,
            "；".join(row.reasons)[:120])
        for light in ("RED", "YELLOW") for row in rows if row.light == light
    )  # fmt: skip
    shown = {"RED": counts.red, "YELLOW": counts.yellow, "GREEN": counts.green, "UNKNOWN": counts.unknown}
    return Lights(str(board.as_of), str(due), shown, lit)


def forecasts_of_year(month: Month) -> dict[str, Any] | None:
    """December's bulletin, and January's of the year after, carry the year's report on the forecasts."""
    year = {12: month.year, 1: month.year - 1}.get(month.month)
    return year_forecasts(year) if year is not None else None


def _expected(month: Month, dated: date, found_policy: BulletinPolicy) -> Month:
    now = Month(dated.year, dated.month)
    return expected_judgement(month, dated.day, now, found_policy.indicators_due_day)


def projects_of_month(last: date, month: Month, dated: date, found_policy: BulletinPolicy) -> Lights:
    """Of both lists, each project once; a place without a library of projects says so."""
    due = _expected(month, dated, found_policy)
    kept = projects.month_on(last)
    found = projects.light_causes(last)
    if kept is None and not found:
        return Lights(None, str(due), {}, (), required=False)
    lit = tuple(
        LitSubject("project", one.address, one.name, _owner(one), one.light, _reasons(one)[:120], one.url)
        for one in found
    )
    shown = {light: sum(line.light == light for line in lit) for light in ("RED", "YELLOW")}
    return Lights(str(kept or due), str(due), shown, lit)


def _reasons(one: projects.LightCause) -> str:
    return "；".join((*((one.pair_words,) if one.pair_words else ()), *one.reasons))


def _owner(one: projects.LightCause) -> str:
    unit = one.department or one.unit
    return unit.short_name if unit else ""


def weeks_of_month(book: MonthLog) -> Weeks:
    """Weeks whose Friday lies in the month."""
    cycles = WeeklyInspection.objects.filter(
        week__gte=book.first_day - FRIDAY, week__lte=book.last_day - FRIDAY
    )
    looked = Count("looks", filter=Q(looks__at__isnull=False), distinct=True)
    seen = cycles.order_by().aggregate(
        held=Count("pk", distinct=True), due=Count("looks", distinct=True), done=looked
    )
    left = cycles.filter(closed_at=None).order_by("week").values_list("week", flat=True)
    return Weeks(seen["held"], seen["due"], seen["done"], tuple(week.isoformat() for week in left))


def scores_of_month(sheet: scores.MonthSheet) -> Scores:
    month, rules_ = sheet.month, sheet.rules
    taken = scores.struck(month)
    marks = [one.unit_score for one in scores.named_scores(sheet, taken)]
    ranked = [m for m in marks if m.rank is not None]
    praise = [m.unit for m in ranked if m.score >= rules_.praise_least and not m.minus and m.plus]
    blame = [m.unit for m in reversed(ranked) if m.score <= rules_.blame_most]
    first, end = slips.span(month)
    decided = Appeal.objects.filter(decided_at__gte=first, decided_at__lt=end).values_list("state", flat=True)
    states = list(decided)
    return Scores(
        version=rules_.version,
        marks=tuple(
            Scored(m.unit, m.matters, str(m.score), m.rank, _why(sheet, m.unit, taken)) for m in marks
        ),
        praise=tuple(praise[: rules_.praise_at_most]),
        blame=tuple(blame[: rules_.blame_at_most]),
        least_matters=rules_.least_matters,
        upheld=states.count(Appeal.State.UPHELD),
        refused=states.count(Appeal.State.REFUSED),
    )


def _why(sheet: scores.MonthSheet, unit: str, taken: frozenset[str]) -> tuple[tuple[str, str, int], ...]:
    """How often each rule applied, deductions first."""
    counts: dict[str, int] = {}
    for line in sheet.lines:
        if line.unit == unit and line.key not in taken:
            counts[line.rule] = counts.get(line.rule, 0) + 1
    order = [code for code in sheet.rules.rules if code in counts]
    return tuple((code, scores.words_of(sheet.rules, code), counts[code]) for code in order)


def named_of_month(month: Month) -> Iterator[NamedSubject]:
    for talk, found in ((False, slips.named(month)), (True, slips.talks_suggested(month))):
        for one in found:
            if one.unit is not None:
                yield NamedSubject(one.unit.code, one.matter, one.number, one.title, talk)
