"""Which district leader is in charge of which unit (分管领导): the third step of the ladder."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.roles import LEADER
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Charge


@transaction.atomic
def put_in_charge(*, unit: Unit, leader: User | None, by: User, at: datetime | None = None) -> Charge | None:
    """None: nobody is in charge. Raises Refused "bad_value" for somebody who is no district leader."""
    require(by, "matter.register")
    if leader is not None and (leader.role != LEADER.code or not leader.is_active):
        raise Refused("bad_value", _("分管领导应是角色为“区领导”的人员。"))
    if leader is None:
        Charge.objects.filter(unit=unit).delete()
        charge = None
    else:
        charge, _new = Charge.objects.update_or_create(unit=unit, defaults={"leader": leader})
    record(
        by=by,
        action="charge.set",
        subject=f"unit:{unit.code}",
        at=at,
        summary=_("%(unit)s的分管领导：%(name)s") % {"unit": unit.short_name, "name": leader or _("未定")},
    )
    return charge
