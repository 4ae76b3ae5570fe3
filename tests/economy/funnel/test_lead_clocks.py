"""The clocks of a lead: 1 day, 3 days, 1 week, every 2 weeks."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from wenpan.economy.funnel.lead_clocks import LeadEvent, LeadEventKind, lead_clocks
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml
from wenpan.rules.deals import lead_clock_rules

K = LeadEventKind
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])
RULES = lead_clock_rules(date(2022, 9, 1))
RECEIVED = LeadEvent(datetime(2022, 9, 5, 10), K.RECEIVED)  # a Monday


def states(events: list[LeadEvent], at: datetime, **more: float) -> dict[str, str]:
    clocks = lead_clocks([RECEIVED, *events], RULES, calendar=CALENDAR, at=at, **more)
    return {f"{c.code}{c.round}": c.state.value for c in clocks}


@pytest.mark.parametrize(
    ("at", "state"), [(datetime(2022, 9, 6, 17, 29), "open"), (datetime(2022, 9, 7, 9), "late")]
)
def test_a_lead_is_answered_on_the_next_working_day(at, state):
    assert states([], at)["answer1"] == state


def test_an_answer_in_time_is_met_and_stays_met():
    assert states([LeadEvent(datetime(2022, 9, 6, 9), K.ANSWERED)], datetime(2022, 12, 1))["answer1"] == "met"


@pytest.mark.parametrize(
    ("asked", "at", "state"),
    [(False, datetime(2022, 9, 9, 9), "late"), (True, datetime(2022, 9, 9, 9), "open"),
     (True, datetime(2022, 9, 14, 9), "late")],
)  # fmt: skip
def test_experts_make_three_days_a_week(asked, at, state):
    experts = [LeadEvent(datetime(2022, 9, 6, 9), K.EXPERTS)] if asked else []
    assert states(experts, at)["judge1"] == state


def test_reports_follow_every_two_weeks_after_the_feedback():
    fed_back = LeadEvent(datetime(2022, 9, 9, 9), K.FED_BACK)
    first = LeadEvent(datetime(2022, 9, 20, 9), K.REPORTED)
    late = LeadEvent(datetime(2022, 10, 8, 9), K.REPORTED)
    found = states([fed_back, first, late], datetime(2022, 10, 10))
    assert {k: v for k, v in found.items() if k.startswith("report")} == {
        "report1": "met", "report2": "late", "report3": "open",
    }  # fmt: skip


def test_a_closed_lead_has_no_clock_that_runs_on():
    closed = LeadEvent(datetime(2022, 9, 6, 9), K.CLOSED)
    found = states([closed], datetime(2022, 12, 1))
    assert set(found.values()) == {"stopped"}


def test_a_pause_stops_the_clock():
    pause = LeadEvent(datetime(2022, 9, 5, 11), K.PAUSED)
    assert states([pause], datetime(2022, 9, 30))["answer1"] == "paused"
    on = LeadEvent(datetime(2022, 9, 29, 8), K.RESUMED)
    assert states([pause, on], datetime(2022, 9, 29, 9))["answer1"] == "open"


@pytest.mark.parametrize(("amount", "clocks"), [(9999.99, 0), (10000.0, 3), (None, 3)])
def test_small_leads_have_no_clocks_and_unknown_ones_have(amount, clocks):
    assert len(states([], datetime(2022, 9, 6), **({"amount": amount} if amount else {}))) == clocks


def test_what_comes_later_is_not_looked_at():
    later = LeadEvent(datetime(2022, 9, 6, 9), K.ANSWERED)
    assert states([later], datetime(2022, 9, 6, 8, 59)) == states([], datetime(2022, 9, 6, 8, 59))
