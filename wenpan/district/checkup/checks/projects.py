"""项目: those in the library at the newest month. Names and reasons only, no figure of a single return."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.checkup.checks.base import CheckupCondition, CheckupGap, QueryCheck, SortPaths
from wenpan.district.checkup.policy import CheckedObject
from wenpan.district.projects.base.scope import ALL, scope_of
from wenpan.district.projects.models import Outlook, Return, Standing


def _rows(user: User | None) -> QuerySet[Standing]:
    scope = ALL if user is None else scope_of(user)
    newest = Outlook.objects.order_by("-month").values("month")[:1]
    rows = Standing.objects.filter(month__in=newest, in_library=True, project__retracted=False)
    return rows.filter(scope.projects("project__"))


def _conditions(at: datetime, _rules: CheckedObject) -> Mapping[str, CheckupCondition]:
    on = timezone.localdate(at)
    handed_in = Return.objects.filter(
        project=OuterRef("project"), period=OuterRef("month"), superseded_at=None
    )
    town = Q(project__unit__isnull=False, project__unit__active_to=None)
    office = Q(project__department__isnull=False, project__department__active_to=None)
    return {
        "owned": CheckupCondition(~(town | office)),
        "fresh": CheckupCondition(~Q(Exists(handed_in))),
        "assessed": CheckupCondition(Q(light__in=["", "UNKNOWN"])),
        "finished": CheckupCondition(
            Q(finished=False), Q(project__planned_finish__gt="", project__planned_finish__lt=f"{on:%Y-%m}")
        ),
    }


def _gap(s: Standing, aspect: str, _at: datetime, _rules: CheckedObject) -> CheckupGap:
    p = s.project
    reason = {
        "owned": _("没有镇街和主管部门，或单位已不在册"),
        "fresh": _("%(month)s的月报没有交") % {"month": s.month},
        "assessed": "；".join(map(str, s.reasons)) or _("没有灯"),
        "finished": _("计划%(month)s竣工，还没有完成") % {"month": p.planned_finish},
    }[aspect]
    unit = p.unit or p.department
    url = reverse("projects:project", args=[p.pk])
    return CheckupGap(p.name, url, unit.short_name if unit else "", reason, None, p.code)


CHECK = QueryCheck(
    "project",
    lambda user: can(user, "project.view"),
    _rows,
    _conditions,
    _gap,
    SortPaths("project__pinyin", "project__unit__short_name"),
    ("project", "project__unit", "project__department"),
)
