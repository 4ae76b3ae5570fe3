"""企业诉求: those in hand, by their own events and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.checkup.checks.base import CheckupCondition, CheckupGap, QueryCheck, SortPaths
from wenpan.district.checkup.policy import CheckedObject
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.models import RequestEntry, ServiceRequest
from wenpan.district.firms.models.requests import OPEN
from wenpan.economy.time.clock import last_moment


def _rows(user: User | None) -> QuerySet[ServiceRequest]:
    rows = ServiceRequest.objects.filter(phase__in=OPEN, joined_to=None)
    return rows if user is None else rows.filter(firm_scope(user).requests())


def _conditions(at: datetime, rules: CheckedObject) -> Mapping[str, CheckupCondition]:
    def before(aspect: str) -> datetime:
        return at - timedelta(days=rules.days(aspect))

    lately = RequestEntry.objects.filter(request=OuterRef("pk"), at__gte=before("fresh"))
    return {
        "owned": CheckupCondition(Q(unit=None), Q(received_at__lte=before("owned"))),
        "fresh": CheckupCondition(~Q(Exists(lately))),
        "assessed": CheckupCondition(Q(accepted_at=None), Q(received_at__lte=before("assessed"))),
        "finished": CheckupCondition(Q(next_due__lt=at), Q(paused=False)),
    }


def _gap(r: ServiceRequest, aspect: str, at: datetime, _rules: CheckedObject) -> CheckupGap:
    on, since = timezone.localdate(at), timezone.localdate(r.received_at)
    if aspect == "finished" and r.next_due is not None:
        since = timezone.localdate(last_moment(r.next_due))
    days = {"n": (on - since).days}
    reason = {
        "owned": _("登记%(n)s天，还没有分到单位"),
        "fresh": _("久无办理记录，登记已%(n)s天"),
        "assessed": _("登记%(n)s天，还没有受理"),
        "finished": _("超过时限%(n)s天"),
    }[aspect] % days
    if aspect == "finished" and not days["n"]:
        reason = _("今天超过时限")
    unit = r.unit.short_name if r.unit else ""
    url = reverse("firms:request", args=[r.pk])
    return CheckupGap(r.title, url, unit, reason, since, f"{r.number} · {r.firm.name}")


CHECK = QueryCheck(
    "request",
    lambda user: can(user, "firm.view"),
    _rows,
    _conditions,
    _gap,
    SortPaths("title", "unit__short_name", "received_at"),
    ("unit", "firm"),
)
