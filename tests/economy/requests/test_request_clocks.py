"""The clocks of requests: dated sets of real places, and a simulator of minutes that shares no code."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import request_clocks as minutes
from wenpan.economy.requests.clock_rules import RequestRuleError, RequestRules
from wenpan.economy.requests.clocks import RequestClock, RequestClockState, collection_day, request_clocks
from wenpan.economy.requests.events import RequestEvent, RequestOutcome
from wenpan.economy.requests.events import RequestEventKind as K
from wenpan.economy.requests.extensions import extension_refusal
from wenpan.rules.requests import request_rules, request_rules_in_force
from wenpan.rules.working_days import calendar

SETS = request_rules()
SEED = 20221014
CLOCK = {"code": "close", "begins": "received", "ends": ["closed"], "limit": 1, "unit": "days"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def log(*told: str) -> list[RequestEvent]:
    """ "2022-10-14 09:00 received", one each."""
    return [RequestEvent(at(line[:16]), K(line[17:])) for line in told]


def says(code: str, events: list[RequestEvent], when: str, **more: str) -> dict[str, RequestClock]:
    clocks = request_clocks(events, SETS[code], calendar=calendar(), at=at(when), **more)
    return {clock.code: clock for clock in clocks}


ACCEPTED = log("2022-09-30 09:00 received", "2022-09-30 10:00 accepted")


@pytest.mark.parametrize(
    ("code", "clock", "due", "why"),
    [
        ("shandong", "contact", "2022-10-08 17:30", "受理次日起1个工作日, 国庆后8日周六调休上班"),
        ("shandong", "reply", "2022-10-10 17:30", "8日、9日、10日"),
        ("shandong", "close", "2022-10-26 17:30", "15个工作日"),
        ("shandong", "longest", "2022-11-16 17:30", "30个工作日"),
        ("zaozhuang", "reply", "2022-10-09 17:30", "登记次日起2个工作日"),
        ("zaozhuang", "close", "2022-10-19 17:30", "10个工作日"),
        ("jiangmen", "contact", "2022-09-30 10:00", "60分钟, 自登记时刻起"),
        ("jiangmen", "reply", "2022-10-01 09:00", "24小时, 节假日照算"),
        ("jiangmen", "close", "2022-10-08 00:00", "7个自然日, 次日起算, 10月7日届满"),
        ("zhuzhou", "contact", "2022-10-10 17:30", "30日收集, 次日起3个工作日"),
        ("zhuzhou", "close", "2022-10-12 17:30", "受理次日起5个工作日"),
        ("xuchang", "close", "2022-10-12 17:30", "C类5个工作日"),
        ("quanzhou", "objection", "2022-10-08 17:30", "分办次日起1个工作日"),
        ("quanzhou", "assist", "2022-10-10 17:30", "分办次日起3个工作日"),
        ("quanzhou", "close", "2022-10-14 17:30", "分办次日起7个工作日"),
        ("city-bureau", "close", "2022-10-24 17:30", "投诉类自登记次日起13个工作日"),
    ],
)  # fmt: skip
def test_each_place_counts_as_its_document_says(code, clock, due, why):
    assigned = [*ACCEPTED, RequestEvent(at("2022-09-30 10:15"), K.ASSIGNED, unit="zjj")]
    assert says(code, assigned, "2022-09-30 10:30")[clock].due == at(due), why


@pytest.mark.parametrize(
    ("request_class", "due"),
    [("A", "2022-10-31 00:00"), ("B", "2022-10-26 17:30"), ("C", "2022-10-12 17:30")],
)  # fmt: skip
def test_xuchang_gives_a_month_fifteen_or_five_working_days_by_class(request_class, due):
    """A month from 30 September ends with 30 October, a Sunday: it rolls to Monday's end (民法典第203条)."""
    clock = says("xuchang", ACCEPTED, "2022-10-01 09:00", request_class=request_class)["close"]
    assert clock.due == (at("2022-11-01 00:00") if request_class == "A" else at(due))


def test_a_clock_from_acceptance_has_not_begun_before_it():
    clock = says("shandong", log("2022-10-14 09:00 received"), "2022-10-14 17:00")["close"]
    assert (clock.state, clock.due, clock.began) == (RequestClockState.OPEN, None, None)


@pytest.mark.parametrize(
    ("when", "state"),
    [("2022-10-26 17:30", "open"), ("2022-10-26 17:31", "late"), ("2022-10-25 17:30", "open")],
)
def test_it_is_late_after_its_last_minute_and_not_on_it(when, state):
    assert says("shandong", ACCEPTED, when)["close"].state == state


