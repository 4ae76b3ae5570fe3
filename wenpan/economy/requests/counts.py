"""What is counted of requests in a period: seven separate numbers, each with its denominator.

Pure. Received is not valid, answered is not solved, and closed is neither: a request counts as solved only
when it was closed so. A rate names its numerator and denominator, n, and an interval, so that 100 % of three
call-backs reads as what it is.

    有效/登记   答复/有效   核验通过/答复   解决/有效   无法办理/有效   满意(含基本满意)/有效回访
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from wenpan.economy.funnel.intervals import RateInterval, rate_interval
from wenpan.economy.requests.events import CallBackResult, RequestOutcome
from wenpan.economy.requests.lifecycle import RequestState

_VALID_CALLS = (CallBackResult.SATISFIED, CallBackResult.BASICALLY, CallBackResult.DISSATISFIED)


@dataclass(frozen=True)
class ServiceCounts:
    """Counts of the requests received in a period, as they stand on the day asked for."""

    received: int
    valid: int
    answered: int
    checked: int
    solved: int
    cannot: int
    explained: int
    withdrawn: int
    open: int
    late: int
    called_back: int  # valid call-backs
    satisfied: int  # satisfied or basically satisfied, of the valid call-backs
    reopened: int

    @property
    def valid_rate(self) -> RateInterval:
        return rate_interval(self.valid, self.received)

    @property
    def answered_rate(self) -> RateInterval:
        return rate_interval(self.answered, self.valid)

    @property
    def checked_rate(self) -> RateInterval:
        return rate_interval(self.checked, self.answered)

    @property
    def solved_rate(self) -> RateInterval:
        return rate_interval(self.solved, self.valid)

    @property
    def cannot_rate(self) -> RateInterval:
        return rate_interval(self.cannot, self.valid)

    @property
    def satisfied_rate(self) -> RateInterval:
        return rate_interval(self.satisfied, self.called_back)


def service_counts(states: Iterable[tuple[RequestState, bool]]) -> ServiceCounts:
    """From (state, whether its main clock is late) of each request; a duplicate is received, never valid."""
    rows = list(states)
    valid = [(state, late) for state, late in rows if state.is_valid]
    answered = [state for state, _ in valid if state.replied]
    calls = [call for state, _ in valid if (call := _last_call(state)) in _VALID_CALLS]

    def closed_as(outcome: RequestOutcome) -> int:
        return sum(state.closed is not None and state.outcome is outcome for state, _ in rows)

    return ServiceCounts(
        received=len(rows), valid=len(valid), answered=len(answered),
        checked=sum(state.checked is not None for state in answered),
        solved=sum(state.is_solved for state, _ in valid),
        cannot=closed_as(RequestOutcome.CANNOT), explained=closed_as(RequestOutcome.EXPLAINED),
        withdrawn=closed_as(RequestOutcome.WITHDRAWN), open=sum(state.is_open for state, _ in rows),
        late=sum(late for _, late in valid), called_back=len(calls),
        satisfied=sum(call is not CallBackResult.DISSATISFIED for call in calls),
        reopened=sum(len(state.attempts) > 1 for state, _ in valid),
    )  # fmt: skip


def _last_call(state: RequestState) -> CallBackResult | None:
    """What the firm said last, in whichever attempt: asked again after a second attempt, it counts once."""
    said = [attempt.result for attempt in state.attempts if attempt.result in _VALID_CALLS]
    return said[-1] if said else None


@dataclass(frozen=True)
class DurationFigures:
    """`median`, `p90`: days from receipt to reply; shares of the answered that took longer, as ratios."""

    n: int
    median: float | None
    over: dict[int, float]


def durations(days: Sequence[float], *, over: Sequence[int] = (15, 30)) -> DurationFigures:
    """How long replies took. Only answered requests are in it: it says nothing of the unanswered."""
    n = len(days)
    if not n:
        return DurationFigures(0, None, {})
    return DurationFigures(n, median(days), {limit: sum(day > limit for day in days) / n for limit in over})


def month_span(year: int, month: int, first_day: int = 1) -> tuple[date, date]:
    """First and last day of a reporting month; from the 25th, November is 25 October to 24 November."""
    if first_day == 1:
        begin = date(year, month, 1)
        return begin, _next_month(begin) - timedelta(days=1)
    end = date(year, month, first_day) - timedelta(days=1)
    before = date(year, month, 1) - timedelta(days=1)
    return before.replace(day=first_day), end


def reporting_month(on: date, first_day: int = 1) -> tuple[int, int]:
    """(year, month) of the reporting month that a day belongs to."""
    if first_day > 1 and on.day >= first_day:
        following = _next_month(on.replace(day=1))
        return following.year, following.month
    return on.year, on.month


def _next_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
