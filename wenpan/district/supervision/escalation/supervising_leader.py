"""Which district leader is in charge of which unit (分管领导): the third step of escalation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.roles import LEADER
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Charge
from wenpan.rules.office import in_charge


@transaction.atomic
def put_in_charge(
    *, unit: Unit, leader: User | None, by: User | None, at: datetime | None = None
) -> Charge | None:
    """None: nobody is in charge; `by` None: the place's list, on its day.

    Raises Refused "bad_value" for somebody who is no district leader."""
    if by is not None:
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


def follow_the_list(*, by: User | None) -> int:
    """Makes it so as the place's list says on this day; how many units changed. Whoever is no district leader
    any more, and a unit that is not there, are left out. Nothing where the place keeps no list yet."""
    listed = in_charge(timezone.localdate())
    if listed is None:
        return 0
    wanted = {row.unit: row.leader for row in listed}
    now = {c.unit.code: c.leader.username for c in Charge.objects.select_related("unit", "leader")}
    leaders = {u.username: u for u in User.objects.filter(role=LEADER.code, is_active=True)}
    changed = 0
    for unit in Unit.objects.filter(code__in={*wanted, *now}):
        name = wanted.get(unit.code, "")
        if name != now.get(unit.code, "") and (not name or name in leaders):
            put_in_charge(unit=unit, leader=leaders.get(name), by=by)
            changed += 1
    return changed
