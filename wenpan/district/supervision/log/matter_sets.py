"""Which matters a person may see, and the sets that every page counts by.

One definition each: what is open, overdue, silent, paused; for pages, weekly check, bulletin and scores.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, own_unit_only
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.models import Matter

OPEN = tuple(sorted(lifecycle.OPEN))
WITH_UNIT = tuple(sorted(lifecycle.WITH_UNIT))
LATE_IN = (lifecycle.ASSIGNED, lifecycle.WORKING)


def visible(user: User) -> QuerySet[Matter]:
    """All matters, or for a unit's people those that it leads or cooperates in, once handed over."""
    if can(user, "matter.view") and not own_unit_only(user):
        return Matter.objects.all()
    if not can(user, "desk.use") or user.unit_id is None:
        return Matter.objects.none()
    mine = Q(lead=user.unit_id) | Q(
        pk__in=Matter.coops.through.objects.filter(unit=user.unit_id).values("matter")
    )
    return Matter.objects.filter(mine).exclude(
        state__in=[lifecycle.DRAFT, lifecycle.REGISTERED, lifecycle.DROPPED]
    )


def matter_for(user: User, pk: int) -> Matter:
    """Http404 for what the person may not see: its existence is nobody else's business."""
    found = get_object_or_404(visible(user).select_related("lead", "source", "parent"), pk=pk)
    if not isinstance(found, Matter):
        raise Http404
    return found


def is_open() -> Q:
    return Q(state__in=OPEN)


def overdue(on: date) -> Q:
    """As `lifecycle.is_overdue`, for the database."""
    return Q(state__in=LATE_IN, paused=False, due__lt=on)


def due_between(first: date, last: date) -> Q:
    return Q(state__in=LATE_IN, paused=False, due__gte=first, due__lte=last)


def red(on: date) -> Q:
    return overdue(on)


def yellow(on: date) -> Q:
    """As `lifecycle.light`, for the database."""
    soon = on + timedelta(days=policy.office().soon_days)
    with_unit = Q(state__in=LATE_IN, paused=False) & ~Q(due__lt=on)
    return (
        (with_unit & Q(due__lte=soon))
        | Q(state=lifecycle.DECLINED, paused=False)
        | (Q(state=lifecycle.WORKING, returned__gt=0, paused=False) & (Q(due=None) | Q(due__gte=on)))
    )


def of_light(light: str, on: date) -> Q:
    """Matters of one light, each of exactly one: `light_of` for the database. All for another word."""
    none = Q(state__in=[lifecycle.DRAFT, lifecycle.REGISTERED, lifecycle.DROPPED]) | Q(paused=True)
    known = {
        "RED": red(on),
        "YELLOW": yellow(on),
        "UNKNOWN": none,
        "GREEN": ~none & ~red(on) & ~yellow(on),
    }
    return known.get(light, Q())


def silent(on: date) -> Q:
    """No word from the unit for longer than the office allows, although it has the matter."""
    since = on - timedelta(days=policy.office().silent_days)
    heard = Q(feedback_on__lt=since) | Q(feedback_on=None, assigned_on__lt=since)
    return Q(state__in=LATE_IN, paused=False) & heard


def idle(on: date) -> Q:
    """空转: an open matter without owner, without deadline, or without news. The list should be empty."""
    open_ = Q(state__in=(*WITH_UNIT, lifecycle.REGISTERED, lifecycle.DECLINED), paused=False)
    return (open_ & (Q(lead=None) | Q(due=None))) | Q(state=lifecycle.DECLINED) | silent(on)


def light_of(matter: Matter, on: date) -> str:
    """The light from the derived columns; the same as `lifecycle.light` of the fold."""
    now = lifecycle.MatterState(
        state=matter.state, paused=matter.paused, due=matter.due, returned=matter.returned
    )
    return lifecycle.light(now, on, policy.office().soon_days)
