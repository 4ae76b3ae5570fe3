"""What a bulletin counts: the log as it stood at the month's end, worked out here by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.bulletins.matters import day
from wenpan.district.supervision import actions
from wenpan.district.supervision.bulletin_input import queries as counted
from wenpan.documents.papers.bulletin.compose import compose
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)


def given(month=SEPTEMBER, dated=date(2022, 10, 8)):
    return counted.bulletin(month, dated=dated, place="甲区", issuer="甲区督查绩效办", head="a" * 64)


def shown(input_=None):
    _paper, register = compose(input_ or given())
    return {key: fact.shown for key, fact in register.facts.items()}


def test_the_parts_of_a_month_worked_out_by_hand(district):
    district.september()
    facts = shown()
    parts = ("closed", "working", "checking", "overdue", "vacant", "paused")
    assert facts["matters/all"] == "9"
    assert [facts[f"matters/{part}"] for part in parts] == ["3", "2", "1", "2", "0", "1"]
    assert [facts[f"share/{part}"] for part in parts] == ["33.4", "22.2", "11.1", "22.2", "0.0", "11.1"]
    assert (facts["matters/counted"], facts["rate/closed"]) == ("8", "37.5")  # 3 of 9 less one paused
    assert (facts["matters/in_time"], facts["rate/in_time"]) == ("2", "66.7")
    assert (facts["matters/new"], facts["matters/closed_now"]) == ("8", "3")
    assert facts["matters/due_next"] == "2"


def test_a_matter_is_in_time_by_the_day_it_was_reported_not_by_the_day_it_was_checked(district):
    matter = district.assigned("报得早查得晚", "zjj", "2022-09-09", "2022-09-01")
    district.closed(matter, "2022-09-08", "2022-09-26")
    assert shown()["matters/in_time"] == "1"


def test_what_is_due_on_the_last_day_and_not_reported_is_overdue_when_the_month_ends(district):
    district.assigned("月底到期", "zjj", "2022-09-30", "2022-09-01")
    district.assigned("次日到期", "zjj", "2022-10-01", "2022-09-01")
    facts = shown()
    assert (facts["matters/overdue"], facts["matters/working"]) == ("1", "1")


def test_feedback_is_counted_by_the_month_in_which_it_came(district):
    matters = district.september()
    district.feedback(matters["silent"], "2022-10-03")  # late, but October's
    facts = shown()
    assert (facts["replies/feedback"], facts["replies/late"], facts["replies/returned"]) == ("6", "2", "1")


def test_by_unit_and_by_source_the_parts_add_up_to_the_whole(district):
    district.september()
    facts = shown()
    units = ("jfj", "zjj", "tongxi")
    assert [facts[f"matters/unit={u}"] for u in units] == ["1", "5", "3"]
    assert [facts[f"matters/overdue&unit={u}"] for u in units] == ["0", "1", "1"]
    assert facts["rate/unit=zjj"] == "50.0"  # two of four: the paused one is in no rate
    assert facts["rate/unit=tongxi"] == "33.3"
    assert facts[f"matters/source=source:{district.minutes.pk}"] == "8"
    assert facts["matters/source=kind:meeting"] == "1"


def test_a_later_event_does_not_change_a_month_that_is_over(district):
    matters = district.september()
    before = given()
    district.closed(matters["town_late"], "2022-10-10", "2022-10-11")
    actions.resume(
        matter=district.fresh(matters["paused"]), by=district.people["chief"], at=day("2022-10-05")
    )
    district.checked(matters["checking"], "2022-10-09")
    actions.reopen(
        matter=district.fresh(matters["early"]), reason="回头看", by=district.people["chief"],
        at=day("2022-10-12"),
    )  # fmt: skip
    district.assigned("十月的事", "zjj", "2022-10-30", "2022-10-08")
    after = given()
    assert after.rows == before.rows
    assert after.replies == before.replies
    assert after.scores == before.scores
    assert shown(after) == shown(before)


def test_october_sees_what_happened_since(district):
    matters = district.september()
    district.closed(matters["town_late"], "2022-10-10", "2022-10-11")
    facts = shown(given(Month(2022, 10), date(2022, 11, 8)))
    assert facts["matters/closed"] == "4"
    assert facts["before/closed"] == "3"
    assert facts["change/closed"] == "1"


def test_a_matter_that_was_dropped_is_counted_nowhere(district):
    matter = district.assigned("交错了", "zjj", "2022-09-20", "2022-09-01")
    district.assigned("另一件", "zjj", "2022-10-20", "2022-09-01")
    actions.decline(matter=matter, reason="不归我局", by=district.people["zjj"], at=day("2022-09-02"))
    assert shown()["matters/vacant"] == "1"
    actions.drop(
        matter=district.fresh(matter), reason="重复", by=district.people["chief"], at=day("2022-09-05")
    )
    assert shown()["matters/all"] == "1"


def test_a_recurring_matter_is_in_no_rate(district):
    district.assigned("每周五报送", "zjj", "", "2022-09-01", recurrence="weekly:5")
    district.assigned("另一件", "zjj", "2022-10-20", "2022-09-01")
    facts = shown()
    assert (facts["matters/recurring"], facts["matters/counted"]) == ("1", "1")


def test_a_year_counts_what_it_took_over_and_not_what_the_last_one_closed(district):
    done = district.assigned("去年办结", "zjj", "2021-12-20", "2021-12-01")
    district.closed(done, "2021-12-10", "2021-12-13")
    district.assigned("去年结转", "zjj", "2022-10-31", "2021-12-01")
    assert shown()["matters/all"] == "1"


@pytest.mark.parametrize("moved", ["row", "column"])
def test_the_columns_of_a_matter_and_the_fold_of_its_log_say_the_same(district, moved):
    """A note in October makes the month read the log instead of the columns: nothing else changes."""
    matters = district.september()
    before = given()
    if moved == "row":
        for matter in matters.values():
            actions.note(
                matter=district.fresh(matter), text="备注", by=district.people["clerk"], at=day("2022-10-05")
            )
    assert given().rows == before.rows
