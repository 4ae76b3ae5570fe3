"""The dated rules of scoring, read from `rules/supervision/scoring.yaml` and checked when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from wenpan import rules
from wenpan.economy.time.periods import Month
from wenpan.rules.loading import RuleError, path_of

NAME = "supervision/scoring"
CODES = (
    "no_report", "slip_unanswered", "returned", "late_feedback", "unsigned", "overdue", "closed_in_time",
    "closed_early", "round_in_time",
)  # fmt: skip
_DAYS = ("least_matters", "least_notice", "report_grace", "sign_within", "early", "appeal_within")


@dataclass(frozen=True)
class Rule:
    """`points` for one event (or one working day, no lower than `at_least` a matter and month)."""

    code: str
    points: Decimal
    words: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None  # points that a unit can earn by it in a month


@dataclass(frozen=True)
class Scoring:
    """One dated set. A unit's score is base + per × (sum of its points ÷ its matters), within its bounds."""

    version: str
    effective_from: date
    base: Decimal
    per: int
    floor: Decimal
    ceiling: Decimal
    least_matters: int
    least_notice: int
    report_grace: int
    sign_within: int
    early: int
    appeal_within: int
    utility_base: Decimal
    utility_spread: Decimal
    praise_least: Decimal
    praise_at_most: int
    blame_most: Decimal
    blame_at_most: int
    rules: Mapping[str, Rule]
    not_counted: tuple[str, ...]
    source: str = ""


def scoring(month: Month) -> Scoring:
    """The set in force at the month's end. RuleError where there is none or it cannot be used."""
    data, provenance = rules.load_yaml(NAME)
    after = month.plus(1)
    known = [s for s in data.get("sets") or () if _day(s) < date(after.year, after.month, 1)]
    if not known:
        raise _fault("sets", data.get("sets"), f"{month.label}或更早生效的计分规则")
    return _set(max(known, key=_day), provenance.source)


def to_json(policy: Scoring) -> dict[str, Any]:
    """Kept with a month that is issued; `from_json` gives the same rules back."""
    return asdict(policy, dict_factory=_plain)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {k: str(v) if isinstance(v, Decimal | date) else v for k, v in pairs}


def from_json(data: Mapping[str, Any]) -> Scoring:
    values = dict(data)
    for name in (f.name for f in fields(Scoring) if f.type == "Decimal"):
        values[name] = Decimal(values[name])
    known = {code: _rule(kept) for code, kept in values["rules"].items()}
    day = date.fromisoformat(values["effective_from"])
    fixed = {"rules": known, "effective_from": day, "not_counted": tuple(values["not_counted"])}
    return Scoring(**(values | fixed))


def _rule(kept: Mapping[str, Any]) -> Rule:
    """Sheets of before release 0.2 know no `at_most`."""
    least, most = (
        None if kept.get(name) is None else Decimal(kept[name]) for name in ("at_least", "at_most")
    )
    return Rule(kept["code"], Decimal(kept["points"]), kept["words"], least, most)


def _fault(key: str, found: object, expected: str) -> RuleError:
    return RuleError(path_of(NAME), key, found, expected)


def _day(entry: Mapping[str, Any]) -> date:
    found = entry.get("effective_from")
    if not isinstance(found, date):
        raise _fault("sets.effective_from", found, "日期, 如 2022-01-01")
    return found


def _number(entry: Mapping[str, Any], key: str, inside: str = "") -> Decimal:
    found = entry.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise _fault(f"sets.{inside}{key}", found, "数字")
    return Decimal(str(found))


def _count(entry: Mapping[str, Any], key: str, least: int = 0) -> int:
    found = entry.get(key)
    if isinstance(found, bool) or not isinstance(found, int) or found < least:
        raise _fault(f"sets.{key}", found, f"不小于{least}的整数")
    return found


def _set(entry: Mapping[str, Any], source: str) -> Scoring:
    utility, praise, blame = (entry.get(k) or {} for k in ("utility", "praise", "blame"))
    return Scoring(
        version=str(entry.get("version", "")),
        effective_from=_day(entry),
        base=_number(entry, "base"),
        per=_count(entry, "per", 1),
        floor=_number(entry, "floor"),
        ceiling=_number(entry, "ceiling"),
        **{key: _count(entry, key) for key in _DAYS},
        utility_base=_number(utility, "base", "utility."),
        utility_spread=_number(utility, "spread", "utility."),
        praise_least=_number(praise, "least", "praise."),
        praise_at_most=_count(praise, "at_most"),
        blame_most=_number(blame, "most", "blame."),
        blame_at_most=_count(blame, "at_most"),
        rules=_rules(entry.get("rules") or ()),
        not_counted=tuple(str(words) for words in entry.get("not_counted") or ()),
        source=source,
    )


def _rules(entries: Any) -> dict[str, Rule]:
    """A rule that the place strikes out is simply not there; one that nobody knows is a mistake."""
    found = {}
    for entry in entries:
        code = str(entry.get("code"))
        if code not in CODES:
            raise _fault("sets.rules.code", code, "、".join(CODES))
        least = _number(entry, "at_least", "rules.") if "at_least" in entry else None
        most = _number(entry, "at_most", "rules.") if "at_most" in entry else None
        points = _number(entry, "points", f"rules.{code}.")
        found[code] = Rule(code, points, str(entry.get("words")), least, most)
    return found
