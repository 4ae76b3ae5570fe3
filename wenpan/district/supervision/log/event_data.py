"""What the kinds of events carry besides their words: a class for each, by whose names replay reads them.

The log keeps them as JSON; days are ISO text. A kind that is not in `DATA_OF` carries nothing.
"""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from wenpan.district.supervision.log.events import EventKind


class DraftedData(TypedDict):
    title: str


class AssignedData(TypedDict):
    """One of `recurrence`, `due` and `limit` ([20, "days"])."""

    lead: str
    coops: list[str]
    due_words: str
    recurrence: NotRequired[str]
    due: NotRequired[str]
    limit: NotRequired[list[int | str]]


class FeedbackData(TypedDict):
    claim: str
    due: str
    late: bool
    unchanged: NotRequired[bool]  # the words of last time, said again on purpose
    sheet: NotRequired[bool]  # a line of 本周合报: one field


class CheckedData(TypedDict, total=False):
    """Of a round only: which it was, and when the unit had reported it."""

    round: str
    answered: str


class DueData(TypedDict, total=False):
    """The day that is asked for, granted, or counted anew."""

    due: str


class RaisedData(TypedDict):
    """`day` and `estimated`: of a step that the clock took."""

    level: int
    step: str
    due: str
    day: NotRequired[str]
    estimated: NotRequired[bool]


class SlipServedData(TypedDict):
    level: int
    colour: str
    number: str
    rule: str
    rules: str
    due: str
    answer_due: str
    estimated: bool


class SlipAnsweredData(TypedDict):
    """`sheet`: by the words of 本周合报; `cited`: by the feedback of that day."""

    number: str
    late: bool
    sheet: NotRequired[bool]
    cited: NotRequired[str]


class SlipWithdrawnData(TypedDict):
    number: str
    level: int


class InspectedData(TypedDict):
    result: str
    way: str
    week: str


class HeadSignedData(TypedDict):
    signed_off: int  # the feedback


class LightData(TypedDict):
    light: str


class JoinedData(TypedDict):
    proposal: int
    source: int | None


class UnjoinedData(TypedDict):
    proposal: int
    undone: bool


class DroppedData(TypedDict, total=False):
    proposal: int  # whose confirmation was taken back: it waits for a decision again


class TakenBackData(TypedDict):
    """Of the event right before it."""

    sequence: int
    kind: str


EventData = (
    DraftedData | AssignedData | FeedbackData | CheckedData | DueData | RaisedData | SlipServedData
    | SlipAnsweredData | SlipWithdrawnData | InspectedData | HeadSignedData | LightData | JoinedData
    | UnjoinedData | DroppedData | TakenBackData
)  # fmt: skip
DATA_OF: Mapping[EventKind, type] = {
    EventKind.DRAFTED: DraftedData,
    EventKind.DROPPED: DroppedData,
    EventKind.ASSIGNED: AssignedData,
    EventKind.FEEDBACK: FeedbackData,
    EventKind.ANSWERED: FeedbackData,
    EventKind.PASSED: CheckedData,
    EventKind.RETURNED: CheckedData,
    EventKind.ROUND: CheckedData,
    EventKind.REOPENED: DueData,
    EventKind.EXTENSION_ASKED: DueData,
    EventKind.EXTENDED: DueData,
    EventKind.RAISED: RaisedData,
    EventKind.SLIP: SlipServedData,
    EventKind.SLIP_ANSWERED: SlipAnsweredData,
    EventKind.SLIP_WITHDRAWN: SlipWithdrawnData,
    EventKind.LOOKED: InspectedData,
    EventKind.HEAD_SIGNED: HeadSignedData,
    EventKind.LIGHT_CHANGED: LightData,
    EventKind.JOINED: JoinedData,
    EventKind.UNJOINED: UnjoinedData,
    EventKind.TAKEN_BACK: TakenBackData,
}
