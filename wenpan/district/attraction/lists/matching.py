"""Which deal a row of a form speaks of: by its number, by the new firm's code, by name and investor.

One deal reported by two units is one deal; the owner stays, and shares are asked for. Several that fit are a
question. What is only alike is not matched here; the page of duplicates proposes such pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wenpan.district.attraction.models import Deal
from wenpan.documents.deals.deal_rows import DealRow
from wenpan.economy.funnel.identity import SAME, core_name, likeness


@dataclass(frozen=True)
class DealMatch:
    """`deal` None: none fits. `several`: the codes of those that fit alike."""

    deal: Deal | None
    several: tuple[str, ...] = ()


class DealMatcher:
    def __init__(self, deals: Iterable[Deal]) -> None:
        self.by_code: dict[str, Deal] = {}
        self._by_uscc: dict[str, list[Deal]] = defaultdict(list)
        self._by_name: dict[str, list[Deal]] = defaultdict(list)
        for deal in deals:
            self.by_code[deal.code] = deal
            if deal.retracted or deal.duplicate_of_id:
                continue
            if deal.uscc:
                self._by_uscc[deal.uscc].append(deal)
            self._by_name[core_name(deal.name)].append(deal)

    def of(self, row: DealRow) -> DealMatch:
        if row.code:
            return DealMatch(self.by_code.get(row.code))
        same_name = self._by_name.get(core_name(row.name), [])
        if row.uscc:
            same_firm = self._by_uscc.get(row.uscc, [])
            named = [d for d in same_firm if d in same_name]
            if len(named or same_firm) == 1:
                return DealMatch((named or same_firm)[0])
        fitting = [d for d in same_name if self._fits(d, row)]
        if len(fitting) > 1:
            own = [d for d in fitting if d.unit is not None and d.unit.code == row.unit]
            fitting = own if len(own) == 1 else fitting
        if len(fitting) > 1:
            return DealMatch(None, tuple(d.code for d in fitting))
        return DealMatch(fitting[0] if fitting else None)

    @staticmethod
    def _fits(deal: Deal, row: DealRow) -> bool:
        """The same name, and nothing against it: another investor or unit is another deal."""
        investor = row.texts.get("investor", "")
        if deal.investor and investor:
            return likeness(deal.investor, investor) >= SAME
        return not row.unit or deal.unit is None or deal.unit.code == row.unit
