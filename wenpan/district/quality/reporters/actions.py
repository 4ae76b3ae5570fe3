"""A reminder that was served on a unit is written down: when, how, which one, and by when it asks."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.returns.collection import due_on
from wenpan.district.quality.models import ReminderServed
from wenpan.economy.time.periods import Month


@transaction.atomic
def serve_reminder(
    *,
    unit: Unit,
    month: Month,
    way: str,
    served_on: date,
    until: date,
    by: User,
    at: datetime | None = None,
) -> ReminderServed:
    """The next reminder of a month's return. Refused "bad_value": before the return was due, after today, or
    before the reminder that went before."""
    require(by, "quality.query")
    at = at or timezone.now()
    due = due_on(month)
    if way not in ReminderServed.Way.values:
        raise Refused("bad_value", _("请选择催报方式。"))
    if served_on > timezone.localdate(at):
        raise Refused("bad_value", _("送达日期不能晚于今天。"))
    if until < served_on:
        raise Refused("bad_value", _("补报期限不能早于送达日期。"))
    if due is not None and served_on <= due:
        raise Refused("bad_value", _("报送期限%(due)s还没有过，不能催报。") % {"due": due})
    earlier = ReminderServed.objects.filter(unit=unit, period=str(month))
    told = earlier.aggregate(number=Max("number"), last=Max("served_on"))
    if told["last"] is not None and served_on < told["last"]:
        raise Refused("bad_value", _("不能早于上一次催报的送达日期。"))
    try:
        with transaction.atomic():
            made = ReminderServed.objects.create(
                unit=unit, period=str(month), number=(told["number"] or 0) + 1, way=way,
                served_on=served_on, until=until, by=by, at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("clash", _("刚刚已有人登记了这次催报。")) from None
    record(
        by=by, action="quality.remind", subject=f"reminder:{made.pk}", at=at,
        summary=f"{unit.short_name}{month.label}月报第{made.number}次催报，{served_on}送达，限{until}前补报",
        detail={"way": way},
    )  # fmt: skip
    return made
