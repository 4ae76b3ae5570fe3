"""Requests that have become causes: late for longer than a while, or open for so long that they are 久拖不决.

A stable read for rooms above. One request one cause; a duplicate that was joined to another is closed and is
none. Red: old by the place's set, or past its longest limit; yellow: late for as many working days as asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.firms.models import ServiceRequest
from wenpan.district.firms.models.requests import OPEN
from wenpan.district.firms.requests.event_log import clocks_of, rules_of
from wenpan.rules.requests import request_rules
from wenpan.rules.working_days import calendar


@dataclass(frozen=True)
class LateRequest:
    request: int
    number: str
    title: str
    firm: str
    unit: Unit | None
    light: str  # RED | YELLOW
    reasons: tuple[str, ...]
    url: str


def late_requests(on: date, *, late_by: int = 5, most: int | None = None) -> list[LateRequest]:
    """Of the requests that are open now and were received by `on`; `late_by` in working days after the due
    day. Longest open first; `most`: so many of these are looked at."""
    midnight = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    rows = ServiceRequest.objects.filter(phase__in=OPEN, received_at__lt=midnight)
    soonest = min(rules.old_after for rules in request_rules().values())
    rows = rows.filter(Q(main_due__lt=midnight) | Q(received_at__lt=midnight - timedelta(days=soonest)))
    found = []
    for row in rows.select_related("firm", "unit").order_by("received_at", "pk")[:most]:
        reds, yellows = _reasons(row, on, late_by)
        if reds or yellows:
            found.append(
                LateRequest(
                    row.pk, row.number, row.title, row.firm.name, row.unit, "RED" if reds else "YELLOW",
                    tuple(reds + yellows), reverse("firms:request", args=[row.pk]),
                )
            )  # fmt: skip
    return found


def _reasons(row: ServiceRequest, on: date, late_by: int) -> tuple[list[str], list[str]]:
    rules = rules_of(row)
    reds, yellows = list[str](), list[str]()
    received = timezone.localdate(row.received_at)
    if (on - received).days > rules.old_after:
        reds.append(_("%(day)s登记，已超过%(n)s天未办结") % {"day": received, "n": rules.old_after})
    at = timezone.make_aware(datetime.combine(on, time()))
    for clock in clocks_of(row, at):
        if clock.due is None or clock.ended is not None or not clock.is_late:
            continue
        if clock.code == rules.main and calendar().working_days_after(clock.due.date(), late_by) <= on:
            yellows.append(_("%(clock)s应于%(day)s完成") % {"clock": clock.name, "day": clock.due.date()})
        elif clock.code == rules.extension.up_to:
            reds.append(_("已超过%(clock)s时限%(day)s") % {"clock": clock.name, "day": clock.due.date()})
    return reds, yellows
