"""What awaits a district leader: overdue matters of the units in their charge, until read or instructed on.

A leader with no unit in charge (the first) is shown those of all units. Each line names the unit's head.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.accounts.roles import UNIT_HEAD
from wenpan.district.supervision.awaiting.rows import first, group, matter_line
from wenpan.district.supervision.log import matter_sets, stored_kinds
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Charge, Event, Matter
from wenpan.district.ui.awaited import AwaitedGroup

ACTS = ("instruct", "seen")


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    if not can(user, "matter.instruct"):
        return ()
    on = timezone.localdate(at)
    rows = Matter.objects.filter(waiting(user, on))
    if not (count := rows.count()):
        return ()
    found = first(rows, shown)
    heads = _heads({m.lead_id for m in found if m.lead_id})
    items = [matter_line(m, on, more=heads.get(m.lead_id or 0, "")) for m in found]
    url = reverse("supervision:overview")
    return (group("charge", _("逾期事项，待批示或阅知"), count, items, order=1, url=url, acts=ACTS),)


def waiting(user: Any, on: date) -> Q:
    """Overdue, and this leader has neither read nor instructed since the day it was due."""
    known = Event.objects.filter(
        stored_kinds.stands(),
        by=user.pk,
        kind__in=(EventKind.INSTRUCTED, EventKind.SEEN),
        at__date__gt=F("matter__due"),
    )
    charge = Charge.objects.filter(leader=user.pk).values("unit")
    mine = Q(lead__in=charge) if charge.exists() else Q(lead__isnull=False)
    return matter_sets.overdue(on) & mine & ~Q(pk__in=known.values("matter"))


def _heads(units: set[int]) -> dict[int, str]:
    rows = User.objects.filter(role=UNIT_HEAD.code, is_active=True, unit__in=units).order_by("-pk")
    return {user.unit_id or 0: _("负责人%(name)s") % {"name": user} for user in rows}