@pytest.mark.parametrize(
    ("closed", "state"),
    [("2022-10-26 17:30", "met"), ("2022-10-26 17:31", "late"), ("2022-10-10 08:30", "met")],
)
def test_a_closing_on_the_last_minute_is_in_time(closed, state):
    clock = says("shandong", [*ACCEPTED, *log(f"{closed} closed")], "2023-01-01 00:00")["close"]
    assert clock.state == state and clock.ended == at(closed) and clock.due == at("2022-10-26 17:30")


def test_a_deadline_across_spring_festival_leaves_out_the_holiday_and_counts_the_made_up_days():
    """Accepted Tuesday 25 January 2022; holiday 31 Jan to 6 Feb; Saturday 29 and Sunday 30 are worked."""
    events = log("2022-01-25 09:00 received", "2022-01-25 09:00 accepted")
    clock = says("zhuzhou", events, "2022-01-26 09:00")["close"]  # 26, 27, 28, 29, 30
    assert clock.due == at("2022-01-30 17:30")
    assert says("xuchang", events, "2022-01-26 09:00", request_class="B")["close"].due == at(
        "2022-02-18 17:30"
    )


def test_a_request_that_was_reopened_is_not_overdue_at_once():
    """GLPI #9267: the time closed was not taken as waiting. Closed after 3 of 15 days."""
    events = [*ACCEPTED, *log("2022-10-10 17:30 closed", "2022-12-01 08:30 reopened")]
    clock = says("shandong", events, "2022-12-01 08:31")["close"]
    assert clock.state is RequestClockState.OPEN
    assert clock.due == at("2022-12-16 17:30")  # the 12 days that were left, from 1 December
    assert [r.ended for r in clock.rounds] == [at("2022-10-10 17:30"), None]  # both attempts stay readable


@pytest.mark.parametrize(
    ("reopening", "due"),
    [
        ("continues", "2022-12-16 17:30"),
        ("runs_through", "2022-10-26 17:30"),
        ("restarts", "2022-12-22 17:30"),
    ],
)
def test_what_reopening_does_is_a_setting(reopening, due):
    rules = RequestRules.from_data(
        {"version": "1", "effective_from": date(2020, 1, 1), "source": "x", "clocks": [
            {"code": "close", "begins": "accepted", "ends": ["closed"], "limit": 15, "unit": "working_days",
             "reopening": reopening}]}
    )  # fmt: skip
    events = [*ACCEPTED, *log("2022-10-10 17:30 closed", "2022-12-01 08:30 reopened")]
    (clock,) = request_clocks(events, rules, calendar=calendar(), at=at("2022-12-01 09:00"))
    assert clock.due == at(due)


def test_nothing_that_was_closed_can_be_reset_to_look_in_time():
    """erpnext #18244 had a button for it: a late first attempt stays late whatever follows."""
    events = [
        *ACCEPTED,
        *log("2022-11-01 09:00 closed", "2022-12-01 08:30 reopened", "2022-12-02 08:30 closed"),
    ]
    assert says("shandong", events, "2023-01-01 09:00")["close"].state is RequestClockState.LATE


def test_a_pause_stops_the_reply_and_the_closing_but_not_the_first_contact():
    events = [*ACCEPTED, *log("2022-10-08 08:30 paused")]
    clocks = says("shandong", events, "2022-10-20 09:00")
    assert (clocks["close"].state, clocks["close"].due) == (RequestClockState.PAUSED, None)
    assert clocks["contact"].state is RequestClockState.LATE


def test_a_firm_that_withdraws_leaves_the_clock_neither_met_nor_late():
    closing = RequestEvent(at("2022-10-10 09:00"), K.CLOSED, outcome=RequestOutcome.WITHDRAWN)
    assert (
        says("shandong", [*ACCEPTED, closing], "2022-11-30 09:00")["close"].state is RequestClockState.STOPPED
    )
    late = RequestEvent(at("2022-11-10 09:00"), K.CLOSED, outcome=RequestOutcome.WITHDRAWN)
    assert says("shandong", [*ACCEPTED, late], "2022-11-30 09:00")["close"].state is RequestClockState.LATE


def test_a_message_of_the_firm_moves_no_clock():
    """frappe/helpdesk #3465: a reply to a closed ticket reopened it and distorted the figures."""
    closed = [*ACCEPTED, *log("2022-10-10 17:30 closed")]
    before, after = (
        says("shandong", events, "2023-02-01 09:00")
        for events in (closed, [*closed, *log("2022-12-01 08:30 messaged")])
    )
    assert before == after


def test_what_is_asked_of_the_past_does_not_know_the_future():
    events = [*ACCEPTED, *log("2022-10-10 17:30 closed", "2022-12-01 08:30 reopened")]
    assert says("shandong", events, "2022-10-11 09:00")["close"].state is RequestClockState.MET
    assert says("shandong", events, "2022-10-08 09:00")["close"].state is RequestClockState.OPEN
    assert says("shandong", events, "2022-09-29 09:00") == {}


