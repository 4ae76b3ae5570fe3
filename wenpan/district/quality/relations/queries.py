"""Relations and the rules that were made of them; as YAML they serve `wenpan edits` and another place."""

from __future__ import annotations

from typing import Any

import yaml
from django.db.models import QuerySet

from wenpan.district.quality.models import PrintedRelation
from wenpan.district.quality.relations.rules import rule_of
from wenpan.economy.quality.edits.edit_rules import EditRule


def relations(state: str = "") -> QuerySet[PrintedRelation]:
    rows = PrintedRelation.objects.select_related("decided_by")
    return rows.filter(state=state) if state else rows


def confirmed_rules() -> tuple[EditRule, ...]:
    """With the days on which they hold."""
    rows = relations(PrintedRelation.State.CONFIRMED).order_by("pk")
    return tuple(rule_of(data_of(row)) for row in rows)


def data_of(row: PrintedRelation) -> dict[str, Any]:
    """A confirmed relation as an entry of a file of rules."""
    found: dict[str, Any] = {
        "code": row.code, "sentence": row.sentence, "expression": row.expression, "severity": row.severity,
        "source": f"{row.form}表内关系：{row.printed}", "passes": [row.passes], "fails": [row.fails],
    }  # fmt: skip
    if row.from_day:
        found["effective_from"] = row.from_day
    if row.to_day:
        found["effective_to"] = row.to_day
    return found


def as_yaml(form: str = "") -> str:
    rows = relations(PrintedRelation.State.CONFIRMED)
    rows = rows.filter(form=form) if form else rows
    rules = [data_of(row) for row in rows]
    head = {"version": "1", "effective_from": min((r["effective_from"] for r in rules), default=None),
            "source": f"{form or '各表'}表内关系", "rules": rules}  # fmt: skip
    return str(yaml.safe_dump(head, allow_unicode=True, sort_keys=False))
