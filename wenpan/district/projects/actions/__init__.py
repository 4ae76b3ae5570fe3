"""Every write of the room: lists and returns (through the intake), what people decide, what is derived."""

from wenpan.district.projects.actions.deciding import (
    change_state,
    confirm_link,
    excuse,
    forget_view,
    keep_view,
    note_reading,
    reach_milestone,
    remove_link,
    see_document,
)
from wenpan.district.projects.actions.deriving import deferred, refresh
from wenpan.district.projects.actions.photographing import add_photo
from wenpan.district.projects.actions.storing_lists import store_list, undo_list
from wenpan.district.projects.actions.storing_returns import store_returns, undo_returns
from wenpan.district.projects.actions.unblocking import close_problem, raise_problem, record_visit

__all__ = [
    "add_photo",
    "change_state",
    "close_problem",
    "confirm_link",
    "deferred",
    "excuse",
    "forget_view",
    "keep_view",
    "note_reading",
    "raise_problem",
    "reach_milestone",
    "record_visit",
    "refresh",
    "remove_link",
    "see_document",
    "store_list",
    "store_returns",
    "undo_list",
    "undo_returns",
]
