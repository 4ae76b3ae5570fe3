"""What may happen to a request and what it adds up to; the defects of other systems, one test a thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.requests.event_rules import event_refusal
from wenpan.economy.requests.events import CallBackResult, EntryResult, RequestEvent, RequestOutcome
from wenpan.economy.requests.events import RequestEventKind as K
from wenpan.economy.requests.lifecycle import MOVES, Phase, RequestState, replay
from wenpan.rules.requests import request_rules

START = datetime(2022, 10, 14, 9)


def happen(*told: RequestEvent | K) -> list[RequestEvent]:
    """The receipt, then one event an hour; a kind alone is an event of that kind with nothing said."""
    events = [RequestEvent(START, K.RECEIVED)]
    for number, event in enumerate(told, start=1):
        made = RequestEvent(START, event) if isinstance(event, K) else event
        events.append(replace(made, at=START + timedelta(hours=number)))
    return events


def event(kind: K, **more: object) -> RequestEvent:
    return RequestEvent(START, kind, **more)


ASSIGNED = event(K.ASSIGNED, unit="commerce")
REPLIED = event(K.REPLIED, by="handler")
PASSED = event(K.CHECKED, by="office", passed=True)
PLEASED = event(K.CALLED_BACK, by="office", result=CallBackResult.SATISFIED, contacted=True, solved=True)
DISPLEASED = event(K.CALLED_BACK, by="office", result=CallBackResult.DISSATISFIED)
SOLVED = event(K.CLOSED, by="office", outcome=RequestOutcome.SOLVED)
TO_REPLY = (K.ACCEPTED, ASSIGNED, K.SIGNED_FOR, REPLIED)
TO_CLOSE = (*TO_REPLY, PASSED, PLEASED, SOLVED)


def refused(told: tuple[RequestEvent | K, ...], wanted: RequestEvent, **more: int) -> str:
    at = START + timedelta(hours=len(told) + 1)
    return event_refusal(
        replay(happen(*told)), replace(wanted, at=wanted.at if wanted.at != START else at), **more
    )


def test_the_whole_way_is_allowed_step_by_step():
    for number, wanted in enumerate(TO_CLOSE):
        made = wanted if isinstance(wanted, RequestEvent) else event(wanted)
        assert refused(TO_CLOSE[:number], made) == ""
    state = replay(happen(*TO_CLOSE))
    assert state.phase is Phase.CLOSED and state.is_solved and not state.is_open


@pytest.mark.parametrize(
    "outcome", [RequestOutcome.EXPLAINED, RequestOutcome.CANNOT, RequestOutcome.WITHDRAWN]
)
def test_closed_is_not_solved(outcome):
    """FixMyStreet #269, #1339, #285: "closed" was mailed as "glad it is fixed" and counted so."""
    state = replay(happen(*TO_CLOSE[:-1], event(K.CLOSED, outcome=outcome, reason="政策已到期")))
    assert state.phase is Phase.CLOSED and not state.is_solved


def test_a_message_after_the_closing_is_evidence_and_reopens_nothing():
    """frappe/helpdesk #3465, FixMyStreet #2357."""
    before = replay(happen(*TO_CLOSE))
    assert refused(TO_CLOSE, event(K.MESSAGED, reason="还没有解决")) == ""
    assert replay(happen(*TO_CLOSE, K.MESSAGED)) == before


def test_reopening_is_a_decision_with_a_reason():
    assert "理由" in refused(TO_CLOSE, event(K.REOPENED, by="office"))
    assert refused(TO_CLOSE, event(K.REOPENED, by="office", reason="企业来信称未落实")) == ""


@pytest.mark.parametrize(("days", "allowed"), [(29, True), (30, True), (31, False)])
def test_after_the_window_a_new_request_names_the_old_one(days, allowed):
    """Zammad #4161: always or never; here a window in days."""
    closed = replay(happen(*TO_CLOSE)).closed
    wanted = RequestEvent(closed + timedelta(days=days), K.REOPENED, reason="又出现")
    said = refused(TO_CLOSE, wanted, reopen_within=30)
    assert (said == "") is allowed and ("另行登记" in said) is not allowed


def test_nothing_is_kept_that_a_second_closing_could_lose():
    """Zammad #2579, #4777; erpnext #18244: both attempts are read off the events."""
    again = event(K.REOPENED, reason="企业不认可")
    told = (*TO_CLOSE, again, REPLIED, PASSED, PLEASED, SOLVED)
    first, second = replay(happen(*told)).attempts
    assert first.closed == START + timedelta(hours=7) and first.outcome is RequestOutcome.SOLVED
    assert (second.began, second.closed) == (START + timedelta(hours=8), START + timedelta(hours=12))


def test_a_displeased_firm_puts_the_request_back_into_the_handlers_hands():
    """FixMyStreet #897, #29: the "not fixed" of a reporter never reached the body."""
    state = replay(happen(*TO_REPLY, PASSED, DISPLEASED))
    assert state.phase is Phase.IN_HAND and state.call_back is None and len(state.attempts) == 2
    assert state.attempts[0].result is CallBackResult.DISSATISFIED
    assert "核验" in refused((*TO_REPLY, PASSED, DISPLEASED), SOLVED)


def test_a_firm_displeased_twice_does_not_make_it_solved():
    """What cannot be done is closed as that; the office may also have it done once more."""
    told = (*TO_REPLY, PASSED, DISPLEASED, REPLIED, PASSED, DISPLEASED)
    assert "不满意" in refused(told, SOLVED)
    assert (
        refused(told, event(K.CLOSED, by="office", outcome=RequestOutcome.CANNOT, reason="不符合国家规定"))
        == ""
    )
    assert refused(told, event(K.REDONE, by="office", reason="换一个办法")) == ""


