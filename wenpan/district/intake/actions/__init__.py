"""Every write of the intake; all journalled in the same transaction."""

from wenpan.district.intake.actions.deciding import accept, explain, send_back, undo
from wenpan.district.intake.actions.layouts import map_layout
from wenpan.district.intake.actions.submitting import check, hand_in, set_period, submit, withdraw
from wenpan.district.intake.transitions import OPEN

__all__ = [
    "OPEN",
    "accept",
    "check",
    "explain",
    "hand_in",
    "map_layout",
    "send_back",
    "set_period",
    "submit",
    "undo",
    "withdraw",
]
