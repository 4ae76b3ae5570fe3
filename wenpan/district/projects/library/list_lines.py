"""One line of a project list beside the project that its code names, and how its changes are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.handlers import Change
from wenpan.district.projects.models import KeyProject, Project, Undertaking
from wenpan.documents.tables.records.shape import Record

STATISTICS, KEY = "statistics_projects", "key_projects"
_SHARED = ("name", "owner", "kind", "unit", "department", "jointly", "planned_total", "planned_finish")
FIELDS = {
    STATISTICS: (*_SHARED, "band", "opened", "entered", "leading", "state"),
    KEY: (
        *_SHARED,
        "level",
        "year_plan",
        "this_year",
        "planned_start",
        "actual_start",
        "actual_finish",
        "stage",
        "bond",
        "bond_issued",
        "bond_spent",
    ),
}
LABELS = {
    name: str(f.verbose_name)
    for model in (Project, KeyProject)
    for f in model._meta.concrete_fields
    if (name := f.name)
}
_PART = re.compile(r"[(（].*?[)）]|[一二三四五六1-6]期|[A-Da-d甲乙丙]区|(?:子项目|标段).*$|[-—]\d+$|\s+")


@dataclass(frozen=True)
class ListLine:
    """One record beside the project that is known by its code. `values`, `milestones`: what would be set."""

    record: Record
    code: str
    name: str
    year: int | None
    current: Undertaking | None
    values: dict[str, Any]
    milestones: dict[str, tuple[str | None, str]] = field(default_factory=dict)  # month -> old, new

    @property
    def new(self) -> bool:
        return self.current is None or self.current.retracted

    def change(self, field_name: str, value: Any) -> Change:
        old = "" if self.current is None else value_words(getattr(self.current, field_name))
        cell = self.record.cell("department" if field_name == "jointly" else field_name)
        return Change(
            f"{self.name} · {LABELS[field_name]}",
            f"{self.record.sheet}!{cell}",
            old,
            value_words(value),
            "revised",
            row=self.name,
            column=LABELS[field_name],
        )

    def node(self, month: str, old: str | None, text: str) -> Change:
        return Change(
            f"{self.name} · {month}节点",
            f"{self.record.sheet}!{self.record.cell(month)}",
            old or "",
            text,
            "revised" if old else "new",
            row=self.name,
            column=f"{month}节点",
        )

    @property
    def changes(self) -> list[Change]:
        nodes = [self.node(month, old, text) for month, (old, text) in self.milestones.items()]
        if not self.new and (self.values or nodes):
            return [*(self.change(name, value) for name, value in self.values.items()), *nodes]
        total = self.values.get("planned_total", self.current.planned_total if self.current else None)
        words = " · ".join(
            value_words(self.values[k]) for k in ("unit", "state", "stage", "level") if k in self.values
        )
        return [
            Change(
                f"{self.code} {self.name}",
                f"{self.record.sheet}!{self.record.cell('planned_total')}",
                "",
                f"{value_words(total)}万元 {words}".strip(),
                "new" if self.new else "unchanged",
                row=self.name,
                column=LABELS["planned_total"],
            )
        ]


def value_words(value: Any) -> str:
    """A value for people: units by name, amounts without trailing zeros, blank as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Unit):
        return value.short_name
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return _NAMES.get(str(value), str(value))


_NAMES: dict[str, str] = {
    str(code): str(label)
    for choices in (Project.Band, Project.State, KeyProject.Level, KeyProject.Stage)
    for code, label in choices.choices
}


def base_name(name: str) -> str:
    """The name without its phase, part and brackets: 安禾智造园二期(A区) → 安禾智造园。"""
    return _PART.sub("", name) or name
