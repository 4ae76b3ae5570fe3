"""Scores of units: lines from the month's events, what appeals have struck, the sum and the place.

A month whose bulletin is issued is kept (`ScoreSheet`) with the rules that it was scored by; what an appeal
strikes afterwards leaves the sum, and stays visible. A unit's own people see their own unit's lines only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, own_unit_only
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.supervision.log import labels, lifecycle, policy, stored_kinds
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Appeal, Event, ScoreSheet, Slip
from wenpan.district.supervision.scoring import policy as scoring_rules
from wenpan.district.supervision.scoring.month import (
    MatterLog,
    PointLine,
    ServedSlip,
    UnitScore,
    capped,
    lines,
)
from wenpan.district.supervision.scoring.month_log import MonthLog, delegated_spans, month_log
from wenpan.district.supervision.scoring.policy import Scoring
from wenpan.district.supervision.scoring.unit_scores import unit_scores
from wenpan.district.supervision.slips.queries import span
from wenpan.economy.time.periods import Month
from wenpan.rules.schema import keep
from wenpan.rules.schema import read_kept as read_back


@dataclass(frozen=True)
class MonthSheet:
    """A month's lines as they were scored, before any appeal. `issued`: kept with the bulletin."""

    month: Month
    lines: tuple[PointLine, ...]
    matters: Mapping[str, int]  # by unit code: led at the month's end, open or closed in the month
    rules: Scoring
    issued: date | None = None

    def over_on(self, on: date) -> bool:
        after = self.month.plus(1)
        return on >= date(after.year, after.month, 1)


@dataclass(frozen=True)
class ScoreLine:
    """One line as a page shows it."""

    line: PointLine
    rule: str  # its words
    appeal: Appeal | None

    @property
    def struck(self) -> bool:
        return self.appeal is not None and self.appeal.state == Appeal.State.UPHELD


@dataclass(frozen=True)
class NamedScore:
    """A unit with its score; `name` as people know it."""

    unit_score: UnitScore
    name: str
    lines: int


def sheet(month: Month, book: MonthLog | None = None, *, on: date | None = None) -> MonthSheet:
    """Kept, or scored from the events before the month's end (`book`: read already), and before `on`."""
    kept = ScoreSheet.objects.filter(month=str(month)).first()
    if kept is not None:
        found = tuple(read_back(PointLine, data) for data in kept.data["lines"])
        then = scoring_rules.from_json(kept.data["rules"])
        return MonthSheet(month, found, kept.data["matters"], then, timezone.localdate(kept.frozen_at))
    policy_ = scoring_rules.scoring(month)
    if book is not None:
        return scored_anew(month, book, policy_, on)
    key = _as_logged(month, on)
    kept_in_memory = _SHEETS.get(month) if key else None
    if kept_in_memory is None or kept_in_memory[0] != (key, policy_):
        kept_in_memory = (key, policy_), scored_anew(month, month_log(month), policy_, on)
        _SHEETS[month] = kept_in_memory
        while len(_SHEETS) > _AT_MOST:
            _SHEETS.pop(next(iter(_SHEETS)))
    return kept_in_memory[1]


# Of the last months asked for: counted once, until something is entered for the month.
_SHEETS: dict[Month, tuple[Any, MonthSheet]] = {}
_AT_MOST = 6


def _as_logged(month: Month, on: date | None) -> tuple[Any, ...] | None:
    """Whatever the lines of a month depend on, cheaply; the first entry of the journal names the database."""
    first = Entry.objects.order_by("sequence").values_list("hash", flat=True).first()
    if first is None:
        return None
    start, end = span(month)
    events = Event.objects.filter(at__lt=end).aggregate(n=Count("pk"), last=Max("pk"))
    due = Slip.objects.filter(answer_due__gte=start.date() - timedelta(days=1), answer_due__lt=end.date())
    slips = due.aggregate(n=Count("pk"), answered=Count("answered_at"), withdrawn=Count("withdrawn_at"))
    running = on if on and on <= end.date() else None
    return first, running, *events.values(), *slips.values()


def scored_anew(month: Month, book: MonthLog, policy_: Scoring, on: date | None = None) -> MonthSheet:
    """From the events alone, whatever is kept; before `on`, or to the end of the month."""
    return MonthSheet(month, tuple(_scored(book, policy_, on)), _matters(book), policy_)


def to_json(found: MonthSheet) -> dict[str, Any]:
    return {
        "version": 2,  # sheets of before release 0.2 bear none
        "lines": [keep(line) for line in found.lines],
        "matters": dict(found.matters),
        "rules": scoring_rules.to_json(found.rules),
    }


def _scored(book: MonthLog, policy_: Scoring, on: date | None) -> Iterable[PointLine]:
    last = min(book.last_day, on - timedelta(days=1)) if on else book.last_day
    calendar = policy.calendar()
    parts = delegated_spans(book)
    slips = _slips(book)
    found: list[PointLine] = []
    for pk in book.matters:
        log = book.logs.get(pk, [])
        if log or pk in slips:
            one = MatterLog(pk, book.matters[pk]["number"], log, parts.get(pk, ()), slips.get(pk, ()))
            found += lines(one, book.first_day, last, calendar, policy_)
    return capped(found, policy_)


