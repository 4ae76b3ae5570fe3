"""Every write of this room; the steps of a matter all go through `moving.happen`."""

from wenpan.district.supervision.actions.handling import (
    ask_extension,
    check,
    close,
    decide_extension,
    decline,
    feed_back,
    note,
    pause,
    raise_level,
    reopen,
    resume,
    sign,
    sign_off,
)
from wenpan.district.supervision.actions.opening import assign, draft, drop, register

__all__ = [
    "ask_extension",
    "assign",
    "check",
    "close",
    "decide_extension",
    "decline",
    "draft",
    "drop",
    "feed_back",
    "note",
    "pause",
    "raise_level",
    "register",
    "reopen",
    "resume",
    "sign",
    "sign_off",
]
