"""What happens to a request, as one log.

登记 → 受理 → 分办 → 签收 → 办理 → 答复 → 核验 → 回访 → 销号, and the side paths.

Pure. `at` is naive, in the place's own zone. Kinds that end or turn a request say why: a closing has an
outcome, an entry test a result, a call-back what was heard. A message of the firm is evidence and changes no
state: whether to reopen is decided by a person, with a reason, in an event of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RequestEventKind(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ASSIGNED = "assigned"
    SIGNED_FOR = "signed_for"
    RETURNED = "returned"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    CONTACTED = "contacted"
    PROGRESSED = "progressed"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    REPLIED = "replied"
    CHECKED = "checked"
    REDONE = "redone"
    CALLED_BACK = "called_back"
    CLOSED = "closed"
    REOPENED = "reopened"
    RAISED = "raised"
    SUPERVISED = "supervised"
    MESSAGED = "messaged"
    INSPECTED = "inspected"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


class EntryResult(StrEnum):
    """What the entry test says of a request that is not accepted; accepting is an event of its own."""

    EXPLAINED = "explained"
    WRONG_UNIT = "wrong_unit"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def label(self) -> str:
        return ENTRY_LABELS[self]


class RequestOutcome(StrEnum):
    """How a request is closed. Only the first counts as solved."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    CANNOT = "cannot"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return OUTCOME_LABELS[self]


class CallBackResult(StrEnum):
    SATISFIED = "satisfied"
    BASICALLY = "basically"
    DISSATISFIED = "dissatisfied"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return RESULT_LABELS[self]


ENTRY_LABELS = {
    "explained": "解释说明", "wrong_unit": "非本区受理", "duplicate": "重复诉求",
    "out_of_scope": "不属受理范围",
}  # fmt: skip
OUTCOME_LABELS = {"solved": "已解决", "explained": "已解释", "cannot": "无法办理", "withdrawn": "企业撤回"}
RESULT_LABELS = {
    "satisfied": "满意", "basically": "基本满意", "dissatisfied": "不满意",
    "no_answer": "未接通", "refused": "拒绝评价",
}  # fmt: skip
KIND_LABELS = {
    "received": "登记", "accepted": "受理", "declined": "不予受理", "assigned": "分办", "signed_for": "签收",
    "returned": "退回", "appealed": "申诉", "appeal_decided": "申诉裁定", "contacted": "首次联系",
    "progressed": "办理进展", "paused": "暂停计时", "resumed": "恢复计时", "extension_asked": "申请延期",
    "extended": "批准延期", "extension_refused": "不予延期", "replied": "答复", "checked": "核验",
    "redone": "重办", "called_back": "回访", "closed": "销号", "reopened": "重新办理", "raised": "提级",
    "supervised": "督办", "messaged": "企业补充", "inspected": "撤回抽查",
}  # fmt: skip


@dataclass(frozen=True)
class RequestEvent:
    """One event. Fields beside `at` and `kind` belong to some kinds only.

    `unit`: whom it was assigned to · `units`: who assists · `by`: the person · `reason`: required where the
    rules say so · `passed`: of a check, of a decided appeal · `contacted`, `solved`: what the
    firm said when called back · `days`: of an extension, in the unit of the clock that it moves.
    """

    at: datetime
    kind: RequestEventKind
    by: str = ""
    unit: str = ""
    units: tuple[str, ...] = ()
    reason: str = ""
    entry: EntryResult | None = None
    outcome: RequestOutcome | None = None
    result: CallBackResult | None = None
    passed: bool | None = None
    contacted: bool | None = None
    solved: bool | None = None
    days: int | None = None
    joined_to: str = ""


def known_by(events: Iterable[RequestEvent], at: datetime) -> tuple[RequestEvent, ...]:
    """The events up to a moment, in order; those of one moment keep the order in which they were written."""
    return tuple(sorted((event for event in events if event.at <= at), key=lambda event: event.at))
