"""Clocks of leads on the one clock, visits and receptions, and what of them awaits a person on 今日."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.district.attraction.conftest import AT, TODAY, ledger, signed_row
from wenpan.district.attraction import actions
from wenpan.district.attraction.deal_actions import QuickDeal, open_deals
from wenpan.district.attraction.models import Deal, LeadStep, Reception
from wenpan.district.attraction.rederived import troubles
from wenpan.district.attraction.work import today
from wenpan.district.attraction.work.actions import (
    keep_promise,
    note_lead_step,
    record_reception,
    withdraw_lead_step,
    withdraw_reception,
)
from wenpan.district.attraction.work.queries import lead_page
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.ui.awaited import awaited_of
from wenpan.economy.funnel.lead_clocks import LeadClockRules
from wenpan.economy.funnel.stages import DealRuleError
from wenpan.economy.time.clock import last_moment

pytestmark = pytest.mark.django_db
ZONE = timezone(timedelta(hours=8))
MEETING = {"kind": "outing", "on": TODAY, "host": "向远帆", "guest": "南屿集团 林总", "result": "同意来访"}


@pytest.fixture
def lead(staff, unit):
    """Noted on Monday 10 October 2022 at nine, of 1.2亿元."""

    def make(unit_code="zsj", amount="1.2亿元", at=AT):
        lines = [QuickDeal("南屿制剂基地", "南屿集团", "lead", None, amount)]
        return open_deals(lines=lines, unit=unit(unit_code), by=staff, at=at)[0]

    return make


def step(deal, kind, day, by, hour=10):
    return note_lead_step(
        deal=deal, kind=kind, on=datetime(2022, 10, day, hour, tzinfo=ZONE), note="已电话", by=by,
        at=datetime(2022, 10, day, hour, 1, tzinfo=ZONE),
    )  # fmt: skip


def states(deal, day):
    found = lead_page(deal, datetime(2022, 10, day, 23, tzinfo=ZONE)).clocks
    return {clock.code: clock.state.value for clock, _words, _due in found}


def due(deal):
    deal.refresh_from_db()
    return deal.lead_clock, deal.lead_due and last_moment(deal.lead_due).astimezone(ZONE).date()


def test_a_new_lead_is_to_be_answered_by_the_next_working_day(lead):
    made = Deal.objects.get(pk=lead().pk)
    assert due(made)[0] == "answer" and due(made)[1] == date(2022, 10, 11)
    assert states(made, 10) == {"answer": "open", "judge": "open", "feedback": "open"}
    assert states(made, 12)["answer"] == "late"


def test_each_step_stops_its_clock_and_reports_repeat_every_two_weeks(lead, staff):
    made = lead()
    step(made, "answered", 10, staff, 15)
    step(made, "judged", 12, staff)
    step(made, "fed_back", 14, staff)
    assert states(made, 14) == {"answer": "met", "judge": "met", "feedback": "met", "report": "open"}
    assert due(made) == ("report", date(2022, 10, 28))
    step(made, "reported", 28, staff, 9)
    assert due(made) == ("report", date(2022, 11, 11))
    assert Entry.objects.filter(action="leads.step").count() == 4


def test_a_step_that_was_wrong_is_withdrawn_and_the_clock_runs_again(lead, staff):
    made = lead()
    wrong = step(made, "answered", 10, staff)
    withdraw_lead_step(step=wrong, reason="打错了", by=staff)
    assert due(made)[0] == "answer" and LeadStep.objects.get().withdrawn_at is not None
    with pytest.raises(Refused, match="已经撤销"):
        withdraw_lead_step(step=wrong, reason="再来", by=staff)


def test_a_lead_below_the_threshold_has_no_clock_and_one_of_unknown_size_has(lead):
    assert due(Deal.objects.get(pk=lead(amount="9999").pk)) == ("", None)
    assert due(Deal.objects.get(pk=lead(amount="").pk))[0] == "answer"


def test_a_pause_stops_the_clock_and_is_not_paused_twice(lead, staff):
    made = lead()
    step(made, "paused", 10, staff)
    assert due(made) == ("", None)
    with pytest.raises(Refused, match="没有变化"):
        step(made, "paused", 11, staff)
    step(made, "resumed", 12, staff)
    assert due(made)[0] == "answer"
    with pytest.raises(Refused, match="没有变化"):
        step(made, "resumed", 13, staff)


def test_a_framework_agreement_or_an_end_closes_the_clocks(lead, staff):
    made = lead()
    actions.note_event(
        deal=made, kind="reached", stage="framework", on=TODAY, evidence=["framework_text"],
        document="框架协议", by=staff,
    )  # fmt: skip
    assert due(made) == ("", None)


@pytest.mark.parametrize(
    ("kind", "day", "message"),
    [("answered", 9, "录入之后"), ("answered", 11, "现在之前"), ("luck", 10, "请选事项")],
)
def test_a_step_before_the_lead_or_after_now_is_refused(lead, staff, kind, day, message):
    with pytest.raises(Refused, match=message):
        note_lead_step(
            deal=lead(), kind=kind, on=datetime(2022, 10, day, 10, tzinfo=ZONE), note="x", by=staff,
            at=datetime(2022, 10, 10, 11, tzinfo=ZONE),
        )  # fmt: skip


def test_what_never_was_a_lead_has_no_steps(deal, staff):
    with pytest.raises(Refused, match="不是在跟进的线索"):
        note_lead_step(deal=deal(), kind="answered", on=AT, note="x", by=staff)


def test_the_clock_follows_from_the_steps_and_the_doctor_sees_what_does_not(lead, staff):
    made = lead()
    step(made, "answered", 10, staff)
    assert list(troubles(lambda _words: None)) == []
    Deal.objects.filter(pk=made.pk).update(lead_due=None)
    assert "lead_due" in next(troubles(lambda _words: None))


def test_the_stage_that_closes_is_the_rules_and_must_be_a_stage():
    data = {
        "version": "1",
        "effective_from": TODAY,
        "source": "本地",
        "clocks": [
            {"code": "a", "name": "甲", "begins": "received", "ends": "answered", "limit": 1, "unit": "days"}
        ],
    }
    assert LeadClockRules.from_data(data | {"closed_by": "talk"}).closed_by.value == "talk"
    with pytest.raises(DealRuleError, match="closed_by"):
        LeadClockRules.from_data(data | {"closed_by": "wedding"})


def groups(user, at):
    return {group.code: group for group in awaited_of(user, at, shown=5).groups}


def test_a_clock_awaits_its_own_people_and_is_answered_for_many_at_once(lead, staff, town):
    made = lead()
    late = datetime(2022, 10, 12, 9, tzinfo=ZONE)
    found = groups(staff, late)["deals-leads"]
    assert (found.count, found.items[0].detail, found.items[0].light) == (1, "首次答复", "RED")
    assert "deals-leads" not in groups(town, late)
    outcome = today._lead_step(staff, [str(made.pk)], "已电话联系")
    assert outcome.done == (str(made.pk),)
    assert LeadStep.objects.get().kind == "answered"


def test_a_next_step_awaits_on_its_day(deal, town):
    made = deal()
    actions.set_next_step(deal=made, step="回访", on=date(2022, 10, 11), who="何晓", by=town)
    assert "deals-steps" not in groups(town, AT)
    assert groups(town, AT + timedelta(days=1))["deals-steps"].items[0].light == ""
    assert groups(town, AT + timedelta(days=2))["deals-steps"].items[0].light == "RED"


def test_a_visit_is_progress_and_its_promise_the_next_step(deal, town):
    made = deal()
    row = record_reception(
        **MEETING,
        deal=made,
        promise="送用地红线图",
        promise_on=date(2022, 10, 14),
        promise_by="何晓",
        by=town,
    )
    made.refresh_from_db()
    assert (made.next_step, made.next_on, made.next_by) == ("送用地红线图", date(2022, 10, 14), "何晓")
    assert made.moved_on == TODAY and row.unit == town.unit
    keep_promise(reception=row, on=TODAY, by=town)
    made.refresh_from_db()
    assert made.next_step == "" and row.kept_on == TODAY
    with pytest.raises(Refused, match="已经登记兑现"):
        keep_promise(reception=row, on=TODAY, by=town)


def test_a_visit_that_was_wrong_goes_with_its_progress(deal, town):
    made = deal()
    before = made.moved_on
    row = record_reception(**MEETING, deal=made, by=town)
    withdraw_reception(reception=row, reason="记错项目", by=town)
    made.refresh_from_db()
    assert made.moved_on == before and Reception.objects.get().withdrawn_at is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "party"}, {"result": " "}, {"guest": ""}, {"on": date(2022, 10, 11)},
        {"promise": "回函"}, {"promise": "回函", "promise_on": date(2022, 10, 9), "promise_by": "何晓"},
    ],
)  # fmt: skip
def test_a_visit_without_people_result_or_a_sound_promise_is_refused(town, wrong):
    with pytest.raises(Refused):
        record_reception(**(MEETING | wrong), by=town)
    assert not Reception.objects.exists()


def test_a_promise_without_a_deal_awaits_its_unit(town, staff):
    row = record_reception(**MEETING, promise="回函", promise_on=TODAY, promise_by="何晓", by=town)
    assert groups(town, AT)["deals-promises"].count == 1
    assert "deals-promises" not in groups(staff, AT)
    assert today._kept(town, [str(row.pk)], "").done == (str(row.pk),)


def test_another_units_visit_is_not_there_and_a_reader_writes_none(town, staff, make_user, unit):
    row = record_reception(**MEETING, unit=unit("zsj"), by=staff)
    with pytest.raises(NotYours):
        withdraw_reception(reception=row, reason="x", by=town)
    with pytest.raises(PermissionDenied):
        record_reception(**MEETING, by=make_user("leader", username="leader"))


def test_the_pages_note_keep_and_withdraw(lead, deal, staff, client):
    made, signed = lead(), deal()
    client.force_login(staff)
    client.post(reverse("attraction:lead_step", args=[made.pk]), {"kind": "answered", "note": "已电话"})
    page = client.get(reverse("attraction:deal", args=[made.pk])).content.decode()
    assert "已按时" in page and "首次答复" in page
    client.post(reverse("attraction:withdraw_lead_step", args=[LeadStep.objects.get().pk]), {"reason": "误"})
    form = {**MEETING, "on": "2022-10-10", "deal": signed.code, "promise": "回函", "promise_on": "2022-10-12",
            "promise_by": "何晓"}  # fmt: skip
    client.post(reverse("attraction:reception"), form)
    row = Reception.objects.get()
    assert row.deal == signed
    page = client.get(reverse("attraction:receptions")).content.decode()
    assert "南屿集团 林总" in page and "回函" in page
    assert "同意来访" in client.get(reverse("attraction:deal", args=[signed.pk])).content.decode()
    client.post(reverse("attraction:keep_promise", args=[row.pk]), {"on": "2022-10-10"})
    client.post(reverse("attraction:withdraw_reception", args=[row.pk]), {"reason": "误记"})
    row.refresh_from_db()
    assert row.kept_on == TODAY and row.withdrawn_at is not None
    answer = client.get(reverse("attraction:receptions") + "?export=xlsx")
    assert answer["Content-Type"].endswith("sheet")
    client.post(reverse("attraction:reception"), {**form, "deal": "没有的"})
    assert Reception.objects.count() == 1


def test_a_lead_of_a_ledger_runs_no_clock_until_a_step_is_noted(accepted, staff):
    accepted(ledger(signed_row(signed=None, paper=None, talk=None, progress="来电咨询")))
    made = Deal.objects.get()
    assert due(made) == ("", None)
