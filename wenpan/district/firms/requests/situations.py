"""What a person is to a request: of the office, of its unit, of a unit that assists, or supervising."""

from __future__ import annotations

from typing import Any

from wenpan.district.accounts.permissions import can
from wenpan.district.firms.models import ServiceRequest
from wenpan.district.firms.requests.event_log import state_of
from wenpan.district.firms.requests.steps import RequestSituation


def situation(request: ServiceRequest, user: Any) -> RequestSituation:
    """What this person is to this request."""
    unit = getattr(user, "unit_id", None)
    return RequestSituation(
        state=state_of(request),
        office=can(user, "request.office"),
        unit=can(user, "request.handle"),
        supervising=can(user, "request.supervise"),
        leads=unit is not None and unit == request.unit_id,
        assists=unit is not None and request.assists.filter(pk=unit).exists(),
    )
