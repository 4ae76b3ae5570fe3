"""Requests as lists and as one page; what is counted of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import can
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.models import RequestEntry, ServiceRequest
from wenpan.district.firms.models.requests import OPEN
from wenpan.district.firms.requests import due_states
from wenpan.district.firms.requests.event_log import clocks_of, event_told, local, rules_of
from wenpan.district.firms.requests.situations import situation
from wenpan.economy.requests.assessment import AssessmentRow, AssessmentRules, assess
from wenpan.economy.requests.clock_rules import RequestRules
from wenpan.economy.requests.clocks import RequestClock, request_clocks
from wenpan.economy.requests.counts import (
    DurationFigures,
    ServiceCounts,
    durations,
    month_span,
    reporting_month,
    service_counts,
)
from wenpan.economy.requests.events import RequestEvent, RequestEventKind
from wenpan.economy.requests.lifecycle import Phase, RequestState, replay
from wenpan.rules.requests import assessment_in_force, request_rules_in_force, request_rules_of
from wenpan.rules.working_days import calendar

SHOWN = ("open", "mine", "overdue", "soon", "closed", "all")
OFFICE_PHASES = (Phase.REGISTERED, Phase.ACCEPTED, Phase.APPEALED, Phase.REPLIED, Phase.CHECKED)
UNIT_PHASES = (Phase.ASSIGNED, Phase.IN_HAND)


def requests_of(user: Any, show: str = "open", *, at: datetime | None = None) -> QuerySet[ServiceRequest]:
    """The requests that the person may see; `mine`: those that await the person's own step."""
    at = at or timezone.now()
    rows = ServiceRequest.objects.filter(firm_scope(user).requests()).select_related("firm", "unit")
    if show == "mine":
        return rows.filter(awaiting(user))
    if show == "overdue":
        return rows.filter(due_states.late(at))
    if show == "soon":
        return rows.filter(due_states.soon(at))
    if show == "closed":
        return rows.exclude(phase__in=OPEN)
    return rows if show == "all" else rows.filter(phase__in=OPEN)


def awaiting(user: Any) -> Q:
    """What awaits a step of this person: the one predicate of list, count and desk."""
    wanted = Q(pk__in=[])
    if can(user, "request.office"):
        wanted |= Q(phase__in=[phase.value for phase in OFFICE_PHASES])
    unit = getattr(user, "unit_id", None)
    if can(user, "request.handle") and unit is not None:
        wanted |= Q(phase__in=[phase.value for phase in UNIT_PHASES], unit_id=unit)
    return wanted


def tallies(user: Any, *, at: datetime | None = None) -> dict[str, int]:
    """How many stand under each heading of the list."""
    return {show: requests_of(user, show, at=at).count() for show in SHOWN}


@dataclass(frozen=True)
class RequestPage:
    request: ServiceRequest
    entries: tuple[RequestEntry, ...]
    clocks: tuple[RequestClock, ...]
    state: RequestState
    offered: tuple[RequestEventKind, ...]
    alike: tuple[ServiceRequest, ...]
    assists: tuple[Unit, ...]
    classes: dict[str, str]
    rules_name: str
    rules_source: str


def request_page(request: ServiceRequest, user: Any, *, at: datetime | None = None) -> RequestPage:
    """Everything on one request's page, as it stands at a moment."""
    at = at or timezone.now()
    now, rules = situation(request, user), rules_of(request)
    entries = tuple(
        request.entries.select_related("by", "unit").prefetch_related("files").order_by("sequence")
    )
    return RequestPage(
        request, entries, clocks_of(request, at), now.state, now.offered(), _alike(request, user),
        tuple(request.assists.all()), dict(rules.classes), rules.name, rules.source,
    )  # fmt: skip


def _alike(request: ServiceRequest, user: Any) -> tuple[ServiceRequest, ...]:
    """Other requests of the same firm within thirty days: perhaps one matter by two channels."""
    near = timedelta(days=30)
    rows = ServiceRequest.objects.filter(
        firm_scope(user).requests(), firm=request.firm, category=request.category,
        received_at__range=(request.received_at - near, request.received_at + near),
    )  # fmt: skip
    return tuple(rows.exclude(pk=request.pk).exclude(joined_to=request).order_by("received_at")[:5])


@dataclass(frozen=True)
class ServiceReport:
    """The month's numbers: of the requests received from `first` to `last`, as they stand at `at`."""

    first: date
    last: date
    counts: ServiceCounts
    units: tuple[AssessmentRow, ...]
    categories: tuple[tuple[str, int], ...]
    assessment_name: str
    assessment_source: str
    replies: DurationFigures  # days from receipt to reply, of the answered


