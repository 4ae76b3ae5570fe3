"""One matter's month, event by event: whose time passes, and what it costs or earns. Pure.

`_Now` is the matter between two events as scoring sees it; time is counted only while it is the unit's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.lifecycle import STEPS, Happening, Kind
from wenpan.district.supervision.scoring.policy import Scoring
from wenpan.district.supervision.scoring.records import SPOKEN, Line, Logged, MatterLog
from wenpan.economy.time.calendars import Calendar

_OFFICE_ACTS = frozenset({
    Kind.RETURNED, Kind.EXTENDED, Kind.EXTENSION_REFUSED, Kind.PAUSED, Kind.RESUMED, Kind.RAISED, Kind.SLIP,
    Kind.LOOKED, Kind.NOTED, Kind.ASSIGNED, Kind.PASSED, Kind.ROUND,
})  # fmt: skip
_MOVES_DUE = frozenset({
    Kind.ASSIGNED, Kind.EXTENDED, Kind.PAUSED, Kind.RESUMED, Kind.ROUND, Kind.REOPENED, Kind.RETURNED,
})  # fmt: skip
_DAY = timedelta(days=1)


@dataclass
class _Now:
    """The matter between two events, as scoring sees it."""

    state: str = ""
    lead: str = ""
    due: date | None = None
    fair: date | None = None  # the day due, or later where the matter came too late
    paused: bool = False
    asked: bool = False
    blocked: bool = False
    spoke: bool = False  # a word from the lead since the count began
    charged: bool = False  # "no report" for this due was charged
    assigned_on: date | None = None
    signed: bool = False
    starter: int = 0  # the event that set the day due
    answer: Logged | None = None
    extended: bool = False
    log: list[Happening] = field(default_factory=list)

    @property
    def counting(self) -> bool:
        """Is it the unit's own time that passes?"""
        with_unit = self.state in {lifecycle.ASSIGNED, lifecycle.WORKING}
        return with_unit and not (self.paused or self.asked or self.blocked) and self.fair is not None


