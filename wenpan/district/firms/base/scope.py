"""Whose firms and requests a person may see. Closed unless opened: without "firm.all" those of the own unit.

A firm is a unit's where it stands in its town, where the unit handles a request of it, or where one of its
people looks after it. A request is a unit's that it leads or assists. A leader sees all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.firms.models import Firm, ServiceRequest
from wenpan.district.ground.not_yours import NotYours


@dataclass(frozen=True)
class FirmScope:
    """`unit`: the only unit whose firms are seen; None with `everything` False sees nothing."""

    everything: bool
    unit: int | None = None

    def requests(self) -> Q:
        """The condition over requests."""
        if self.everything:
            return Q()
        if self.unit is None:
            return Q(pk__in=[])
        helped = ServiceRequest.assists.through.objects.filter(unit_id=self.unit)
        return Q(unit_id=self.unit) | Q(pk__in=helped.values("servicerequest_id"))

    def firms(self) -> Q:
        """The condition over firms."""
        if self.everything:
            return Q()
        if self.unit is None:
            return Q(pk__in=[])
        asked = ServiceRequest.objects.filter(self.requests()).values("firm_id")
        cared = Q(contacts__person__unit_id=self.unit, contacts__ends_on__isnull=True)
        kept = Firm.objects.filter(cared).values("pk")
        return Q(town_id=self.unit) | Q(pk__in=asked) | Q(pk__in=kept)


def firm_scope(user: Any) -> FirmScope:
    if can(user, "firm.all"):
        return FirmScope(everything=True)
    return FirmScope(everything=False, unit=getattr(user, "unit_id", None))


def require_firm(user: Any, firm: Firm) -> None:
    """Raises NotYours (404) for a firm of another unit."""
    if not Firm.objects.filter(firm_scope(user).firms(), pk=firm.pk).exists():
        raise NotYours(_("这家企业不由您的单位联系。"))


def require_request(user: Any, request: ServiceRequest) -> None:
    """Raises NotYours (404) for a request of another unit."""
    if not ServiceRequest.objects.filter(firm_scope(user).requests(), pk=request.pk).exists():
        raise NotYours(_("这件诉求不由您的单位办理。"))
