"""The one step by which anything happens to a request: entry, derived columns and journal, or nothing.

A request carries the sequence of its last entry as version; of two people who act at once one is refused with
"clash". What the events allow is said by `economy.requests.event_rules`; permissions are the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.firms.models import RequestEntry, ServiceRequest
from wenpan.district.firms.requests.event_log import aware, clocks_of, event_of, events_of, rules_of
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.economy.requests.clocks import RequestClockState
from wenpan.economy.requests.event_rules import event_refusal
from wenpan.economy.requests.events import RequestEvent, RequestEventKind
from wenpan.economy.requests.lifecycle import Phase, replay
from wenpan.rules.working_days import calendar

RUNNING = (RequestClockState.OPEN, RequestClockState.LATE)


def request_address(request: ServiceRequest) -> str:
    return f"request:{request.number}"


@transaction.atomic
def append(
    *,
    request: ServiceRequest,
    kind: RequestEventKind,
    by: User | None,
    text: str = "",
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    seen: int | None = None,
) -> RequestEntry:
    """Raises Refused: "state" (not now, and why), "clash" (somebody else acted since `seen`)."""
    at = at or timezone.now()
    hold()
    version = request.version if seen is None else seen
    if ServiceRequest.objects.filter(pk=request.pk, version=version).update(version=version + 1) != 1:
        raise Refused("clash", _("这件诉求刚被别人办过，请刷新后再看。"))
    entry = RequestEntry(
        request=request,
        sequence=version + 1,
        kind=kind.value,
        at=at,
        by=by,
        unit=getattr(by, "unit", None),
        text=text.strip()[:2000],
        data=dict(data or {}),
    )
    if kind is not RequestEventKind.RECEIVED:
        within = rules_of(request).reopen_within
        said = event_refusal(replay(events_of(request)), event_of(entry), reopen_within=within)
        if said:
            raise Refused("state", said + "。")
    entry.save(force_insert=True)
    derive(request=request, at=at)
    record(
        by=by,
        action=f"request.{kind.value}",
        subject=request_address(request),
        at=at,
        summary=f"{kind.label} {request.number} {request.title[:80]} {entry.text[:120]}".strip(),
        detail={"sequence": entry.sequence, **entry.data},
    )
    return entry


def derive(*, request: ServiceRequest, at: datetime) -> ServiceRequest:
    """Writes the columns that the events say. Called by `append`; harmless to call again."""
    columns, assists = derived_columns(request, events_of(request), at)
    ServiceRequest.everything.filter(pk=request.pk).update(**columns)
    request.assists.set(assists)
    request.refresh_from_db()
    return request


def derived_columns(
    request: ServiceRequest, events: Sequence[RequestEvent], at: datetime
) -> tuple[dict[str, Any], list[Unit]]:
    """The columns under "as the events say", and the assisting units."""
    state = replay(events)
    clocks = clocks_of(request, at, events)
    running = sorted(
        (clock.due, clock.code)
        for clock in clocks
        if clock.due and clock.ended is None and clock.state in RUNNING
    )
    main = next((clock for clock in clocks if clock.code == rules_of(request).main), None)
    codes = [code for code in (state.unit, *state.units) if code]
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)} if codes else {}
    joined = ServiceRequest.objects.filter(number=state.joined_to).first() if state.joined_to else None
    columns = {
        "phase": state.phase.value,
        "unit": units.get(state.unit),
        "paused": state.paused,
        "joined_to": joined,
        "outcome": state.outcome.value if state.outcome else "",
        "accepted_at": aware(state.accepted),
        "replied_at": aware(state.replied),
        "closed_at": aware(state.closed),
        "attempts": len(state.attempts),
        "next_due": aware(running[0][0]) if running and state.is_open else None,
        "next_clock": running[0][1] if running and state.is_open else "",
        "main_due": aware(main.due) if main else None,
        "call_back_due": _call_back_due(request, state),
    }
    return columns, [units[code] for code in state.units if code in units]


def _call_back_due(request: ServiceRequest, state: Any) -> datetime | None:
    """The end of the working day by which the firm is asked, by the class; None unless it waits for that."""
    if state.phase is not Phase.CHECKED or state.checked is None:
        return None
    days = rules_of(request).call_back_days(request.request_class)
    day = calendar().working_days_after(state.checked.date(), days)
    spans = calendar().spans_on(day)
    return aware(datetime.combine(day, spans[-1][1] if spans else time(17, 30)))
