"""Every write of the intake; all journalled in the same transaction."""

from wenpan.district.intake.actions.aliases import register_alias
from wenpan.district.intake.actions.choosing import choose_tables
from wenpan.district.intake.actions.deciding import accept, explain, send_back, undo
from wenpan.district.intake.actions.layouts import take_back_layout, teach
from wenpan.district.intake.actions.submitting import check, hand_in, set_period, submit, withdraw
from wenpan.district.intake.transitions import OPEN

__all__ = [
    "OPEN",
    "accept",
    "check",
    "choose_tables",
    "explain",
    "hand_in",
    "register_alias",
    "send_back",
    "set_period",
    "submit",
    "take_back_layout",
    "teach",
    "undo",
    "withdraw",
]
