"""One matter's month, event by event: whose time passes, and what it costs or earns. Pure.

`_Now` is the matter between two events as scoring sees it; time is counted only while it is the unit's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.events import MOVES_DUE, SPOKEN, EventKind
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.scoring.policy import Scoring
from wenpan.district.supervision.scoring.records import Logged, MatterLog, PointLine
from wenpan.economy.time.calendars import Calendar

_DAY = timedelta(days=1)


@dataclass
class _Count:
    """What scoring adds to the state of the matter between two events."""

    state: MatterState = field(default_factory=MatterState)
    due_with_notice: date | None = None  # the day due, or later where the matter came too late
    spoke: bool = False  # a word from the lead since the count began
    charged: bool = False  # "no report" for this due was charged
    unsigned: bool = False  # "not signed" for this order was charged
    due_event: int = 0  # the event that set the day due
    answer: Logged | None = None

    @property
    def counting(self) -> bool:
        """Is it the unit's own time that passes?"""
        with_unit = self.state.state in {lifecycle.ASSIGNED, lifecycle.WORKING}
        waits = self.state.paused or self.state.waits_for_office
        return with_unit and not waits and self.due_with_notice is not None


class Walk:
    """`states`: the state of the matter after each event of the log, as `replay.replay` gives them."""

    def __init__(
        self, log: MatterLog, states: Sequence[MatterState], first: date, last: date, calendar: Calendar,
        policy: Scoring,
    ) -> None:  # fmt: skip
        self.log, self.states, self.first, self.last = log, states, first, last
        self.calendar, self.policy = calendar, policy
        self.now = _Count()
        self.late: dict[tuple[str, int], list[date]] = {}  # (unit, due_event) → its own overdue working days
        self.ending = 0  # the report that ends the time that passes now
        self.ends: dict[tuple[str, int], int] = {}
        self.late_due: dict[tuple[str, int], date] = {}

    def lines(self) -> Iterator[PointLine]:
        since: date | None = None
        for logged, state in zip(self.log.events, self.states, strict=True):
            day = logged.event.at.date()
            self.ending = logged.pk if logged.event.kind is EventKind.ANSWERED and day <= self.last else 0
            if since is not None:
                yield from self._passed(since, day)
            yield from self._scored(logged, day)
            self._apply(logged, state, day)
            since = day
        self.ending = 0
        if since is not None and since < self.last:
            yield from self._passed(since, self.last)
        yield from self._overdue()

    # time that passes between two events

    def _passed(self, since: date, until: date) -> Iterator[PointLine]:
        """Days after `since` up to and with `until`."""
        now, policy = self.now, self.policy
        yield from self._unsigned(since, until)
        if not now.counting or now.due_with_notice is None or until <= now.due_with_notice:
            return
        limit = self.calendar.working_days_after(now.due_with_notice, policy.report_grace)
        rule = policy.rules.get("no_report")
        if rule and not now.spoke and not now.charged and max(since, now.due_with_notice) <= limit < until:
            now.charged = True
            day = limit + _DAY
            if self.first <= day <= self.last and not self._is_delegated(day):
                yield self._line(
                    rule.code, day, f"{now.due_with_notice}到期，宽限至{limit}仍无反馈", now.due_event
                )
        if "overdue" in policy.rules:
            self._count_late(max(since, now.due_with_notice, self.first - _DAY), min(until, self.last))

    def _count_late(self, after: date, until: date) -> None:
        now, day = self.now, after + _DAY
        while day <= until:
            if self.calendar.is_working_day(day) and not self._is_delegated(day):
                key = (now.state.lead, now.due_event)
                self.late.setdefault(key, []).append(day)
                self.ends[key] = self.ending
                assert now.due_with_notice is not None
                self.late_due[key] = now.due_with_notice
            day += _DAY

    def _is_delegated(self, day: date) -> bool:
        return any(start <= day and (end is None or day <= end) for start, end in self.log.delegated)

    def _unsigned(self, since: date, until: date) -> Iterator[PointLine]:
        now, rule = self.now, self.policy.rules.get("unsigned")
        state = now.state
        waits = state.state == lifecycle.ASSIGNED and not state.paused
        if rule is None or not waits or now.unsigned or state.ordered_on is None:
            return
        limit = self.calendar.working_days_after(state.ordered_on, self.policy.sign_within)
        late_order = state.due is not None and state.due < limit
        if late_order or not since <= limit < until:
            return
        now.unsigned = True
        day = limit + _DAY
        if self.first <= day <= self.last:
            yield self._line(rule.code, day, f"{state.ordered_on}交办，{limit}前未签收", now.due_event)

    def _overdue(self) -> Iterator[PointLine]:
        rule = self.policy.rules.get("overdue")
        for (unit, due_event), days in self.late.items():
            assert rule is not None
            points = rule.points * len(days)
            if rule.at_least is not None:
                points = max(points, rule.at_least)
            due_with_notice, end = self.late_due[unit, due_event], self.ends[unit, due_event]
            words = f"{due_with_notice}到期，本月逾期{len(days)}个工作日"
            words += "，按每月上限计" if points != rule.points * len(days) else ""
            key = f"overdue:{self.log.pk}:{due_event}-{self.first:%Y%m}"
            made = PointLine(
                key, unit, rule.code, self.log.pk, self.log.number, days[-1], points, words,
                (due_event, end) if end else (due_event,),
            )  # fmt: skip
            yield made

    # what happens

    def _scored(self, logged: Logged, day: date) -> Iterator[PointLine]:
        kind = logged.event.kind
        made = {
            EventKind.FEEDBACK: self._spoken,
            EventKind.ANSWERED: self._spoken,
            EventKind.RETURNED: self._returned,
            EventKind.CLOSED: self._closed,
            EventKind.ROUND: self._round,
        }.get(kind)
        if made is None:
            return
        for line in made(logged, day):
            if self.first <= line.day <= self.last:
                yield line

    def _spoken(self, logged: Logged, day: date) -> Iterator[PointLine]:
        now, rule = self.now, self.policy.rules.get("late_feedback")
        theirs = logged.event.unit in {"", now.state.lead}
        own_time = now.counting and now.due_with_notice is not None and day > now.due_with_notice
        if rule and theirs and own_time and not now.spoke and not now.charged and not self._is_delegated(day):
            yield self._line(
                rule.code, day, f"{now.due_with_notice}到期，{day}才反馈", now.due_event, logged.pk
            )

    def _returned(self, logged: Logged, day: date) -> Iterator[PointLine]:
        if rule := self.policy.rules.get("returned"):
            answer = (self.now.answer.pk,) if self.now.answer else ()
            yield self._line(rule.code, day, f"{day}退办", *answer, logged.pk)

    def _closed(self, logged: Logged, day: date) -> Iterator[PointLine]:
        yield from self._credit("closed_in_time", logged, day)
        now, rule = self.now, self.policy.rules.get("closed_early")
        answered = now.answer.event.at.date() if now.answer else None
        due = now.state.due
        if rule is None or answered is None or due is None or now.state.extended or now.answer is None:
            return
        if self.calendar.working_days_after(answered, self.policy.early) <= due:
            words = f"{answered}报告办结，早于时限{due}"
            yield self._line(rule.code, day, words, now.answer.pk, logged.pk)

    def _round(self, logged: Logged, day: date) -> Iterator[PointLine]:
        yield from self._credit("round_in_time", logged, day)

    def _credit(self, code: str, logged: Logged, day: date) -> Iterator[PointLine]:
        now, rule = self.now, self.policy.rules.get(code)
        answered = now.answer.event.at.date() if now.answer else None
        if (
            rule is None
            or answered is None
            or now.due_with_notice is None
            or answered > now.due_with_notice
            or now.answer is None
        ):
            return
        words = f"{answered}报告办结，时限{now.state.due or now.due_with_notice}"
        yield self._line(code, day, words, now.answer.pk, logged.pk)

    def _line(self, code: str, day: date, words: str, *events: int) -> PointLine:
        rule, now = self.policy.rules[code], self.now
        key = f"{code}:{self.log.pk}:{events[-1]}"
        return PointLine(
            key, now.state.lead, code, self.log.pk, self.log.number, day, rule.points, words, events
        )

    # the matter afterwards

    def _apply(self, logged: Logged, state: MatterState, day: date) -> None:
        now, e = self.now, logged.event
        before, now.state = now.state, state
        if e.kind is EventKind.ASSIGNED:
            now.unsigned = False
        elif e.kind in SPOKEN and e.unit in {"", state.lead}:
            now.spoke = True
            now.answer = logged if e.kind is EventKind.ANSWERED else now.answer
        elif e.kind is EventKind.REOPENED:
            now.spoke, now.answer = True, None
        if e.kind in MOVES_DUE:
            self._moved(logged, before, day)

    def _moved(self, logged: Logged, before: MatterState, day: date) -> None:
        now, state, kind = self.now, self.now.state, logged.event.kind
        if state.paused or state.due is None:
            now.due_with_notice = None
            return
        if state.due != before.due or kind is EventKind.ASSIGNED:
            fresh = kind in {EventKind.ASSIGNED, EventKind.ROUND}
            now.due_event = logged.pk
            now.spoke, now.charged = now.spoke and not fresh, False
            now.answer = None if fresh else now.answer
        handed = day if kind is EventKind.ROUND else state.ordered_on or day
        now.due_with_notice = max(
            state.due, self.calendar.working_days_after(handed, self.policy.least_notice)
        )
