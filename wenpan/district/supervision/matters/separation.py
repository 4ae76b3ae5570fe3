"""Who may act on a matter beside the role: the unit that handles reports, another checks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import require
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.log.event_log import state_of
from wenpan.district.supervision.models import Matter


def require_lead(by: Any, matter: Matter) -> None:
    """Only the lead unit's own people sign, decline, report and ask."""
    require(by, "desk.use")
    if matter.lead_id is None or getattr(by, "unit_id", None) != matter.lead_id:
        raise Refused("permission", _("这个事项不由您的单位牵头。"))


def require_handler(by: Any, matter: Matter) -> None:
    """The lead or a cooperating unit."""
    require(by, "desk.use")
    own = getattr(by, "unit_id", None)
    if own is None or (own != matter.lead_id and not matter.coops.filter(pk=own).exists()):
        raise Refused("permission", _("您的单位不承办这个事项。"))


def require_apart(by: Any, matter: Matter, permission: str) -> None:
    """Who checks or closes is not who handled: not of a handling unit, and never acted for one on it."""
    require(by, permission)
    if not policy.office().check_from_handling:
        return
    own = getattr(by, "unit_id", None)
    if own and (own == matter.lead_id or matter.coops.filter(pk=own).exists()):
        raise Refused("permission", _("承办单位不能核查、销号自己的事项。"))
    if by.pk in state_of(matter).handlers:
        raise Refused("permission", _("您承办过这个事项，不能再核查、批复或销号。"))