def service_report(month: tuple[int, int] | None = None, *, at: datetime | None = None) -> ServiceReport:
    """One count for page, paper and bulletin. The month runs as the place's set of clocks says."""
    at = at or timezone.now()
    first_day = request_rules_in_force(timezone.localdate(at)).month_from
    year, number = month or reporting_month(timezone.localdate(at), first_day)
    first, last = month_span(year, number, first_day)
    rows = _received(first, last)
    logs = events_by_request([row.pk for row in rows], until=at)
    sets = {code: _main_only(code) for code in {row.rules for row in rows}}
    states = []
    by_unit: dict[str, list[tuple[RequestState, RequestEvent | None]]] = {}
    for row in rows:
        events = logs[row.pk]
        state = replay(events)
        states.append((state, main_is_late(row, state, events, at, sets[row.rules])))
        if row.unit_id and row.unit is not None:
            said = next((e for e in reversed(events) if e.kind is RequestEventKind.CALLED_BACK), None)
            by_unit.setdefault(row.unit.short_name, []).append((state, said))
    rules = assessment_in_force(timezone.localdate(at))
    named = dict(ServiceRequest.Category.choices)
    per_category = Counter(row.category for row in rows)
    counted = {name: per_category[code] for code, name in named.items()}
    return ServiceReport(
        first, last, service_counts(states),
        tuple(_assessed(name, held, rules) for name, held in sorted(by_unit.items())),
        tuple((str(name), count) for name, count in counted.items()), rules.name, rules.source,
        durations([(s.replied - s.received).total_seconds() / 86_400 for s, _late in states if s.replied]),
    )  # fmt: skip


def main_is_late(
    row: ServiceRequest, state: RequestState, events: Sequence[RequestEvent], at: datetime,
    rules: RequestRules | None = None,
) -> bool:  # fmt: skip
    """Whether the clock of the closing is late at a moment. The columns say so for a request that went
    straight to its end in time; every other one is asked its clocks. `rules`: the set of the request."""
    straight = len(state.attempts) == 1 and row.attempts == 1 and not (row.paused or state.paused)
    known = straight and len(events) == row.version and row.main_due is not None
    if known and row.main_due and (row.closed_at or at) <= row.main_due:
        return False
    rules = rules or _main_only(row.rules)
    clocks = request_clocks(events, rules, calendar=calendar(), at=local(at), request_class=row.request_class)
    return any(clock.is_late for clock in clocks if clock.code == rules.main)


def _main_only(code: str) -> RequestRules:
    """A set without its other clocks, for counts that ask for none of them."""
    rules = request_rules_of(code)
    return replace(rules, clocks=tuple(clock for clock in rules.clocks if clock.code == rules.main))


def events_by_request(keys: Sequence[int], *, until: datetime) -> dict[int, list[RequestEvent]]:
    """The log of each request, without the texts that no count looks at."""
    found: dict[int, list[RequestEvent]] = {key: [] for key in keys}
    for start in range(0, len(keys), 5_000):
        rows = RequestEntry.objects.filter(request__in=keys[start : start + 5_000], at__lte=until)
        told = rows.order_by("request_id", "sequence").values_list(
            "request_id", "kind", "at", "by_id", "data"
        )
        for request, kind, at, by, data in told.iterator(5_000):
            found[request].append(event_told(kind, at, by, data, ""))
    return found


def _received(first: date, last: date) -> Sequence[ServiceRequest]:
    begin = timezone.make_aware(datetime.combine(first, time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    rows = ServiceRequest.objects.filter(received_at__gte=begin, received_at__lt=end).order_by()
    found, units = list(rows.only(*_COUNTED)), Unit.objects.in_bulk()
    for row in found:
        row.unit = units[row.unit_id] if row.unit_id else None
    return found


_COUNTED = (
    "category", "request_class", "rules", "version", "unit_id", "paused", "closed_at", "main_due", "attempts",
)  # fmt: skip


def _assessed(
    unit: str, held: Sequence[tuple[RequestState, RequestEvent | None]], rules: AssessmentRules
) -> AssessmentRow:
    """The last call-back of each request, of whichever attempt."""
    calls = [said for _state, said in held if said is not None]
    closed = sum(state.closed is not None for state, _said in held)
    return assess(unit, accepted=len(held), closed=closed, call_backs=calls, rules=rules)
