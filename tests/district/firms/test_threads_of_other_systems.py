"""Defects of other systems of requests (domain-rooms.md B4): each thread is a test.

`THREADS` says where each is held. Those that other modules hold by a name of their own are checked to be
there; the rest stands below.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.district.firms.conftest import FRIDAY
from tests.district.supervision.conftest import day
from wenpan.district.firms.models import ServiceRequest
from wenpan.district.firms.models.request_words import OUTCOME_WORDS
from wenpan.district.firms.models.requests import OPEN
from wenpan.district.firms.requests.event_log import clocks_of, events_of
from wenpan.district.firms.requests.queries import request_page, service_report
from wenpan.district.firms.requests.steps import OFFICE, UNIT
from wenpan.district.ground.refused import Refused
from wenpan.district.ui.awaited import awaited_of
from wenpan.economy.requests.clock_rules import Reopening
from wenpan.economy.requests.clocks import request_clocks
from wenpan.economy.requests.events import CallBackResult, RequestEvent, RequestEventKind, RequestOutcome
from wenpan.economy.requests.lifecycle import Phase, replay
from wenpan.rules.requests import request_rules
from wenpan.rules.working_days import calendar

ROOT = Path(__file__).parents[3]
CLOCKS, EVENTS = (
    "tests/economy/requests/test_request_clocks.py",
    "tests/economy/requests/test_request_events.py",
)
HERE, DOOR = "tests/district/firms/test_threads_of_other_systems.py", "tests/district/door/test_door.py"
THREADS: dict[str, tuple[str, ...]] = {
    "GLPI 9267: a reopened request is overdue at once": (
        f"{CLOCKS}::test_a_request_that_was_reopened_is_not_overdue_at_once",
        f"{CLOCKS}::test_a_reopening_that_continues_shifts_the_due_moment_by_no_working_minute",
        f"{HERE}::test_put_back_after_the_answer_or_after_the_closing_the_clock_goes_by_the_rule",
    ),
    "GLPI 5213, Znuny 369: whether reopening restarts the clock is policy": (
        f"{CLOCKS}::test_what_reopening_does_is_a_setting",
        f"{HERE}::test_the_default_is_that_the_clock_continues",
    ),
    "Zammad 4161: reopening without a window": (
        f"{EVENTS}::test_after_the_window_a_new_request_names_the_old_one",
    ),
    "Zammad 2579, 4777: what the first closing stored is gone with the second": (
        f"{EVENTS}::test_nothing_is_kept_that_a_second_closing_could_lose",
        f"{HERE}::test_the_first_closing_is_still_there_after_the_second",
    ),
    "erpnext 18244: a button that resets the clock": (
        f"{CLOCKS}::test_nothing_that_was_closed_can_be_reset_to_look_in_time",
        f"{HERE}::test_no_step_resets_a_clock",
    ),
    "frappe helpdesk 3465: a reply to a closed ticket reopens it": (
        f"{EVENTS}::test_a_message_after_the_closing_is_evidence_and_reopens_nothing",
        "tests/district/firms/test_request_actions.py::test_a_message_after_the_closing_changes_nothing_but_the_log",
        f"{HERE}::test_a_message_after_the_closing_changes_no_figure",
    ),
    "FixMyStreet 2357: an answer reopened a report in silence": (
        f"{HERE}::test_every_change_of_the_phase_has_an_event_that_the_page_shows",
    ),
    "FixMyStreet 269, 1339, 285: closed told as fixed": (
        f"{EVENTS}::test_closed_is_not_solved",
        f"{HERE}::test_only_solved_counts_as_solved_and_each_end_has_its_own_word",
    ),
    "FixMyStreet 897, 29: not fixed never reached who handles it": (
        f"{EVENTS}::test_a_displeased_firm_puts_the_request_back_into_the_handlers_hands",
        f"{DOOR}::test_a_displeased_firm_puts_the_request_back_into_hand",
        f"{HERE}::test_a_displeased_firm_is_a_line_of_the_handlers_own_day",
    ),
    "FixMyStreet 2378: asked whether it is fixed by a term of its own": (
        f"{EVENTS}::test_the_firm_is_called_back_by_the_limit_of_its_class",
    ),
    "Open311: open and closed are too few": (
        f"{HERE}::test_open_or_closed_can_be_told_from_ours_and_not_back",
    ),
}


@pytest.mark.parametrize("thread", THREADS)
def test_each_thread_has_its_test(thread):
    for name in THREADS[thread]:
        path, test = name.split("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert any(isinstance(n, ast.FunctionDef) and n.name == test for n in ast.walk(tree)), name


def _log(*told: tuple[str, float], end: str = "solved") -> list[RequestEvent]:
    """(kind, hours after Friday nine), with what each kind wants."""
    start = FRIDAY.replace(tzinfo=None)
    more: dict[str, dict[str, Any]] = {
        "checked": {"passed": True},
        "closed": {"outcome": RequestOutcome(end)},
        "called_back": {"result": CallBackResult.DISSATISFIED},
    }
    return [RequestEvent(start + timedelta(hours=h), RequestEventKind(k), **more.get(k, {})) for k, h in told]


@settings(max_examples=60, deadline=None)
@given(
    answered=st.integers(1, 40), asleep=st.integers(1, 2000), code=st.sampled_from(["continues", "restarts"])
)
def test_put_back_after_the_answer_or_after_the_closing_the_clock_goes_by_the_rule(answered, asleep, code):
    """Answered and put back by the firm: it was never closed, and the clock has run all the time. Closed and
    reopened: the time closed does not count (continues), or it begins anew (restarts); never overdue at once
    where the closing was in time."""
    rules = request_rules()["default"]
    clocks = tuple(
        replace(clock, reopening=Reopening(code)) if clock.code == rules.main else clock
        for clock in rules.clocks
    )
    rules = replace(rules, clocks=clocks)
    way = [("received", 0), ("accepted", 0.2), ("assigned", 0.4), ("signed_for", 0.6), ("replied", answered),
           ("checked", answered + 0.1)]  # fmt: skip
    closed = [*way, ("closed", answered + 0.2)]
    back = [*closed, ("reopened", answered + 0.2 + asleep)]
    displeased = [*way, ("called_back", answered + 0.2)]
    start = FRIDAY.replace(tzinfo=None)

    def main(log, hours):
        at = start + timedelta(hours=hours)
        clocks = request_clocks(_log(*log), rules, calendar=calendar(), at=at)
        return next(clock for clock in clocks if clock.code == rules.main)

    before = main(way, answered + 0.1)
    assert main(displeased, answered + 0.3).due == before.due
    reopened = main(back, answered + 0.3 + asleep)
    assert reopened.due is not None and before.due is not None
    if not before.is_late:
        assert not reopened.is_late and reopened.due > before.due - timedelta(minutes=1)


def test_the_default_is_that_the_clock_continues():
    rules = request_rules()["default"]
    assert rules.clock(rules.main).reopening is Reopening.CONTINUES


def test_no_step_resets_a_clock():
    words = {kind.value for kind in (*OFFICE, *UNIT)}
    assert not {word for word in words if "reset" in word or "restart" in word}


@pytest.fixture
def closed(replied, step):
    step(replied, "checked", details={"passed": True})
    step(replied, "called_back", details={"result": "satisfied", "solved": True})
    return step(replied, "closed", details={"outcome": "solved"})


@pytest.mark.django_db
def test_the_first_closing_is_still_there_after_the_second(closed, step, people):
    first = closed.closed_at
    step(closed, "reopened", text="企业来电，经核实未落实")
    for kind in ("replied", "checked", "called_back", "closed"):
        more = {
            "checked": {"details": {"passed": True}},
            "called_back": {"details": {"result": "satisfied", "solved": True}},
            "closed": {"details": {"outcome": "solved"}, "by": "second"},
        }.get(kind, {})
        step(closed, kind, text="再次处理", **more)
    page = request_page(closed, people["office"], at=day("2022-10-20"))
    ends = [entry.at for entry in page.entries if entry.kind == "closed"]
    assert ends == [first, closed.closed_at] and len(page.state.attempts) == 2


@pytest.mark.django_db
def test_a_message_after_the_closing_changes_no_figure(closed, step):
    before = service_report((2022, 10), at=day("2022-11-01"))
    clocks = clocks_of(closed, day("2022-11-01"))
    step(closed, "messaged", text="又跳闸了", at=day("2022-10-25"))
    assert service_report((2022, 10), at=day("2022-11-01")) == before
    assert clocks_of(closed, day("2022-11-01")) == clocks


@pytest.mark.django_db
def test_every_change_of_the_phase_has_an_event_that_the_page_shows(replied, step, signed_in, people):
    """Whoever changes it, a person, the firm by its door or an import: without an event nothing moves."""
    step(replied, "checked", details={"passed": True})
    step(replied, "called_back", details={"result": "dissatisfied"}, text="仍然跳闸")
    for length in range(1, len(events_of(replied)) + 1):
        part = events_of(replied)[:length]
        assert replay(part).phase == replay([*part]).phase
    assert replay(events_of(replied)).phase.value == replied.phase == "in_hand"
    page = signed_in("handler").get(f"/firms/requests/{replied.pk}/").content.decode()
    assert "不满意" in page and "仍然跳闸" in page and "办理中" in page


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["solved", "explained", "cannot", "withdrawn"])
def test_only_solved_counts_as_solved_and_each_end_has_its_own_word(replied, step, signed_in, outcome):
    step(replied, "checked", details={"passed": True})
    step(replied, "called_back", details={"result": "satisfied", "solved": outcome == "solved"})
    step(replied, "closed", text="有关规定不允许", details={"outcome": outcome})
    report = service_report((2022, 10), at=day("2022-11-01"))
    assert report.counts.solved == (outcome == "solved")
    page = signed_in("office").get(f"/firms/requests/{replied.pk}/").content.decode()
    assert str(OUTCOME_WORDS[outcome]) in page
    if outcome != "solved":
        assert "· 已解决" not in page


@pytest.mark.django_db
def test_a_displeased_firm_is_a_line_of_the_handlers_own_day(replied, step, people):
    def lines():
        groups = awaited_of(people["handler"], day("2022-10-20"), shown=9).groups
        return [item.text for g in groups if g.code == "firms-requests" for item in g.items]

    step(replied, "checked", details={"passed": True})
    assert lines() == []
    step(replied, "called_back", details={"result": "dissatisfied"}, text="仍然跳闸")
    assert lines() == [f"{replied.number} {replied.title}"]


def test_open_or_closed_can_be_told_from_ours_and_not_back():
    """What an outside view would show follows from the phase; four ends and nine phases do not from it."""
    shown = {phase: "open" if phase.value in OPEN else "closed" for phase in Phase}
    assert set(shown.values()) == {"open", "closed"} and len(shown) == 9
    assert len(OUTCOME_WORDS) == 4 and shown[Phase.DECLINED] == "closed"


# Bad input.


@pytest.mark.django_db
def test_one_request_by_two_channels_is_received_twice_and_valid_once(asked, step, people):
    first, second = asked(), asked("电力容量不足", channel="hotline", foreign_number="G1")
    assert request_page(second, people["office"]).alike == (first,)
    step(first, "accepted")
    step(second, "declined", text="同一件", details={"entry": "duplicate", "joined_to": first.number})
    counts = service_report((2022, 10), at=day("2022-11-01")).counts
    assert (counts.received, counts.valid) == (2, 1)
    with pytest.raises(Refused, match="重复件"):  # not in a circle
        step(first, "declined", text="同一件", details={"entry": "duplicate", "joined_to": second.number})


@pytest.mark.django_db
def test_nobody_goes_to_see_a_firm_that_merged(firm, people):
    from datetime import date

    from wenpan.district.firms.contacts import queries as contacts
    from wenpan.district.firms.contacts.actions import assign_contact
    from wenpan.district.firms.ledger.actions import add_firm, end_firm

    assign_contact(
        firm=firm, person=people["leader"], every=1, starts_on=date(2022, 7, 1), by=people["office"]
    )
    assert contacts.due_of(people["leader"], date(2022, 10, 18))
    heir = add_firm(values={"name": "宁澜重工有限公司"}, by=people["office"])
    end_firm(firm=firm, on=date(2022, 10, 17), reason="公告", into=heir, by=people["office"])
    assert contacts.due_of(people["leader"], date(2022, 10, 18)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("merged", [True, False])
def test_a_firm_that_is_gone_files_nothing_new_and_its_heir_does(firm, asked, people, merged):
    from datetime import date

    from wenpan.district.firms.ledger.actions import add_firm, end_firm

    heir = add_firm(values={"name": "宁澜重工有限公司"}, by=people["office"])
    end_firm(
        firm=firm, on=date(2022, 10, 13), reason="公告", into=heir if merged else None, by=people["office"]
    )
    if merged:
        made = asked()
        assert made.firm == heir and "安禾精工有限公司" in made.text
    else:
        with pytest.raises(Refused, match="不在营"):
            asked()


@pytest.mark.django_db
def test_a_ticket_of_a_merged_firm_comes_to_the_one_that_goes_on(firm, people):
    from datetime import date

    from wenpan.district.firms.imports.matching import FirmMatcher
    from wenpan.district.firms.ledger.actions import add_firm, end_firm

    heir = add_firm(values={"name": "宁澜重工有限公司"}, by=people["office"])
    end_firm(firm=firm, on=date(2022, 10, 13), reason="公告", into=heir, by=people["office"])
    matcher = FirmMatcher(heirs=True)
    assert matcher.of(firm.name, "").firm == heir == matcher.of("", firm.uscc).firm
    assert FirmMatcher().of(firm.name, "").firm == firm  # a row of the ledger speaks of the firm itself


@pytest.mark.django_db
def test_a_call_back_that_nobody_answers_is_no_valid_one_and_the_request_waits_on(replied, step, people):
    step(replied, "checked", details={"passed": True})
    for _try in range(2):
        step(replied, "called_back", details={"result": "no_answer"})
    assert replied.phase == "checked" and replied.outcome == ""
    report = service_report((2022, 10), at=day("2022-11-01"))
    assert report.counts.satisfied_rate.n == 0 and report.units[0].valid == 0
    assert ServiceRequest.objects.filter(phase="checked").get() == replied
