"""Entries of a request as the events of `economy.requests`, and what they add up to at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from wenpan.district.firms.models import RequestEntry, ServiceRequest
from wenpan.economy.requests.clock_rules import RequestRules
from wenpan.economy.requests.clocks import RequestClock, request_clocks
from wenpan.economy.requests.events import CallBackResult, EntryResult, RequestEvent, RequestEventKind
from wenpan.economy.requests.events import RequestOutcome as Outcome
from wenpan.economy.requests.lifecycle import RequestState, replay
from wenpan.rules.requests import request_rules_of
from wenpan.rules.working_days import calendar


def local(at: datetime) -> datetime:
    """A moment as the clocks read it: naive, in the place's own zone."""
    return timezone.localtime(at).replace(tzinfo=None) if timezone.is_aware(at) else at


def aware(at: datetime | None) -> datetime | None:
    return timezone.make_aware(at) if at is not None else None


def event_of(entry: RequestEntry) -> RequestEvent:
    return event_told(entry.kind, entry.at, entry.by_id, entry.data, entry.text)


def event_told(kind: str, at: datetime, by: int | None, data: Mapping[str, Any], text: str) -> RequestEvent:
    """From the columns of an entry."""
    return RequestEvent(
        at=local(at),
        kind=RequestEventKind(kind),
        by=str(by or ""),
        unit=data.get("unit", ""),
        units=tuple(data.get("units", ())),
        reason=text,
        entry=EntryResult(data["entry"]) if data.get("entry") else None,
        outcome=Outcome(data["outcome"]) if data.get("outcome") else None,
        result=CallBackResult(data["result"]) if data.get("result") else None,
        passed=data.get("passed"),
        contacted=data.get("contacted"),
        solved=data.get("solved"),
        days=data.get("days"),
        joined_to=data.get("joined_to", ""),
    )


def events_of(request: ServiceRequest) -> list[RequestEvent]:
    return [event_of(entry) for entry in request.entries.order_by("sequence")]


def unwritten_event(kind: RequestEventKind, at: datetime, text: str, data: Mapping[str, Any]) -> RequestEvent:
    """An event that is not written yet, as the log will read it."""
    return event_of(RequestEntry(kind=kind.value, at=at, text=text, data=dict(data)))


def state_of(request: ServiceRequest) -> RequestState:
    return replay(events_of(request))


def rules_of(request: ServiceRequest) -> RequestRules:
    """The set that held at the receipt; the default one where the place took that set away."""
    return request_rules_of(request.rules)


def clocks_of(
    request: ServiceRequest, at: datetime, events: Iterable[RequestEvent] | None = None
) -> tuple[RequestClock, ...]:
    """Every clock of the request at a moment."""
    return request_clocks(
        events_of(request) if events is None else events, rules_of(request), calendar=calendar(),
        at=local(at), request_class=request.request_class,
    )  # fmt: skip
