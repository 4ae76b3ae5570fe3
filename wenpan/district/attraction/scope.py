"""Whose deals a person may see and write. Without "deal.all" those of the own unit only.

A deal is a unit's where it owns it, where it has a share, or where it settles.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can, require
from wenpan.district.attraction.models import Deal
from wenpan.district.ground.not_yours import NotYours


def deals_of(user: Any) -> QuerySet[Deal]:
    """The deals that a person sees; retracted ones are nobody's."""
    rows = Deal.objects.filter(retracted=False)
    if can(user, "deal.all"):
        return rows
    unit = getattr(user, "unit_id", None)
    if unit is None or not can(user, "deal.view"):
        return rows.none()
    shared = Deal.objects.filter(shares__unit=unit).values("pk")
    return rows.filter(Q(unit=unit) | Q(town=unit) | Q(pk__in=shared))


def writable(user: Any, deal: Deal) -> bool:
    """Attraction staff write every deal; a unit's own people those that their unit owns."""
    if can(user, "deal.edit"):
        return True
    own = getattr(user, "unit_id", None)
    return own is not None and deal.unit_id == own and can(user, "deal.own")


def require_writable(user: Any, deal: Deal) -> None:
    """PermissionDenied for a role that writes no deals, NotYours (404) for a deal that is not seen."""
    require(user, "deal.edit", "deal.own")
    if deal.retracted or not deals_of(user).filter(pk=deal.pk).exists():
        raise NotYours(_("这个项目不由您的单位负责。"))
    if not writable(user, deal):
        require(user, "deal.edit")
