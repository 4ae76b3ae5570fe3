"""Common problems as far as a person may see them, requests that may belong together, the month's draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.common.alike import draw_share, most_alike
from wenpan.district.firms.models import CommonProblem, RequestEntry, ServiceRequest
from wenpan.economy.requests.counts import month_span

NEAR, MOST = timedelta(days=180), 400


def problems_of(user: Any, show: str = "open") -> QuerySet[CommonProblem]:
    """Of which the person sees a request, or whose unit is in charge; each with `firms` and `asked`."""
    scope = firm_scope(user)
    rows = CommonProblem.objects.all()
    if not scope.everything:
        seen = ServiceRequest.objects.filter(scope.requests()).values("pk")
        own = CommonProblem.objects.filter(Q(requests__in=seen) | Q(lead_id=scope.unit or 0)).values("pk")
        rows = rows.filter(pk__in=own)
    if show != "all":
        rows = rows.filter(closed_on__isnull=show == "open")
    counted = {"firms": Count("requests__firm", distinct=True), "asked": Count("requests", distinct=True)}
    return rows.select_related("lead", "raised_by").annotate(**counted)


def alike_requests(request: ServiceRequest, user: Any) -> list[ServiceRequest]:
    """Requests of other firms, of the same category and half a year, that say nearly the same."""
    rows = ServiceRequest.objects.filter(
        firm_scope(user).requests(), category=request.category,
        received_at__range=(request.received_at - NEAR, request.received_at + NEAR),
    ).exclude(firm=request.firm_id)  # fmt: skip
    titles = list(rows.order_by("-received_at").values_list("pk", "title")[:MOST])
    keys = most_alike(request.title, titles)
    found = ServiceRequest.objects.select_related("firm").in_bulk(keys)
    return [found[key] for key in keys]


@dataclass(frozen=True)
class WithdrawnDraw:
    """The month's withdrawn requests that the handler wished to withdraw, and which of them are inspected."""

    month: str
    of: int
    rows: tuple[ServiceRequest, ...]
    inspected: frozenset[int]

    @property
    def waiting(self) -> tuple[ServiceRequest, ...]:
        return tuple(row for row in self.rows if row.pk not in self.inspected)


def withdrawn_draw(year: int, month: int) -> WithdrawnDraw:
    """Where it is not said who wished it, the handler may have: those are drawn from as well."""
    first, last = month_span(year, month)
    begin = timezone.make_aware(datetime.combine(first, time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    closed = RequestEntry.objects.filter(kind="closed", at__gte=begin, at__lt=end, data__outcome="withdrawn")
    own = {row.request_id for row in closed.only("request_id", "data") if row.data.get("wished_by") != "firm"}
    rows = {
        row.number: row for row in ServiceRequest.objects.filter(pk__in=own).select_related("firm", "unit")
    }
    name = f"{year}-{month:02d}"
    chosen = tuple(rows[number] for number in draw_share(name, list(rows)))
    seen = RequestEntry.objects.filter(kind="inspected", request__in=[row.pk for row in chosen])
    return WithdrawnDraw(name, len(rows), chosen, frozenset(seen.values_list("request_id", flat=True)))


@dataclass(frozen=True)
class AskedProblem:
    """A stable read for rooms above: a common problem for which supervision was asked."""

    pk: int
    title: str
    lead: Any
    asked_on: date
    firms: int
    requests: int


def asked_problems() -> list[AskedProblem]:
    rows = CommonProblem.objects.filter(asked_on__isnull=False, closed_on=None).select_related("lead")
    counted = rows.annotate(
        firms=Count("requests__firm", distinct=True), asked=Count("requests", distinct=True)
    )
    return [
        AskedProblem(row.pk, row.title, row.lead, row.asked_on, row.firms, row.asked)
        for row in counted.order_by("asked_on", "pk")
        if row.asked_on is not None
    ]
