"""The dated rules of scoring, read from `rules/supervision/scoring.yaml` and checked when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from wenpan import rules
from wenpan.economy.time.periods import Month
from wenpan.rules.loading import RuleError
from wenpan.rules.schema import DAY, NUMBER, Fits, form, keep, read, read_kept, whole

NAME = "supervision/scoring"
CODES = (
    "no_report", "slip_unanswered", "returned", "late_feedback", "unsigned", "overdue", "closed_in_time",
    "closed_early", "round_in_time",
)  # fmt: skip


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


_COUNT = whole(0)


@form
@dataclass(frozen=True)
class _RuleEntry:
    code: Annotated[str, Fits(lambda code: code in CODES, "、".join(CODES))]
    points: Annotated[Decimal, NUMBER]
    words: str
    at_least: Annotated[Decimal | None, NUMBER] = None
    at_most: Annotated[Decimal | None, NUMBER] = None


@form
@dataclass(frozen=True)
class _Utility:
    base: Annotated[Decimal, NUMBER]
    spread: Annotated[Decimal, NUMBER]


@form
@dataclass(frozen=True)
class _Praise:
    least: Annotated[Decimal, NUMBER]
    at_most: Annotated[int, _COUNT]


@form
@dataclass(frozen=True)
class _Blame:
    most: Annotated[Decimal, NUMBER]
    at_most: Annotated[int, _COUNT]


@form
@dataclass(frozen=True)
class _SetEntry:
    effective_from: Annotated[date, DAY]
    base: Annotated[Decimal, NUMBER]
    per: Annotated[int, whole(1)]
    floor: Annotated[Decimal, NUMBER]
    ceiling: Annotated[Decimal, NUMBER]
    least_matters: Annotated[int, _COUNT]
    least_notice: Annotated[int, _COUNT]
    report_grace: Annotated[int, _COUNT]
    sign_within: Annotated[int, _COUNT]
    early: Annotated[int, _COUNT]
    appeal_within: Annotated[int, _COUNT]
    utility: _Utility
    praise: _Praise
    blame: _Blame
    version: str = ""
    rules: tuple[_RuleEntry, ...] = ()
    not_counted: tuple[str, ...] = ()


@form
@dataclass(frozen=True)
class _ScoringFile:
    sets: tuple[_SetEntry, ...] = ()


def scoring(month: Month) -> Scoring:
    """The set in force at the month's end. RuleError where there is none or it cannot be used."""
    data, provenance = rules.load_yaml(NAME)
    after = month.plus(1)
    sets = read(_ScoringFile, data, provenance.file).sets
    known = [entry for entry in sets if entry.effective_from < date(after.year, after.month, 1)]
    if not known:
        expected = f"{month.label}或更早生效的计分规则"
        raise RuleError(provenance.file, "sets", [str(s.effective_from) for s in sets], expected)
    return _in_force(max(known, key=lambda entry: entry.effective_from), provenance.source)


def to_json(policy: Scoring) -> dict[str, Any]:
    """Kept with a month that is issued; `from_json` gives the same rules back, in their order: a list, for a
    database that keeps no order of names (jsonb)."""
    return {**keep(policy), "rules": [keep(rule) for rule in policy.rules.values()]}


def from_json(data: Mapping[str, Any]) -> Scoring:
    """Rules of before release 0.2 know no `at_most`. Until November 2026 they were kept as a mapping: it is
    read in the order that the file of the rules has had since its first set."""
    told = data["rules"]
    if isinstance(told, Mapping):
        told = [told[code] for code in dict.fromkeys((*CODES, *told)) if code in told]
    return read_kept(Scoring, {**data, "rules": {rule["code"]: rule for rule in told}})


def _in_force(entry: _SetEntry, source: str) -> Scoring:
    """A rule that the place strikes out is simply not there."""
    return Scoring(
        version=entry.version,
        effective_from=entry.effective_from,
        base=entry.base,
        per=entry.per,
        floor=entry.floor,
        ceiling=entry.ceiling,
        least_matters=entry.least_matters,
        least_notice=entry.least_notice,
        report_grace=entry.report_grace,
        sign_within=entry.sign_within,
        early=entry.early,
        appeal_within=entry.appeal_within,
        utility_base=entry.utility.base,
        utility_spread=entry.utility.spread,
        praise_least=entry.praise.least,
        praise_at_most=entry.praise.at_most,
        blame_most=entry.blame.most,
        blame_at_most=entry.blame.at_most,
        rules={e.code: Rule(e.code, e.points, e.words, e.at_least, e.at_most) for e in entry.rules},
        not_counted=entry.not_counted,
        source=source,
    )
