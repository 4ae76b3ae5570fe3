"""The life of a matter: who may do what, when, and that every state comes from the log."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection

from tests.district.supervision.conftest import day
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import matter_sets as queries
from wenpan.district.supervision.log.append import derive, state_of
from wenpan.district.supervision.models import Matter


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


def answered(matter, people, at="2022-10-20"):
    actions.feed_back(
        matter=fresh(matter), claim="done", process="已完成供地。", by=people["liaison"], at=day(at)
    )
    return fresh(matter)


def test_from_draft_to_closure(assigned, people):
    matter = assigned(due=date(2022, 10, 31))
    assert (matter.number, matter.state, matter.due) == ("2022-0001", "assigned", date(2022, 10, 31))
    actions.sign(matter=matter, by=people["liaison"], at=day("2022-10-15"))
    matter = answered(matter, people)
    assert matter.state == "answered"
    actions.check(matter=matter, passed=True, text="现场已核实", by=people["clerk"], at=day("2022-10-21"))
    actions.close(matter=fresh(matter), by=people["clerk"], at=day("2022-10-22"))
    matter = fresh(matter)
    assert (matter.state, matter.closed_on) == ("closed", date(2022, 10, 22))
    kinds = list(matter.events.values_list("kind", flat=True))
    assert kinds == ["drafted", "registered", "assigned", "signed", "answered", "passed", "closed"]


def test_one_matter_one_number(drafted):
    assert [drafted(f"事项{n}").number for n in range(3)] == ["2022-0001", "2022-0002", "2022-0003"]


def test_the_unit_that_handles_cannot_check_or_close(assigned, people, units, make_user):
    matter = answered(assigned(due=date(2022, 10, 31)), people)
    insider = make_user("supervisor", username="insider", unit=units["zjj"])
    for act in (
        lambda: actions.check(matter=matter, passed=True, text="好", by=insider),
        lambda: actions.close(matter=matter, by=insider),
    ):
        with pytest.raises(Refused, match="承办单位不能"):
            act()
    with pytest.raises(PermissionDenied):
        actions.close(matter=matter, by=people["liaison"])


def test_another_unit_can_neither_sign_nor_report(assigned, people):
    matter = assigned(due=date(2022, 10, 31), lead="jfj", coops=())
    for act in (
        lambda: actions.sign(matter=matter, by=people["liaison"]),
        lambda: actions.feed_back(matter=matter, claim="progress", process="x", by=people["town"]),
    ):
        with pytest.raises(Refused, match="您的单位"):
            act()


def test_a_cooperating_unit_reports_progress_but_not_the_end(assigned, people):
    matter = assigned(due=date(2022, 10, 31))
    actions.sign(matter=matter, by=people["liaison"])
    actions.feed_back(matter=fresh(matter), claim="progress", process="已征地", by=people["town"])
    with pytest.raises(Refused):
        actions.feed_back(matter=fresh(matter), claim="done", process="已征地", by=people["town"])


def test_an_extension_is_asked_before_the_day_and_keeps_the_promise(assigned, people):
    matter = assigned(due=date(2022, 10, 31))
    ask = {"until": date(2022, 11, 15), "reason": "等待批复", "by": people["liaison"]}
    with pytest.raises(Refused, match="时限当日或以前"):
        actions.ask_extension(matter=matter, at=day("2022-11-01"), **ask)
    actions.ask_extension(matter=matter, at=day("2022-10-28"), **ask)
    actions.decide_extension(matter=fresh(matter), granted=True, by=people["chief"], at=day("2022-10-29"))
    matter = fresh(matter)
    assert (matter.original_due, matter.due) == (date(2022, 10, 31), date(2022, 11, 15))


@pytest.mark.parametrize(
    "on, hour, taken",
    [("2022-10-30", 9, True), ("2022-10-31", 9, True), ("2022-10-31", 23, True), ("2022-11-01", 0, False)],
)
def test_an_extension_is_asked_up_to_the_end_of_the_day_due(assigned, people, on, hour, taken):
    matter = assigned(due=date(2022, 10, 31))
    ask = {"until": date(2022, 11, 15), "reason": "等待批复", "by": people["liaison"], "at": day(on, hour)}
    if taken:
        actions.ask_extension(matter=matter, **ask)
        assert fresh(matter).extension_asked == date(2022, 11, 15)
    else:
        with pytest.raises(Refused, match="时限当日或以前"):
            actions.ask_extension(matter=matter, **ask)


def test_a_pause_moves_the_day_and_takes_the_matter_out_of_the_rates(assigned, people):
    matter = assigned(due=date(2022, 10, 31))
    actions.pause(matter=matter, reason="等待上级批复", by=people["chief"], at=day("2022-10-20"))
    matter = fresh(matter)
    assert matter.paused and matter.due is None
    assert not Matter.objects.filter(queries.overdue(date(2022, 12, 31))).exists()
    actions.resume(matter=matter, by=people["chief"], at=day("2022-10-25"))
    assert fresh(matter).due == date(2022, 11, 5)  # five days stood still


def test_while_it_is_paused_nothing_is_asked_of_the_unit_and_nothing_is_decided(assigned, people, units):
    matter = assigned(due=date(2022, 10, 31))
    actions.pause(matter=matter, reason="等待上级批复", by=people["chief"], at=day("2022-10-20"))
    paused = {"matter": fresh(matter), "at": day("2022-10-21")}
    for act in (
        lambda: actions.feed_back(claim="progress", process="x", by=people["liaison"], **paused),
        lambda: actions.assign(lead=units["jfj"], by=people["clerk"], **paused),
        lambda: actions.raise_level(reason="x", by=people["clerk"], **paused),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "state"
    assert fresh(matter).events.last().kind == "paused"


def test_without_a_day_the_limit_of_the_type_counts(assigned):
    assert assigned().due == date(2022, 11, 3)  # 会议议定事项: 20 days after 14 October


def test_a_recurring_matter_goes_round(assigned, people):
    matter = assigned(recurrence="monthly:25")
    assert matter.due == date(2022, 10, 25)
    matter = answered(matter, people, "2022-10-24")
    actions.check(matter=matter, passed=True, text="已报", by=people["clerk"], at=day("2022-10-26"))
    matter = fresh(matter)
    assert (matter.state, matter.due) == ("working", date(2022, 11, 25))


def test_what_is_sent_back_is_in_work_again(assigned, people):
    matter = answered(assigned(due=date(2022, 10, 31)), people)
    actions.check(matter=matter, passed=False, text="缺供地合同", by=people["clerk"], at=day("2022-10-21"))
    matter = fresh(matter)
    assert (matter.state, matter.returned) == ("working", 1)


def test_a_whole_is_not_closed_before_its_parts(assigned, drafted, people):
    whole = assigned(due=date(2022, 10, 31))
    drafted("子事项", parent=whole)
    whole = answered(whole, people)
    actions.check(matter=whole, passed=True, text="好", by=people["clerk"])
    with pytest.raises(Refused, match="子事项"):
        actions.close(matter=fresh(whole), by=people["clerk"])


def test_of_two_who_act_at_once_one_is_refused(assigned, people):
    matter = assigned(due=date(2022, 10, 31))
    stale = fresh(matter)
    actions.sign(matter=matter, by=people["liaison"])
    with pytest.raises(Refused, match="刷新"):
        actions.decline(matter=stale, reason="不属我局", by=people["head"])


def test_one_open_matter_a_cause(drafted):
    drafted(cause="indicator:fai")
    with pytest.raises(Refused, match="同一起因"):
        drafted(cause="indicator:fai")


def test_if_the_journal_cannot_be_written_nothing_happens(assigned, people, monkeypatch):
    matter = assigned(due=date(2022, 10, 31))
    before = matter.events.count()

    def broken(**_values):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("wenpan.district.ground.journal.actions.Entry.objects.create", broken)
    with pytest.raises(DatabaseError):
        actions.sign(matter=matter, by=people["liaison"])
    connection.needs_rollback = False
    assert fresh(matter).state == "assigned"
    assert fresh(matter).events.count() == before


def test_every_step_is_in_the_journal(assigned):
    matter = assigned(due=date(2022, 10, 31))
    written = Entry.objects.filter(subject=f"matter:{matter.pk}").order_by("sequence")
    assert list(written.values_list("action", flat=True)) == [
        "matter.drafted",
        "matter.registered",
        "matter.assigned",
    ]


def test_deriving_again_changes_nothing(assigned, people):
    matter = answered(assigned(due=date(2022, 10, 31)), people)
    before = Matter.objects.filter(pk=matter.pk).values().get()
    derive(matter=matter)
    assert Matter.objects.filter(pk=matter.pk).values().get() == before
    assert state_of(matter).handlers == {people["liaison"].pk}


@pytest.mark.parametrize(
    "on, light", [("2022-10-20", "GREEN"), ("2022-10-29", "YELLOW"), ("2022-11-01", "RED")]
)
def test_the_light_follows_the_day(assigned, on, light):
    matter = assigned(due=date(2022, 10, 31))
    assert queries.light_of(matter, date.fromisoformat(on)) == light


def test_the_database_and_the_rule_agree_on_lights(assigned, people):
    made = [assigned(f"事项{n}", due=date(2022, 10, 20 + n)) for n in range(6)]
    answered(made[1], people)
    on = date(2022, 10, 23)
    red = set(Matter.objects.filter(queries.red(on)).values_list("pk", flat=True))
    yellow = set(Matter.objects.filter(queries.yellow(on)).values_list("pk", flat=True))
    lights = {m.pk: queries.light_of(m, on) for m in Matter.objects.all()}
    assert red == {pk for pk, light in lights.items() if light == "RED"}
    assert yellow == {pk for pk, light in lights.items() if light == "YELLOW"}


def test_a_units_people_see_only_their_own(assigned, people):
    mine, other = assigned("甲"), assigned("乙", lead="jfj", coops=())
    assert list(queries.visible(people["liaison"])) == [mine]
    assert list(queries.visible(people["town"])) == [mine]
    assert set(queries.visible(people["clerk"])) == {mine, other}
