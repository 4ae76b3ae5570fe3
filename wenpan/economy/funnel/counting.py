"""Whether, when, where and with how much a deal counts under a dated set of rules (认定口径).

Pure. A set is data; `counts` answers with the sentences that decided, so that a page shows for each deal
why it counts or not, and what another set says. No set can count a deal that is not formally signed: a
framework or intention agreement is no signature, and a set that asks for less than `signed` is refused when
it is loaded.

    counting day   the last of the days on which the demanded stages were reached (`year_by: signed`)
                   or accepted by the office (`year_by: approved`)
    year           that of the counting day; at most `carry_over_years` after that of the signing
    amount         the rung that the set names, in 万元; of an enlargement only the increment
    place          where it was signed (`moved: signing`) or where it is now (`moved: present`)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wenpan.economy.funnel.amount_ladder import AmountLadder
from wenpan.economy.funnel.counting_rules import CountingRules, Threshold
from wenpan.economy.funnel.events import PipelineEventKind, PipelineState
from wenpan.economy.funnel.money import amount_text
from wenpan.economy.funnel.stages import Stage, StageRules


@dataclass(frozen=True)
class CountingCase:
    """What counting must know of a deal beside its state and amounts.

    `trade`: industry, services, new_format, agriculture; `owner_kind`: town, park, department.
    `marks`: what it is of the things that a set may exclude (see the set's `never`).
    `signed_place`: the district at signing; `enlarges`: agreed 万元 of the agreement that this one enlarges.
    `listed_on`: when it first stood in the monthly ledger. `shares`: unit → part, summing to 1; empty: one
    unit.
    `later_phase_of`, `duplicate_of`: the deal that already counts.
    """

    code: str
    state: PipelineState
    ladder: AmountLadder
    trade: str = ""
    owner_kind: str = ""
    marks: frozenset[str] = frozenset()
    signed_place: str = ""
    enlarges: Decimal | None = None
    listed_on: date | None = None
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    duplicate_of: str = ""


@dataclass(frozen=True)
class CountDecision:
    """The answer of one set on one day. `amount` in 万元; `by_unit`: its parts by unit, summing to it.

    `why`: sentences, the decisive one first. `rules`: code@version. Where it does not count, year is None and
    the amounts are None: nothing is counted in part.
    """

    counted: bool
    year: int | None
    amount: Decimal | None
    why: tuple[str, ...]
    rules: str
    on: date | None = None
    place: str = ""
    by_unit: Mapping[str, Decimal] = field(default_factory=dict)


def counts(
    case: CountingCase, rules: CountingRules, day: date, stages: StageRules | None = None
) -> CountDecision:
    """The decision of a set about a deal at the end of `day`; `case.state` is replayed for that day."""
    against = _against(case, rules, day, stages)
    if against:
        return CountDecision(False, None, None, tuple(against), rules.label)
    counted_on = _counting_day(case.state, rules)
    if counted_on is None:  # unreachable after `_against`, said for the type checker
        return CountDecision(False, None, None, ("阶段未齐",), rules.label)
    amount, how = _amount(case, rules)
    why = [_counted_words(case.state, rules, counted_on), how, *_place_words(case, rules)]
    by_unit = share_out(amount, case.shares) if amount is not None else {}
    if len(case.shares) > 1:
        why.append(f"由{len(case.shares)}家单位共同引进, 全区只计1个, 金额按约定比例分")
    return CountDecision(
        True, counted_on.year, amount, tuple(w for w in why if w), rules.label, counted_on,
        _place(case, rules), by_unit,
    )  # fmt: skip


def other_sets_say(
    case: CountingCase, sets: Iterable[CountingRules], day: date, stages: StageRules | None = None
) -> dict[str, CountDecision]:
    """What each set says of the same deal, by the set's code."""
    return {rules.code: counts(case, rules, day, stages) for rules in sets}


def share_out(amount: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The parts by unit; the last one takes the rest, so that they sum to the amount exactly.

    ValueError where the shares do not sum to 1.
    """
    if not shares:
        return {}
    if sum(shares.values()) != 1 or any(part <= 0 for part in shares.values()):
        raise ValueError(f"各单位比例之和应为1, 实为{amount_text(sum(shares.values(), Decimal(0)))}")
    units = sorted(shares)
    parts = {unit: (amount * shares[unit]).quantize(Decimal("0.0001")) for unit in units[:-1]}
    return parts | {units[-1]: amount - sum(parts.values(), Decimal(0))}


def _against(case: CountingCase, rules: CountingRules, day: date, stages: StageRules | None) -> list[str]:
    """Every sentence that speaks against counting, the gravest first."""
    state = case.state
    said = []
    if case.duplicate_of:
        said.append(f"与“{case.duplicate_of}”是同一项目, 已在那里计1个")
    if state.ending and state.ending.kind is PipelineEventKind.REPLACED:
        said.append(f"已于{state.ending.on}由“{state.ending.successor}”替代, 由替代的协议计, 金额不相加")
    elif state.ending:
        said.append(f"已于{state.ending.on}终止: {state.ending.reason}")
    said += _stage_words(state, rules)
    said += [rules.never[mark] for mark in sorted(case.marks) if mark in rules.never]
    said += _evidence_words(state, rules, stages)
    said += _threshold_words(case, rules)
    counted_on = _counting_day(state, rules)
    if counted_on is not None:
        said += _time_words(case, rules, counted_on)
    if not rules.in_force(counted_on or day):
        said.append(f"{counted_on or day}不在《{rules.name}》施行期内")
    return said


def _stage_words(state: PipelineState, rules: CountingRules) -> list[str]:
    if not state.signed:
        if state.has(Stage.FRAMEWORK):
            return ["只有框架(意向)协议, 未正式签约; 框架协议不计签约"]
        return ["未正式签约"]
    missing = [s.label for s in rules.at if s not in state.reached]
    if missing:
        return [f"按规定须已{'、'.join(missing)}, 目前没有记录"]
    waiting = [s.label for s in rules.at if s not in state.approved] if rules.by_approval else []
    return [f"{'、'.join(waiting)}尚未经认定"] if waiting else []


def _evidence_words(state: PipelineState, rules: CountingRules, stages: StageRules | None) -> list[str]:
    if stages is None or not rules.proof:
        return []
    gaps = [(s, state.unproven[s]) for s in rules.at if s in state.unproven]
    return [f"“{stages.label(s)}”缺{'、'.join(words)}" for s, words in gaps]


def _threshold_words(case: CountingCase, rules: CountingRules) -> list[str]:
    limit = rules.threshold_for(case.trade, case.owner_kind)
    if limit is None:
        return []
    held = case.ladder.in_yuan(limit.rung)
    if held is None:
        return [f"没有{limit.rung.label}额(或外币没有折算汇率), 无法与起点{_wan(limit.least)}比较"]
    if held < limit.least:
        return [f"{limit.rung.label}{_wan(held)}, 不到{_threshold_name(limit)}起点{_wan(limit.least)}"]
    return []


def _threshold_name(limit: Threshold) -> str:
    return limit.name or "认定"


def _time_words(case: CountingCase, rules: CountingRules, counted_on: date) -> list[str]:
    said = []
    days = case.state.approved if rules.by_approval else case.state.reached
    signed = days[Stage.SIGNED]
    late = counted_on.year - signed.year
    if rules.carry_over_years is not None and late > rules.carry_over_years:
        by = "(按认定)" if rules.by_approval else ""
        ready = f"{counted_on.year}年才具备条件"
        said.append(f"{signed.year}年签约{by}, {ready}, 超过结转{rules.carry_over_years}年")
    if rules.on_ledger and (case.listed_on is None or case.listed_on > _month_end(counted_on)):
        listed = f"{case.listed_on}才" if case.listed_on else "没有"
        said.append(f"{counted_on.year}年{counted_on.month}月前{listed}列入月度台账, 不补列")
    return said


def _counting_day(state: PipelineState, rules: CountingRules) -> date | None:
    days = state.approved if rules.by_approval else state.reached
    if any(stage not in days for stage in rules.at):
        return None
    return max(days[stage] for stage in rules.at)


def _counted_words(state: PipelineState, rules: CountingRules, counted_on: date) -> str:
    signed = state.reached[Stage.SIGNED]
    by = "认定" if rules.by_approval else "发生"
    words = (
        f"{signed}正式签约, {'、'.join(s.label for s in rules.at)}均已具备, 按{by}日期计入{counted_on.year}年"
    )
    return words + (f"(签约在{signed.year}年)" if signed.year != counted_on.year else "")


def _amount(case: CountingCase, rules: CountingRules) -> tuple[Decimal | None, str]:
    whole = case.ladder.in_yuan(rules.amount)
    if whole is None:
        return None, f"没有{rules.amount.label}额(或外币没有折算汇率), 只计个数"
    if case.enlarges is None or not rules.increments_only:
        return whole, f"金额按{rules.amount.label}计{_wan(whole)}"
    rest = max(whole - case.enlarges, Decimal(0))
    return rest, f"增资扩产, 只计增量: {_wan(whole)}减原已计{_wan(case.enlarges)}, 计{_wan(rest)}"


def _place(case: CountingCase, rules: CountingRules) -> str:
    signed = case.signed_place
    return signed if rules.moved == "signing" or not case.state.place else case.state.place


def _place_words(case: CountingCase, rules: CountingRules) -> list[str]:
    if not case.state.place or case.state.place == case.signed_place:
        return []
    where = "签约地" if rules.moved == "signing" else "现所在地"
    return [f"项目由{case.signed_place or '原签约地'}转到{case.state.place}, 按规定计在{where}, 只计一次"]


def _wan(value: Decimal) -> str:
    return f"{amount_text(value / 10000)}亿元" if abs(value) >= 10000 else f"{amount_text(value)}万元"


def _month_end(day: date) -> date:
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)
