"""Points from events: what counts, for whom, since when; and all that must not count."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from wenpan.district.supervision.log import policy
from wenpan.district.supervision.log.events import EventKind, MatterEvent
from wenpan.district.supervision.scoring.month import Logged, MatterLog, PointLine, ServedSlip, lines
from wenpan.district.supervision.scoring.policy import from_json, scoring, to_json
from wenpan.district.supervision.scoring.unit_scores import unit_scores
from wenpan.economy.time.periods import Month
from wenpan.rules.loading import RuleError

SEPTEMBER = (date(2022, 9, 1), date(2022, 9, 30))
RULES = scoring(Month(2022, 9))


def event(kind: EventKind, on: str, **data) -> tuple[EventKind, str, dict]:
    return kind, on, data


def assigned(on: str, due: str = "2022-09-14", lead: str = "zjj", **data):
    return event(EventKind.ASSIGNED, on, lead=lead, due=due, **data)


DRAFTED = (event(EventKind.DRAFTED, "2022-08-01"), event(EventKind.REGISTERED, "2022-08-01"))


def log(*events, delegated=(), slips=()) -> MatterLog:
    made = []
    for at, (kind, on, data) in enumerate([*DRAFTED, *events], start=1):
        unit = (
            "dcb"
            if kind
            not in {
                EventKind.SIGNED,
                EventKind.FEEDBACK,
                EventKind.ANSWERED,
                EventKind.EXTENSION_ASKED,
            }
            else ""
        )
        moment = datetime.fromisoformat(on) + timedelta(hours=9)
        made.append(Logged(at, MatterEvent(kind, moment, data, 1, data.pop("unit", unit))))
    return MatterLog(7, "2022-0007", made, delegated, slips)


def points(*events, period=SEPTEMBER, **more) -> dict[str, float]:
    """rule → points of the month."""
    found: dict[str, float] = {}
    for line in lines(log(*events, **more), *period, policy.calendar(), RULES):
        found[line.rule] = found.get(line.rule, 0) + float(line.points)
    return found


def line(unit: str, value: str, key: str) -> PointLine:
    return PointLine(key, unit, "overdue", 1, "n", date(2022, 9, 1), Decimal(value), "", (1,))


SIGNED = event(EventKind.SIGNED, "2022-09-02")
NEXT_DAY = event(EventKind.SIGNED, "2022-09-01")


def closed(answered: str, at: str):
    return (
        event(EventKind.ANSWERED, answered),
        event(EventKind.PASSED, at),
        event(EventKind.CLOSED, at),
    )


CASES = {
    "closed in time": (
        (assigned("2022-09-01"), SIGNED, *closed("2022-09-14", "2022-09-20")),
        {"closed_in_time": 2},
    ),
    "closed three working days early": (
        (assigned("2022-09-01"), SIGNED, *closed("2022-09-08", "2022-09-20")),
        {"closed_in_time": 2, "closed_early": 1},  # 9, 13 (the 12th is Mid-Autumn), 14
    ),
    "late by three working days, one late word": (
        (assigned("2022-09-01"), SIGNED, *closed("2022-09-19", "2022-09-21")),
        {"late_feedback": -2, "overdue": -1.5},  # 15, 16, 19: the weekend between is nobody's
    ),
    "no word at all": (
        (assigned("2022-09-01"), SIGNED),
        {"no_report": -10, "overdue": -6},  # 15 … 30: twelve working days
    ),
    "a word before the day due is a report; being late is not": (
        (
            assigned("2022-09-01"),
            SIGNED,
            event(EventKind.FEEDBACK, "2022-09-09"),
            event(EventKind.FEEDBACK, "2022-09-20"),
        ),
        {"overdue": -6},
    ),
    "overdue days are bounded a month": (
        (
            assigned("2022-08-01", "2022-08-05"),
            event(EventKind.SIGNED, "2022-08-02"),
            event(EventKind.FEEDBACK, "2022-08-05"),
        ),
        {"overdue": -10},  # 21 working days would be -10.5
    ),
    "sent back": (
        (
            assigned("2022-09-01", "2022-10-20"),
            SIGNED,
            event(EventKind.ANSWERED, "2022-09-07"),
            event(EventKind.RETURNED, "2022-09-08"),
        ),
        {"returned": -5},
    ),
    "not signed in two working days": ((assigned("2022-09-01", "2022-10-20"),), {"unsigned": -2}),
    "signed on the second working day": (
        (assigned("2022-09-01", "2022-10-20"), event(EventKind.SIGNED, "2022-09-05")),
        {},
    ),
    # what a unit cannot influence
    "waiting for the check": (
        (assigned("2022-09-01"), SIGNED, event(EventKind.ANSWERED, "2022-09-14")),
        {},
    ),
    "paused": (
        (assigned("2022-09-01"), SIGNED, event(EventKind.PAUSED, "2022-09-13")),
        {},
    ),
    "extended before the day due": (
        (
            assigned("2022-09-01"),
            SIGNED,
            event(EventKind.EXTENSION_ASKED, "2022-09-13", due="2022-10-31"),
            event(EventKind.EXTENDED, "2022-09-14", due="2022-10-31"),
        ),
        {},
    ),
    "an asked extension waits for its answer": (
        (
            assigned("2022-09-01"),
            SIGNED,
            event(EventKind.EXTENSION_ASKED, "2022-09-13", due="2022-10-31"),
        ),
        {},
    ),
    "a refused extension counts from the answer": (
        (
            assigned("2022-09-01"),
            SIGNED,
            event(EventKind.FEEDBACK, "2022-09-13"),
            event(EventKind.EXTENSION_ASKED, "2022-09-13", due="2022-10-31"),
            event(EventKind.EXTENSION_REFUSED, "2022-09-28"),
        ),
        {"overdue": -1},  # 29 and 30
    ),
    "handed over for a day that had nearly gone by": (
        (assigned("2022-09-01", "2022-09-02"), NEXT_DAY, *closed("2022-09-05", "2022-09-06")),
        {"closed_in_time": 2},  # two working days after the 1st: the 5th
    ),
    "a blocked unit that waits for the office": (
        (assigned("2022-09-01"), SIGNED, event(EventKind.FEEDBACK, "2022-09-13", claim="blocked")),
        {},
    ),
    "a blocked unit that has its answer": (
        (
            assigned("2022-09-01"),
            SIGNED,
            event(EventKind.FEEDBACK, "2022-09-13", claim="blocked"),
            event(EventKind.RAISED, "2022-09-28"),
        ),
        {"overdue": -1},
    ),
    "handed to another unit: a new count, and nothing for the one before": (
        (
            assigned("2022-09-01"),
            event(EventKind.DECLINED, "2022-09-02"),
            assigned("2022-09-20", "2022-10-20", "jfj"),
            event(EventKind.SIGNED, "2022-09-20"),
        ),
        {},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_points(name):
    events, found = CASES[name]
    assert points(*events) == found


def test_a_part_with_another_unit_is_not_the_leads_time():
    events = (assigned("2022-09-01"), SIGNED, event(EventKind.FEEDBACK, "2022-09-09"))
    assert points(*events, delegated=((date(2022, 9, 2), None),)) == {}
    assert points(*events, delegated=((date(2022, 9, 2), date(2022, 9, 28)),)) == {"overdue": -1}


def test_a_slip_that_was_not_answered_by_its_day():
    slip = ServedSlip(9, "安督单〔2022〕3号", "zjj", date(2022, 9, 20), None)
    events = (assigned("2022-09-01", "2022-10-20"), SIGNED)
    assert points(*events, slips=(slip,)) == {"slip_unanswered": -10}
    for settled in (date(2022, 9, 20), date(2022, 9, 5)):
        answered = ServedSlip(9, "安督单〔2022〕3号", "zjj", date(2022, 9, 20), settled)
        assert points(*events, slips=(answered,)) == {}


@pytest.mark.parametrize(
    "after",
    [
        [event(EventKind.FEEDBACK, "2022-09-18")],  # one feedback serves all
        [event(EventKind.ANSWERED, "2022-09-18")],
        [event(EventKind.PAUSED, "2022-09-18")],
        [
            event(EventKind.ANSWERED, "2022-09-12"),
            event(EventKind.PASSED, "2022-09-13"),
            event(EventKind.CLOSED, "2022-09-13"),
        ],
    ],
    ids=["fed back", "reported done", "paused", "closed"],
)
def test_a_slip_on_a_matter_that_was_spoken_of_or_lay_elsewhere_costs_nothing(after):
    slip = ServedSlip(5, "安督单〔2022〕3号", "zjj", date(2022, 9, 20), None)
    served = event(EventKind.SLIP, "2022-09-05", number="安督单〔2022〕3号", level=1, colour="blue")
    before = (assigned("2022-09-01", "2022-10-20"), SIGNED, served)
    assert points(*before, slips=(slip,)) == {"slip_unanswered": -10}
    assert "slip_unanswered" not in points(*before, *after, slips=(slip,))


def test_a_recurring_matter_is_credited_round_by_round():
    events = (
        event(EventKind.ASSIGNED, "2022-09-01", lead="zjj", recurrence="monthly:15"), SIGNED,
        event(EventKind.ANSWERED, "2022-09-14"), event(EventKind.ROUND, "2022-09-16", round="2022-09-15"),
    )  # fmt: skip
    assert points(*events) == {"round_in_time": 1}
    october = (date(2022, 10, 1), date(2022, 10, 31))
    assert "overdue" in points(*events, period=october)  # due again on the 15th, and nothing came


def test_overdue_days_rest_on_what_set_the_day_and_on_the_report_that_ended_them():
    one = log(assigned("2022-09-01"), SIGNED, *closed("2022-09-19", "2022-09-21"))
    late = next(x for x in lines(one, *SEPTEMBER, policy.calendar(), RULES) if x.rule == "overdue")
    assert late.events == (3, 5)  # 交办, 报告办结


def test_a_month_does_not_change_by_what_comes_later():
    late = (assigned("2022-09-01"), SIGNED)
    assert points(*late) == points(*late, *closed("2022-10-09", "2022-10-10"))


def test_the_days_of_two_months_are_all_the_days():
    """15 … 30 September are twelve working days; October begins on the 8th (8 and 9 are worked)."""
    events = (
        assigned("2022-09-01"),
        SIGNED,
        event(EventKind.FEEDBACK, "2022-09-09"),
        event(EventKind.ANSWERED, "2022-10-10"),
    )
    october = (date(2022, 10, 1), date(2022, 10, 31))
    assert points(*events) == {"overdue": -6}
    assert points(*events, period=october) == {"overdue": -1.5}  # 8, 9, 10


def test_many_matters_are_no_fault():
    """One late matter in four, and ten in forty: the same score."""
    few = [line("a", "-5", "1")]
    many = [line("b", "-5", f"b{n}") for n in range(10)]
    found = {m.unit: m.score for m in unit_scores([*few, *many], {"a": 4, "b": 40}, RULES)}
    assert found == {"a": Decimal("87.5"), "b": Decimal("87.5")}


def test_the_rules_of_a_month_are_those_in_force_at_its_end(tmp_path, monkeypatch):
    with pytest.raises(RuleError, match="2021年12月"):
        scoring(Month(2021, 12))
    assert scoring(Month(2022, 1)).version == "2022-01"


def test_rules_are_kept_and_read_back():
    assert from_json(to_json(RULES)) == RULES


def test_every_rule_names_its_source():
    assert "168914" in RULES.source and "扣10分" in RULES.source
