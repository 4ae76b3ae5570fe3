"""What the room keeps: the ledger of the comparable basis, and what the finance bureau's tables say."""

from wenpan.district.fiscal.models.basis import AdjustmentEntry, MethodAnswer
from wenpan.district.fiscal.models.budgets import BudgetVersion
from wenpan.district.fiscal.models.reports import BondRow, FiscalReport, FundRow, RevenueRow, TreasuryRow

__all__ = [
    "AdjustmentEntry",
    "BondRow",
    "BudgetVersion",
    "FiscalReport",
    "FundRow",
    "MethodAnswer",
    "RevenueRow",
    "TreasuryRow",
]
