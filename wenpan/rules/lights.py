"""Rule sets of lights, and the one that judges indicators on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from wenpan.economy.judging.lights import LightRuleError, RuleSet
from wenpan.rules.in_force import chosen, latest
from wenpan.rules.loading import RuleError, files, load_file, load_yaml, path_of, stamp
from wenpan.rules.schema import DAY, is_whole, read, whole, whole_form

_CHOICE = "in_force"


def light_rules(home: Path | None = None) -> dict[str, RuleSet]:
    """Every rule set that is known, by code; a place's file of the same name replaces ours."""
    paths = [path for stem, path in files("lights", home).items() if stem != _CHOICE]
    return dict(_build(stamp(paths)))


def rules_in_force(on: date, home: Path | None = None) -> RuleSet:
    """The rule set that judges indicators on a day. RuleError where none does."""
    path, code = path_of(f"lights/{_CHOICE}", home), chosen(f"lights/{_CHOICE}", on, home)
    known = light_rules(home)
    if code not in known:
        raise RuleError(path, "in_force.rules", code, f"已有的规则({'、'.join(known)})")
    if known[code].object != "indicator":
        raise RuleError(path, "in_force.rules", code, "适用于指标的规则")
    if not known[code].in_force(on):
        raise RuleError(
            path, "in_force.rules", f"{code} 于 {on}", f"生效期内的规则(自{known[code].effective_from}起)"
        )
    return known[code]


@whole_form
@dataclass(frozen=True)
class _HoldEntry:
    from_: Annotated[date, DAY]
    periods: Annotated[int, whole(1)]


def hold_periods(on: date, home: Path | None = None) -> int:
    """After how many better periods in a row a light of that day turns better; at least 1. One number in a
    file of before the days were kept holds for every day."""
    data, provenance = load_yaml(f"lights/{_CHOICE}", home)
    hold = data.get("hold_periods", 1)
    if is_whole(hold, 1):
        return int(hold)
    if not isinstance(hold, list):
        raise RuleError(provenance.file, "hold_periods", hold, "不小于1的整数，或按日期列出的期数")
    entries = read(tuple[_HoldEntry, ...], hold, provenance.file, "hold_periods")
    return latest(entries, on, provenance.file, "hold_periods").periods


@lru_cache(maxsize=16)
def _build(stamped: tuple[tuple[Path, int], ...]) -> dict[str, RuleSet]:
    built: dict[str, RuleSet] = {}
    for path, _ in stamped:
        data, _provenance = load_file(path)
        try:
            rule_set = RuleSet.from_data(data, file=str(path))
        except LightRuleError as error:
            raise RuleError(path, error.key, error.found, error.expected) from None
        built[rule_set.code] = rule_set
    return built
