"""Who may see and estimate which indicator."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import own_unit_only
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.observations import hooks
from wenpan.economy.figures.indicators import Indicator
from wenpan.rules import catalogue


def visible_indicators(user: User) -> set[str] | None:
    """Codes that the user may see; None means all."""
    if not own_unit_only(user):
        return None
    return {i.code for i in led_by(user)} | hooks.visible_to(user)


def led_by(user: User) -> list[Indicator]:
    """Indicators that the user's unit leads, in the order of the catalogue."""
    unit = getattr(user, "unit", None)
    return [i for i in catalogue().values() if unit is not None and i.owner == unit.code]


def may_see(user: User, indicator: str) -> None:
    visible = visible_indicators(user)
    if visible is not None and indicator not in visible:
        raise NotYours(_("这个指标不由您的单位负责。"))


def may_estimate(user: User, indicator: str, measure: str) -> None:
    """Raises NotYours for another unit's indicator, Refused for a measure that it does not have."""
    mine = {i.code: i for i in led_by(user)}
    if indicator not in mine:
        raise NotYours(_("只能为本单位牵头的指标报预计。"))
    if measure not in mine[indicator].measures:
        raise Refused("bad_value", _("%(name)s没有这种计量。") % {"name": mine[indicator].name})
