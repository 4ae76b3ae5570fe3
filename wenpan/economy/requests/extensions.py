"""Whether a longer time may be asked for (延期): before the due moment, not for ever.

Pure. What was granted is an event; whether it may be asked depends on the clocks at the moment of asking.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from wenpan.economy.requests.clock_rules import RequestRules
from wenpan.economy.requests.clocks import RequestClock, request_clocks
from wenpan.economy.requests.events import RequestEvent, RequestEventKind
from wenpan.economy.time.calendars import Calendar


def extension_refusal(
    events: Iterable[RequestEvent],
    rules: RequestRules,
    *,
    calendar: Calendar,
    at: datetime,
    days: int,
    request_class: str = "",
) -> str:
    """Why `days` more may not be asked for at `at`, as a sentence; "" where they may."""
    log = tuple(events)
    clocks = _by_code(request_clocks(log, rules, calendar=calendar, at=at, request_class=request_class))
    if days < 1:
        return "延期至少1天"
    return _not_now(clocks.get(rules.main), rules, at) or _beyond(
        log, rules, calendar=calendar, at=at, days=days, request_class=request_class
    )


def _not_now(main: RequestClock | None, rules: RequestRules, at: datetime) -> str:
    if main is None or main.began is None:
        return "尚未起算, 不需延期"
    if main.ended is not None:
        return "已办结, 不需延期"
    if main.due is None:
        return "计时暂停中, 恢复后再申请"
    if at > main.due:
        return f"已于{main.due:%Y-%m-%d %H:%M}到期, 到期前才能申请延期"
    ahead = rules.extension.ahead
    return f"延期须在到期前{ahead}天申请" if at > main.due - timedelta(days=ahead) else ""


def _beyond(
    log: tuple[RequestEvent, ...],
    rules: RequestRules,
    *,
    calendar: Calendar,
    at: datetime,
    days: int,
    request_class: str,
) -> str:
    if not rules.extension.up_to:
        return ""
    granted = (*log, RequestEvent(at, RequestEventKind.EXTENDED, days=days))
    clocks = _by_code(request_clocks(granted, rules, calendar=calendar, at=at, request_class=request_class))
    main, most = clocks.get(rules.main), clocks.get(rules.extension.up_to)
    if main and most and main.due and most.due and main.due > most.due:
        return f"延期后将超过{most.name}时限({most.due:%Y-%m-%d %H:%M})"
    return ""


def _by_code(clocks: Iterable[RequestClock]) -> dict[str, RequestClock]:
    return {clock.code: clock for clock in clocks}
