"""What a ticket of the city tells: events up to the state, never further, never a guess."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenpan.documents.firms.ticket_rows import TICKET_STATES, StateTable, table_of, ticket_rows
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.requests.events import EntryResult, RequestEvent, RequestOutcome
from wenpan.economy.requests.lifecycle import replay
from wenpan.rules.requests import ticket_states

AT = datetime(2022, 10, 3, 9, 0)
TABLES = (
    StateTable(date(2010, 1, 1), {state: state for state in TICKET_STATES}),
    StateTable(date(2023, 1, 1), {"办结": "explained"}),
)


def read(**values):
    reading = Reading("service_tickets")
    reading.records.append(Record("表", 2, {"code": "A1", "received": AT} | values, {}, {"code": "A"}))
    return ticket_rows(reading, TABLES)


def state_after(row):
    def event(e):
        entry = EntryResult(e.data["entry"]) if e.data.get("entry") else None
        outcome = RequestOutcome(e.data["outcome"]) if e.data.get("outcome") else None
        return RequestEvent(e.at, e.kind, entry=entry, outcome=outcome, passed=e.data.get("passed"))

    return replay([event(e) for e in row.events])


@pytest.mark.parametrize(
    ("state", "phase"),
    [
        ("registered", "registered"), ("accepted", "accepted"), ("assigned", "assigned"),
        ("in_hand", "in_hand"), ("replied", "replied"), ("checked", "checked"), ("solved", "closed"),
        ("explained", "closed"), ("cannot", "closed"), ("withdrawn", "closed"), ("out_of_scope", "declined"),
        ("wrong_unit", "declined"),
    ],
)  # fmt: skip
def test_every_state_of_the_table_ends_in_the_phase_that_it_means(state, phase):
    (row,), findings = read(state=state)
    assert (state_after(row).phase.value, findings) == (phase, [])


def test_a_ticket_without_a_state_is_as_far_as_its_moments_and_never_solved():
    (row,), _ = read(closed=datetime(2022, 10, 9, 9, 0))
    assert state_after(row).phase.value == "replied"


def test_only_a_rating_makes_a_call_back():
    (without,), _ = read(state="solved")
    (rated,), _ = read(state="solved", rating="satisfied")
    assert [e.kind.value for e in rated.events][-2:] == ["called_back", "closed"]
    assert "called_back" not in [e.kind.value for e in without.events]


@pytest.mark.parametrize(
    ("day", "since"), [("2022-12-31", "2010-01-01"), ("2023-01-01", "2023-01-01"), ("2009-12-31", None)]
)
def test_the_table_of_the_day_of_receipt_holds(day, since):
    found = table_of(date.fromisoformat(day), TABLES)
    assert (found and str(found.since)) == since


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(TICKET_STATES), st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 5_000))
def test_events_never_run_backwards(state, accepted, replied, closed):
    from datetime import timedelta

    def later(n):
        return AT + timedelta(minutes=n) if n else None

    (row,), _ = read(state=state, accepted=later(accepted), replied=later(replied), closed=later(closed))
    times = [event.at for event in row.events]
    assert times == sorted(times)
    assert state_after(row).received == AT


def test_the_shipped_table_reads_and_names_its_source():
    (table,) = ticket_states()
    assert table.state("办理中") == "in_hand" and table.state("无法办理") == "cannot"
    assert table.state("悬而未决") is None
