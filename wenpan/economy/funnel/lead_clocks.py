"""The clocks of a lead: answered in 1 day, judged in 3, fed back in a week, then reported every two weeks.

Pure, on the one clock (`economy.time.clock`): pauses, working days and ends of limits are its business.
Which clock begins with what, and how long it may run, is dated data. A repeating clock starts anew with
every report. When a lead is closed (it became a deal, or ended with a reason), its open clocks stop and are
neither met nor late, unless they were late before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from wenpan.economy.funnel.stages import DealRuleError, Stage
from wenpan.economy.time.calendars import Calendar
from wenpan.economy.time.clock import ClockEvent, ClockEventKind, Limit, LimitUnit, read


class LeadEventKind(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    JUDGED = "judged"
    FED_BACK = "fed_back"
    REPORTED = "reported"
    EXPERTS = "experts"  # asked: the longer limit holds where a clock has one
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOSED = "closed"


class LeadClockState(StrEnum):
    OPEN = "open"
    MET = "met"
    LATE = "late"
    PAUSED = "paused"
    STOPPED = "stopped"  # the lead was closed while the clock ran in time


@dataclass(frozen=True)
class LeadEvent:
    """`at`: naive, in the place's own zone."""

    at: datetime
    kind: LeadEventKind


@dataclass(frozen=True)
class LeadClockRule:
    """One clock: runs from the first `begins` to the first `ends` after it; `experts`: the longer limit."""

    code: str
    name: str
    begins: LeadEventKind
    ends: LeadEventKind
    limit: Limit
    experts: Limit | None = None
    repeats: bool = False


@dataclass(frozen=True)
class LeadClockRules:
    version: str
    effective_from: date
    source: str
    clocks: tuple[LeadClockRule, ...]
    least: float | None  # 万元: leads below it have no clocks; None: all have
    closed_by: Stage = Stage.FRAMEWORK  # the first stage at which a lead has become a deal

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> LeadClockRules:
        """From the parsed YAML; DealRuleError names the first thing that is wrong."""
        clocks = tuple(_rule(item, f"clocks[{n}]") for n, item in enumerate(data.get("clocks") or ()))
        if not clocks:
            raise DealRuleError("clocks", None, "至少一个时限")
        source = " ".join(str(data["source"]).split())
        closed = data.get("closed_by", Stage.FRAMEWORK.value)
        if closed not in list(Stage):
            raise DealRuleError("closed_by", closed, f"阶段({'、'.join(Stage)})")
        least = data.get("least")
        return cls(str(data["version"]), data["effective_from"], source, clocks, least, Stage(closed))


@dataclass(frozen=True)
class LeadClock:
    """What one clock says. `due` is None while it is paused; `round` counts a repeating clock from 1."""

    code: str
    name: str
    state: LeadClockState
    began: datetime
    due: datetime | None
    done: datetime | None
    round: int = 1


def lead_clocks(
    events: Iterable[LeadEvent],
    rules: LeadClockRules,
    *,
    calendar: Calendar,
    at: datetime,
    amount: float | None = None,
) -> tuple[LeadClock, ...]:
    """Every clock that has begun by `at`, in the order of the rules; later events are not looked at.

    `amount` in 万元; a lead whose amount is not known keeps its clocks.
    """
    if rules.least is not None and amount is not None and amount < rules.least:
        return ()
    known = sorted((e for e in events if e.at <= at), key=lambda e: (e.at, list(LeadEventKind).index(e.kind)))
    return tuple(clock for rule in rules.clocks for clock in _rounds(known, rule, calendar, at))


def _rounds(
    known: Sequence[LeadEvent], rule: LeadClockRule, calendar: Calendar, at: datetime
) -> list[LeadClock]:
    begins = next((e.at for e in known if e.kind is rule.begins), None)
    rounds: list[LeadClock] = []
    closed = next((e.at for e in known if e.kind is LeadEventKind.CLOSED), None)
    while begins is not None and (closed is None or begins < closed):
        done = next((e.at for e in known if e.kind is rule.ends and e.at > begins), None)
        if done is None and not rule.repeats:
            done = next((e.at for e in known if e.kind is rule.ends and e.at >= begins), None)
        rounds.append(_clock(known, rule, calendar, at, begins, done, closed, len(rounds) + 1))
        if not rule.repeats or done is None:
            break
        begins = done
    return rounds


def _clock(
    known: Sequence[LeadEvent], rule: LeadClockRule, calendar: Calendar, at: datetime,
    begins: datetime, done: datetime | None, closed: datetime | None, number: int,
) -> LeadClock:  # fmt: skip
    end = done if done is not None and (closed is None or done <= closed) else closed
    asked = any(e.kind is LeadEventKind.EXPERTS and begins <= e.at <= (end or at) for e in known)
    limit = rule.experts if rule.experts is not None and asked else rule.limit
    log = [ClockEvent(begins, ClockEventKind.START, limit)]
    paused_before = _paused_at(known, begins)
    if paused_before:
        log.append(ClockEvent(begins, ClockEventKind.PAUSE))
    log += [
        ClockEvent(e.at, ClockEventKind.PAUSE if e.kind is LeadEventKind.PAUSED else ClockEventKind.RESUME)
        for e in known
        if e.kind in (LeadEventKind.PAUSED, LeadEventKind.RESUMED) and begins <= e.at <= (end or at)
    ]
    if end is not None:
        log.append(ClockEvent(end, ClockEventKind.DONE))
    says = read(log, calendar=calendar, at=at)
    state = _state(overdue=says.overdue, paused=says.paused, done=done, end=end)
    return LeadClock(rule.code, rule.name, state, begins, says.due, done if end == done else None, number)


def _state(*, overdue: bool, paused: bool, done: datetime | None, end: datetime | None) -> LeadClockState:
    if overdue:
        return LeadClockState.LATE
    if end is not None:
        return LeadClockState.MET if end == done else LeadClockState.STOPPED
    return LeadClockState.PAUSED if paused else LeadClockState.OPEN


def _paused_at(known: Sequence[LeadEvent], moment: datetime) -> bool:
    last = [
        e.kind for e in known if e.at < moment and e.kind in (LeadEventKind.PAUSED, LeadEventKind.RESUMED)
    ]
    return bool(last) and last[-1] is LeadEventKind.PAUSED


def _rule(item: Mapping[str, Any], key: str) -> LeadClockRule:
    if unknown := set(item) - {"code", "name", "begins", "ends", "limit", "unit", "experts", "repeats"}:
        raise DealRuleError(
            key, sorted(unknown), "只有 code、name、begins、ends、limit、unit、experts、repeats"
        )
    for name in ("begins", "ends"):
        if item.get(name) not in list(LeadEventKind):
            raise DealRuleError(f"{key}.{name}", item.get(name), "、".join(LeadEventKind))
    if item.get("unit") not in list(LimitUnit):
        raise DealRuleError(f"{key}.unit", item.get("unit"), "、".join(LimitUnit))
    limit, experts = _limit(item, "limit", key), _limit(item, "experts", key)
    if limit is None:
        raise DealRuleError(f"{key}.limit", None, "必填")
    return LeadClockRule(
        str(item.get("code") or key), str(item.get("name") or ""), LeadEventKind(item["begins"]),
        LeadEventKind(item["ends"]), limit, experts, bool(item.get("repeats", False)),
    )  # fmt: skip


def _limit(item: Mapping[str, Any], name: str, key: str) -> Limit | None:
    value = item.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise DealRuleError(f"{key}.{name}", value, "正整数")
    return Limit(value, LimitUnit(item["unit"]))
