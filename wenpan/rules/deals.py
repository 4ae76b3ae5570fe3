"""Rules about deals: stages and their evidence, counting rules, targets of cohorts, clocks of leads, lights.

Files of `wenpan/rules/deals/` (a place's own of the same name win); `in_force.yaml` says which holds since
when. Every function gives frozen values of `wenpan.economy.funnel`; a RuleError names file, key, found,
expected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from wenpan.documents.deals.forms import DealForm, columns_known
from wenpan.economy.funnel.cohort_targets import CohortTargets
from wenpan.economy.funnel.counting_rules import CountingRules
from wenpan.economy.funnel.lead_clocks import LeadClockRules
from wenpan.economy.funnel.money import ExchangeRate
from wenpan.economy.funnel.stages import DealRuleError, StageRules
from wenpan.economy.judging.lights import RuleSet
from wenpan.rules.in_force import chosen
from wenpan.rules.lights import light_rules
from wenpan.rules.loading import RuleError, files, load_file, load_yaml, path_of
from wenpan.rules.policies import workbook_kinds
from wenpan.rules.schema import DAY, FLAG, NUMBER, POSITIVE, SOME, TEXT, Fits, read, share, whole_form

_CHOICE = "deals/in_force"
_COUNTING = "counting-"
T = TypeVar("T")


def stage_rules(on: date, home: Path | None = None) -> StageRules:
    """The stages, their evidence and the meaning of 落地 in force on a day."""
    return _in_force("stages", on, home, StageRules.from_data)


def counting_rules(home: Path | None = None) -> dict[str, CountingRules]:
    """Every set of counting rules by code."""
    found = {}
    for stem, path in files("deals", home).items():
        if stem.startswith(_COUNTING):
            rules = _built(path, CountingRules.from_data)
            found[rules.code] = rules
    return found


def counting_in_force(on: date, home: Path | None = None) -> CountingRules:
    """The set that decides on a day which deals count."""
    code = chosen(_CHOICE, on, home, "counting")
    known = counting_rules(home)
    if code not in known:
        raise RuleError(path_of(_CHOICE, home), "counting", code, f"已有的认定办法({'、'.join(known)})")
    if not known[code].in_force(on):
        raise RuleError(
            path_of(_CHOICE, home),
            "counting",
            f"{code} 于 {on}",
            f"施行期内的办法(自{known[code].effective_from}起)",
        )
    return known[code]


def cohort_targets(on: date, home: Path | None = None) -> CohortTargets:
    """What share of each year's signings should have reached a stage by now."""
    return _in_force("cohort_targets", on, home, CohortTargets.from_data)


def lead_clock_rules(on: date, home: Path | None = None) -> LeadClockRules:
    """The limits of a lead: answer, judgement, feedback, reports."""
    return _in_force("lead_clocks", on, home, LeadClockRules.from_data)


@whole_form
@dataclass(frozen=True)
class PipelineRule:
    """When expected starts of deals stand for expected entries of the library. Amounts in 万元."""

    version: Annotated[str, TEXT]
    effective_from: date
    source: Annotated[str, TEXT]
    least_linked: Annotated[int, POSITIVE]
    least_linked_share: Annotated[float, share()]
    least_amount: Annotated[float, NUMBER]


def pipeline_rule(home: Path | None = None) -> PipelineRule:
    path = path_of("deals/pipeline", home)
    return read(PipelineRule, load_file(path)[0], path)


@whole_form
@dataclass(frozen=True)
class OfferKind:
    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    unit: Annotated[str, TEXT]


@whole_form
@dataclass(frozen=True)
class OfferState:
    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    on_offer: Annotated[bool, FLAG]


@whole_form
@dataclass(frozen=True)
class OfferRules:
    """What the place can offer, and in which states."""

    version: Annotated[str, TEXT]
    effective_from: date
    source: Annotated[str, TEXT]
    kinds: Annotated[tuple[OfferKind, ...], SOME]
    states: Annotated[tuple[OfferState, ...], SOME]


@whole_form
@dataclass(frozen=True)
class PitchItem:
    """One thing that a pitch needs from a day on; `words`: what counts as having it."""

    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    words: Annotated[str, TEXT]
    from_: Annotated[date, DAY]
    to: date | None = None


@whole_form
@dataclass(frozen=True)
class PitchRule:
    version: Annotated[str, TEXT]
    effective_from: date
    source: Annotated[str, TEXT]
    items: Annotated[tuple[PitchItem, ...], SOME]


