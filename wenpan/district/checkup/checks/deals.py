"""招商项目: that are still pursued, each once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.attraction.models import Deal
from wenpan.district.attraction.scope import deals_of
from wenpan.district.checkup.checks.base import CheckupCondition, CheckupGap, QueryCheck, SortPaths
from wenpan.district.checkup.policy import CheckedObject
from wenpan.economy.funnel.stages import LABELS, Stage


def _rows(user: User | None) -> QuerySet[Deal]:
    rows = Deal.objects.filter(retracted=False) if user is None else deals_of(user)
    return rows.filter(duplicate_of=None, ended_on=None)


def _conditions(at: datetime, rules: CheckedObject) -> Mapping[str, CheckupCondition]:
    on = timezone.localdate(at)
    since = on - timedelta(days=rules.days("fresh"))
    proven = Q(standing__unproven={}) | Q(standing__unproven=None)
    return {
        "owned": CheckupCondition(Q(unit=None)),
        "fresh": CheckupCondition(Q(moved_on=None) | Q(moved_on__lt=since)),
        "assessed": CheckupCondition(Q(standing__has_key="unproven") & ~proven, ~Q(stage="")),
        "finished": CheckupCondition(
            Q(next_on__lt=on) | Q(lead_due__lt=at), Q(next_on__isnull=False) | Q(lead_due__isnull=False)
        ),
    }


def _gap(d: Deal, aspect: str, at: datetime, _rules: CheckedObject) -> CheckupGap:
    on, since = timezone.localdate(at), None
    if aspect == "owned":
        reason = _("没有责任单位")
    elif aspect == "fresh":
        since = d.moved_on
        reason = _("%(n)s天没有进展") % {"n": (on - since).days} if since else _("没有登记过进展")
    elif aspect == "assessed":
        known = {stage.value: str(LABELS[stage]) for stage in Stage}
        lacking = d.standing.get("unproven", {})
        parts = [f"“{known.get(stage, stage)}”缺{'、'.join(words)}" for stage, words in lacking.items()]
        reason = "；".join(parts)
    elif d.next_on is not None and d.next_on < on:
        since = d.next_on
        reason = _("下一步“%(step)s”已过期%(n)s天") % {"step": d.next_step, "n": (on - since).days}
    else:
        since = timezone.localdate(d.lead_due) if d.lead_due else None
        reason = _("线索时限已过")
    unit = d.unit.short_name if d.unit else ""
    return CheckupGap(d.name, reverse("attraction:deal", args=[d.pk]), unit, reason, since, d.code)


CHECK = QueryCheck(
    "deal",
    lambda user: can(user, "deal.view"),
    _rows,
    _conditions,
    _gap,
    SortPaths("name", "unit__short_name", "moved_on"),
    ("unit",),
)
