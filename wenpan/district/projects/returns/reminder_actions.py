"""Reminding units of the return that is missing: many at once, each person once a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.notices import notify
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.returns.collection import UnitReturn, collection
from wenpan.economy.time.periods import Month


@transaction.atomic
def remind_units(
    *, units: Collection[str], month: Month, by: User, at: datetime | None = None
) -> list[UnitReturn]:
    """Tells the liaisons of these units (codes) that their return of the month is missing or was sent back.

    Gives the units whose people were told. A unit that has handed in meanwhile is left out. Refused
    "bad_value" where none of them has anything open, or none has a liaison.
    """
    require(by, "intake.accept")
    at = at or timezone.now()
    today = timezone.localdate(at)
    found = collection(month, today)
    wanted = [row for row in found.rows if row.unit.code in units and row.open]
    reached = [row for row in wanted if row.liaisons]
    if not wanted:
        raise Refused("bad_value", _("所选单位都已经交了，不用提醒。"))
    if not reached:
        raise Refused("bad_value", _("所选单位还没有联络员账号，请先请系统管理员开通。"))
    text = _words(month, found.due, today)
    for row in reached:
        key = f"return.due:{month}:{row.unit.code}:{today}"
        notify(
            users=row.liaisons, key=key, text=text, at=at, url=reverse("projects:own_returns"), kind="return"
        )
    record(
        by=by,
        action="projects.remind",
        subject=f"returns:{month}",
        at=at,
        summary=_("提醒%(units)s交%(month)s投资项目月报")
        % {"units": "、".join(row.unit.short_name for row in reached), "month": month.label},
        detail={"units": [row.unit.code for row in reached]},
    )
    return reached


def _words(month: Month, due: date | None, today: date) -> str:
    said = {"month": month.label, "due": due}
    if due is None:
        return _("%(month)s投资项目月报还没有交。") % said
    if today > due:
        return _("%(month)s投资项目月报还没有交，%(due)s已经到期。") % said
    return _("%(month)s投资项目月报还没有交，请在%(due)s前交回。") % said