@pytest.mark.parametrize(
    ("when", "days", "said"),
    [
        ("2022-10-26 17:30", 5, ""),
        ("2022-10-26 17:31", 5, "到期前才能申请延期"),
        ("2022-10-20 09:00", 15, ""),
        ("2022-10-20 09:00", 16, "超过最长时限"),
        ("2022-10-20 09:00", 0, "至少1天"),
    ],
)
def test_more_time_is_asked_before_the_due_moment_and_within_the_longest(when, days, said):
    found = extension_refusal(ACCEPTED, SETS["shandong"], calendar=calendar(), at=at(when), days=days)
    assert said in found and bool(said) == bool(found)


def test_quanzhou_wants_it_a_day_ahead():
    events = [*ACCEPTED, *log("2022-09-30 10:00 assigned")]  # due 2022-10-14 17:30

    def ask(when: str) -> str:
        return extension_refusal(events, SETS["quanzhou"], calendar=calendar(), at=at(when), days=3)

    assert ask("2022-10-13 17:30") == "" and "1天" in ask("2022-10-13 17:31")


def test_an_extension_moves_the_closing_and_never_the_longest():
    events = [*ACCEPTED, RequestEvent(at("2022-10-20 09:00"), K.EXTENDED, days=2)]
    clocks = says("shandong", events, "2022-10-21 09:00")
    assert clocks["close"].due == at("2022-10-28 17:30") and clocks["longest"].due == at("2022-11-16 17:30")


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2022-10-15", "2022-10-15"), ("2022-10-16", "2022-10-30"), ("2022-10-31", "2022-11-15"),
     ("2023-02-16", "2023-02-28"), ("2024-02-28", "2024-02-29")],
)  # fmt: skip
def test_collection_days_are_the_15th_and_30th_or_the_last_of_february(on, expected):
    assert collection_day(date.fromisoformat(on), (15, 30)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"clocks": []}, "clocks"),
        ({"main": "nothing"}, "main"),
        ({"month_from": 29}, "month_from"),
        ({"clocks": [CLOCK | {"ends": ["replied"]}]}, "ends"),
        ({"clocks": [CLOCK | {"begins": "someday"}]}, "begins"),
        ({"clocks": [CLOCK | {"limit": 0}]}, "limit"),
        ({"clocks": [CLOCK | {"unit": "weeks"}]}, "unit"),
        ({"clocks": [CLOCK | {"begins": "collected"}]}, "collected"),
        ({"extension": {"up_to": "nothing"}}, "extension.up_to"),
    ],
)  # fmt: skip
def test_a_set_that_cannot_be_used_says_what_is_wrong(change, key):
    data = {"version": "1", "effective_from": date(2020, 1, 1), "source": "x", "clocks": [CLOCK]}
    RequestRules.from_data(data)
    with pytest.raises(RequestRuleError, match=key.replace(".", r"\.")):
        RequestRules.from_data(data | change)


def test_the_shipped_sets_have_a_source_and_one_is_in_force():
    assert {"default", "shandong", "zaozhuang", "jiangmen", "quanzhou", "xuchang", "zhuzhou"} <= set(SETS)
    assert all(rules.source for rules in SETS.values())
    assert request_rules_in_force(date(2022, 10, 14)).code == "default"


def test_eight_hundred_histories_as_the_minute_simulator_has_them():
    _, clocks, told = minutes.differences(SEED, range(800))
    assert clocks > 1500 and told == []


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=200_000, max_value=10**9))
def test_any_history_as_the_minute_simulator_has_it(number):
    assert minutes.differences(SEED, range(number, number + 1))[2] == []


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=100), st.integers(min_value=1, max_value=4000))
def test_a_reopening_that_continues_shifts_the_due_moment_by_no_working_minute(closed_after, open_minutes):
    """The minutes that are left when it is closed are left when it is reopened."""
    closed = at("2022-10-01 00:00") + timedelta(hours=closed_after)
    again = closed + timedelta(minutes=open_minutes)
    plain = says("shandong", ACCEPTED, "2022-12-01 09:00")["close"]
    events = [*ACCEPTED, RequestEvent(closed, K.CLOSED), RequestEvent(again, K.REOPENED)]
    moved = says("shandong", events, "2022-12-01 09:00")["close"]
    spans = minutes.worked_minutes(SEED, 0)
    lost = int(spans[minutes.minute(closed) : minutes.minute(again)].sum())
    between = int(spans[minutes.minute(plain.due) : minutes.minute(moved.due)].sum())
    assert between == lost
