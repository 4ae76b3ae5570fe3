"""Matters that the owner may see, as they stand or stood at the end of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from wenpan.district.accounts.permissions import own_unit_only, require
from wenpan.district.observations.frames import moment_after
from wenpan.district.sharing.api.entry import ERRORS, ByToken, json_answer, owner, within_our_time
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.events import MatterEvent, kind_of
from wenpan.district.supervision.log.matter_sets import visible
from wenpan.district.supervision.log.replay import state_after
from wenpan.district.supervision.models import Event, Matter
from wenpan.rules.sharing import sharing_rules

router = Router(auth=ByToken("matters"), tags=["matters"])
MOST = 200
LOGGED = ("matter_id", "kind", "at", "data", "by_id", "unit__code")


class MattersAsked(Schema):
    state: str = Field(
        "", description="draft registered assigned declined working answered checked closed dropped"
    )
    unit: str = Field("", description="code of the leading unit, as it is now")
    as_known_on: date | None = Field(None, description="each matter as its log stood at the end of that day")
    before: int | None = Field(None, ge=1, le=2**62, description="`next` of the page before")
    size: int = Field(50, ge=1, le=MOST)


class MatterSaid(Schema):
    """`title` is null for types whose words stay inside (rules/sharing.yaml)."""

    id: int
    number: str
    type: str
    title: str | None
    state: str
    paused: bool
    lead: str
    leader: str
    important: bool
    original_due: date | None
    due: date | None
    overdue: bool
    level: int
    assigned_on: date | None
    feedback_on: date | None
    closed_on: date | None


class MatterPage(Schema):
    """Newest first. `next`: `before` of the next page; null on the last. With `as_known_on` and `state` a
    page may hold fewer than `size`."""

    items: list[MatterSaid]
    next: int | None


@router.get("/matters", response={200: MatterPage, **ERRORS}, url_name="matters")
def matters(request: HttpRequest, asked: Query[MattersAsked]) -> HttpResponse:
    user, day = owner(request), within_our_time(asked.as_known_on)
    require(user, "matter.view", "desk.use")
    rows = visible(user).select_related("lead").order_by("-pk")
    if asked.unit:
        rows = rows.filter(lead__code=asked.unit)
    if asked.before:
        rows = rows.filter(pk__lt=asked.before)
    if day is not None:
        rows = rows.filter(created_at__lt=moment_after(day))
    elif asked.state:
        rows = rows.filter(state=asked.state)
    found = list(rows[: asked.size + 1])
    shown, more = found[: asked.size], len(found) > asked.size
    last = shown[-1].pk if shown else None
    restricted = sharing_rules().restricted_types
    today = day or timezone.localdate()
    items = [_said(row, row, row.lead.code if row.lead else "", restricted, today) for row in shown]
    if day is not None:
        items = _then(shown, day, asked.state, own_unit_only(user), restricted)
    return json_answer({"items": items, "next": last if more else None})


def _then(
    shown: list[Matter], day: date, state: str, own: bool, restricted: tuple[str, ...]
) -> list[dict[str, Any]]:
    """A unit's people never saw what was not handed over yet. Two queries."""
    hidden = {lifecycle.DRAFT, lifecycle.REGISTERED, lifecycle.DROPPED} if own else set()
    logs: dict[int, list[Any]] = {row.pk: [] for row in shown}
    events = Event.objects.filter(matter__in=logs, at__lt=moment_after(day)).order_by("matter", "sequence")
    for pk, kind, at, data, by, unit in events.values_list(*LOGGED):
        moment = timezone.localtime(at).replace(tzinfo=None)
        logs[pk].append(MatterEvent(kind_of(kind, data), moment, data, by, unit or ""))
    calendar = policy.calendar()
    then = [(row, state_after(logs[row.pk], calendar)) for row in shown]
    return [
        _said(row, now, now.lead, restricted, day)
        for row, now in then
        if now.state not in hidden and (not state or now.state == state)
    ]


def _said(row: Matter, now: Any, lead: str, restricted: tuple[str, ...], today: date) -> dict[str, Any]:
    """`now`: the matter itself, or its state of an earlier day."""
    late = now.state in (lifecycle.ASSIGNED, lifecycle.WORKING) and not now.paused
    return {
        "id": row.pk,
        "number": row.number,
        "type": row.kind,
        "title": None if row.kind in restricted else row.title,
        "state": now.state,
        "paused": now.paused,
        "lead": lead,
        "leader": row.leader,
        "important": row.important,
        "original_due": now.original_due,
        "due": now.due,
        "overdue": bool(late and now.due is not None and now.due < today),
        "level": now.level,
        "assigned_on": now.assigned_on,
        "feedback_on": now.feedback_on,
        "closed_on": now.closed_on,
    }
