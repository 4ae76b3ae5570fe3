"""One return as it would be kept, beside the version that holds now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from wenpan.district.projects.models import Project
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.quality.finding import CheckFinding

WORDS = ("build_status", "progress", "evidence")


RETURNS = "project_returns"  # the kind of workbook


@dataclass(frozen=True, slots=True)
class CurrentReturn:
    """The version of a return that holds now."""

    pk: int
    version: int
    values: tuple[Any, ...]  # cumulative, this_year, build_status, progress, evidence


class ReturnLine(NamedTuple):
    """One return: a project's month. `values` as in `Held`. A tuple: half a million are made at once."""

    project: int
    period: str
    values: tuple[Any, ...]
    sheet: str
    cell: str
    current: CurrentReturn | None

    @property
    def kind(self) -> str:
        if self.current is None:
            return "new"
        return "unchanged" if self.current.values == self.values else "revised"


@dataclass(frozen=True)
class ReturnChanges:
    lines: list[ReturnLine]
    rows: list[tuple[Record, Project, list[ReturnLine]]]
    findings: list[CheckFinding]
