"""The clocks of a place as a dated set: from what, to what, how long, what pauses and reopening do.

Pure, from parsed YAML. One set holds several clocks (首次联系, 答复, 办结, 最长). A limit may differ by class
(Xuchang's A, B and C; urgent or not). What reopening does is policy, not code:

    continues      the count goes on where the closing stopped it; the time closed does not count
    runs_through   the time closed counts, as if the request had never been closed
    restarts       a new round with the whole limit; the first round stays readable
    stays          what was met stays met
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from wenpan.economy.requests.events import RequestEventKind
from wenpan.economy.time.clock import Counting, Limit, LimitUnit
from wenpan.economy.unusable import UnusableError

COLLECTED = "collected"  # the day on which a place collects what was received since the last one
MONTHS = "months"
SAME_DAY = "same_day"  # 当日: until the midnight of the day on which the clock begins
ALL_CLASSES = ""


class Reopening(StrEnum):
    CONTINUES = "continues"
    RUNS_THROUGH = "runs_through"
    RESTARTS = "restarts"
    STAYS = "stays"


class RequestRuleError(UnusableError):
    """A rule about requests that cannot be used."""


@dataclass(frozen=True)
class ClockLimit:
    """`months` beside `limit`: a limit to the same day of a later month; `limit` then holds 0 days."""

    limit: Limit
    months: int = 0


@dataclass(frozen=True)
class RequestClockRule:
    code: str
    name: str
    begins: str  # a RequestEventKind, or COLLECTED
    ends: frozenset[RequestEventKind]
    limits: Mapping[str, ClockLimit]  # by class; "" for classes not named
    reopening: Reopening
    pauses: bool
    extends: bool
    rolls: bool  # a last day that is no working day ends with the next one (民法典第203条)

    def limit_of(self, request_class: str) -> ClockLimit | None:
        """None: this class has no such clock."""
        return self.limits.get(request_class) or self.limits.get(ALL_CLASSES)


@dataclass(frozen=True)
class ExtensionRules:
    """`ahead`: days before the due moment by which it must be asked; `up_to`: the clock it cannot pass."""

    ahead: int = 0
    up_to: str = ""


@dataclass(frozen=True)
class RequestRules:
    """`main`: the clock by which a request is late; `old_after`: days open after which it is 久拖不决."""

    code: str
    name: str
    version: str
    effective_from: date
    effective_to: date | None
    source: str
    clocks: tuple[RequestClockRule, ...]
    classes: Mapping[str, str]
    default_class: str
    main: str
    extension: ExtensionRules
    reopen_within: int
    call_back_within: Mapping[str, int]  # working days after the reply, by class; "" for the others
    old_after: int
    month_from: int  # day of the month before on which a reporting month begins; 1: the calendar month
    collected: tuple[int, ...]

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def clock(self, code: str) -> RequestClockRule:
        return next(clock for clock in self.clocks if clock.code == code)

    def call_back_days(self, request_class: str) -> int:
        return self.call_back_within.get(request_class, self.call_back_within.get(ALL_CLASSES, 5))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> RequestRules:
        """From the parsed YAML; RequestRuleError names the first thing that is wrong."""
        classes = {str(k): str(v) for k, v in (data.get("classes") or {}).items()}
        collected = tuple(_whole(day, "collected", 1, 31) for day in data.get("collected") or ())
        clocks = tuple(
            _clock(item, f"clocks[{n}]", classes, collected)
            for n, item in enumerate(data.get("clocks") or ())
        )
        codes = [clock.code for clock in clocks]
        if not clocks or len(set(codes)) != len(codes):
            raise RequestRuleError("clocks", codes, "至少一个时限, 代码不重复")
        main = str(data.get("main") or "close")
        if main not in codes:
            raise RequestRuleError("main", main, f"已有时限之一({'、'.join(codes)})")
        default = str(data.get("default_class") or "")
        if classes and default not in classes:
            raise RequestRuleError("default_class", default, f"已列明的类别({'、'.join(classes)})")
        extension = _extension(data.get("extension") or {}, codes)
        return cls(
            str(data.get("code", "")), str(data.get("name", "")), str(data["version"]),
            data["effective_from"], data.get("effective_to"), " ".join(str(data["source"]).split()),
            clocks, classes, default, main, extension,
            _whole(data.get("reopen_within", 30), "reopen_within", 0, 3650),
            _by_class(data.get("call_back_within", 5), "call_back_within", classes),
            _whole(data.get("old_after", 60), "old_after", 1, 3650),
            _whole(data.get("month_from", 1), "month_from", 1, 28), tuple(sorted(collected)),
        )  # fmt: skip


_KEYS = {
    "code",
    "name",
    "begins",
    "ends",
    "limit",
    "unit",
    "counting",
    "reopening",
    "pauses",
    "extends",
    "rolls",
}


def _clock(
    item: Mapping[str, Any], key: str, classes: Mapping[str, str], collected: tuple[int, ...]
) -> RequestClockRule:
    if unknown := set(item) - _KEYS:
        raise RequestRuleError(key, sorted(unknown), f"只有 {'、'.join(sorted(_KEYS))}")
    begins = str(item.get("begins"))
    if begins != COLLECTED and begins not in list(RequestEventKind):
        raise RequestRuleError(f"{key}.begins", begins, "登记、受理等事件, 或 collected(集中收集日)")
    if begins == COLLECTED and not collected:
        raise RequestRuleError("collected", None, "按收集日起算的须列明每月收集日")
    ends = item.get("ends") or ()
    if wrong := [end for end in ends if end not in list(RequestEventKind)]:
        raise RequestRuleError(f"{key}.ends", wrong, "事件代码")
    if RequestEventKind.CLOSED not in ends:
        raise RequestRuleError(f"{key}.ends", list(ends), "含 closed: 销号后不再计时")
    reopening = item.get("reopening", "continues")
    if reopening not in list(Reopening):
        raise RequestRuleError(f"{key}.reopening", reopening, "、".join(Reopening))
    for flag in ("pauses", "extends", "rolls"):
        if not isinstance(item.get(flag, False), bool):
            raise RequestRuleError(f"{key}.{flag}", item[flag], "true 或 false")
    return RequestClockRule(
        str(item.get("code") or key), str(item.get("name") or ""), begins,
        frozenset(RequestEventKind(end) for end in ends), _limits(item, key, classes), Reopening(reopening),
        bool(item.get("pauses", False)), bool(item.get("extends", False)), bool(item.get("rolls", False)),
    )  # fmt: skip


def _limits(item: Mapping[str, Any], key: str, classes: Mapping[str, str]) -> dict[str, ClockLimit]:
    """`limit: 15` with `unit`, or by class `limit: {A: {months: 1}, B: 15, urgent: same_day, other: 5}`."""
    counting = item.get("counting", "by_law")
    if counting not in list(Counting):
        raise RequestRuleError(f"{key}.counting", counting, "、".join(Counting))
    given = item.get("limit")
    by_class = given if isinstance(given, Mapping) and MONTHS not in given else {ALL_CLASSES: given}
    limits = {}
    for name, value in by_class.items():
        if name not in classes and name not in (ALL_CLASSES, "other"):
            raise RequestRuleError(f"{key}.limit", name, f"已列明的类别({'、'.join(classes)})或 other")
        unit, amount = item.get("unit"), value
        if isinstance(value, Mapping) and MONTHS not in value:
            unit, amount = value.get("unit"), value.get("amount")
        if isinstance(value, Mapping) and MONTHS in value:
            months = _whole(value[MONTHS], f"{key}.limit.months", 1, 60)
            limits["" if name == "other" else str(name)] = ClockLimit(Limit(0, LimitUnit.DAYS), months)
            continue
        if amount == SAME_DAY:
            that_day = Limit(1, LimitUnit.DAYS, Counting.SAME_DAY)
            limits["" if name == "other" else str(name)] = ClockLimit(that_day)
            continue
        if unit not in list(LimitUnit):
            raise RequestRuleError(f"{key}.unit", unit, "、".join(LimitUnit))
        limit = Limit(_whole(amount, f"{key}.limit", 1, 100_000), LimitUnit(unit), Counting(counting))
        limits["" if name == "other" else str(name)] = ClockLimit(limit)
    return limits


def _extension(item: Mapping[str, Any], codes: list[str]) -> ExtensionRules:
    up_to = str(item.get("up_to") or "")
    if up_to and up_to not in codes:
        raise RequestRuleError("extension.up_to", up_to, f"已有时限之一({'、'.join(codes)})")
    return ExtensionRules(_whole(item.get("ahead", 0), "extension.ahead", 0, 365), up_to)


def _by_class(value: Any, key: str, classes: Mapping[str, str]) -> dict[str, int]:
    given = value if isinstance(value, Mapping) else {ALL_CLASSES: value}
    if unknown := set(given) - {*classes, ALL_CLASSES, "other"}:
        raise RequestRuleError(key, sorted(unknown), f"已列明的类别({'、'.join(classes)})或 other")
    return {"" if k == "other" else str(k): _whole(v, key, 0, 365) for k, v in given.items()}


def _whole(value: Any, key: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise RequestRuleError(key, value, f"{least}到{most}的整数")
    return value
