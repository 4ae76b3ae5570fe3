"""Which matters a person may act on now, for the database: twins of the rules of `available_actions`.

`rows_for(user, SIGN, on)` holds exactly for the matters of which `refusal(…, SIGN)` is None; a test walks
both through every state for every person. The state stands first: a database that reads a condition from left
to right looks into the log of those only that are there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wenpan.district.accounts.permissions import can
from wenpan.district.supervision.log import lifecycle, policy, stored_kinds
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.matters import available_actions as may
from wenpan.district.supervision.models import Event, Matter, Proposal

NONE = Q(pk__in=[])


def _states(kind: EventKind) -> Q:
    """Where the kind may happen; while a matter is paused only some do."""
    found = Q(state__in=lifecycle.STEPS[kind][0])
    return found if kind in lifecycle.WHILE_PAUSED else found & Q(paused=False)


def _leads(user: Any) -> Q:
    return Q(lead=user.unit_id) if can(user, "desk.use") and user.unit_id else NONE


def _helps(user: Any) -> Q:
    helped = Matter.coops.through.objects.filter(matter=OuterRef("pk"), unit=user.unit_id)
    return Q(Exists(helped)) if user.unit_id else NONE


def _apart(user: Any, permission: str) -> Q:
    """Not of a handling unit, and never acted for one on it."""
    if not can(user, permission):
        return NONE
    if not policy.office().check_from_handling:
        return Q()
    acted = Event.objects.filter(stored_kinds.acted_for_unit(), matter=OuterRef("pk"), by=user.pk)
    found = ~Q(Exists(acted))
    if user.unit_id:
        found &= (Q(lead=None) | ~Q(lead=user.unit_id)) & ~_helps(user)
    return found


def _register(user: Any) -> Q:
    if not can(user, "matter.register"):
        return NONE
    own = ~Q(created_by=user.pk) if policy.office().register_from_drafting else Q()
    from_paper = Proposal.objects.filter(matter=OuterRef("pk"), state=Proposal.State.CONFIRMED)
    led = Q(Exists(from_paper.filter(lead__isnull=False))) | ~Q(Exists(from_paper))
    return _states(EventKind.REGISTERED) & own & led


def _assign(user: Any) -> Q:
    return _states(EventKind.ASSIGNED) if can(user, "matter.assign") else NONE


def _sign(user: Any) -> Q:
    return _leads(user) & _states(EventKind.SIGNED)


def _feed_back(user: Any) -> Q:
    if not can(user, "desk.use") or not user.unit_id:
        return NONE
    first = _leads(user) & Q(state=lifecycle.ASSIGNED, paused=False)  # a lead signs by its feedback
    return first | ((_leads(user) | _helps(user)) & _states(EventKind.FEEDBACK))


def _check(user: Any) -> Q:
    return Q(state=lifecycle.ANSWERED, paused=False) & _apart(user, "matter.check")


def _close(user: Any) -> Q:
    open_parts = Matter.objects.filter(parent__isnull=False).exclude(state__in=lifecycle.ENDED)
    whole = ~Q(pk__in=open_parts.values("parent"))  # hardly any matter is a part: asked once, not a matter
    return _states(EventKind.CLOSED) & whole & _apart(user, "matter.close")


def _decide(user: Any) -> Q:
    asked = Q(extension_asked__isnull=False) & _states(EventKind.EXTENDED)
    return asked & _apart(user, "matter.extend")


def _of_leaders(user: Any, kind: EventKind) -> Q:
    return _states(kind) if can(user, "matter.instruct") else NONE


def _resume(user: Any) -> Q:
    return Q(paused=True) & _states(EventKind.RESUMED) & _apart(user, "matter.extend")


_ROWS: dict[str, Callable[[Any], Q]] = {
    may.REGISTER.code: _register,
    may.ASSIGN.code: _assign,
    may.SIGN.code: _sign,
    may.FEED_BACK.code: _feed_back,
    may.CHECK.code: _check,
    may.CLOSE.code: _close,
    may.DECIDE.code: _decide,
    may.RESUME.code: _resume,
    may.INSTRUCT.code: lambda user: _of_leaders(user, EventKind.INSTRUCTED),
    may.SEEN.code: lambda user: _of_leaders(user, EventKind.SEEN),
}
TWINS = (*_ROWS, may.URGE.code)


def rows_for(user: Any, action: may.MatterAction, on: date) -> Q:
    """`on`: today, for what may be done once a day."""
    if action is may.URGE:
        return _urge(user, on)
    return _ROWS[action.code](user)


def _urge(user: Any, on: date) -> Q:
    if not can(user, "matter.assign"):
        return NONE
    return _states(EventKind.URGED) & ~urged_since(on)


def urged_since(day: date) -> Q:
    """The office has asked again on that day or later."""
    since = timezone.make_aware(datetime.combine(day, time()))
    urged = Event.objects.filter(stored_kinds.stands(), kind=EventKind.URGED, at__gte=since)
    return Q(Exists(urged.filter(matter=OuterRef("pk"))))
