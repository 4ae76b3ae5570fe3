"""What lists changed of a project: which file and cell, each field before and after. The latest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.library.list_lines import LABELS, value_words
from wenpan.district.projects.models import KeyProject, Project

MOST = 30
_AMOUNTS = ("planned_total", "year_plan", "this_year", "bond", "bond_spent")  # kept as text
_SILENT = ("retracted", "reported")  # the program's own marks


@dataclass(frozen=True)
class Edit:
    """`created`: the list that named the project first. `fields`: label, before, after in words."""

    at: datetime
    filename: str
    submission: int
    place: str
    created: bool
    undone: bool
    fields: tuple[tuple[str, str, str], ...]


def edits(subject: Project | KeyProject) -> tuple[Edit, ...]:
    units = {unit.code: unit.short_name for unit in Unit.objects.all()}
    rows = subject.revisions.select_related("submission").order_by("-at", "-pk")[:MOST]
    return tuple(
        Edit(
            row.at,
            row.submission.filename,
            row.submission_id,
            f"{row.sheet}!{row.cell}",
            row.created,
            row.undone,
            () if row.created else tuple(_fields(row.before, row.after, units)),
        )
        for row in rows
    )


def _fields(
    before: dict[str, Any], after: dict[str, Any], units: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    for name, value in after.items():
        if name == "milestones":
            for month, text in value.items():
                yield f"{month}节点", (before.get(name) or {}).get(month) or "—", text
        elif name not in _SILENT:
            yield LABELS.get(name, name), _words(name, before.get(name), units), _words(name, value, units)


def _words(name: str, value: Any, units: dict[str, str]) -> str:
    if name in ("unit", "department"):
        return units.get(value or "", "—")
    if name in _AMOUNTS and value is not None:
        value = Decimal(value)
    return value_words(value) or "—"
