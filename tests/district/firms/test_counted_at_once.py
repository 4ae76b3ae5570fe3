"""What is counted by columns is what every log says for itself; and the doctor sees where it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.district.firms.conftest import FRIDAY
from wenpan.district.firms.models import ServiceRequest, SupportClause
from wenpan.district.firms.policies.queries import closing_windows
from wenpan.district.firms.requests.event_log import clocks_of, events_of, rules_of, state_of
from wenpan.district.firms.requests.queries import events_by_request, main_is_late
from wenpan.district.firms.requests.rederived import troubles
from wenpan.economy.requests.lifecycle import replay

pytestmark = pytest.mark.django_db
WAY = ("accepted", "assigned", "signed_for", "replied", "checked")


def go(step, request, upto, days=0):
    for n, kind in enumerate(WAY[:upto]):
        more = {"details": {"passed": True}} if kind == "checked" else {}
        step(request, kind, at=FRIDAY + timedelta(days=days * n, minutes=n), **more)
    return request


@pytest.fixture
def many(asked, step):
    """In hand, paused, extended, slow, closed in time, displeased, withdrawn."""
    rows = [go(step, asked(f"诉求{n}"), n, days=n * 3) for n in range(6)]
    paused = go(step, asked("暂停"), 3)
    step(paused, "paused", text="待企业补件")
    back = go(step, asked("不满意"), 5)
    step(back, "called_back", details={"result": "dissatisfied"})
    gone = asked("撤回")
    step(gone, "closed", text="不办了", details={"outcome": "withdrawn"})
    done = go(step, asked("办成"), 5)
    step(done, "called_back", details={"result": "satisfied"})
    step(done, "closed", details={"outcome": "solved"})
    return [*rows, paused, back, gone, done]


@pytest.mark.parametrize("days", [0, 1, 14, 20, 21, 22, 23, 24, 60, 400])
def test_late_by_the_columns_is_late_by_the_clocks(many, days):
    at = FRIDAY + timedelta(days=days)
    logs = events_by_request([row.pk for row in many], until=at)
    for row in ServiceRequest.objects.filter(pk__in=[row.pk for row in many]):
        clocks = clocks_of(row, at, logs[row.pk])
        truth = any(clock.is_late for clock in clocks if clock.code == rules_of(row).main)

        assert main_is_late(row, replay(logs[row.pk]), logs[row.pk], at) == truth, (row.title, days)


def test_the_log_without_its_texts_adds_up_to_the_same_state(many):
    logs = events_by_request([row.pk for row in many], until=FRIDAY + timedelta(days=400))

    for row in many:
        assert len(logs[row.pk]) == len(events_of(row))
        assert replay(logs[row.pk]).phase == state_of(row).phase


def test_the_doctor_finds_a_column_that_its_events_do_not_give(many, behind_the_back):
    assert list(troubles(lambda words: None)) == []
    with behind_the_back():
        ServiceRequest.objects.filter(pk=many[0].pk).update(phase="closed", outcome="solved")
    (said,) = troubles(lambda words: None)
    assert many[0].number in said and "phase" in said and "outcome" in said


@pytest.mark.parametrize(
    ("claim_to", "listed"),
    [("2022-10-17", 0), ("2022-10-18", 1), ("2022-11-17", 1), ("2022-11-18", 0)],
)
def test_a_claim_window_is_told_of_in_its_last_thirty_days(claim_to, listed):
    SupportClause.objects.create(
        code="c", name="补助", source="文", conditions={}, valid_from=date(2022, 1, 1), claim_to=claim_to,
        at=FRIDAY,
    )  # fmt: skip
    assert closing_windows(date(2022, 10, 18)).count() == listed
