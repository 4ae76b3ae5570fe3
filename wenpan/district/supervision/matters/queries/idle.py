"""空转清单: why each of its matters is there, and what to do about it. The list should be empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from wenpan.district.supervision.log import lifecycle, matter_sets, policy
from wenpan.district.supervision.models import Matter

REASONS = ("owner", "deadline", "news")


@dataclass(frozen=True)
class Gap:
    """What a matter lacks, and the next move of the office."""

    code: str
    words: str
    todo: str


def gaps(on: date, reason: str = "") -> QuerySet[Matter]:
    """The list, or the part of it that lacks one thing; those that wait longest first."""
    wanted = matter_sets.idle(on)
    if reason in REASONS:
        wanted &= lacking(reason, on)
    return Matter.objects.filter(wanted).select_related("lead", "source").order_by("created_at", "pk")


def lacking(reason: str, on: date) -> Q:
    owner = Q(lead=None) | Q(state=lifecycle.DECLINED)
    return {"owner": owner, "deadline": Q(due=None), "news": matter_sets.silent(on)}[reason]


def counts(on: date) -> dict[str, int]:
    """One query; a matter that lacks two things is counted under both, once in `all`."""
    parts = {reason: Count("pk", filter=lacking(reason, on)) for reason in REASONS}
    return Matter.objects.filter(matter_sets.idle(on)).order_by().aggregate(all=Count("pk"), **parts)


def of(matter: Matter, on: date) -> list[Gap]:
    """As `lacking`, from the columns of one matter."""
    found = []
    if matter.state == lifecycle.DECLINED:
        found.append(Gap("owner", _("单位已退回，没有承办单位"), _("重新交办")))
    elif matter.lead_id is None:
        found.append(Gap("owner", _("没有牵头单位"), _("交办到单位")))
    if matter.due is None:
        found.append(Gap("deadline", _("没有办理时限"), _("交办时定下时限")))
    since = on - timedelta(days=policy.office().silent_days)
    heard = matter.feedback_on or matter.assigned_on
    if matter.state in matter_sets.LATE_IN and heard is not None and heard < since:
        days = (on - heard).days
        words = _("%(n)s天没有反馈") if matter.feedback_on else _("交办%(n)s天没有反馈")
        found.append(Gap("news", words % {"n": days}, _("催办，必要时发督办单")))
    return found
