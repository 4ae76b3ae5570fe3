"""By when papers for which batch, and which papers: `rules/entry_batches.yaml`. No thresholds stand there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from wenpan.economy.requests.entry_batches import BatchRule
from wenpan.rules.in_force import latest
from wenpan.rules.loading import RuleError, load_yaml
from wenpan.rules.schema import DAY, form, read, whole

KINDS = ("monthly", "yearly")


@form
@dataclass(frozen=True)
class _Batch:
    kind: str
    months: tuple[Annotated[int, whole(1, 12)], ...]
    day: Annotated[int, whole(1, 31)]
    offset: int = 0
    answer_offset: int | None = None
    answer_day: int | None = None
    only: str = ""


@form
@dataclass(frozen=True)
class EntrySet:
    code: str
    name: str
    batches: tuple[_Batch, ...]
    only: str = ""

    @property
    def rules(self) -> tuple[BatchRule, ...]:
        return tuple(
            BatchRule(b.kind, b.months, b.offset, b.day, b.answer_offset, b.answer_day, b.only)
            for b in self.batches
        )


@form
@dataclass(frozen=True)
class EntryPaperKind:
    code: str
    name: str
    trades: tuple[str, ...] = ()


@form
@dataclass(frozen=True)
class _Choice:
    from_: Annotated[date, DAY]
    set: str


@form
@dataclass(frozen=True)
class EntryRules:
    sets: tuple[EntrySet, ...]
    trades: dict[str, str]
    papers: tuple[EntryPaperKind, ...]
    in_force: tuple[_Choice, ...]

    def papers_of(self, trade: str) -> list[EntryPaperKind]:
        return [paper for paper in self.papers if not paper.trades or trade in paper.trades]

    def set_of(self, code: str) -> EntrySet | None:
        return next((one for one in self.sets if one.code == code), None)


def entry_rules(home: Path | None = None) -> EntryRules:
    """RuleError names file, key, found, expected."""
    data, provenance = load_yaml("entry_batches", home)
    rules = read(EntryRules, data, provenance.file, "")
    for one in rules.sets:
        for batch in one.batches:
            if batch.kind not in KINDS or batch.offset not in (-1, 0):
                raise RuleError(
                    provenance.file, f"sets.{one.code}", batch.kind, "monthly 或 yearly, offset 为 0 或 -1"
                )
    for choice in rules.in_force:
        if rules.set_of(choice.set) is None:
            raise RuleError(provenance.file, "in_force.set", choice.set, "sets 里的 code")
    for paper in rules.papers:
        if wrong := set(paper.trades) - set(rules.trades):
            raise RuleError(provenance.file, f"papers.{paper.code}", sorted(wrong)[0], "trades 里的代码")
    return rules


def set_in_force(on: date, home: Path | None = None) -> EntrySet:
    rules = entry_rules(home)
    found = rules.set_of(latest(rules.in_force, on, "entry_batches.yaml").set)
    assert found is not None  # checked when the file was read
    return found
