"""Who of the firms may fit which clause: candidates with reasons and questions, never a verdict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from wenpan.district.accounts.models import User
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.models import Firm, SupportClause, WindowNotice
from wenpan.economy.policies.batch import columns_of, fact_frame, facts_asked, matched
from wenpan.economy.policies.clauses import (
    ClauseMatch,
    PolicyClause,
    clause_from_data,
    match_clause,
    without_double,
)
from wenpan.economy.policies.conditions import AtLeastOf, ConditionVerdict, PolicyExpression
from wenpan.economy.policies.facts import FactKind, FirmFact
from wenpan.rules.claim_windows import claim_window_rules
from wenpan.rules.firm_policies import firm_facts


def clauses(show: str = "open", on: date | None = None) -> QuerySet[SupportClause]:
    """The current wordings; `open`: those that hold on the day (`PolicyClause.in_force`); `ahead`: those too
    that will hold later."""
    rows = SupportClause.objects.filter(superseded_at__isnull=True).select_related("office")
    if show in ("open", "ahead") and on is not None:
        rows = rows.exclude(valid_to__lt=on)
        rows = rows.filter(valid_from__lte=on) if show == "open" else rows
    return rows


def open_windows(on: date) -> QuerySet[SupportClause]:
    """Those that may be claimed on the day (`PolicyClause.claimable`) and close one day, the first first."""
    rows = clauses("open", on).filter(claim_to__gte=on).exclude(claim_from__gt=on)
    return rows.order_by("claim_to", "pk")


def closing_windows(on: date) -> QuerySet[SupportClause]:
    """Of those: the ones that close within the days of the first reminder, the last day counted."""
    return open_windows(on).filter(claim_to__lte=on + claim_window_rules().first_reminder)


def told_windows(town: str, on: date) -> list[SupportClause]:
    """Of those: the ones of which this unit (code) was told."""
    notices = WindowNotice.objects.filter(claim_to__gte=on).values_list("code", "claim_to", "towns")
    told = {(code, closes) for code, closes, towns in notices if town in towns}
    return [row for row in closing_windows(on) if (row.code, row.claim_to) in told] if told else []


def clause_of(row: SupportClause) -> PolicyClause:
    return clause_from_data(data_of(row), firm_facts())


def data_of(row: SupportClause) -> dict[str, Any]:
    """The kept JSON as `economy.policies` reads it, its days as days."""
    return {str(key): value for key, value in _with_days(row.conditions).items()}


def _with_days(data: Any) -> Any:
    """JSON with its days as days again."""
    if isinstance(data, Mapping):
        return {
            key: _day(value) if isinstance(value, str) else _with_days(value) for key, value in data.items()
        }
    return [_with_days(value) for value in data] if isinstance(data, list) else data


def _day(text: str) -> Any:
    try:
        return date.fromisoformat(text) if len(text) == 10 else text
    except ValueError:
        return text


COLUMNS = ("trade", "size", "lists", "honours", "facts")  # of the ledger, that facts are read from
_MARKS = ("lists", "honours")
_SIZES = {code: str(label) for code, label in Firm.Size.choices}


def facts_of(firm: Firm, facts: Mapping[str, FirmFact]) -> dict[str, Any]:
    """What is known of a firm by fact: its columns of the ledger, then what was noted with a source.

    An empty list of lists or honours is not known: nobody has looked.
    """
    known = {name: _of_ledger(name, getattr(firm, name)) for name in COLUMNS[:-1]}
    known |= {name: tuple(known[name]) for name in _MARKS if known[name]}
    for code, kept in firm.facts.items():
        if code in facts and known.get(code) is None:
            known[code] = _typed(facts[code].kind, kept.get("value"))
    return known


def _typed(kind: FactKind, value: Any) -> Any:
    if value is None:
        return None
    if kind is FactKind.DAY:
        return date.fromisoformat(str(value))
    return tuple(value) if kind is FactKind.MARKS else value


@dataclass(frozen=True)
class FirmMatch:
    firm: Firm
    match: ClauseMatch

    @property
    def met(self) -> tuple[str, ...]:
        return self._leaves(ConditionVerdict.MET)

    @property
    def unmet(self) -> tuple[str, ...]:
        return self._leaves(ConditionVerdict.UNMET)

    def _leaves(self, verdict: ConditionVerdict) -> tuple[str, ...]:
        chosen = next((said for tier, said in self.match.explained if tier == self.match.tier), None)
        return tuple(leaf.wanted for leaf in chosen.leaves(verdict)) if chosen else ()


@dataclass(frozen=True)
class WhoFits:
    """`candidates`: keys of the firms that meet all conditions, then of those with something to ask; others
    are counted."""

    candidates: tuple[int, ...]
    met: int
    unknown: int
    unmet: int
    firms: int


def who_fits(row: SupportClause, user: User) -> WhoFits:
    """The person's firms against one clause, all at once; read are only the columns that it asks about."""
    verdicts = verdicts_of(row, Firm.objects.filter(firm_scope(user).firms()))
    met = [pk for pk, said in verdicts.items() if said is ConditionVerdict.MET]
    unknown = [pk for pk, said in verdicts.items() if said is ConditionVerdict.UNKNOWN]
    unmet = len(verdicts) - len(met) - len(unknown)
    return WhoFits((*met, *unknown), len(met), len(unknown), unmet, len(verdicts))


