"""The days of matters and slips, for the calendar.

A matter's sequence counts what moves or ends its day, so that an extension is a later version of the same
entry, and a closed matter the same entry called off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.matter_sets import visible
from wenpan.district.supervision.models import Matter
from wenpan.district.supervision.slips import queries as slips
from wenpan.district.ui.dates import DEADLINE, DatedItem
from wenpan.rules.sharing import sharing_rules

MOVES = tuple(
    str(kind)
    for kind in (
        EventKind.REGISTERED, EventKind.ASSIGNED, EventKind.EXTENDED, EventKind.ROUND, EventKind.CLOSED,
        EventKind.REOPENED, EventKind.PAUSED, EventKind.RESUMED, EventKind.PASSED, EventKind.RETURNED,
        EventKind.TAKEN_BACK,
    )
)  # fmt: skip
MOST = 1000  # of one answer
NOT_YET = (lifecycle.DRAFT, lifecycle.DROPPED)


def dated(user: Any, unit: Any, since: date, until: date) -> Sequence[DatedItem]:
    return [*_matters(user, unit, since, until), *_slips(user, unit, since, until)]


def _matters(user: Any, unit: Any, since: date, until: date) -> Iterator[DatedItem]:
    rows = visible(user).filter(due__gte=since, due__lte=until).exclude(state__in=NOT_YET)
    if unit is not None:
        helped = Matter.coops.through.objects.filter(unit=unit).values("matter")
        rows = rows.filter(Q(lead=unit) | Q(pk__in=helped))
    moved = Count("events", filter=Q(events__kind__in=MOVES))
    restricted = sharing_rules().restricted_types
    for matter in rows.annotate(moved=moved).order_by("due", "pk")[:MOST]:
        yield DatedItem(
            f"matter-{matter.pk}",
            matter.due or since,
            DEADLINE,
            _("%(number)s %(title)s") % {"number": matter.number, "title": matter.title[:60]},
            reverse("supervision:matter", args=[matter.pk]),
            outside=_("督办事项 %(number)s 到期") % {"number": matter.number}
            if matter.kind in restricted
            else "",
            sequence=matter.moved,
            over=matter.state in (lifecycle.CLOSED, lifecycle.CHECKED) or matter.paused,
        )


def _slips(user: Any, unit: Any, since: date, until: date) -> Iterator[DatedItem]:
    rows = slips.visible(user).filter(answer_due__gte=since, answer_due__lte=until)
    if unit is not None:
        rows = rows.filter(unit=unit)
    for slip in rows.select_related("unit").order_by("answer_due", "pk")[:MOST]:
        over = slip.answered_at is not None or slip.withdrawn_at is not None
        yield DatedItem(
            f"slip-{slip.pk}",
            slip.answer_due or since,
            DEADLINE,
            _("%(number)s回复（%(unit)s）") % {"number": slip.number, "unit": slip.unit.short_name},
            reverse("supervision:slip", args=[slip.pk]),
            sequence=int(over),
            over=over,
        )
