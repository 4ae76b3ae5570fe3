"""How the journal and other rooms name a firm."""

from __future__ import annotations

from wenpan.district.firms.models import Firm


def firm_address(firm: Firm) -> str:
    return f"firm:{firm.pk}"
