"""Events of a matter: what can happen to it, in what words, and which kinds count as what.

Pure. The log of these events is the only truth about a matter; `replay` adds them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What can happen to a matter. The Chinese words stand in `WORDS`."""

    DRAFTED = "drafted"
    REGISTERED = "registered"
    DROPPED = "dropped"
    ASSIGNED = "assigned"
    SIGNED = "signed"
    DECLINED = "declined"
    FEEDBACK = "feedback"  # progress, not the end
    ANSWERED = "answered"  # the unit says that it is done
    PASSED = "passed"  # checked: it is
    RETURNED = "returned"  # checked: it is not (退办)
    ROUND = "round"  # one round of a recurring matter is checked and done
    CLOSED = "closed"
    REOPENED = "reopened"  # 重办
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    PAUSED = "paused"
    RESUMED = "resumed"
    RAISED = "raised"  # 提级
    SLIP = "slip"
    SLIP_ANSWERED = "slip_answered"
    SLIP_WITHDRAWN = "slip_withdrawn"
    LOOKED = "looked"  # weekly check
    URGED = "urged"  # 催办: the office asks again; it answers nothing
    INSTRUCTED = "instructed"  # 批示 of a district leader on the matter itself
    SEEN = "seen"  # 已阅: a leader has read how it stands
    NOTED = "noted"  # a note of the office for the file
    HEAD_SIGNED = "head_signed"  # the head of the unit stands for a feedback (签发)
    LIGHT_CHANGED = "light_changed"  # the light that caused the matter turned
    JOINED = "joined"  # a second paper orders the same
    UNJOINED = "unjoined"  # which was taken back
    TAKEN_BACK = "taken_back"  # 撤销 of the event right before it, by who did that one


WORDS = {
    EventKind.DRAFTED: "拟办",
    EventKind.REGISTERED: "立项",
    EventKind.DROPPED: "不予立项",
    EventKind.ASSIGNED: "交办",
    EventKind.SIGNED: "签收",
    EventKind.DECLINED: "退回",
    EventKind.FEEDBACK: "反馈进展",
    EventKind.ANSWERED: "报告办结",
    EventKind.PASSED: "核查通过",
    EventKind.RETURNED: "退办",
    EventKind.ROUND: "本期办结",
    EventKind.CLOSED: "办结销号",
    EventKind.REOPENED: "重办",
    EventKind.EXTENSION_ASKED: "申请延期",
    EventKind.EXTENDED: "同意延期",
    EventKind.EXTENSION_REFUSED: "不同意延期",
    EventKind.PAUSED: "暂缓",
    EventKind.RESUMED: "恢复办理",
    EventKind.RAISED: "提级督办",
    EventKind.SLIP: "发督办单",
    EventKind.SLIP_ANSWERED: "回复督办单",
    EventKind.SLIP_WITHDRAWN: "撤回督办单",
    EventKind.LOOKED: "每周督查",
    EventKind.URGED: "催办",
    EventKind.INSTRUCTED: "领导批示",
    EventKind.SEEN: "领导已阅",
    EventKind.NOTED: "记事",
    EventKind.HEAD_SIGNED: "主要负责人签发",
    EventKind.LIGHT_CHANGED: "灯色变化",
    EventKind.JOINED: "并入部署",
    EventKind.UNJOINED: "撤销并入",
    EventKind.TAKEN_BACK: "撤销",
}


def kind_of(stored: str, data: Mapping[str, Any]) -> EventKind:
    """The kind of an event as it is stored. Until release 0.2 "noted" stood for five things, which are told
    apart by what their data name; such rows are never rewritten. ValueError for an unknown kind."""
    kind = EventKind(stored)
    if kind is not EventKind.NOTED:
        return kind
    if "signed_off" in data:
        return EventKind.HEAD_SIGNED
    if "light" in data:
        return EventKind.LIGHT_CHANGED
    if "proposal" in data:
        return EventKind.UNJOINED if data.get("undone") else EventKind.JOINED
    return EventKind.NOTED


HANDLING = frozenset(
    {
        EventKind.SIGNED,
        EventKind.DECLINED,
        EventKind.FEEDBACK,
        EventKind.ANSWERED,
        EventKind.EXTENSION_ASKED,
        EventKind.SLIP_ANSWERED,
    }
)
ACTS_FOR_UNIT = HANDLING | {EventKind.HEAD_SIGNED}  # who did one of these may neither check nor close
NEWS = frozenset(
    {
        EventKind.SIGNED,
        EventKind.FEEDBACK,
        EventKind.ANSWERED,
        EventKind.SLIP_ANSWERED,
    }
)  # any act of the unit
SPOKEN = frozenset({EventKind.FEEDBACK, EventKind.ANSWERED})  # what it says of the matter
MOVES_DUE = frozenset(
    {
        EventKind.ASSIGNED,
        EventKind.EXTENDED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.ROUND,
        EventKind.REOPENED,
        EventKind.RETURNED,
    }
)
# Acts by which the office answers a reported obstacle; a slip or a step up only where a person took it.
ANSWERS_OBSTACLE = frozenset(
    {
        EventKind.RETURNED,
        EventKind.EXTENDED,
        EventKind.EXTENSION_REFUSED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.LOOKED,
        EventKind.NOTED,
        EventKind.ASSIGNED,
        EventKind.PASSED,
        EventKind.ROUND,
    }
)
ANSWERS_BY_HAND = frozenset({EventKind.RAISED, EventKind.SLIP})


@dataclass(frozen=True)
class MatterEvent:
    """An event as the rules see it. `at` is naive, in the place's own time; `data` as `Event.data` keeps it:

    DRAFTED recurrence · ASSIGNED lead, coops, due, limit [amount, unit], due_words, recurrence
    FEEDBACK/ANSWERED claim · EXTENSION_ASKED/EXTENDED due · RAISED level (one more where absent)
    ROUND round (the due it settles), answered (the day of the report; absent in old rows)
    REOPENED due (a new day, where the old one has gone by)
    SLIP level, colour, number · SLIP_ANSWERED/SLIP_WITHDRAWN number
    TAKEN_BACK sequence, kind (of the event that it takes back: the one right before it)
    """

    kind: EventKind
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    by: int | None = None
    unit: str = ""
