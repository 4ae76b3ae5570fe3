"""Which slip a matter calls for on a day, by the rule set in force.

Pure. What is asked of a matter becomes the facts of `economy.judging.conditions` ("of a slip"); the set
judges them. A rule never serves a level twice for one due date, nor a lower one after a higher; a slip that
was withdrawn stays withdrawn: only a person serves that level again. What has to be
answered is unanswered only once the time that was really given has gone by, so that a week of downtime is
nobody's fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wenpan.district.supervision.escalation_steps.rules import working_days_between
from wenpan.district.supervision.log import lifecycle
from wenpan.economy.time.calendars import Calendar
from wenpan.rules.slips import SlipKind, SlipRules


@dataclass(frozen=True)
class MatterColumns:
    """What the columns of a matter say."""

    state: str
    paused: bool
    due: date | None
    important: bool
    returned: int
    assigned_on: date | None
    feedback_on: date | None
    counts_from: date | None = None  # later than the day due, where the unit had to wait for the office


@dataclass(frozen=True)
class Served:
    """A slip of this matter, of whatever due date."""

    colour: str
    level: int
    due: date | None
    answer_due: date | None
    answered: bool
    withdrawn: bool


@dataclass(frozen=True)
class Call:
    kind: SlipKind
    rule: str
    reason: str


def last_working_day(on: date, calendar: Calendar) -> date:
    """On a day off the slips stand as they stood on the working day before it."""
    while not calendar.is_working_day(on):
        on -= timedelta(days=1)
    return on


def facts(
    asked: MatterColumns, served: Sequence[Served], on: date, calendar: Calendar, silent_days: int
) -> Mapping[str, Any]:
    """`on`: a working day. A fact that is not known yet is None, and its condition undetermined."""
    standing = [s for s in served if not s.withdrawn]
    here = [s for s in standing if s.due == asked.due]
    last = max(here, key=lambda s: s.level, default=None)
    passed = None if last is None else bool(last.answer_due and last.answer_due < on)
    late = asked.due is not None and asked.due < on
    heard = asked.feedback_on or asked.assigned_on
    return {
        "overdue": late,
        "overdue_days": working_days_between(asked.counts_from or asked.due, on, calendar)
        if late and asked.due
        else None,
        "days_left": working_days_between(on, asked.due, calendar) if asked.due and not late else None,
        "important": asked.important,
        "sent_back": asked.state == lifecycle.WORKING and asked.returned > 0,
        "silent": heard is not None and heard < on - timedelta(days=silent_days),
        "last_slip": last.colour if last else "",
        "answered": None if last is None else True if last.answered else False if passed else None,
        "limit_passed": passed,
        "slips_before": len(standing),
    }


def call(
    found: SlipRules | None,
    asked: MatterColumns,
    served: Sequence[Served],
    on: date,
    calendar: Calendar,
    silent_days: int,
) -> Call | None:
    """The slip to serve now, or None. Only what is with its unit and not paused is called for."""
    if (
        found is None
        or asked.paused
        or asked.state not in {lifecycle.ASSIGNED, lifecycle.WORKING}
        or asked.due is None
    ):
        return None
    on = last_working_day(on, calendar)
    known = facts(asked, served, on, calendar, silent_days)
    verdict = found.rules.judge(known)
    kind = found.of_rule(verdict.rule)
    here = [s.level for s in served if s.due == asked.due]  # withdrawn ones too
    if kind is None or kind.level <= max(here, default=0):
        return None
    return Call(kind, verdict.rule, verdict.reasons[0] if verdict.reasons else kind.name)
