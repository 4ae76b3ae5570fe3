"""Kinds, result words and ways of a campaign as dated data: `rules/campaigns.yaml`; the place's own wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from django.utils.translation import gettext as _

from wenpan.rules.loading import RuleError, load_yaml, path_of
from wenpan.rules.schema import DAY, FLAG, SOME, TEXT, one_of, read, whole, whole_form


@whole_form
@dataclass(frozen=True)
class CampaignKind:
    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    from_: Annotated[date, DAY]

    @property
    def label(self) -> str:
        return _(self.name)


@whole_form
@dataclass(frozen=True)
class FindingResult:
    """One word for what was found. `problem`: it counts as a problem; `proposes`: it asks for a matter by
    itself; `words`: it needs a sentence."""

    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    from_: Annotated[date, DAY]
    problem: Annotated[bool, FLAG]
    proposes: Annotated[bool, FLAG]
    words: Annotated[bool, FLAG]
    tone: Annotated[str, one_of("green", "yellow", "red")]

    @property
    def label(self) -> str:
        return _(self.name)


@whole_form
@dataclass(frozen=True)
class InspectionWay:
    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]

    @property
    def label(self) -> str:
        return _(self.name)


@dataclass(frozen=True)
class CampaignRules:
    """What is in force on a day, in the order of the file; all by code."""

    kinds: Mapping[str, CampaignKind]
    results: Mapping[str, FindingResult]
    ways: Mapping[str, InspectionWay]
    most_objects: int
    most_of_day: int
    near_days: int

    @property
    def problems(self) -> tuple[str, ...]:
        """Codes of the results that count as a problem."""
        return tuple(code for code, result in self.results.items() if result.problem)


@whole_form
@dataclass(frozen=True)
class _CampaignFile:
    version: str
    effective_from: date
    source: str
    kinds: Annotated[tuple[CampaignKind, ...], SOME]
    results: Annotated[tuple[FindingResult, ...], SOME]
    ways: Annotated[tuple[InspectionWay, ...], SOME]
    most_objects: Annotated[int, whole(1, 5000)]
    most_of_day: Annotated[int, whole(1, 200)]
    near_days: Annotated[int, whole(0, 60)]


T = TypeVar("T", CampaignKind, FindingResult)


def campaign_rules(on: date, home: Path | None = None) -> CampaignRules:
    """RuleError where nothing is in force on the day, or what asks for a matter needs no words."""
    data, _provenance = load_yaml("campaigns", home)
    path = path_of("campaigns", home)
    found = read(_CampaignFile, data, path)
    for n, result in enumerate(found.results):
        if result.proposes and not result.words:
            raise RuleError(path, f"results[{n}].words", False, "true：提出督办事项的结果必须写明情况")
    kinds, results = _in_force(found.kinds, on), _in_force(found.results, on)
    if not kinds or not results:
        raise RuleError(path, "results" if kinds else "kinds", None, f"至少一条在{on}前有效")
    return CampaignRules(
        kinds, results, {way.code: way for way in found.ways}, found.most_objects, found.most_of_day,
        found.near_days,
    )  # fmt: skip


def _in_force(rows: Sequence[T], on: date) -> dict[str, T]:
    """The newest of each code that had begun by the day."""
    newest = {row.code: row for row in sorted(rows, key=lambda row: row.from_) if row.from_ <= on}
    order = dict.fromkeys(row.code for row in rows)
    return {code: newest[code] for code in order if code in newest}
