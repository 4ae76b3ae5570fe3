"""灯的价值: what each rule set would have said of the years that are over, and what that was worth.

From kept judgements, the first of every target and month: each set sees the facts that were known then. The
yardsticks are "below target", months/12, always and never; a value is relative economic value (Richardson).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from wenpan import rules as policy
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.rules import month_end
from wenpan.district.observations.models import Region
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.judging.relit import relit
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules.choices import WarningCost, fitting, warning_cost, warning_costs

KEEP = 600  # seconds
MONTHS = range(3, 12)  # in which every indicator is judged
FEW = 100  # judgements below which a warning is not believed more than the reference


@dataclass(frozen=True)
class WarningLine:
    """One warning on all cases; rates and values None where nothing can be said."""

    rules: str
    name: str
    hits: float | None
    false_alarms: float | None
    difference: float | None
    months_before: float | None
    changes: float | None
    values: tuple[float | None, ...]  # at `RATIOS`
    proposed: bool = False
    in_force: bool = False


@dataclass(frozen=True)
class LightWorth:
    ratios: tuple[float, ...]
    cases: int
    missed: int
    years: tuple[int, ...]
    lines: tuple[WarningLine, ...]
    few: bool
    hold: int
    held: WarningLine | None  # the set in force as shown, better only after `hold` better periods
    unheld: WarningLine | None


@dataclass(frozen=True)
class LightMove:
    """A light of the newest month that the other set would give otherwise."""

    code: str
    name: str
    now: str
    then: str


@dataclass(frozen=True)
class Fit:
    """What the place said a miss is worth, and the set that fits it."""

    cost: WarningCost | None
    history: tuple[WarningCost, ...]
    code: str
    name: str
    red: float | None  # P below which it is red
    in_force: bool
    moves: tuple[LightMove, ...]
    since: date | None  # first day of the next month to be judged


def light_worth(as_of: Month) -> LightWorth | None:
    """None where no year is over that was judged."""
    home = Region.objects.filter(home=True).first()
    if home is None:
        return None
    cost = warning_cost(date.max)
    in_force, hold = policy.rules_in_force(month_end(as_of)), policy.hold_periods(month_end(as_of))
    sets = {code: s for code, s in policy.light_rules().items() if s.object == "indicator"}
    if cost is not None:
        fit = fitting(cost.dispatches)
        sets.setdefault(fit.code, fit)
    newest = Judgement.objects.filter(region=home).aggregate(n=Max("pk"))["n"] or 0
    versions = ",".join(f"{s.code}:{s.version}:{hash(s.rules)}" for s in sets.values())
    key = f"worth:{home.pk}:{newest}:{hash(versions)}:{in_force.code}:{hold}"
    found: LightWorth | None = cache.get(key)
    if found is None:
        found = _worth(home, sets, hold, in_force.code, fitting(cost.dispatches).code if cost else "")
        cache.set(key, found, KEEP)
    return found if found.cases else None


def _worth(home: Region, sets: Mapping[str, RuleSet], hold: int, in_force: str, fit: str) -> LightWorth:
    from wenpan.economy.judging.past_lights import value_table
    from wenpan.economy.judging.warning_value import RATIOS

    frame = _frame(home, sets)
    if frame is None:
        return LightWorth(RATIOS, 0, 0, (), (), True, hold, None, None)
    names = {code: s.name for code, s in sets.items()}
    rows = value_table(frame, hold=hold).to_dicts()
    lines = [_line(row, names, in_force, fit) for row in rows]
    cases = rows[0]["cases"]
    shown = [line for line in lines if "连续" not in line.name]
    mine = [line for line in lines if line.in_force]
    return LightWorth(
        RATIOS, cases, rows[0]["missed"], tuple(sorted(set(frame["year"].to_list()), reverse=True)),
        tuple(shown), cases < FEW, hold,
        held=next((line for line in mine if "连续" in line.name), None),
        unheld=next((line for line in mine if line.name == "红灯"), None),
    )  # fmt: skip


def _line(row: Mapping[str, Any], names: Mapping[str, str], in_force: str, fit: str) -> WarningLine:
    values = tuple(_known(v) for k, v in row.items() if k.startswith("value_"))
    return WarningLine(
        names.get(row["rules"], ""), row["warning"], _known(row["hit_rate"]), _known(row["false_alarm_rate"]),
        _known(row["difference"]), _known(row["months_before"]), _known(row["changes"]), values,
        proposed=bool(fit) and row["rules"] == fit, in_force=row["rules"] == in_force,
    )  # fmt: skip


def _known(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)  # noqa: PLR0124  (NaN)


Case = tuple[str, str, str, str, int]  # indicator, who, measure, basis, year


def _frame(home: Region, sets: Mapping[str, RuleSet]) -> Any:
    """Rows as `past_lights.lights_of_years` has them; None where no year that was judged is over."""
    import polars as pl

    came, cases = _kept(home)
    out: list[dict[str, Any]] = []
    for (code, whose, measure, basis, year), months in cases.items():
        end = came.get((code, measure, basis, year))
        if end is None:
            continue
        before: list[dict[str, Any]] = []
        for as_of, facts in months:
            if parse_month(as_of).month not in MONTHS:
                before.insert(0, facts)
                continue
            up = (facts.get("comparison") or ">=") == ">="
            level = not measure.endswith("_growth") and facts["target"] > 0
            common = {
                "target_id": f"{whose}/{measure}/{basis}", "region": home.code, "indicator": code,
                "year": year, "month": parse_month(as_of).month,
                "margin": facts["gap"] if up else -facts["gap"],
                "progress": facts["actual"] / facts["target"] if level else None, "up": up,
                "probability": facts.get("probability"),
                "missed": end < facts["target"] if up else end > facts["target"],
            }  # fmt: skip
            lit = {c: relit(facts, rules, before).value for c, rules in sets.items()}
            out += [{**common, "rules": c, "light": light} for c, light in lit.items()]
            before.insert(0, facts)
    if not out:
        return None
    return pl.DataFrame(out, infer_schema_length=None).with_columns(pl.col("month").cast(pl.Int32))


def _kept(
    home: Region,
) -> tuple[dict[tuple[str, str, str, int], float], dict[Case, list[tuple[str, dict[str, Any]]]]]:
    """December's figures, and of every target the months' first judgements, oldest first."""
    came: dict[tuple[str, str, str, int], float] = {}
    cases: dict[Case, dict[str, dict[str, Any]]] = {}
    rows = Judgement.objects.filter(region=home).order_by("as_of", "pk")
    for code, as_of, facts in rows.values_list("indicator", "as_of", "facts"):
        ends = str(facts["period"]).endswith(("-12", "-Q4"))
        if ends and facts.get("actual") is not None:
            came.setdefault((code, facts["measure"], facts["basis"], facts["year"]), facts["actual"])
        elif not ends and facts.get("target") is not None and facts.get("gap") is not None:
            case = (code, facts.get("set_by") or "", facts["measure"], facts["basis"], facts["year"])
            cases.setdefault(case, {}).setdefault(as_of, facts)
    return came, {case: list(months.items()) for case, months in cases.items()}


def fit(as_of: Month) -> Fit:
    """The set that fits what the place said, and which of the month's lights it would turn."""
    cost = warning_cost(date.max)
    history = warning_costs()
    if cost is None:
        return Fit(None, history, "", "", None, in_force=False, moves=(), since=None)
    rules = fitting(cost.dispatches)
    now = policy.rules_in_force(month_end(as_of))
    same = now.rules == rules.rules
    after = as_of.plus(1)
    return Fit(
        cost,
        history,
        rules.code,
        rules.name,
        1 - cost.ratio,
        in_force=same,
        moves=() if same else moves(as_of, rules),
        since=date(after.year, after.month, 1),
    )


def moves(as_of: Month, rules: RuleSet) -> tuple[LightMove, ...]:
    """Of the month's board, before a better light is held back."""
    catalogue = policy.catalogue()
    kept = Judgement.objects.filter(
        region__home=True, as_of=str(as_of), superseded_at__isnull=True, primary=True
    ).order_by("pk")
    out = []
    for code, light, facts in kept.values_list("indicator", "light", "facts"):
        if code not in catalogue or facts.get("gap") is None:
            continue
        now, then = facts.get("raw_light") or light, relit(facts, rules).value
        if now != then:
            out.append(LightMove(code, catalogue[code].short, now, then))
    return tuple(out)
