"""Points of a unit's month: from the events of each matter to lines that can be read and appealed.

Pure. Nothing is scored that the unit could not influence: time that a matter was paused, that an asked
extension waited for its answer, that the office checked or reassigned it, that a reported obstacle had no
answer, that a part of it lay with another unit; days that are not worked; and a matter that was handed over
too late is counted from `least_notice` working days after. A day counts once it is over (民法典第201条).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.events import SPOKEN
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.log.replay import replay, standing
from wenpan.district.supervision.scoring.policy import Scoring
from wenpan.district.supervision.scoring.records import Logged, MatterLog, PointLine, ServedSlip
from wenpan.district.supervision.scoring.unit_scores import UnitScore
from wenpan.district.supervision.scoring.walk import Walk
from wenpan.economy.time.calendars import Calendar

__all__ = ["Logged", "MatterLog", "PointLine", "ServedSlip", "UnitScore", "capped", "lines"]
_DAY = timedelta(days=1)


def lines(log: MatterLog, first: date, last: date, calendar: Calendar, policy: Scoring) -> list[PointLine]:
    """All lines of the month from `first` to `last` for one matter, to whichever unit had it."""
    log = replace(log, events=tuple(standing(log.events, lambda logged: logged.event.kind)))
    states = list(replay((logged.event for logged in log.events), calendar))
    found = [
        *Walk(log, states, first, last, calendar, policy).lines(),
        *_slips(log, states, first, last, policy),
    ]
    return [line for line in found if line.unit]


def capped(found: Iterable[PointLine], policy: Scoring) -> list[PointLine]:
    """The lines of a month, by unit and day, with what a unit earns by one rule kept to the rule's `at_most`.

    What comes every week cannot earn without end. A line beyond it stays readable, and is worth nothing.
    """
    earned: dict[tuple[str, str], Decimal] = {}
    out = []
    for line in sorted(found, key=lambda line: (line.unit, line.day, line.key)):
        rule = policy.rules.get(line.rule)
        if rule is None or rule.at_most is None or line.points <= 0:
            out.append(line)
            continue
        before = earned.get((line.unit, line.rule), Decimal(0))
        points = max(min(line.points, rule.at_most - before), Decimal(0))
        earned[line.unit, line.rule] = before + points
        words = line.words if points == line.points else f"{line.words}；本月此项最多{rule.at_most}分"
        out.append(replace(line, points=points, words=words))
    return out


def _slips(
    log: MatterLog, states: Sequence[MatterState], first: date, last: date, policy: Scoring
) -> Iterator[PointLine]:
    rule = policy.rules.get("slip_unanswered")
    for slip in log.slips:
        day = slip.answer_due + _DAY
        if rule is None or not first <= day <= last or (slip.settled_on and slip.settled_on < day):
            continue
        if _answered_otherwise(log, states, slip):
            continue
        words = f"{slip.number}应于{slip.answer_due}前回复"
        key = f"slip_unanswered:{log.pk}:{slip.event}"
        yield PointLine(key, slip.unit, rule.code, log.pk, log.number, day, rule.points, words, (slip.event,))


def _answered_otherwise(log: MatterLog, states: Sequence[MatterState], slip: ServedSlip) -> bool:
    """The unit spoke of the matter after the slip (one feedback serves all), or it was not with the unit."""
    served, then = False, MatterState()
    for logged, state in zip(log.events, states, strict=True):
        event = logged.event
        if event.at.date() > slip.answer_due:
            break
        then = state
        served = served or logged.pk == slip.event
        if served and event.kind in SPOKEN and event.unit in {"", slip.unit}:
            return True
    with_unit = then.state in {lifecycle.ASSIGNED, lifecycle.WORKING}
    return bool(log.events) and (then.paused or not with_unit)
