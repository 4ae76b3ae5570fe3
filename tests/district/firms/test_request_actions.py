"""A request from registering to closing: who may do which step, what the database keeps, what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.district.firms.conftest import FRIDAY
from tests.district.supervision.conftest import day
from wenpan.district.firms.models import RequestEntry, ServiceRequest
from wenpan.district.firms.requests.actions import register_request, take_step
from wenpan.district.firms.requests.append import derive
from wenpan.district.firms.requests.event_log import clocks_of, state_of
from wenpan.district.firms.requests.queries import request_page, requests_of, service_report
from wenpan.district.firms.requests.situations import situation
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.economy.requests.events import RequestEventKind as K

pytestmark = pytest.mark.django_db
PLEASED = {"result": "satisfied", "contacted": True, "solved": True}


def test_the_whole_way_and_only_then_is_it_solved(replied, step):
    step(replied, "checked", details={"passed": True})
    step(replied, "called_back", details=PLEASED)
    assert replied.outcome == "" and not state_of(replied).is_solved
    step(replied, "closed", details={"outcome": "solved"})
    assert (replied.phase, replied.outcome) == ("closed", "solved")
    assert state_of(replied).is_solved and replied.next_due is None


def test_every_step_is_in_the_journal(replied):
    actions = list(
        Entry.objects.filter(subject=f"request:{replied.number}")
        .order_by("sequence")
        .values_list("action", flat=True)
    )
    assert actions == [
        f"request.{kind}" for kind in ("received", "accepted", "assigned", "signed_for", "replied")
    ]


def test_numbers_run_by_year(asked):
    assert [asked().number, asked().number, asked(at=day("2023-01-03")).number] == [
        "2022-S0001",
        "2022-S0002",
        "2023-S0001",
    ]


def test_the_clock_stands_beside_the_request_and_follows_its_events(asked, step):
    request = asked()
    assert request.next_due is None  # counted from acceptance
    step(request, "accepted")
    assert (request.next_clock, timezone.localtime(request.next_due).isoformat()[:16]) == (
        "contact",
        "2022-10-17T17:30",
    )
    step(request, "contacted")
    assert request.next_clock == "reply"
    step(request, "paused", text="等企业补材料")
    assert request.next_due is None and request.paused
    step(request, "resumed")
    assert request.next_clock == "reply"


def test_the_set_of_clocks_of_the_receipt_stays_with_the_request(asked, tmp_path, monkeypatch):
    request = asked()
    own = tmp_path / "rules" / "requests"
    own.mkdir(parents=True)
    (own / "in_force.yaml").write_text(
        "version: '2'\neffective_from: 2022-01-01\nsource: 测试\n"
        "clocks: [{from: 2000-01-01, rules: jiangmen}]\n"
        "assessment: [{from: 2000-01-01, rules: assessment-default}]\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    assert [clock.code for clock in clocks_of(request, FRIDAY)] == ["contact", "reply", "close", "longest"]
    assert asked("另一件").rules == "jiangmen"


@pytest.mark.parametrize(
    ("kind", "by"),
    [("accepted", "handler"), ("accepted", "leader"), ("assigned", "supervisor"), ("signed_for", "office")],
)
def test_each_step_belongs_to_office_or_unit(asked, step, people, kind, by):
    request = asked()
    if kind in ("signed_for", "assigned"):
        step(request, "accepted")
    if kind == "signed_for":
        step(request, "assigned")
    with pytest.raises((PermissionDenied, NotYours)):
        step(request, kind, by=by)


def test_another_units_request_is_not_there(replied, people):
    assert not requests_of(people["other"], "all").exists()
    with pytest.raises(NotYours):
        take_step(request=replied, kind=K.PROGRESSED, by=people["other"], text="x")


def test_an_assisting_unit_writes_progress_and_does_not_answer(asked, step, people, units):
    request = asked()
    step(request, "accepted")
    step(request, "assigned", assists=[units["tongxi"]])
    step(request, "signed_for")
    step(request, "progressed", by="town", text="已到现场")
    with pytest.raises(PermissionDenied):
        step(request, "replied", by="town")
    assert requests_of(people["town"], "all").get() == request


def test_who_handled_it_cannot_check_it_after_moving_to_the_office(replied, people):
    handler = people["handler"]
    type(handler).objects.filter(pk=handler.pk).update(role="service")
    handler.refresh_from_db()
    with pytest.raises(Refused, match="办理人不能核验"):
        take_step(request=replied, kind=K.CHECKED, by=handler, details={"passed": True})


def test_a_displeased_firm_is_the_handlers_task_again_with_both_attempts_visible(replied, step, people):
    step(replied, "checked", details={"passed": True})
    step(replied, "called_back", details={"result": "dissatisfied"}, text="仍然跳闸")
    assert (replied.phase, replied.attempts) == ("in_hand", 2)
    assert requests_of(people["handler"], "mine").get() == replied


def test_a_message_after_the_closing_changes_nothing_but_the_log(replied, step):
    step(replied, "checked", details={"passed": True})
    step(replied, "called_back", details=PLEASED)
    step(replied, "closed", details={"outcome": "solved"})
    step(replied, "messaged", text="又跳闸了")
    assert replied.phase == "closed" and replied.entries.count() == 9
    step(replied, "reopened", text="企业来电，经核实未落实")
    assert (replied.phase, replied.attempts, replied.outcome) == ("in_hand", 2, "")


def test_an_extension_is_asked_before_the_due_moment_only(asked, step):
    request = asked()
    for kind in ("accepted", "assigned", "signed_for"):
        step(request, kind)
    due = request.main_due
    with pytest.raises(Refused, match="到期前才能申请"):
        step(request, "extension_asked", text="等批复", details={"days": 5}, at=due + timedelta(minutes=1))
    step(request, "extension_asked", text="等批复", details={"days": 5}, at=due)
    assert request.main_due == due  # asking moves nothing
    step(request, "extended", at=due)
    assert timezone.localdate(request.main_due) > timezone.localdate(due)


def test_a_duplicate_names_the_request_that_goes_on(asked, step):
    first, second = asked(), asked("电力容量不足", channel="hotline")
    with pytest.raises(Refused, match="没有编号"):
        step(second, "declined", text="同一件", details={"entry": "duplicate", "joined_to": "2022-S9999"})
    step(second, "declined", text="同一件", details={"entry": "duplicate", "joined_to": first.number})
    assert second.joined_to == first and second.phase == "declined"


def test_alike_ones_of_the_same_firm_are_offered(asked, people):
    first, second = asked(), asked("电力容量不足", channel="hotline")
    asked("融资难", category="policy")
    assert request_page(first, people["office"]).alike == (second,)


def test_a_ticket_comes_once(asked):
    asked(foreign_number="G2022-77", channel="hotline")
    with pytest.raises(Refused, match="已经登记过"):
        asked(foreign_number="G2022-77", channel="hotline")


def test_of_two_who_act_at_once_one_is_refused(asked, people):
    request = asked()
    stale = ServiceRequest.objects.get(pk=request.pk)
    take_step(request=request, kind=K.ACCEPTED, by=people["office"], at=FRIDAY + timedelta(hours=1))
    with pytest.raises(Refused, match="刚被别人办过"):
        take_step(request=stale, kind=K.ACCEPTED, by=people["second"], seen=stale.version)
    assert RequestEntry.objects.filter(request=request).count() == 2


@pytest.mark.parametrize(
    "change", [{"title": " "}, {"channel": "x"}, {"category": "x"}, {"request_class": "x"}]
)
def test_what_is_not_filled_in_is_refused(asked, change):
    with pytest.raises(Refused):
        asked(**change)
    assert not ServiceRequest.objects.exists()


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("closed", {"outcome": "done"}),
        ("called_back", {"result": "happy"}),
        ("extension_asked", {"days": 400}),
    ],
)
def test_a_result_that_is_none_is_refused(replied, people, kind, details):
    with pytest.raises((Refused, PermissionDenied)):
        take_step(request=replied, kind=K(kind), by=people["office"], details=details)


def test_the_columns_are_what_the_events_say(replied, step):
    step(replied, "checked", details={"passed": True})
    before = {field.attname: getattr(replied, field.attname) for field in replied._meta.concrete_fields}
    derive(request=replied, at=timezone.now())
    replied.refresh_from_db()
    assert before == {
        field.attname: getattr(replied, field.attname) for field in replied._meta.concrete_fields
    }
    assert replied.call_back_due is not None


def test_the_months_numbers_come_from_one_count(replied, asked, step):
    asked("另一件")
    step(replied, "checked", details={"passed": True})
    step(replied, "called_back", details=PLEASED)
    step(replied, "closed", details={"outcome": "cannot"}, text="国家目录不允许")
    report = service_report((2022, 10), at=day("2022-11-01"))
    assert (report.counts.received, report.counts.valid, report.counts.cannot, report.counts.solved) == (
        2,
        1,
        1,
        0,
    )
    (unit,) = report.units
    assert (unit.unit, unit.accepted, unit.valid, unit.score) == ("住建局", 1, 1, None)
    assert service_report((2022, 9), at=day("2022-11-01")).counts.received == 0


def test_what_is_offered_is_what_is_allowed(replied, people):
    """Every step that the page offers may be taken by that person; the office is not offered the unit's."""
    offered = situation(replied, people["office"]).offered()
    assert K.CHECKED in offered and K.REPLIED not in offered and K.PROGRESSED not in offered
    assert set(situation(replied, people["handler"]).offered()) <= {K.CONTACTED, K.PAUSED, K.MESSAGED}
    assert set(situation(replied, people["supervisor"]).offered()) == {K.SUPERVISED, K.RAISED}


def test_a_unit_registers_for_its_own_firms_only(firm, people):
    values = {"firm": firm, "title": "x", "channel": "window", "category": "other"}
    with pytest.raises(NotYours):
        register_request(by=people["other"], **values)
    assert register_request(by=people["town"], **values).phase == "registered"


def test_one_who_may_not_register_does_not(firm, people):
    with pytest.raises(PermissionDenied):
        register_request(firm=firm, title="x", channel="window", category="other", by=people["analyst"])
    assert isinstance(FRIDAY, datetime)
