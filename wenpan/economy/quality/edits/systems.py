"""The linear system that a return must satisfy, by the texts it holds; and what it says with fields freed.

Pure. Records with the same texts share a system. `branches(texts, freed)` gives the ways in which the rules
that touch the freed fields can be fulfilled: for each, the rows that must hold for the fields that stay.
What is freed may be a text, too: then every text that a rule names, and one that none names, is tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from wenpan.economy.quality.edits.alternatives import (
    OTHER,
    Alternatives,
    Inequality,
    NotLinearError,
    alternatives,
    text_values,
)
from wenpan.economy.quality.edits.edit_rules import EditRule
from wenpan.economy.quality.edits.projection import ImpliedEdit, TooManyRowsError, project, rows

MOST_BRANCHES = 256
Texts = tuple[str | None, ...]  # in the order of System.texts


@dataclass(frozen=True)
class RecordSituation:
    """What returns have in common: their texts, and the rules (by number) not in force for their period."""

    texts: Texts
    silent: frozenset[int] = frozenset()


@dataclass
class System:
    """Built once for a set of rules: `System.of(rules, decimals)`."""

    rules: tuple[EditRule, ...]  # those that can be said by linear inequalities
    unused: tuple[tuple[EditRule, str], ...]  # the others, with the reason
    decimals: int
    texts: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    fields: tuple[str, ...]
    _said: dict[tuple[int, Texts], Alternatives] = field(default_factory=dict)
    _projected: dict[tuple[tuple[Inequality, ...], tuple[str, ...]], list[ImpliedEdit] | None] = field(
        default_factory=dict
    )

    @classmethod
    def of(cls, rules: Iterable[EditRule], decimals: int = 0) -> System:
        usable, unused = [], []
        for rule in rules:
            try:
                _try(rule)
                usable.append(rule)
            except NotLinearError as error:
                unused.append((rule, str(error)))
        found: dict[str, set[str]] = {}
        for rule in usable:
            assert rule.node is not None
            text_values(rule.node, found)
        texts = tuple(sorted({n for rule in usable for n, kind in rule.kinds.items() if kind == "text"}))
        values = {name: (*sorted(found.get(name, ())), OTHER) for name in texts}
        fields = tuple(sorted({name for rule in usable for name in rule.kinds}))
        return cls(tuple(usable), tuple(unused), decimals, texts, values, fields)

    def touched(self, freed: Iterable[str]) -> frozenset[int]:
        """The numbers of the rules that read one of the fields."""
        names = set(freed)
        return frozenset(n for n, rule in enumerate(self.rules) if names & rule.kinds.keys())

    def alternatives(self, rule: int, texts: Texts) -> Alternatives:
        """What a rule asks for under these texts."""
        asked = self.rules[rule]
        mine = tuple(v if name in asked.kinds else "" for name, v in zip(self.texts, texts, strict=True))
        if (rule, mine) not in self._said:
            assert asked.node is not None
            held = dict(zip(self.texts, mine, strict=True))
            tolerance = Fraction(str(asked.tolerance))
            self._said[rule, mine] = alternatives(asked.node, asked.kinds, held, tolerance)
        return self._said[rule, mine]

    def branches(self, situation: RecordSituation, freed: Sequence[str]) -> list[list[ImpliedEdit]] | None:
        """One list of rows for each way; an empty list of rows asks for nothing. None: too many to be
        said."""
        found: list[list[ImpliedEdit]] = []
        numbers = tuple(name for name in freed if name not in self.values)
        touched = sorted(self.touched(freed) - situation.silent)
        for changed in self._changed(situation.texts, freed):
            said = [self.alternatives(rule, changed) for rule in touched]
            many = 1
            for one in said:
                many *= len(one)
            if many > MOST_BRANCHES:
                return None
            for chosen in product(*said):
                projected = self._project(tuple(i for part in chosen for i in part), numbers)
                if projected is None:
                    return None
                found.append(projected)
        return found

    def asked(self, rule: int, texts: Texts) -> list[list[ImpliedEdit]]:
        """A rule as it stands: one list of rows for each way to fulfil it."""
        return [self._project(one, ()) or [] for one in self.alternatives(rule, texts)]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The fields that hold numbers."""
        return tuple(name for name in self.fields if name not in self.values)

    def _changed(self, texts: Texts, freed: Sequence[str]) -> Iterable[Texts]:
        """The texts with every other text tried in those that are freed."""
        tried = [
            [value for value in self.values[name] if value != held] if name in freed else [held]
            for name, held in zip(self.texts, texts, strict=True)
        ]
        return product(*tried)

    def _project(
        self, inequalities: tuple[Inequality, ...], freed: tuple[str, ...]
    ) -> list[ImpliedEdit] | None:
        key = (inequalities, freed)
        if key not in self._projected:
            try:
                self._projected[key] = project(rows(inequalities, self.decimals), freed)
            except TooManyRowsError:
                self._projected[key] = None
        return self._projected[key]


def _try(rule: EditRule) -> None:
    """NotLinearError where the rule cannot be said under any texts."""
    assert rule.node is not None
    found: dict[str, set[str]] = {}
    text_values(rule.node, found)
    names = [name for name, kind in rule.kinds.items() if kind == "text"]
    for values in product(*[(*sorted(found.get(name, ())), OTHER) for name in names]):
        alternatives(
            rule.node, rule.kinds, dict(zip(names, values, strict=True)), Fraction(str(rule.tolerance))
        )
