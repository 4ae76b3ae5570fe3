"""What may happen to a request next: before an event is written, why it may not be.

Pure. The handling person can neither check nor call back nor close; a closed request moves only by a visible
reopening with a reason, within the window of days that the place set (after it a new request is filed that
names the old one).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from wenpan.economy.requests.events import CallBackResult, EntryResult, RequestEvent, RequestOutcome
from wenpan.economy.requests.events import RequestEventKind as K
from wenpan.economy.requests.lifecycle import MOVES, Phase, RequestState

NEEDS_REASON = frozenset({
    K.DECLINED, K.RETURNED, K.APPEALED, K.PAUSED, K.EXTENSION_ASKED, K.EXTENSION_REFUSED,
    K.REDONE, K.REOPENED, K.RAISED, K.SUPERVISED,
})  # fmt: skip
NOT_BY_THE_HANDLER = frozenset({K.CHECKED, K.CALLED_BACK, K.CLOSED, K.APPEAL_DECIDED, K.EXTENDED})
LEAST_TRIES = 2  # calls that nobody answered, before a request may be closed without one


def event_refusal(state: RequestState, event: RequestEvent, *, reopen_within: int = 30) -> str:
    """Why this event may not be written, as a sentence; "" where it may. `reopen_within` in days."""
    if event.kind is K.RECEIVED:
        return "诉求已登记"
    said = _out_of_order(state, event) or _by_whom(state, event)
    if said:
        return said
    if event.kind is K.REOPENED and state.closed and event.at > state.closed + timedelta(days=reopen_within):
        return f"销号已超过{reopen_within}天, 请另行登记并注明原诉求"
    check = _CHECKS.get(event.kind)
    return check(state, event) if check else ""


def _out_of_order(state: RequestState, event: RequestEvent) -> str:
    if event.at < (state.moved or state.received):
        return "时间早于上一条办理记录"
    if state.phase not in MOVES[event.kind][0]:
        return f"诉求{state.phase.label}, 不能{event.kind.label}"
    if event.kind in NEEDS_REASON and not event.reason.strip():
        return f"{event.kind.label}须写明理由"
    return ""


def _by_whom(state: RequestState, event: RequestEvent) -> str:
    withdraws = event.kind is K.CLOSED and event.outcome is RequestOutcome.WITHDRAWN
    if event.kind in NOT_BY_THE_HANDLER and event.by and event.by in state.handlers and not withdraws:
        return f"办理人不能{event.kind.label}自己办理的诉求"
    return ""


def _declined(state: RequestState, event: RequestEvent) -> str:
    if event.entry is None:
        return "不予受理须选定结果"
    return "重复诉求须指明原诉求" if event.entry is EntryResult.DUPLICATE and not event.joined_to else ""


def _closed(state: RequestState, event: RequestEvent) -> str:
    if event.outcome is None:
        return "销号须写明结果"
    if event.outcome is RequestOutcome.WITHDRAWN:
        return "" if event.reason.strip() else "撤回须写明理由和由谁提出"
    if event.outcome is RequestOutcome.CANNOT and not event.reason.strip():
        return "无法办理须写明理由"
    if state.phase is not Phase.CHECKED:
        return "核验通过后才能销号"
    return _called_back_before(state, event)


def _called_back_before(state: RequestState, event: RequestEvent) -> str:
    if state.call_back is None:
        return "回访后才能销号"
    if event.outcome is RequestOutcome.SOLVED and state.call_back.result is CallBackResult.DISSATISFIED:
        return "回访不满意, 不能按已解决销号"
    if state.call_back.result is CallBackResult.NO_ANSWER and state.tries < LEAST_TRIES:
        return f"回访未接通须至少再试一次(共{LEAST_TRIES}次)才能销号"
    return ""


_CHECKS: dict[K, Callable[[RequestState, RequestEvent], str]] = {
    K.DECLINED: _declined,
    K.CLOSED: _closed,
    K.ASSIGNED: lambda state, event: "" if event.unit else "分办须指定主办单位",
    K.CALLED_BACK: lambda state, event: "" if event.result is not None else "回访须记结果",
    K.CHECKED: lambda state, event: "" if event.passed is not None else "核验须记是否通过",
    K.PAUSED: lambda state, event: "计时已暂停" if state.paused else "",
    K.RESUMED: lambda state, event: "" if state.paused else "计时未暂停",
    K.EXTENSION_ASKED: lambda state, event: "已有延期申请待批" if state.extension_asked else "",
    K.EXTENDED: lambda state, event: "" if state.extension_asked else "没有待批的延期申请",
    K.EXTENSION_REFUSED: lambda state, event: "" if state.extension_asked else "没有待批的延期申请",
    K.INSPECTED: lambda state, event: (
        "" if state.outcome is RequestOutcome.WITHDRAWN else "只抽查企业撤回的诉求"
    ),
}