def test_the_firm_is_called_back_by_the_limit_of_its_class():
    """FixMyStreet #2378: ask by the body's own limit, not after four weeks for all."""
    rules = request_rules()["default"]
    assert rules.call_back_days("simple") == 1 and rules.call_back_days("normal") == 3


@pytest.mark.parametrize("wanted", [PASSED, PLEASED, SOLVED])
def test_who_handled_it_neither_checks_nor_calls_back_nor_closes(wanted):
    told = TO_CLOSE[: TO_CLOSE.index(wanted)]
    assert "办理人不能" in refused(told, replace(wanted, by="handler"))
    assert refused(told, replace(wanted, by="other")) == ""


def test_who_handled_the_first_attempt_does_not_close_the_second():
    told = (*TO_REPLY, PASSED, DISPLEASED, event(K.REPLIED, by="colleague"), PASSED, PLEASED)
    assert "办理人不能" in refused(told, replace(SOLVED, by="handler"))


def test_a_call_that_nobody_answered_is_tried_again():
    silent = event(K.CALLED_BACK, by="office", result=CallBackResult.NO_ANSWER)
    assert "再试" in refused((*TO_REPLY, PASSED, silent), SOLVED)
    assert refused((*TO_REPLY, PASSED, silent, silent), SOLVED) == ""


@pytest.mark.parametrize(
    ("told", "wanted", "said"),
    [
        ((), event(K.DECLINED, entry=EntryResult.EXPLAINED), "理由"),
        ((), event(K.DECLINED, reason="x"), "结果"),
        ((), event(K.DECLINED, reason="x", entry=EntryResult.DUPLICATE), "原诉求"),
        ((K.ACCEPTED,), event(K.ASSIGNED), "主办单位"),
        ((K.ACCEPTED, ASSIGNED), event(K.RETURNED), "理由"),
        (TO_REPLY[:3], event(K.CLOSED, outcome=RequestOutcome.CANNOT, reason="x"), "核验"),
        ((*TO_REPLY, PASSED, PLEASED), event(K.CLOSED, outcome=RequestOutcome.CANNOT), "理由"),
        ((*TO_REPLY, PASSED), SOLVED, "回访"),
        ((K.ACCEPTED,), event(K.CLOSED, outcome=RequestOutcome.WITHDRAWN), "理由"),
        (TO_REPLY[:3], event(K.EXTENDED, days=3), "没有待批"),
        ((*TO_REPLY[:3], event(K.EXTENSION_ASKED, reason="x")), event(K.EXTENSION_ASKED, reason="x"), "待批"),
        (TO_REPLY[:3], event(K.RESUMED), "未暂停"),
        (TO_REPLY, event(K.REPLIED), "不能答复"),
        (TO_CLOSE, event(K.INSPECTED), "撤回"),
        ((), event(K.RECEIVED), "已登记"),
    ],
)  # fmt: skip
def test_what_may_not_happen_says_why(told, wanted, said):
    assert said in refused(told, wanted)


def test_an_event_before_the_last_one_is_refused():
    wanted = RequestEvent(START + timedelta(minutes=30), K.ACCEPTED)
    assert refused((K.CONTACTED,), wanted) == "时间早于上一条办理记录"


def test_an_upheld_appeal_goes_back_to_be_assigned_and_a_refused_one_to_the_unit():
    told = (K.ACCEPTED, ASSIGNED, event(K.APPEALED, reason="不属本单位职责"))
    assert replay(happen(*told, event(K.APPEAL_DECIDED, passed=True))).phase is Phase.ACCEPTED
    assert replay(happen(*told, event(K.APPEAL_DECIDED, passed=False))).phase is Phase.ASSIGNED


def test_a_check_that_is_not_passed_goes_back_to_the_unit():
    assert replay(happen(*TO_REPLY, event(K.CHECKED, passed=False))).phase is Phase.IN_HAND


@given(st.lists(st.sampled_from([k for k in K if k is not K.RECEIVED]), max_size=25))
def test_no_allowed_history_closes_without_check_and_call_back_unless_withdrawn(kinds):
    """Any walk through allowed events keeps the promise: closing by the handling unit alone is no closing."""
    events = [RequestEvent(START, K.RECEIVED)]
    for number, kind in enumerate(kinds, start=1):
        made = RequestEvent(
            START + timedelta(hours=number), kind, by="a" if kind is K.REPLIED else "b", unit="u", reason="r",
            entry=EntryResult.EXPLAINED, outcome=RequestOutcome.SOLVED, result=CallBackResult.SATISFIED,
            passed=True, days=1,
        )  # fmt: skip
        if not event_refusal(replay(events), made):
            events.append(made)
    state: RequestState = replay(events)
    kinds_written = [e.kind for e in events]
    if state.phase is Phase.CLOSED:
        last = len(kinds_written) - 1 - kinds_written[::-1].index(K.CLOSED)
        assert K.CHECKED in kinds_written[:last] and K.CALLED_BACK in kinds_written[:last]
    assert sum(k is K.CLOSED for k in kinds_written) <= 1 + sum(k is K.REOPENED for k in kinds_written)


def test_every_kind_has_its_place_and_its_word():
    assert set(MOVES) | {K.RECEIVED} == set(K)
    assert all(kind.label for kind in K) and all(phase.label for phase in Phase)
