"""Every read of this room, one file a page; all return frozen records."""

from wenpan.district.indicators.judgement_row import JudgementRow, TargetChip
from wenpan.district.indicators.queries.board import (
    Board,
    BoardCounts,
    Stamp,
    board,
    count,
    counted,
    judged_months,
    of_target,
    set_by_label,
    stamp,
)

__all__ = [
    "Board",
    "BoardCounts",
    "JudgementRow",
    "Stamp",
    "TargetChip",
    "board",
    "count",
    "counted",
    "judged_months",
    "of_target",
    "set_by_label",
    "stamp",
]
