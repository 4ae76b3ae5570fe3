"""What comes late in a life: reopened after months, asked of an order that was replaced, people who moved."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.event_log import state_of
from wenpan.district.supervision.matters.queries import listing
from wenpan.district.supervision.models import Matter, Slip
from wenpan.district.supervision.scoring import queries as scores
from wenpan.economy.time.periods import Month


def fresh(matter):
    matter.refresh_from_db()
    return matter


@pytest.fixture
def closed_early(assigned, people):
    """Due on 31 October, reported on the 20th and closed on the 21st."""

    def make(**more):
        matter = assigned(**({"due": date(2022, 10, 31)} | more))
        actions.feed_back(
            matter=matter, claim="done", process="已供地", by=people["liaison"], at=day("2022-10-20")
        )
        for act, more in ((actions.check, {"passed": True, "text": "属实"}), (actions.close, {})):
            act(matter=fresh(matter), by=people["clerk"], at=day("2022-10-21"), **more)
        return fresh(matter)

    return make


def reopened(matter, people, on):
    actions.reopen(matter=matter, reason="回头看发现反弹", by=people["second"], at=day(on))
    return fresh(matter)


def test_what_is_reopened_after_its_day_has_the_limit_of_its_type_anew(closed_early, people):
    matter = reopened(closed_early(), people, "2023-03-01")
    assert matter.original_due == date(2022, 10, 31)
    assert matter.due > date(2023, 3, 1)
    assert state_of(matter).due == matter.due


def test_nobody_is_late_for_the_months_in_which_a_matter_was_closed(closed_early, people):
    matter = reopened(closed_early(), people, "2023-03-01")
    done = actions.escalate(at=day("2023-03-02"))
    assert (done.raised, done.slips, fresh(matter).level) == (0, 0, 0)
    assert not Slip.objects.exists()
    assert [line.rule for line in scores.sheet(Month(2023, 3), on=date(2023, 3, 3)).lines] == []


def test_what_is_reopened_in_time_keeps_its_day(closed_early, people):
    assert reopened(closed_early(), people, "2022-10-25").due == date(2022, 10, 31)


def test_a_pause_after_reopening_moves_the_new_day(closed_early, people):
    matter = reopened(closed_early(), people, "2023-03-01")
    due = matter.due
    actions.pause(matter=matter, reason="等待批复", by=people["chief"], at=day("2023-03-02"))
    actions.resume(matter=fresh(matter), by=people["chief"], at=day("2023-03-12"))
    assert fresh(matter).due > due


def test_an_extension_that_was_asked_of_another_order_is_gone_with_it(assigned, people, units):
    matter = assigned(due=date(2022, 10, 31))
    actions.ask_extension(matter=matter, until=date(2022, 11, 30), reason="雨季", by=people["liaison"],
                          at=day("2022-10-18"))  # fmt: skip
    actions.decline(matter=fresh(matter), reason="不归我局", by=people["liaison"], at=day("2022-10-19"))
    actions.assign(matter=fresh(matter), lead=units["jfj"], due=date(2022, 12, 31), by=people["clerk"],
                   at=day("2022-10-20"))  # fmt: skip
    assert fresh(matter).extension_asked is None
    with pytest.raises(Refused, match="没有待批"):
        actions.decide_extension(matter=matter, granted=True, by=people["chief"], at=day("2022-10-21"))
    assert fresh(matter).due == date(2022, 12, 31)


def test_an_extension_never_shortens_what_a_pause_has_lengthened(assigned, people):
    matter = assigned(due=date(2022, 10, 31))
    actions.ask_extension(matter=matter, until=date(2022, 11, 5), reason="雨季", by=people["liaison"],
                          at=day("2022-10-18"))  # fmt: skip
    actions.pause(matter=fresh(matter), reason="等待批复", by=people["chief"], at=day("2022-10-19"))
    actions.resume(matter=fresh(matter), by=people["chief"], at=day("2022-11-20"))
    with pytest.raises(Refused, match="晚于现时限"):
        actions.decide_extension(matter=fresh(matter), granted=True, by=people["chief"], at=day("2022-11-21"))


def moved_to_the_office(person, units):
    person.unit, person.role = units["dcb"], "supervision_head"
    person.save()
    return person


def test_who_stood_for_a_feedback_does_not_check_it_after_moving(assigned, people, units):
    matter = assigned(due=date(2022, 10, 31))
    said = actions.feed_back(matter=matter, claim="done", process="已供地", by=people["liaison"],
                             at=day("2022-10-20"))  # fmt: skip
    actions.sign_off(feedback=said, by=people["head"], at=day("2022-10-20"))
    head = moved_to_the_office(people["head"], units)
    with pytest.raises(Refused, match="承办过"):
        actions.check(matter=fresh(matter), passed=True, text="属实", by=head, at=day("2022-10-21"))


def test_who_asked_for_an_extension_does_not_grant_it_after_moving(assigned, people, units):
    matter = assigned(due=date(2022, 10, 31))
    actions.ask_extension(matter=matter, until=date(2022, 11, 30), reason="雨季", by=people["liaison"],
                          at=day("2022-10-18"))  # fmt: skip
    liaison = moved_to_the_office(people["liaison"], units)
    with pytest.raises(Refused, match="承办过"):
        actions.decide_extension(matter=fresh(matter), granted=True, by=liaison, at=day("2022-10-19"))


def test_who_acted_for_a_unit_is_not_told_that_the_check_waits_for_them(assigned, people, units):
    matter = assigned(due=date(2022, 10, 31))
    said = actions.feed_back(matter=matter, claim="done", process="已供地", by=people["liaison"],
                             at=day("2022-10-20"))  # fmt: skip
    actions.sign_off(feedback=said, by=people["head"], at=day("2022-10-20"))
    head = moved_to_the_office(people["head"], units)
    mine = listing.MatterFilters(flag="mine", state="all")
    assert not listing.rows(head, mine, date(2022, 10, 21)).exists()
    assert listing.rows(people["second"], mine, date(2022, 10, 21)).get() == fresh(matter)


def test_a_part_is_not_reopened_under_a_whole_that_is_closed(closed_early, people):
    whole, part = closed_early(title="完成供地"), closed_early(title="完成征拆")
    type(part).objects.filter(pk=part.pk).update(parent=whole)
    with pytest.raises(Refused, match="上级事项"):
        reopened(fresh(part), people, "2022-10-25")
    reopened(fresh(whole), people, "2022-10-25")
    part = type(part).objects.get(pk=part.pk)
    assert reopened(part, people, "2022-10-25").state == "working"


def test_days_that_the_office_took_to_check_do_not_count_against_the_unit(assigned, people):
    """Reported a day early, sent back seven weeks later: one day is left, it is not seven weeks late."""
    matter = assigned(due=date(2022, 10, 31))
    report = {"claim": "done", "process": "已完成", "by": people["liaison"]}
    actions.feed_back(matter=matter, at=day("2022-10-30"), **report)
    matter.refresh_from_db()
    actions.check(matter=matter, passed=False, text="缺合同", by=people["clerk"], at=day("2022-12-21"))
    matter.refresh_from_db()
    assert (matter.original_due, matter.due) == (date(2022, 10, 31), date(2022, 12, 22))
    assert not lifecycle.is_overdue(state_of(matter), date(2022, 12, 22))


def test_what_was_reported_late_is_late_still_when_it_is_sent_back(assigned, people):
    matter = assigned(due=date(2022, 10, 31))
    actions.feed_back(
        matter=matter, claim="done", process="已完成", by=people["liaison"], at=day("2022-11-10")
    )
    matter.refresh_from_db()
    actions.check(matter=matter, passed=False, text="缺合同", by=people["clerk"], at=day("2022-11-20"))
    matter.refresh_from_db()
    assert matter.due == date(2022, 10, 31)


def test_a_closed_matter_is_not_reopened_beside_an_open_one_of_its_cause(closed_early, assigned, people):
    closed, other = closed_early(), assigned()
    Matter.objects.filter(pk__in=[closed.pk, other.pk]).update(cause="indicator:fai")
    with pytest.raises(Refused, match=f"同一起因已有未办结的{other.number}") as told:
        reopened(fresh(closed), people, "2022-11-10")
    assert told.value.code == "state"
    Matter.objects.filter(pk=other.pk).update(cause="")
    assert reopened(fresh(closed), people, "2022-11-10").state == "working"
