"""Every read of this room, one file a page; all return frozen records."""

from wenpan.district.indicators.judged import Judged, TargetChip
from wenpan.district.indicators.queries.board import Board, Counts, board, judged_months

__all__ = ["Board", "Counts", "Judged", "TargetChip", "board", "judged_months"]
