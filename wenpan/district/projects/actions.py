"""Every write of the room: lists and returns (through the intake), what people decide, what is derived."""

from wenpan.district.projects.library.decisions import (
    confirm_link,
    excuse,
    note_reading,
    note_taking,
    reach_milestone,
    remove_link,
    see_document,
)
from wenpan.district.projects.library.life_cycle import change_state
from wenpan.district.projects.library.list_actions import store_list
from wenpan.district.projects.library.list_undo import undo_list
from wenpan.district.projects.library.opening import open_project, take_back_project
from wenpan.district.projects.library.succession_actions import settle_succession, take_back_succession
from wenpan.district.projects.pairs.actions import confirm_pairs, propose_again, set_apart
from wenpan.district.projects.pool.derive import deferred, refresh
from wenpan.district.projects.ratings.actions import store_ratings, undo_ratings
from wenpan.district.projects.returns.actions import store_returns, undo_returns
from wenpan.district.projects.returns.reminder_actions import remind_units
from wenpan.district.projects.site.actions import (
    VisitProblem,
    close_problem,
    raise_problem,
    record_visit,
    report_progress,
)
from wenpan.district.projects.site.photo_actions import add_photo
from wenpan.district.projects.site.plan_actions import end_site, plan_site

__all__ = [
    "VisitProblem",
    "add_photo",
    "change_state",
    "close_problem",
    "confirm_link",
    "confirm_pairs",
    "deferred",
    "end_site",
    "excuse",
    "note_reading",
    "note_taking",
    "open_project",
    "plan_site",
    "propose_again",
    "raise_problem",
    "reach_milestone",
    "record_visit",
    "refresh",
    "remind_units",
    "remove_link",
    "report_progress",
    "see_document",
    "set_apart",
    "settle_succession",
    "store_list",
    "store_ratings",
    "store_returns",
    "take_back_project",
    "take_back_succession",
    "undo_list",
    "undo_ratings",
    "undo_returns",
]
