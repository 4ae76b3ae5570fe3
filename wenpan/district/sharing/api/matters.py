"""Matters that the owner may see, as they stand or stood at the end of a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from wenpan.district.accounts.permissions import own_unit_only, require
from wenpan.district.observations.frames import moment_after
from wenpan.district.sharing.api.entry import ERRORS, ByToken, owner, within_our_time
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.as_known import all_as_they_stood
from wenpan.district.supervision.log.matter_sets import visible
from wenpan.district.supervision.models import Matter
from wenpan.rules.sharing import sharing_rules

router = Router(auth=ByToken("matters"), tags=["matters"])
MOST = 200


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
def matters(request: HttpRequest, asked: Query[MattersAsked]) -> MatterPage:
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
    if day is not None:
        shown = _then(shown, day, asked.state, own_unit_only(user))
    restricted = sharing_rules().restricted_types
    today = day or timezone.localdate()
    return MatterPage(items=[_said(row, restricted, today) for row in shown], next=last if more else None)


def _then(shown: list[Matter], day: date, state: str, own: bool) -> list[Matter]:
    """A unit's people never saw what was not handed over yet."""
    hidden = {lifecycle.DRAFT, lifecycle.REGISTERED, lifecycle.DROPPED} if own else set()
    then = all_as_they_stood(shown, day)
    return [row for row in then if row.state not in hidden and (not state or row.state == state)]


def _said(row: Matter, restricted: tuple[str, ...], today: date) -> MatterSaid:
    late = row.state in (lifecycle.ASSIGNED, lifecycle.WORKING) and not row.paused and row.due is not None
    return MatterSaid(
        id=row.pk,
        number=row.number,
        type=row.kind,
        title=None if row.kind in restricted else row.title,
        state=row.state,
        paused=row.paused,
        lead=row.lead.code if row.lead else "",
        leader=row.leader,
        important=row.important,
        original_due=row.original_due,
        due=row.due,
        overdue=bool(late and row.due is not None and row.due <= today - timedelta(days=1)),
        level=row.level,
        assigned_on=row.assigned_on,
        feedback_on=row.feedback_on,
        closed_on=row.closed_on,
    )
