"""The month's service numbers, kept for a minute and no longer than nothing happens to any request.

Its key is the month and a stamp of the room: how many requests there are, how often they were written and the
last event. What becomes late by the clock alone is seen within the minute.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.db.models import Count, Max, Sum
from django.utils import timezone

from wenpan.district.firms.models import RequestEntry, ServiceRequest
from wenpan.district.firms.requests.queries import ServiceReport, service_report

KEEP = 60  # seconds


def cached_report(month: tuple[int, int] | None) -> ServiceReport:
    asked = repr((month, timezone.localdate(), _stamp()))
    key = f"firms.service:{hashlib.sha256(asked.encode()).hexdigest()}"
    found: ServiceReport | None = cache.get(key)
    if found is None:
        found = service_report(month)
        cache.set(key, found, KEEP)
    return found


def _stamp() -> tuple[object, ...]:
    rows = ServiceRequest.objects.order_by()
    known = rows.aggregate(n=Count("pk"), v=Sum("version"), r=Max("received_at"), c=Max("closed_at"))
    last = RequestEntry.objects.order_by("-pk").values_list("pk", "at").first()
    return (*known.values(), last)
