"""A city's tickets into the room, all or nothing, and out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.firms.imports.plans import TicketLine
from wenpan.district.firms.ledger.actions import UNNAMED, derived_names
from wenpan.district.firms.models import Firm, RequestEntry, ServiceRequest
from wenpan.district.firms.requests.actions import last_serial
from wenpan.district.firms.requests.append import derive, derived_columns
from wenpan.district.firms.requests.event_log import events_of, unwritten_event
from wenpan.district.ground.journal.actions import hold
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.economy.requests.events import RequestEvent, RequestEventKind
from wenpan.rules.requests import request_rules_in_force

_BATCH = 500


@transaction.atomic
def store_tickets(*, submission: Submission, plan: Sequence[TicketLine], by: User, at: datetime) -> None:
    """Registers new tickets and carries known ones further. Raises Refused "clash" where a request moved
    since the plan."""
    require(by, "intake.accept")
    hold()
    firms = _firms(plan)
    made: list[ServiceRequest] = []
    entries: list[RequestEntry] = []
    helped: list[tuple[ServiceRequest, list[Unit]]] = []
    serials: dict[int, int] = {}
    for line in plan:
        if line.current is not None:
            entries += _further(line, submission)
            continue
        request = _new(line, firms, submission, serials)
        own = _entries(line, request, 0, submission)
        columns, assists = derived_columns(request, [_event(e) for e in own], at)
        for name, value in columns.items():
            setattr(request, name, value)
        made.append(request)
        entries += own
        if assists:
            helped.append((request, assists))
    ServiceRequest.objects.bulk_create(made, batch_size=_BATCH)
    for entry in entries:
        entry.request_id = entry.request.pk  # the requests were not saved when these were made
    RequestEntry.objects.bulk_create(entries, batch_size=_BATCH)
    for request, units in helped:
        request.assists.set(units)
    for line in plan:
        if line.current is not None and line.events:
            derive(request=line.current, at=at)


def _firms(plan: Sequence[TicketLine]) -> dict[str, Firm]:
    """The firms that the tickets name for the first time, and the row for those that name none, by name."""
    fresh: dict[str, Firm] = {}
    for line in plan:
        if line.new_firm and line.new_firm not in fresh:
            values = {"name": line.row.firm, "uscc": line.row.uscc}
            fresh[line.new_firm] = Firm(**values, **derived_names(values=values))
    Firm.objects.bulk_create(fresh.values(), batch_size=_BATCH)
    if any(line.current is None and line.firm is None and not line.new_firm for line in plan):
        held = Firm.objects.filter(state=Firm.State.UNNAMED).first()
        names = {"name": UNNAMED}
        fresh[""] = held or Firm.objects.create(
            **names, **derived_names(values=names), state=Firm.State.UNNAMED
        )
    return fresh


def _new(
    line: TicketLine, firms: dict[str, Firm], submission: Submission, serials: dict[int, int]
) -> ServiceRequest:
    row = line.row
    year = row.received.year
    serials[year] = serials[year] + 1 if year in serials else last_serial(year=year) + 1
    rules = request_rules_in_force(row.received.date())
    return ServiceRequest(
        number=f"{year}-S{serials[year]:04d}", year=year, serial=serials[year],
        firm=line.firm or firms[line.new_firm], title=row.title, text=row.text, channel=row.channel,
        category=row.category, request_class=rules.default_class, rules=rules.code, foreign_number=row.number,
        received_at=timezone.make_aware(row.received), version=len(line.events), submission=submission,
    )  # fmt: skip


def _entries(
    line: TicketLine, request: ServiceRequest, after: int, submission: Submission
) -> list[RequestEntry]:
    return [
        RequestEntry(
            request=request, sequence=after + number, kind=event.kind.value, at=timezone.make_aware(event.at),
            text=event.text[:2000], data=dict(event.data), submission=submission,
        )
        for number, event in enumerate(line.events, 1)
    ]  # fmt: skip


def _event(entry: RequestEntry) -> RequestEvent:
    return unwritten_event(RequestEventKind(entry.kind), entry.at, entry.text, entry.data)


def _further(line: TicketLine, submission: Submission) -> list[RequestEntry]:
    request = line.current
    assert request is not None
    held = ServiceRequest.objects.filter(pk=request.pk, version=request.version)
    if held.update(version=request.version + len(line.events)) != 1:
        raise Refused("clash", _("诉求%(number)s刚被别人办过，请重新核对。") % {"number": request.number})
    return _entries(line, request, request.version, submission)


@transaction.atomic
def undo_tickets(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """Takes a file back. Refused "later_batch" where somebody acted since on a request that it touched."""
    require(by, "intake.undo")
    hold()
    entries = RequestEntry.objects.filter(submission=submission)
    newest: dict[int, int] = {}
    for pk, sequence in entries.values_list("request_id", "sequence"):
        newest[pk] = max(sequence, newest.get(pk, 0))
    for request in ServiceRequest.objects.filter(pk__in=entries.values("request")):
        last = request.entries.order_by("-sequence").first()
        if last is not None and last.sequence > newest[request.pk]:
            raise Refused(
                "later_batch",
                _("诉求%(number)s后来又有人办过，不能整批撤回。") % {"number": request.number},
            )
    RequestEntry.objects.filter(submission=submission).update(retracted=True)
    ServiceRequest.objects.filter(submission=submission).update(retracted=True)
    for request in ServiceRequest.objects.filter(pk__in=list(newest)):  # carried further, now as before
        if events_of(request):
            derive(request=request, at=at)
