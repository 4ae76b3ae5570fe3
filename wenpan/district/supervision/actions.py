"""Every write of this room; the steps of a matter all go through `event_log.append`."""

from wenpan.district.supervision.escalation.actions import escalate
from wenpan.district.supervision.escalation.supervising_leader import put_in_charge
from wenpan.district.supervision.matters.actions.handling import (
    ask_extension,
    check,
    close,
    decide_extension,
    decline,
    feed_back,
    note,
    nothing_new,
    pause,
    raise_level,
    reopen,
    resume,
    sign,
    sign_off,
    urge,
)
from wenpan.district.supervision.matters.actions.leading import instruct, mark_seen
from wenpan.district.supervision.matters.actions.opening import assign, draft, drop, register
from wenpan.district.supervision.slips.actions import acknowledge, answer, issue_slip, withdraw
from wenpan.district.supervision.weekly.actions import (
    close_week,
    open_week,
    record_inspection,
    record_inspections,
    refresh_week,
)

__all__ = [
    "acknowledge",
    "answer",
    "ask_extension",
    "assign",
    "check",
    "close",
    "close_week",
    "decide_extension",
    "decline",
    "draft",
    "drop",
    "escalate",
    "feed_back",
    "instruct",
    "issue_slip",
    "mark_seen",
    "note",
    "nothing_new",
    "open_week",
    "pause",
    "put_in_charge",
    "raise_level",
    "record_inspection",
    "record_inspections",
    "refresh_week",
    "register",
    "reopen",
    "resume",
    "sign",
    "sign_off",
    "urge",
    "withdraw",
]
