"""Kinds of events for the database: the twins of `events.kind_of`, which maps the rows of old releases."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from wenpan.district.supervision.log.events import ACTS_FOR_UNIT, EventKind
from wenpan.district.supervision.models import Event


def acted_for_unit() -> Q:
    """Somebody acted for a handling unit: `lifecycle.ACTS_FOR_UNIT`."""
    return Q(kind__in=ACTS_FOR_UNIT) | Q(kind=EventKind.NOTED, data__has_key="signed_off")


def light_changed() -> Q:
    """The log was told that the light of its cause turned."""
    return Q(kind=EventKind.LIGHT_CHANGED) | Q(kind=EventKind.NOTED, by=None, data__has_key="light")


def stands() -> Q:
    """Events that were not taken back: what takes one back is the next event of its matter."""
    back = Event.objects.filter(kind=EventKind.TAKEN_BACK, matter=OuterRef("matter"))
    return ~Q(Exists(back.filter(sequence=OuterRef("sequence") + 1)))
