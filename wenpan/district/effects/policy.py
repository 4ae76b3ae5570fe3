"""How closed matters are compared, as dated data: `rules/after_closure.yaml`; a place's own file wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from wenpan.economy.judging.after_closure import ClosureRules
from wenpan.rules.loading import RuleError, load_yaml, path_of
from wenpan.rules.schema import DAY, SOME, Fits, each_of, read, share, whole, whole_form

FEATURES = {
    "indicator": ("group", "light", "unit", "frequency"),
    "project": ("kind", "light", "band", "unit"),
}
WORDS = {
    "indicator": {
        "group": "同一组",
        "light": "办结时同一灯",
        "unit": "差距同一单位",
        "frequency": "同为月度或季度",
    },
    "project": {"kind": "同一类别", "light": "办结时同一灯", "band": "同一规模", "unit": "同一镇街"},
}
_TWO = Fits(lambda v: isinstance(v, dict) and set(v) == set(FEATURES), "indicator 和 project 两项")


@whole_form
@dataclass(frozen=True)
class _ClosureSet:
    from_: Annotated[date, DAY]
    periods: Annotated[int, whole(1, 12)]
    least_cases: Annotated[int, whole(3, 1000)]
    least_likes: Annotated[int, whole(1, 1000)]
    level: Annotated[float, share()]
    like: Annotated[dict[str, tuple[str, ...]], _TWO]


@whole_form
@dataclass(frozen=True)
class _ClosureFile:
    version: str
    effective_from: date
    source: str
    sets: Annotated[tuple[_ClosureSet, ...], SOME]


def closure_rules(on: date, home: Path | None = None) -> Mapping[str, ClosureRules]:
    """By "indicator" and "project", as in force on the day. RuleError for a feature that no series has."""
    data, _provenance = load_yaml("after_closure", home)
    path = path_of("after_closure", home)
    found = read(_ClosureFile, data, path)
    for n, one in enumerate(found.sets):
        for kind, names in one.like.items():
            known = each_of(FEATURES[kind], least=1)
            if not known.test(list(names)):
                raise RuleError(path, f"sets[{n}].like.{kind}", "、".join(names), known.expected)
    begun = [one for one in found.sets if one.from_ <= on]
    if not begun:
        raise RuleError(path, "sets", None, f"至少一条在{on}前有效")
    now = max(begun, key=lambda one: one.from_)
    return {
        kind: ClosureRules(now.periods, now.least_cases, now.least_likes, now.level, tuple(now.like[kind]))
        for kind in FEATURES
    }