def _slips(book: MonthLog) -> dict[int, tuple[ServedSlip, ...]]:
    """Slips whose answer fell due by the month's end, with the event that served each."""
    rows = Slip.objects.filter(
        answer_due__isnull=False, answer_due__lte=book.last_day, issued_at__lt=book.end
    )
    rows = rows.filter(answer_due__gte=book.first_day - timedelta(days=1))
    kept = list(rows.select_related("unit"))
    events = Event.objects.filter(kind=EventKind.SLIP, matter__in=[slip.matter_id for slip in kept])
    served = {(m, data.get("number")): pk for pk, m, data in events.values_list("pk", "matter", "data")}
    found: dict[int, tuple[ServedSlip, ...]] = {}
    for slip in kept:
        settled = min((at for at in (slip.answered_at, slip.withdrawn_at) if at), default=None)
        day = timezone.localdate(settled) if settled else None
        event = served.get((slip.matter_id, slip.number), slip.pk)
        assert slip.answer_due is not None
        one = ServedSlip(event, slip.number, slip.unit.code, slip.answer_due, day)
        found[slip.matter_id] = (*found.get(slip.matter_id, ()), one)
    return found


def _matters(book: MonthLog) -> dict[str, int]:
    """What each unit had to do with in the month: paused, dropped, or closed before it do not count."""
    found: dict[str, int] = {}
    for pk in book.matters:
        now = book.at_end(pk)
        if now is None or not now.lead or now.paused or now.state in {lifecycle.DROPPED, lifecycle.DECLINED}:
            continue
        if now.closed_on is None or now.closed_on >= book.first_day:
            found[now.lead] = found.get(now.lead, 0) + 1
    return found


def appeals(month: Month) -> dict[str, Appeal]:
    """By the key of the line."""
    rows = Appeal.objects.filter(month=str(month)).select_related("unit", "by", "decided_by")
    return {appeal.line: appeal for appeal in rows}


def struck(month: Month) -> frozenset[str]:
    rows = Appeal.objects.filter(month=str(month), state=Appeal.State.UPHELD)
    return frozenset(rows.values_list("line", flat=True))


def named_scores(found: MonthSheet, taken: frozenset[str]) -> list[NamedScore]:
    names = dict(Unit.objects.values_list("code", "short_name"))
    counts: dict[str, int] = {}
    for line in found.lines:
        counts[line.unit] = counts.get(line.unit, 0) + 1
    return [
        NamedScore(mark, names.get(mark.unit, mark.unit), counts.get(mark.unit, 0))
        for mark in unit_scores(found.lines, found.matters, found.rules, taken)
    ]


def require_sight(user: User, unit: str) -> None:
    """NotYours for another unit's score, to a unit's own people."""
    if can(user, "score.view") and not own_unit_only(user):
        return
    if not user.unit_code or user.unit_code != unit:
        raise NotYours(_("只能看本单位的计分。"))


def lines_of_unit(found: MonthSheet, unit: str) -> list[ScoreLine]:
    """The unit's lines by day, each with its appeal."""
    known = appeals(found.month)
    return [
        ScoreLine(line, words_of(found.rules, line.rule), known.get(line.key))
        for line in found.lines
        if line.unit == unit
    ]


@dataclass(frozen=True)
class Rests:
    """An event that a line rests on: when, and what happened."""

    at: datetime
    words: str


def basis(found: Iterable[PointLine]) -> dict[str, list[Rests]]:
    """By the key of a line: its events in their order."""
    kept = list(found)
    wanted = {pk for line in kept for pk in line.events}
    rows = Event.objects.filter(pk__in=wanted).values_list("pk", "at", "kind")
    told = {pk: Rests(at, str(labels.EVENTS.get(kind, kind))) for pk, at, kind in rows}
    return {line.key: [told[pk] for pk in sorted(line.events) if pk in told] for line in kept}


def words_of(rules_: Scoring, code: str) -> str:
    return rules_.rules[code].words if code in rules_.rules else code


def waiting() -> QuerySet[Appeal]:
    rows = Appeal.objects.filter(state=Appeal.State.OPEN)
    return rows.select_related("unit", "by").order_by("at", "pk")


def appeal_until(found: MonthSheet) -> date:
    """The last day for an appeal: so many working days after the month, or after its bulletin."""
    after = found.month.plus(1)
    start = max(date(after.year, after.month, 1), found.issued or date.min)
    return policy.calendar().working_days_after(start, found.rules.appeal_within)


def months() -> list[Month]:
    """Months that can be scored, newest first: from the first hand-over to this one."""
    handed = Event.objects.filter(stored_kinds.stands(), kind=EventKind.ASSIGNED)
    first = handed.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return []
    begun, now = timezone.localdate(first), timezone.localdate()
    start, end = Month(begun.year, begun.month), Month(now.year, now.month)
    return [Month.from_index(i) for i in range(end.index, start.index - 1, -1)][:120]