def offer_rules(home: Path | None = None) -> OfferRules:
    path = path_of("deals/offers", home)
    return read(OfferRules, load_file(path)[0], path)


def pitch_rule(on: date, home: Path | None = None) -> PitchRule:
    """What the pitch of a reserve project needs on a day."""
    path = path_of("deals/pitch", home)
    rule = read(PitchRule, load_file(path)[0], path)
    items = tuple(i for i in rule.items if i.from_ <= on and (i.to is None or on <= i.to))
    return replace(rule, items=items)


def deal_lights(on: date, home: Path | None = None) -> tuple[RuleSet, int]:
    """The set of lights that judges deals, and after how many better months in a row a light turns better."""
    code, path = chosen(_CHOICE, on, home, "lights"), path_of(_CHOICE, home)
    known = {name: rules for name, rules in light_rules(home).items() if rules.object == "deal"}
    if code not in known:
        raise RuleError(path, "lights", code, f"已有的招商亮灯规则({'、'.join(known)})")
    if not known[code].in_force(on):
        since = known[code].effective_from
        raise RuleError(path, "lights", f"{code} 于 {on}", f"施行期内的规则(自{since}起)")
    hold = load_yaml(_CHOICE, home)[0].get("hold_periods", 1)
    if isinstance(hold, bool) or not isinstance(hold, int) or hold < 1:
        raise RuleError(path, "hold_periods", hold, "不小于1的整数")
    return known[code], hold


def deal_forms(home: Path | None = None) -> dict[str, DealForm]:
    """The forms in which deals are handed on, by code."""
    path = path_of("deals/forms", home)
    known = workbook_kinds(home)["deals"].columns
    forms = [_built_form(path, item) for item in load_file(path)[0].get("forms") or ()]
    for form in forms:
        if unknown := columns_known(form, list(known)):
            raise RuleError(path, f"forms.{form.code}", list(unknown), "表种 deals 已有的列")
    return {form.code: form for form in forms}


def board_columns(home: Path | None = None) -> dict[str, str]:
    """The columns of a published table of deals, key → its word, in the order of the kind."""
    columns = workbook_kinds(home)["deal_board"].columns
    return {key: str(c["label"]) for key, c in columns.items() if key not in ("code", "name")}


def _is_rate(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


@whole_form
@dataclass(frozen=True)
class CentralParity:
    """Yuan for one unit of a currency as published on a day; without a source of its own, the file's."""

    currency: Annotated[str, TEXT]
    day: Annotated[date, DAY]
    per: Annotated[float, Fits(_is_rate, "大于0的数")]
    source: str = ""


@whole_form
@dataclass(frozen=True)
class ExchangeRates:
    version: Annotated[str, TEXT]
    effective_from: date
    source: Annotated[str, TEXT]
    rates: Annotated[tuple[CentralParity, ...], SOME]


def exchange_rate(currency: str, on: date, home: Path | None = None) -> ExchangeRate | None:
    """The newest rate of a currency on or before a day; None where none is known or the currency is yuan.
    Its source is kept with it in words, "未核对" where nobody compared it with what was published."""
    path = path_of("deals/exchange_rates", home)
    known = _rates(path, path.stat().st_mtime_ns)
    rates = [r for r in known.rates if r.currency == currency and r.day <= on]
    if not rates:
        return None
    newest = max(rates, key=lambda r: r.day)
    return ExchangeRate(currency, Decimal(str(newest.per)), newest.day, newest.source or known.source)


@lru_cache(maxsize=8)
def _rates(path: Path, _written: int) -> ExchangeRates:
    return read(ExchangeRates, load_file(path)[0], path)


def _built_form(path: Path, item: dict[str, Any]) -> DealForm:
    try:
        return DealForm.from_data(item)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RuleError(path, "forms", repr(error), "code、name、groups(group、columns)") from None


def _in_force(part: str, on: date, home: Path | None, build: Callable[[dict[str, Any]], T]) -> T:
    return _built(path_of(f"deals/{chosen(_CHOICE, on, home, part)}", home), build)


def _built(path: Path, build: Callable[[dict[str, Any]], T]) -> T:
    data, _ = load_file(path)
    try:
        return build(data)
    except DealRuleError as error:
        raise RuleError(path, error.key, error.found, error.expected) from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RuleError(path, "(内容)", repr(error), "一份可用的招商规则") from None
