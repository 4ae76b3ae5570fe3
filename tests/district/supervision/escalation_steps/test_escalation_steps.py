"""The line up which an overdue matter goes, as tables of cases: day due, day asked, steps that have come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.supervision.escalation_steps.policy import escalation_rules
from wenpan.district.supervision.escalation_steps.rules import (
    next_working_moment,
    reached,
    reminder,
    working_days_before,
    working_days_between,
)
from wenpan.district.supervision.log import policy
from wenpan.rules import RuleError

LADDER, CALENDAR = escalation_rules(), policy.calendar()
ALL = ["liaison", "unit_head", "charge", "named", "talk"]  # after 1, 3, 5, 8 and 10 working days


def steps(due: str | None, on: str) -> list[str]:
    day = date.fromisoformat(due) if due else None
    return [r.step.code for r in reached(day, date.fromisoformat(on), LADDER, CALENDAR)]


@pytest.mark.parametrize(
    ("sentence", "due", "on", "expected"),
    [
        ("on its day nobody is told", "2022-10-20", "2022-10-20", []),
        ("the next working day the liaison is", "2022-10-20", "2022-10-21", ["liaison"]),
        ("a Saturday and a Sunday do not count", "2022-10-21", "2022-10-23", []),
        ("after the weekend Monday is the first", "2022-10-21", "2022-10-24", ["liaison"]),
        ("the head comes on the third", "2022-10-20", "2022-10-25", ["liaison", "unit_head"]),
        ("and not on the second", "2022-10-20", "2022-10-24", ["liaison"]),
        ("during 国庆 nothing happens", "2022-09-30", "2022-10-07", []),
        ("a Saturday that is worked counts (调休)", "2022-09-30", "2022-10-08", ["liaison"]),
        ("so does the Sunday after it", "2022-09-30", "2022-10-09", ["liaison"]),
        ("and Monday is the third", "2022-09-30", "2022-10-10", ["liaison", "unit_head"]),
        ("on the fifth the leader in charge is told", "2022-10-20", "2022-10-27", ALL[:3]),
        ("on the eighth it is named", "2022-10-20", "2022-11-01", ALL[:4]),
        ("on the tenth a talk is suggested", "2022-10-20", "2022-11-03", ALL),
        ("after a year it is still five steps", "2022-10-20", "2023-10-20", ALL),
        ("without a deadline, or paused, nothing happens", None, "2022-12-31", []),
        ("before the rule is in force nothing happens", "2021-10-20", "2021-12-31", []),
    ],
)
def test_the_line(sentence, due, on, expected):
    assert steps(due, on) == expected, sentence


@pytest.mark.parametrize(
    ("sentence", "due", "on", "expected"),
    [
        ("four working days before, nothing", "2022-10-20", "2022-10-14", None),
        ("three working days before", "2022-10-20", "2022-10-17", "soon"),
        ("the nearer speaks", "2022-10-20", "2022-10-19", "tomorrow"),
        ("on its day the nearer still may", "2022-10-20", "2022-10-20", "tomorrow"),
        ("afterwards it is too late to remind", "2022-10-20", "2022-10-21", None),
        ("before 国庆 for the worked Saturday after it", "2022-10-08", "2022-09-30", "tomorrow"),
        ("no deadline, no reminder", None, "2022-09-30", None),
    ],
)
def test_reminders(sentence, due, on, expected):
    day = date.fromisoformat(due) if due else None
    found = reminder(day, date.fromisoformat(on), LADDER, CALENDAR)
    assert (found.code if found else None) == expected, sentence


@pytest.mark.parametrize(
    ("sentence", "at", "expected"),
    [
        ("at work: now", "2022-10-20 09:30", "2022-10-20 09:30"),
        ("before work: when it begins", "2022-10-20 03:00", "2022-10-20 08:30"),
        ("over noon: when it begins again", "2022-10-20 12:30", "2022-10-20 14:00"),
        ("in the evening: tomorrow", "2022-10-20 18:00", "2022-10-21 08:30"),
        ("on Friday evening: Monday", "2022-10-21 17:30", "2022-10-24 08:30"),
        ("in 国庆: the worked Saturday after it", "2022-10-02 10:00", "2022-10-08 08:30"),
        ("on a worked Saturday: now", "2022-10-08 10:00", "2022-10-08 10:00"),
        ("on a Saturday that is not: Monday", "2022-10-15 10:00", "2022-10-17 08:30"),
    ],
)
def test_nobody_is_told_outside_working_hours(sentence, at, expected):
    found = next_working_moment(datetime.fromisoformat(at), CALENDAR)
    assert found == datetime.fromisoformat(expected), sentence


def test_a_year_without_published_holidays_is_estimated_and_says_so():
    due = date(2031, 9, 30)
    assert CALENDAR.is_estimated(due)
    found = reached(due, date(2031, 12, 31), LADDER, CALENDAR)
    assert [r.step.code for r in found] == ALL
    assert all(r.estimated for r in found)
    assert not any(r.estimated for r in reached(date(2022, 10, 20), date(2022, 12, 1), LADDER, CALENDAR))


days = st.dates(date(2021, 1, 1), date(2032, 12, 31))


@given(days, st.integers(0, 400), st.integers(0, 60))
def test_no_step_is_ever_taken_back_and_each_comes_after_the_day(due, first, more):
    """Monotone in the day: what a run did yesterday is part of what a run today would do."""
    earlier = reached(due, due + timedelta(days=first), LADDER, CALENDAR)
    later = reached(due, due + timedelta(days=first + more), LADDER, CALENDAR)
    assert later[: len(earlier)] == earlier
    assert all(r.day > due and CALENDAR.is_working_day(r.day) for r in later)


@given(days, st.integers(1, 15))
def test_working_days_before_and_between_agree(day, count):
    day = CALENDAR.on_or_after(day)
    earlier = working_days_before(day, count, CALENDAR)
    assert CALENDAR.is_working_day(earlier)
    assert working_days_between(earlier, day, CALENDAR) == count


@given(st.datetimes(datetime(2021, 1, 1), datetime(2030, 12, 31)))
def test_the_next_working_moment_is_at_work_and_never_earlier(at):
    found = next_working_moment(at, CALENDAR)
    assert found >= at
    assert any(a <= found.time() < b for a, b in CALENDAR.spans_on(found.date()))


@pytest.mark.parametrize(
    ("defect", "change", "key"),
    [
        ("a step that falls back", ("level: 2", "level: 1"), "steps.level"),
        ("nobody is told", ("to: [charge, unit_head]", "to: [mayor]"), r"steps\[3\].to"),
        ("a word that no matter has", ("{title}》将于", "{firm}》将于"), r"reminders\[1\].text"),
        ("no step that the bulletin reads", ("code: talk", "code: tea"), "steps.code"),
        ("zero days", ("after: 1,", "after: 0,"), r"steps\[1\].after"),
    ],
)
def test_a_ladder_that_cannot_be_used_says_where(defect, change, key, settings, tmp_path, monkeypatch):
    from wenpan.rules.loading import OURS

    text = (OURS / "supervision" / "ladder.yaml").read_text()
    assert change[0] in text
    own = tmp_path / "rules" / "supervision"
    own.mkdir(parents=True)
    (own / "ladder.yaml").write_text(text.replace(*change, 1))
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    with pytest.raises(RuleError, match=key):
        escalation_rules()
