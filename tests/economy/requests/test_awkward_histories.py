"""Awkward histories, told by what places and firms report (domain-rooms.md B and C) and not by the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from wenpan.economy.requests.clocks import RequestClock, RequestClockState, request_clocks
from wenpan.economy.requests.counts import month_span, reporting_month, service_counts
from wenpan.economy.requests.event_rules import event_refusal
from wenpan.economy.requests.events import CallBackResult, EntryResult, RequestEvent, RequestOutcome
from wenpan.economy.requests.events import RequestEventKind as K
from wenpan.economy.requests.extensions import extension_refusal
from wenpan.economy.requests.lifecycle import Phase, RequestState, replay
from wenpan.rules.requests import request_rules
from wenpan.rules.working_days import calendar

SETS = request_rules()
TOLD = {
    "checked": {"passed": True, "by": "office"},
    "pleased": {"kind": K.CALLED_BACK, "result": CallBackResult.SATISFIED, "by": "office"},
    "displeased": {"kind": K.CALLED_BACK, "result": CallBackResult.DISSATISFIED, "by": "office"},
    "unanswered": {"kind": K.CALLED_BACK, "result": CallBackResult.NO_ANSWER, "by": "office"},
    "solved": {"kind": K.CLOSED, "outcome": RequestOutcome.SOLVED, "by": "office"},
    "cannot": {"kind": K.CLOSED, "outcome": RequestOutcome.CANNOT, "by": "office", "reason": "目录不允许"},
    "withdrawn": {"kind": K.CLOSED, "outcome": RequestOutcome.WITHDRAWN, "by": "office", "reason": "来电"},
    "twice": {"kind": K.DECLINED, "entry": EntryResult.DUPLICATE, "joined_to": "2022-S0001", "reason": "同"},
    "explained": {"kind": K.DECLINED, "entry": EntryResult.EXPLAINED, "reason": "已解释政策"},
    "upheld": {"kind": K.APPEAL_DECIDED, "passed": True, "by": "office"},
    "extended": {"days": 3},
    "replied": {"by": "handler"},
}  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def history(*lines: str) -> list[RequestEvent]:
    """ "2022-10-14 09:00 received", one each; the third word is a kind or one of `TOLD`."""
    found = []
    for line in lines:
        more = dict(TOLD.get(line[17:], {}))
        kind = more.pop("kind", None) or K(line[17:])
        unit = {"unit": "zjj"} if kind is K.ASSIGNED else {}
        reason = {"reason": "有据"} if "reason" not in more else {}
        found.append(RequestEvent(at(line[:16]), kind, **unit, **reason, **more))
    return found


def says(code: str, events: list[RequestEvent], when: str, **more: str) -> dict[str, RequestClock]:
    clocks = request_clocks(events, SETS[code], calendar=calendar(), at=at(when), **more)
    return {clock.code: clock for clock in clocks}


def allowed(events: list[RequestEvent]) -> str:
    """The first refusal of a history written step by step; "" where every step may be written."""
    for n in range(1, len(events)):
        if said := event_refusal(replay(events[:n]), events[n]):
            return said
    return ""


def test_zhuzhou_a_firm_that_was_rung_up_before_the_collection_day_was_contacted_in_time():
    """Collected on the 15th and 30th: heard of on the 16th, rung up on the 18th, collected on the 30th."""
    told = history("2022-11-16 09:00 received", "2022-11-18 10:00 contacted")
    early = says("zhuzhou", told, "2022-11-20 09:00")
    late = says("zhuzhou", told, "2022-12-20 09:00")
    assert {clocks["contact"].state for clocks in (early, late)} == {RequestClockState.MET}


def test_zhuzhou_what_is_accepted_before_it_is_collected_is_due_from_its_acceptance():
    told = history("2022-11-16 09:00 received", "2022-11-17 09:00 accepted")
    assert says("zhuzhou", told, "2022-11-18 09:00")["close"].due == at("2022-11-24 17:30")


def test_a_bureau_an_urgent_call_at_half_past_four_is_due_that_day_and_not_the_next_afternoon():
    told = history("2022-10-14 16:30 received")
    clock = says("city-bureau", told, "2022-10-14 17:00", request_class="urgent")["close"]
    assert clock.due == at("2022-10-15 00:00")
    morning = says("city-bureau", told, "2022-10-15 00:01", request_class="urgent")["close"]
    assert morning.state is RequestClockState.LATE


def test_a_bureau_thirteen_days_are_counted_from_the_day_after_over_the_national_holiday():
    """Received on Friday 30 September: 8 and 9 October are worked, so the 13th day is the 24th."""
    told = history("2022-09-30 17:29 received")
    assert says("city-bureau", told, "2022-10-08 09:00")["close"].due == at("2022-10-24 17:30")


@pytest.mark.parametrize(
    ("received", "month"),
    [("2019-10-24 23:59", (2019, 10)), ("2019-10-25 00:00", (2019, 11)), ("2019-11-24 23:59", (2019, 11)),
     ("2019-12-25 08:00", (2020, 1))],
)  # fmt: skip
def test_xinglongtai_the_month_of_a_notice_runs_from_the_25th(received, month):
    first_day = SETS["xinglongtai"].month_from
    assert reporting_month(at(received).date(), first_day) == month
    first, last = month_span(*month, first_day)
    assert first <= at(received).date() <= last


def test_xuchang_a_month_from_the_last_of_january_ends_with_february():
    """Class A, accepted on Tuesday 31 January 2023: there is no 31 February."""
    told = history("2023-01-31 09:00 received", "2023-01-31 10:00 accepted")
    clock = says("xuchang", told, "2023-02-01 09:00", request_class="A")["close"]
    assert clock.due == at("2023-03-01 00:00")


def test_jiangmen_sixty_minutes_run_over_midnight_and_over_the_holiday():
    told = history("2022-09-30 23:40 received")
    clock = says("jiangmen", told, "2022-10-01 00:30")["contact"]
    assert (clock.due, clock.state) == (at("2022-10-01 00:40"), RequestClockState.OPEN)
    assert says("jiangmen", told, "2022-10-01 00:41")["contact"].state is RequestClockState.LATE


def test_an_appeal_that_is_upheld_gives_the_next_unit_no_new_clock_against_the_firm():
    """The firm has waited since the acceptance, whoever was wrongly asked first."""
    told = history(
        "2022-10-10 09:00 received", "2022-10-10 10:00 accepted", "2022-10-10 11:00 assigned",
        "2022-10-11 09:00 appealed", "2022-10-13 09:00 upheld", "2022-10-13 10:00 assigned",
        "2022-10-13 11:00 signed_for",
    )  # fmt: skip
    assert allowed(told) == ""
    assert replay(told).phase is Phase.IN_HAND
    straight = says("shandong", told[:2], "2022-10-14 09:00")["close"].due
    assert says("shandong", told, "2022-10-14 09:00")["close"].due == straight


def test_an_answer_that_is_done_again_is_called_back_again_before_it_is_solved():
    """The firm was pleased with the first answer; what was done again it has not been asked about."""
    told = history(
        "2022-10-10 09:00 received", "2022-10-10 10:00 accepted", "2022-10-10 11:00 assigned",
        "2022-10-10 12:00 signed_for", "2022-10-11 09:00 replied", "2022-10-11 10:00 checked",
        "2022-10-12 09:00 pleased", "2022-10-12 10:00 redone", "2022-10-13 09:00 replied",
        "2022-10-13 10:00 checked",
    )  # fmt: skip
    assert allowed(told) == ""
    (closing,) = history("2022-10-13 11:00 solved")
    assert "回访后" in event_refusal(replay(told), closing)
    assert replay(told).waits_for_call_back


def test_two_calls_that_nobody_answered_before_it_was_done_again_do_not_count_for_the_next_answer():
    told = history(
        "2022-10-10 09:00 received", "2022-10-10 10:00 accepted", "2022-10-10 11:00 assigned",
        "2022-10-10 12:00 signed_for", "2022-10-11 09:00 replied", "2022-10-11 10:00 checked",
        "2022-10-12 09:00 unanswered", "2022-10-12 10:00 unanswered", "2022-10-12 11:00 redone",
        "2022-10-13 09:00 replied", "2022-10-13 10:00 checked", "2022-10-13 11:00 unanswered",
    )  # fmt: skip
    (closing,) = history("2022-10-13 12:00 cannot")
    assert "再试一次" in event_refusal(replay(told), closing)


def test_more_time_is_not_asked_while_the_clock_stands_nor_after_the_answer_was_closed():
    told = history("2022-10-10 09:00 received", "2022-10-10 10:00 accepted", "2022-10-11 09:00 paused")
    more = {"calendar": calendar(), "days": 3}
    assert "暂停" in extension_refusal(told, SETS["shandong"], at=at("2022-10-12 09:00"), **more)
    closed = [*told, *history("2022-10-13 09:00 resumed", "2022-10-14 09:00 withdrawn")]
    assert "已办结" in extension_refusal(closed, SETS["shandong"], at=at("2022-10-15 09:00"), **more)


def test_a_pause_over_the_last_day_moves_it_by_the_minutes_that_were_left_and_no_more():
    """Five working days from Monday, due on the 17th; stands from the last afternoon at four for a week."""
    told = history("2022-10-10 09:00 received", "2022-10-10 10:00 accepted", "2022-10-17 16:00 paused",
                   "2022-10-24 16:00 resumed")  # fmt: skip
    assert says("zhuzhou", told, "2022-10-24 16:30")["close"].due == at("2022-10-24 17:30")


def test_puer_56_received_31_valid_25_explained_at_the_entry():
    """To 30 September 2025: 31 valid, of which 13 done and 18 in hand; 25 explained as not accepted."""
    way = ["accepted", "assigned", "signed_for", "replied", "checked", "pleased", "solved"]

    def state(*steps: str) -> RequestState:
        return replay(history("2025-09-01 08:00 received", *(
            f"2025-09-{n + 2:02} 09:00 {step}" for n, step in enumerate(steps))))  # fmt: skip

    rows = [state(*way)] * 13 + [state(*way[:3])] * 18 + [state("explained")] * 25
    counts = service_counts((row, False) for row in rows)
    assert (counts.received, counts.valid, counts.solved, counts.open) == (56, 31, 13, 18)
    assert counts.explained == 0  # explained at the entry is not closed as explained
    assert counts.valid_rate.n == 56 and counts.solved_rate.n == 31


def test_anqing_answered_is_not_checked_and_checked_is_not_solved():
    """147 requests: 120 answered, of these 102 passed the check and 18 are under check; 27 are not due."""
    way = ["accepted", "assigned", "signed_for", "replied", "checked"]
    told = [history("2018-08-01 08:00 received", *(
        f"2018-08-{n + 2:02} 09:00 {step}" for n, step in enumerate(way[:upto])))
        for upto in [5] * 102 + [4] * 18 + [3] * 27]  # fmt: skip
    counts = service_counts((replay(events), False) for events in told)
    assert (counts.answered, counts.checked, counts.solved, counts.open) == (120, 102, 0, 147)
    assert counts.answered_rate.n == 147 and counts.checked_rate.n == 120


def test_one_request_by_two_channels_is_received_twice_and_valid_once():
    one = replay(history("2022-10-10 09:00 received", "2022-10-10 10:00 accepted"))
    other = replay(
        history("2022-10-11 09:00 received", "2022-10-11 09:30 accepted", "2022-10-11 10:00 twice")
    )
    counts = service_counts([(one, False), (other, True)])
    assert (counts.received, counts.valid, counts.late) == (2, 1, 0)


def test_what_cannot_be_done_needs_its_words_and_is_never_solved():
    """包抓联: 无法办理 is a state of its own with an explanation, not a closure of the problem."""
    way = history(
        "2022-10-10 09:00 received", "2022-10-10 10:00 accepted", "2022-10-10 11:00 assigned",
        "2022-10-10 12:00 signed_for", "2022-10-11 09:00 replied", "2022-10-11 10:00 checked",
        "2022-10-12 09:00 pleased",
    )  # fmt: skip
    (closing,) = history("2022-10-12 10:00 cannot")
    assert "理由" in event_refusal(replay(way), replace(closing, reason=" "))
    counts = service_counts([(replay([*way, closing]), False)])
    assert (counts.cannot, counts.solved, counts.satisfied, counts.open) == (1, 0, 1, 0)


def test_a_message_on_new_years_eve_and_an_answer_dated_before_it_are_both_taken():
    """The firm writes while the office is away; the unit then notes its answer of the day before."""
    told = history(
        "2022-12-29 09:00 received", "2022-12-29 10:00 accepted", "2022-12-29 11:00 assigned",
        "2022-12-29 12:00 signed_for", "2022-12-31 23:50 messaged", "2022-12-30 17:00 replied",
    )  # fmt: skip
    assert allowed(told) == ""
    assert replay(told).phase is Phase.REPLIED
    assert date(2022, 12, 30) == replay(told).replied.date()
