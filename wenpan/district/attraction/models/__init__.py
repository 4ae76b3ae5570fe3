"""What the room of deals keeps: deals and what happened to them, what the place offers, how staff work on
leads.
"""

from wenpan.district.attraction.models.boards import DealBoard, DealBoardLine
from wenpan.district.attraction.models.deals import (
    STAGES,
    TRADES,
    Deal,
    DealAmount,
    DealEvent,
    DealLink,
    DealPairApart,
    DealRevision,
    DealShare,
)
from wenpan.district.attraction.models.offers import Offer, OfferRevision, OfferUse, PitchPaper
from wenpan.district.attraction.models.work import LeadStep, Reception

__all__ = [
    "STAGES",
    "TRADES",
    "Deal",
    "DealAmount",
    "DealBoard",
    "DealBoardLine",
    "DealEvent",
    "DealLink",
    "DealPairApart",
    "DealRevision",
    "DealShare",
    "LeadStep",
    "Offer",
    "OfferRevision",
    "OfferUse",
    "PitchPaper",
    "Reception",
]
