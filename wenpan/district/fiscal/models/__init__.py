"""What the room keeps: the ledger of the comparable basis, and what the finance bureau's tables say."""

from wenpan.district.fiscal.models.basis import AdjustmentEntry, MethodAnswer

__all__ = ["AdjustmentEntry", "MethodAnswer"]