def verdicts_of(row: SupportClause, firms: QuerySet[Firm]) -> dict[int, ConditionVerdict]:
    """Of the active ones among `firms`, in the order of their names."""
    facts, clause = firm_facts(), clause_of(row)
    whole = AtLeastOf(1, tuple(tier.condition for tier in clause.tiers), "any")
    wanted = facts_asked(whole)
    firms = firms.filter(state=Firm.State.ACTIVE)
    own = [name for name in COLUMNS[:-1] if name in wanted]
    as_text = {f"{name}_text": Cast(name, TextField()) for name in own if name in _MARKS}
    asked = [f"{name}_text" if name in _MARKS else name for name in own]
    rows = list(firms.order_by("pinyin", "pk").annotate(**as_text).values_list("pk", *asked))
    told = {"firm": [row[0] for row in rows]}
    for place, name in enumerate(own, 1):
        values = [row[place] for row in rows]
        if name in _MARKS:  # twenty thousand firms stand on a few dozen lists
            read = {text: json.loads(text) for text in set(values)}
            values = [read[text] for text in values]
        told[name] = [_of_ledger(name, value) for value in values]
    _add_noted(told, firms, {code: fact for code, fact in facts.items() if code in wanted})
    return _verdicts(whole, told, {code: facts[code] for code in facts if code in wanted})


def _of_ledger(name: str, value: Any) -> Any:
    """A column of the ledger as its fact; None is not known."""
    if name == "size":
        return _SIZES.get(value) or None
    return value or None


def _add_noted(told: dict[str, list[Any]], firms: QuerySet[Firm], facts: Mapping[str, FirmFact]) -> None:
    """What was noted with a source, where the ledger does not say it; few firms have such notes."""
    noted = dict(firms.order_by().exclude(facts={}).values_list("pk", "facts"))
    places = {pk: place for place, pk in enumerate(told["firm"]) if pk in noted}
    for code, fact in facts.items():
        column = told.setdefault(code, [None] * len(told["firm"]))
        for pk, place in places.items():
            if column[place] is None and code in noted[pk]:
                column[place] = _typed(fact.kind, noted[pk][code].get("value"))


def shown_firms(keys: Sequence[int]) -> list[Firm]:
    """Candidates as firms, in their order."""
    found = Firm.objects.in_bulk(list(keys))
    return [found[key] for key in keys if key in found]


def explained(row: SupportClause, firms: Iterable[Firm]) -> list[FirmMatch]:
    """The reasons for those firms that are shown."""
    facts, clause = firm_facts(), clause_of(row)
    return [FirmMatch(firm, match_clause(clause, facts_of(firm, facts), facts)) for firm in firms]


def _verdicts(
    whole: PolicyExpression, told: Mapping[str, Sequence[Any]], facts: Mapping[str, FirmFact]
) -> dict[int, ConditionVerdict]:
    """Met where one tier is, unknown where one could be. `told`: the firms' keys, and a column a fact."""
    if not told["firm"]:
        return {}
    columns: dict[str, Sequence[Any]] = {"firm": told["firm"]}
    for code, fact in facts.items():
        values = told[code]
        if fact.kind is FactKind.MARKS:
            values = [list(value) if value is not None else None for value in values]
        columns[code] = values
    frame = fact_frame(pl.DataFrame(columns, schema={"firm": pl.Int64, **columns_of(facts)}), facts)
    table = matched(frame, {"clause": whole})
    words = {True: ConditionVerdict.MET, False: ConditionVerdict.UNMET, None: ConditionVerdict.UNKNOWN}
    return {pk: words[value] for pk, value in table.iter_rows()}


@dataclass(frozen=True)
class FirmFit:
    clause: SupportClause
    match: ClauseMatch
    gives_way_to: str = ""


def fits_of(firm: Firm, on: date) -> tuple[FirmFit, ...]:
    """The clauses in force whose claims are not closed that a firm meets or may meet, those that it meets
    first, with the questions to ask."""
    facts = firm_facts()
    known = facts_of(firm, facts)
    rows = [(row, clause_of(row)) for row in clauses("open", on)]
    rows = [(row, clause) for row, clause in rows if clause.in_force(on) and not clause.claims_closed(on)]
    matches = {clause.code: match_clause(clause, known, facts) for _row, clause in rows}
    loses = without_double(matches.values(), {clause.code: clause.group for _row, clause in rows})
    named = {row.code: row.name for row, _clause in rows}
    fits = [
        FirmFit(row, matches[clause.code], named.get(loses.get(clause.code, ""), ""))
        for row, clause in rows
        if matches[clause.code].verdict is not ConditionVerdict.UNMET
    ]
    return tuple(sorted(fits, key=lambda fit: fit.match.verdict is not ConditionVerdict.MET))
