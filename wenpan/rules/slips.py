"""Rule sets of slips (督办单): which serves by itself on a day, and what each colour asks and leads to.

A set is a file of `lights/` with `object: slip`; its `slips` say by which rules a colour is served, with
its level, the working days for an answer, what is asked and what follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from wenpan.economy.judging.lights import RuleSet
from wenpan.rules.in_force import chosen
from wenpan.rules.lights import light_rules
from wenpan.rules.loading import RuleError, load_file, path_of
from wenpan.rules.schema import POSITIVE, SOME, form, one_of, read, whole_form

_CHOICE = "supervision/slips_in_force"
COLOURS = ("white", "blue", "orange", "yellow", "red")


@whole_form
@dataclass(frozen=True)
class SlipKind:
    """One colour of a set. `level` rises with its weight; `answer_days` are working days."""

    colour: Annotated[str, one_of(*COLOURS)]
    name: str
    level: Annotated[int, POSITIVE]
    rules: tuple[str, ...]
    answer_days: Annotated[int, POSITIVE]
    asks: str
    consequence: str


@form
@dataclass(frozen=True)
class _SlipsPart:
    slips: Annotated[tuple[SlipKind, ...], SOME]


@dataclass(frozen=True)
class SlipRules:
    rules: RuleSet
    kinds: tuple[SlipKind, ...]  # by level

    @property
    def label(self) -> str:
        """Code and version, as a slip keeps them."""
        return f"{self.rules.code}@{self.rules.version}"

    @property
    def near(self) -> int:
        """How many working days before the due date a rule of this set may speak; 0: none does."""
        limits = [c.limit for r in self.rules.rules for c in r.when if c.fact == "days_left"]
        return int(max(limits, default=0))

    def of_rule(self, code: str) -> SlipKind | None:
        return next((kind for kind in self.kinds if code in kind.rules), None)

    def of_colour(self, colour: str) -> SlipKind | None:
        return next((kind for kind in self.kinds if kind.colour == colour), None)


def slip_rules(home: Path | None = None) -> dict[str, SlipRules]:
    """Every set for slips by code. RuleError where a colour is not wholly described."""
    sets = light_rules(home)
    return {code: _built(found) for code, found in sets.items() if found.object == "slip"}


def slips_in_force(on: date, home: Path | None = None) -> SlipRules | None:
    """The set that serves slips on a day; None where people issue them all (`rules: none`)."""
    path, code = path_of(_CHOICE, home), chosen(_CHOICE, on, home)
    if not code:
        return None
    known = slip_rules(home)
    if code not in known:
        raise RuleError(path, "in_force.rules", code, f"已有的督办单规则({'、'.join(known)})")
    if not known[code].rules.in_force(on):
        since = known[code].rules.effective_from
        raise RuleError(path, "in_force.rules", f"{code} 于 {on}", f"生效期内的规则(自{since}起)")
    return known[code]


def _built(found: RuleSet) -> SlipRules:
    data, provenance = load_file(Path(found.file))
    kinds = read(_SlipsPart, data, provenance.file).slips
    if [kind.level for kind in kinds] != sorted({kind.level for kind in kinds}):
        raise RuleError(found.file, "slips.level", [k.level for k in kinds], "自轻到重、互不相同的级次")
    known = {rule.code for rule in found.rules}
    for at, kind in enumerate(kinds, 1):
        if unknown := [code for code in kind.rules if code not in known]:
            expected = f"本规则中的条目({'、'.join(sorted(known))})"
            raise RuleError(found.file, f"slips[{at}].rules", unknown, expected)
    return SlipRules(found, kinds)
