"""督办事项: by the sets that list, weekly check and bulletin count by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.checkup.checks.base import CheckupCondition, CheckupGap, QueryCheck, SortPaths
from wenpan.district.checkup.policy import CheckedObject
from wenpan.district.supervision.log import lifecycle, matter_sets
from wenpan.district.supervision.models import Matter

_LIVE = [state for state in matter_sets.OPEN if state != lifecycle.DRAFT]


def _rows(user: User | None) -> QuerySet[Matter]:
    rows = Matter.objects.all() if user is None else matter_sets.visible(user)
    return rows.filter(state__in=_LIVE)


def _conditions(at: datetime, rules: CheckedObject) -> Mapping[str, CheckupCondition]:
    on = timezone.localdate(at)
    since = on - timedelta(days=rules.days("assessed"))
    registered = Q(state=lifecycle.REGISTERED)
    return {
        "owned": CheckupCondition(Q(lead=None) | Q(state=lifecycle.DECLINED)),
        "fresh": CheckupCondition(matter_sets.silent(on), Q(state__in=matter_sets.LATE_IN, paused=False)),
        "assessed": CheckupCondition(Q(feedback_on__lt=since), Q(state=lifecycle.ANSWERED)),
        "finished": CheckupCondition(
            matter_sets.overdue(on) | Q(due=None),
            Q(paused=False) & (registered | Q(state__in=matter_sets.WITH_UNIT)),
        ),
    }


def _gap(m: Matter, aspect: str, at: datetime, rules: CheckedObject) -> CheckupGap:
    on = timezone.localdate(at)
    heard = m.feedback_on or m.assigned_on
    since = {"fresh": heard, "assessed": m.feedback_on, "finished": m.due}.get(aspect)
    days = {"n": (on - since).days} if since else {"n": 0}
    if aspect == "owned":
        declined = m.state == lifecycle.DECLINED
        reason = _("单位已退回，没有承办单位") if declined else _("没有牵头单位")
    elif aspect == "fresh":
        reason = (_("%(n)s天没有反馈") if m.feedback_on else _("交办%(n)s天没有反馈")) % days
    elif aspect == "assessed":
        reason = _("报结%(n)s天，还没有核查") % days
    else:
        reason = _("逾期%(n)s天") % days if since else _("没有办理时限")
    url = reverse("supervision:matter", args=[m.pk])
    unit = m.lead.short_name if m.lead else ""
    return CheckupGap(m.title, url, unit, reason, since, m.number)


CHECK = QueryCheck(
    "matter",
    lambda user: can(user, "matter.view", "desk.use"),
    _rows,
    _conditions,
    _gap,
    SortPaths("title", "lead__short_name", "due"),
    ("lead",),
)
