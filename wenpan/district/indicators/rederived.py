"""Judgements beside the ledger: the current ones of every month are made again; light, gap, rank compared.

For `wenpan doctor`. A judgement is right when the figures and targets give it that hold now, or those
that were known when it was made. One by another version of the rules is counted, and not compared. One
by another method of the forecast keeps its chance: gap and rank are compared with the ledger's, its light
with what the rules give for the chance that was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from wenpan import rules as policy
from wenpan.district.indicators.forecast_fans import Fans
from wenpan.district.indicators.hysteresis import held_light
from wenpan.district.indicators.judgement_row import clean
from wenpan.district.indicators.judging import ledger_frame, lights_before, targets_frame
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.indicators.rules import in_force, month_end
from wenpan.district.observations import queries as ledger
from wenpan.district.observations.models import Region
from wenpan.economy.judging.relit import relit
from wenpan.economy.judging.target_probability import FIRST_METHOD, METHOD
from wenpan.economy.time.periods import Month, parse_month

COMPARED = ("gap", "rank", "rivals", "value")
Derived = Mapping[tuple[str, int | None], Mapping[str, Any]]  # by indicator and target


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each judgement that its figures and rules do not give."""
    region = Region.objects.filter(home=True).first()
    current = Judgement.objects.filter(region=region, superseded_at__isnull=True)
    months = sorted(set(current.values_list("as_of", flat=True)))
    older = compared = 0
    for number, as_of in enumerate(months, start=1):
        tell(f"judgements: month {number} of {len(months)} judged again")
        kept = list(current.filter(as_of=as_of).order_by("pk"))
        assert region is not None
        day = month_end(parse_month(as_of))
        now = policy.rules_in_force(day).version, policy.rank_rule(day).version
        same = [row for row in kept if (row.rule_version, row.facts.get("rank_rule")) == now]
        older += len(kept) - len(same)
        compared += len(same)
        wrong = _unlike(same, _derived(region, parse_month(as_of), None))
        for moment in sorted({row.judged_at for row, _words in wrong}):
            of_then = [row for row, _words in wrong if row.judged_at == moment]
            still = _unlike(of_then, _derived(region, parse_month(as_of), moment))
            for row, words in still:
                yield (
                    f"indicators.Judgement row {row.pk} ({row.indicator} {row.as_of}) is not what its "
                    f"figures and rules give: {words}."
                )
    tell(f"judgements: {compared} compared, {older} of other versions of the rules not comparable")


def _derived(region: Region, as_of: Month, known_on: datetime | None) -> Derived:
    from wenpan.economy.judging.judgement import judge

    catalogue = policy.catalogue()
    targets = _targets(region, as_of, known_on)
    rows = judge(
        ledger_frame(region, as_of, list(catalogue), known_on),
        targets_frame(targets, region.code),
        indicators=catalogue,
        regions=ledger.regions_frame(),
        as_of=as_of,
        rules=policy.rules_in_force(month_end(as_of)),
        only_regions={region.code},
        forecaster=Fans(),
        with_untargeted=True,
        rank_rule=policy.rank_rule(month_end(as_of)),
    ).to_dicts()
    past, hold = lights_before(region, as_of, known_on), policy.hold_periods(month_end(as_of))
    for row in rows:
        key = row["indicator"], row["set_by"], row["measure"], row["basis"]
        row["raw_light"] = str(row["light"])
        row["light"] = held_light(str(row["light"]), str(row["period"]), past.get(key, ()), hold=hold).light
    return {(r["indicator"], int(r["target_id"]) if r["target_id"] else None): r for r in rows}


def _targets(region: Region, as_of: Month, known_on: datetime | None) -> tuple[Target, ...]:
    """District targets of the year and the one before, as they hold now or as they were known."""
    kept = Target.objects.filter(region=region, unit__isnull=True, year__in=(as_of.year - 1, as_of.year))
    standing = Q(withdrawn_at__isnull=True)
    if known_on is not None:
        kept, standing = kept.filter(recorded_at__lte=known_on), standing | Q(withdrawn_at__gt=known_on)
    return in_force(kept.filter(standing), as_of)


def _unlike(kept: list[Judgement], derived: Derived) -> list[tuple[Judgement, str]]:
    found = []
    for row in kept:
        new = derived.get((row.indicator, row.target_id))
        if words := "nothing is judged of it" if new is None else _words(row, new):
            found.append((row, words))
    return found


def _words(row: Judgement, new: Mapping[str, Any]) -> str:
    raw = row.facts.get("raw_light")
    if row.facts.get("forecast_method", FIRST_METHOD) == METHOD:
        pairs = {"light": (row.light, new["light"]), "raw_light": (raw, new["raw_light"])}
    else:
        pairs = {"raw_light": (raw, _relit(row))}
        pairs |= {} if row.facts.get("hold_periods") else {"light": (row.light, raw)}
    pairs |= {name: (row.facts[name], clean(new.get(name))) for name in COMPARED if name in row.facts}
    moved = {name: pair for name, pair in pairs.items() if _moved(*pair)}
    return "; ".join(f"{name} {old} is kept, {fresh} is derived" for name, (old, fresh) in moved.items())


def _relit(row: Judgement) -> str:
    """The light that the rules give for the chance that was kept, after the year's earlier months."""
    facts = row.facts
    if facts.get("target") is None or facts.get("gap") is None:
        return str(facts.get("raw_light"))
    earlier = Judgement.objects.filter(
        region=row.region, indicator=row.indicator, as_of__lt=row.as_of, superseded_at__isnull=True
    ).order_by("-as_of")
    same = ("set_by", "measure", "basis", "year")
    every = earlier.values_list("facts", flat=True)
    past = [f for f in every if f.get("gap") is not None and all(f.get(n) == facts.get(n) for n in same)]
    return relit(facts, policy.rules_in_force(month_end(parse_month(row.as_of))), past).value


def _moved(old: Any, new: Any) -> bool:
    if isinstance(old, int | float) and isinstance(new, int | float):
        return abs(old - new) > 1e-6 * max(1.0, abs(new))
    return bool(old != new)