class Walk:
    def __init__(self, log: MatterLog, first: date, last: date, calendar: Calendar, policy: Scoring) -> None:
        self.log, self.first, self.last = log, first, last
        self.calendar, self.policy = calendar, policy
        self.now = _Now()
        self.late: dict[tuple[str, int], list[date]] = {}  # (unit, starter) → its own overdue working days
        self.ending = 0  # the report that ends the time that passes now
        self.ends: dict[tuple[str, int], int] = {}
        self.late_due: dict[tuple[str, int], date] = {}

    def lines(self) -> Iterator[Line]:
        since: date | None = None
        for logged in self.log.events:
            day = logged.happening.at.date()
            self.ending = logged.pk if logged.happening.kind is Kind.ANSWERED and day <= self.last else 0
            if since is not None:
                yield from self._passed(since, day)
            yield from self._scored(logged, day)
            self._apply(logged, day)
            since = day
        self.ending = 0
        if since is not None and since < self.last:
            yield from self._passed(since, self.last)
        yield from self._overdue()

    # time that passes between two events

    def _passed(self, since: date, until: date) -> Iterator[Line]:
        """Days after `since` up to and with `until`."""
        now, policy = self.now, self.policy
        yield from self._unsigned(since, until)
        if not now.counting or now.fair is None or until <= now.fair:
            return
        limit = self.calendar.working_days_after(now.fair, policy.report_grace)
        rule = policy.rules.get("no_report")
        if rule and not now.spoke and not now.charged and max(since, now.fair) <= limit < until:
            now.charged = True
            day = limit + _DAY
            if self.first <= day <= self.last and not self._elsewhere(day):
                yield self._line(rule.code, day, f"{now.fair}到期，宽限至{limit}仍无反馈", now.starter)
        if "overdue" in policy.rules:
            self._count_late(max(since, now.fair, self.first - _DAY), min(until, self.last))

    def _count_late(self, after: date, until: date) -> None:
        now, day = self.now, after + _DAY
        while day <= until:
            if self.calendar.is_working_day(day) and not self._elsewhere(day):
                key = (now.lead, now.starter)
                self.late.setdefault(key, []).append(day)
                self.ends[key] = self.ending
                assert now.fair is not None
                self.late_due[key] = now.fair
            day += _DAY

    def _elsewhere(self, day: date) -> bool:
        return any(start <= day and (end is None or day <= end) for start, end in self.log.elsewhere)

    def _unsigned(self, since: date, until: date) -> Iterator[Line]:
        now, rule = self.now, self.policy.rules.get("unsigned")
        if rule is None or now.state != lifecycle.ASSIGNED or now.signed or now.paused or not now.assigned_on:
            return
        limit = self.calendar.working_days_after(now.assigned_on, self.policy.sign_within)
        late_order = now.due is not None and now.due < limit
        if late_order or not since <= limit < until:
            return
        now.signed = True  # once
        day = limit + _DAY
        if self.first <= day <= self.last:
            yield self._line(rule.code, day, f"{now.assigned_on}交办，{limit}前未签收", now.starter)

    def _overdue(self) -> Iterator[Line]:
        rule = self.policy.rules.get("overdue")
        for (unit, starter), days in self.late.items():
            assert rule is not None
            points = rule.points * len(days)
            if rule.at_least is not None:
                points = max(points, rule.at_least)
            fair, end = self.late_due[unit, starter], self.ends[unit, starter]
            words = f"{fair}到期，本月逾期{len(days)}个工作日"
            words += "，按每月上限计" if points != rule.points * len(days) else ""
            key = f"overdue:{self.log.pk}:{starter}-{self.first:%Y%m}"
            made = Line(
                key, unit, rule.code, self.log.pk, self.log.number, days[-1], points, words,
                (starter, end) if end else (starter,),
            )  # fmt: skip
            yield made

    # what happens

    def _scored(self, logged: Logged, day: date) -> Iterator[Line]:
        kind = logged.happening.kind
        made = {
            Kind.FEEDBACK: self._spoken,
            Kind.ANSWERED: self._spoken,
            Kind.RETURNED: self._returned,
            Kind.CLOSED: self._closed,
            Kind.ROUND: self._round,
        }.get(kind)
        if made is None:
            return
        for line in made(logged, day):
            if self.first <= line.day <= self.last:
                yield line

    def _spoken(self, logged: Logged, day: date) -> Iterator[Line]:
        now, rule = self.now, self.policy.rules.get("late_feedback")
        theirs = logged.happening.unit in {"", now.lead}
        own_time = now.counting and now.fair is not None and day > now.fair
        if rule and theirs and own_time and not now.spoke and not now.charged and not self._elsewhere(day):
            yield self._line(rule.code, day, f"{now.fair}到期，{day}才反馈", now.starter, logged.pk)

    def _returned(self, logged: Logged, day: date) -> Iterator[Line]:
        if rule := self.policy.rules.get("returned"):
            answer = (self.now.answer.pk,) if self.now.answer else ()
            yield self._line(rule.code, day, f"{day}退办", *answer, logged.pk)

    def _closed(self, logged: Logged, day: date) -> Iterator[Line]:
        yield from self._credit("closed_in_time", logged, day)
        now, rule = self.now, self.policy.rules.get("closed_early")
        answered = now.answer.happening.at.date() if now.answer else None
        if rule is None or answered is None or now.due is None or now.extended or now.answer is None:
            return
        if self.calendar.working_days_after(answered, self.policy.early) <= now.due:
            words = f"{answered}报告办结，早于时限{now.due}"
            yield self._line(rule.code, day, words, now.answer.pk, logged.pk)

    def _round(self, logged: Logged, day: date) -> Iterator[Line]:
        yield from self._credit("round_in_time", logged, day)

    def _credit(self, code: str, logged: Logged, day: date) -> Iterator[Line]:
        now, rule = self.now, self.policy.rules.get(code)
        answered = now.answer.happening.at.date() if now.answer else None
        if rule is None or answered is None or now.fair is None or answered > now.fair or now.answer is None:
            return
        words = f"{answered}报告办结，时限{now.due or now.fair}"
        yield self._line(code, day, words, now.answer.pk, logged.pk)

    def _line(self, code: str, day: date, words: str, *events: int) -> Line:
        rule, now = self.policy.rules[code], self.now
        key = f"{code}:{self.log.pk}:{events[-1]}"
        return Line(key, now.lead, code, self.log.pk, self.log.number, day, rule.points, words, events)

    # the matter afterwards

    def _apply(self, logged: Logged, day: date) -> None:
        now, e = self.now, logged.happening
        kind = e.kind
        now.log.append(e)
        now.state = STEPS[kind][1] or now.state
        if kind in _OFFICE_ACTS:
            now.blocked = False
        if kind is Kind.ASSIGNED:
            now.lead, now.assigned_on, now.signed = str(e.data.get("lead", "")), day, False
            now.extended = now.asked = False
        elif kind is Kind.EXTENSION_ASKED:
            now.asked = True
        elif kind in {Kind.EXTENDED, Kind.EXTENSION_REFUSED}:
            now.asked, now.extended = False, now.extended or kind is Kind.EXTENDED
        elif kind in SPOKEN and e.unit in {"", now.lead}:
            now.spoke = True
            now.blocked = e.data.get("claim") == "blocked"
            now.answer = logged if kind is Kind.ANSWERED else now.answer
        elif kind is Kind.REOPENED:
            now.spoke, now.answer = True, None
        now.paused = kind is Kind.PAUSED or (now.paused and kind not in {Kind.RESUMED, Kind.ASSIGNED})
        if kind in _MOVES_DUE:
            self._moved(logged, day)

    def _moved(self, logged: Logged, day: date) -> None:
        now, before = self.now, self.now.due
        now.due = _due(now.log, self.calendar)
        if now.paused or now.due is None:
            now.fair = None
            return
        if now.due != before or logged.happening.kind is Kind.ASSIGNED:
            fresh = logged.happening.kind in {Kind.ASSIGNED, Kind.ROUND}
            now.starter = logged.pk
            now.spoke, now.charged = now.spoke and not fresh, False
            now.answer = None if fresh else now.answer
        least = self.calendar.working_days_after(now.assigned_on or day, self.policy.least_notice)
        now.fair = max(now.due, least)


def _due(log: Sequence[Happening], calendar: Calendar) -> date | None:
    """The day due after these events: at once where the last one names it, by the fold where it does not."""
    last = log[-1]
    if last.kind is Kind.ASSIGNED and not last.data.get("recurrence"):
        if given := last.data.get("due"):
            return date.fromisoformat(given)
        if limit := last.data.get("limit"):
            return lifecycle.due_of(last.at.date(), int(limit[0]), str(limit[1]), calendar)
    return lifecycle.fold(log, calendar).due
