"""What is counted of requests: seven numbers with denominators, the hotline's table, months from the 25th."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta

import pytest

from tests.shared_data import SHARED
from wenpan.economy.requests.assessment import AssessmentRules, assess
from wenpan.economy.requests.clock_rules import RequestRuleError
from wenpan.economy.requests.counts import durations, month_span, reporting_month, service_counts
from wenpan.economy.requests.events import CallBackResult, EntryResult, RequestEvent, RequestOutcome
from wenpan.economy.requests.events import RequestEventKind as K
from wenpan.economy.requests.lifecycle import replay
from wenpan.rules.loading import load_yaml
from wenpan.rules.requests import assessment_in_force

START = datetime(2022, 10, 14, 9)


def state(*events: RequestEvent):
    return replay([RequestEvent(START, K.RECEIVED), *events])


def after(hours: int, kind: K, **more: object) -> RequestEvent:
    return RequestEvent(START + timedelta(hours=hours), kind, **more)


ANSWERED = (after(1, K.ACCEPTED), after(2, K.ASSIGNED, unit="u"), after(3, K.SIGNED_FOR), after(4, K.REPLIED))


def closed(outcome: RequestOutcome, result: CallBackResult) -> tuple[RequestEvent, ...]:
    checked = after(5, K.CHECKED, passed=True)
    return (*ANSWERED, checked, after(6, K.CALLED_BACK, result=result), after(7, K.CLOSED, outcome=outcome))


def test_the_seven_numbers_are_separate_and_each_has_its_denominator():
    states = [
        state(),  # received
        state(after(1, K.DECLINED, entry=EntryResult.DUPLICATE, joined_to="1")),
        state(*ANSWERED),
        state(*closed(RequestOutcome.SOLVED, CallBackResult.SATISFIED)),
        state(*closed(RequestOutcome.SOLVED, CallBackResult.BASICALLY)),
        state(*closed(RequestOutcome.EXPLAINED, CallBackResult.BASICALLY)),
        state(*closed(RequestOutcome.CANNOT, CallBackResult.NO_ANSWER)),
    ]
    counts = service_counts([(s, False) for s in states])
    assert (counts.received, counts.valid, counts.answered, counts.checked) == (7, 5, 5, 4)
    assert (counts.solved, counts.cannot, counts.explained) == (2, 1, 1)
    assert (counts.called_back, counts.satisfied) == (3, 3)  # nobody answered: no valid call-back
    assert counts.solved_rate.rate == 0.4 and counts.solved_rate.n == 5
    assert counts.satisfied_rate.rate is None  # three call-backs give no rate
    assert counts.open == 2


def test_a_hundred_percent_of_five_still_carries_an_interval():
    states = [state(*closed(RequestOutcome.SOLVED, CallBackResult.SATISFIED))] * 5
    rate = service_counts([(s, False) for s in states]).satisfied_rate
    assert rate.rate == 1 and rate.low < 0.8 and rate.n == 5


def test_a_firm_asked_twice_counts_once_with_its_last_word():
    twice = (
        *ANSWERED,
        after(5, K.CHECKED, passed=True),
        after(6, K.CALLED_BACK, result=CallBackResult.DISSATISFIED),
        after(7, K.REPLIED),
        after(8, K.CHECKED, passed=True),
        after(9, K.CALLED_BACK, result=CallBackResult.SATISFIED),
    )
    counts = service_counts([(state(*twice), False)])
    assert (counts.called_back, counts.satisfied, counts.reopened) == (1, 1, 1)


def call(result: str, *, contacted: bool = True, solved: bool = True) -> RequestEvent:
    return RequestEvent(
        START, K.CALLED_BACK, result=CallBackResult(result), contacted=contacted, solved=solved
    )


def test_the_hotlines_table_counts_over_valid_call_backs():
    """10 valid of 12: 9 contacted, 8 solved, 6 satisfied and 2 basically: 0.1·90 + 0.5·80 + 0.4·78 = 80.2."""
    calls = [call("satisfied")] * 6 + [call("basically")] * 2
    calls += [call("dissatisfied", solved=False), call("dissatisfied", contacted=False, solved=False)]
    calls += [call("no_answer"), call("refused")]
    rules = assessment_in_force(date(2022, 10, 14))
    row = assess("商务局", accepted=40, closed=30, call_backs=calls, rules=rules)
    assert (row.accepted, row.closed, row.valid) == (40, 30, 10)
    assert row.responded_rate.rate == 0.9 and row.solved_rate.rate == 0.8
    assert row.satisfied_rate == pytest.approx(0.78) and row.score == pytest.approx(80.2)
    assert row.solved_rate.low < 0.8 < row.solved_rate.high


def test_too_few_call_backs_give_no_score():
    rules = assessment_in_force(date(2022, 10, 14))
    row = assess("商务局", accepted=4, closed=4, call_backs=[call("satisfied")] * 4, rules=rules)
    assert row.score is None and row.satisfied_rate is None and row.valid == 4


def test_weights_are_data_and_make_one():
    data, _ = load_yaml("requests/assessment-zhungeer")
    rules = AssessmentRules.from_data(data)
    row = assess("x", accepted=5, closed=5, call_backs=[call("satisfied", contacted=False)] * 5, rules=rules)
    assert row.score == pytest.approx(70)
    with pytest.raises(RequestRuleError, match="weights"):
        AssessmentRules.from_data(data | {"weights": {"responded": 0.5, "solved": 0.5, "satisfied": 0.5}})


@pytest.mark.parametrize(
    ("day", "month"),
    [("2019-10-24", (2019, 10)), ("2019-10-25", (2019, 11)), ("2019-11-24", (2019, 11)),
     ("2019-12-25", (2020, 1))],
)  # fmt: skip
def test_a_reporting_month_may_begin_on_the_25th(day, month):
    on = date.fromisoformat(day)
    assert reporting_month(on, 25) == month
    first, last = month_span(*month, 25)
    assert first <= on <= last


def test_the_spans_of_months_meet():
    for first_day in (1, 16, 25, 28):
        spans = [month_span(year, month, first_day) for year in (2019, 2020) for month in range(1, 13)]
        assert all(b[0] - a[1] == timedelta(days=1) for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.shared
def test_real_messages_of_citizens_give_their_known_figures():
    path = SHARED / "citizen_messages" / "message_reply_times_no_text.csv"
    path = path if path.exists() else SHARED / "data" / "citizen_messages" / path.name
    if not path.exists():
        pytest.skip("the shared folder is not here")
    days, received = [], 0
    for row in csv.DictReader(path.open(encoding="utf-8-sig")):
        received += 1
        begin = RequestEvent(datetime.fromisoformat(row["created"]), K.RECEIVED)
        events = [begin, replace_kind(begin, K.ACCEPTED)]
        if row["replied"]:
            events.append(RequestEvent(datetime.fromisoformat(row["replied"]), K.REPLIED))
        found = replay(events)
        if found.replied:
            days.append((found.replied - found.received).total_seconds() / 86400)
    figures = durations(days)
    assert (received, figures.n) == (2816, 2815)
    assert round(figures.median, 1) == 11.2
    assert round(100 * figures.over[15], 1) == 38.5 and round(100 * figures.over[30], 1) == 16.3


def replace_kind(event: RequestEvent, kind: K) -> RequestEvent:
    return RequestEvent(event.at, kind)
