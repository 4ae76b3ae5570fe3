"""Lines of the analysis table whose amounts would tell of a single project: counts are printed, amounts are
not.

The lines overlap and contain each other, and the table stands in a speech and in an exported workbook; so a
line is hidden, too, where what another line prints would let its small remainder be worked out.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

import numpy as np
from django.db.models import BooleanField, ExpressionWrapper

from wenpan.district.projects.base.scope import Scope
from wenpan.district.projects.models import Standing
from wenpan.district.projects.pool import table
from wenpan.economy.quality.disclosure.suppression import suppress
from wenpan.economy.time.periods import Month
from wenpan.rules.disclosure import disclosure_rule

_AMOUNTS = ("project__planned_total", "remaining", "this_year")


def hidden_lines(month: Month, scope: Scope) -> frozenset[str]:
    """Codes of the lines whose amounts of that month are not printed."""
    lines = table.lines()
    flags: dict[str, Any] = {
        f"on_{line.code}": ExpressionWrapper(line.listed, output_field=BooleanField()) for line in lines
    }
    rows = Standing.objects.filter(
        scope.projects("project__"), month=str(month), project__retracted=False, in_library=True
    )
    held = list(rows.order_by().annotate(**flags).values_list(*flags, *_AMOUNTS))
    members = np.array([row[: len(lines)] for row in held], dtype=bool).reshape(len(held), len(lines))
    amounts = np.array([[abs(float(value or 0)) for value in row[len(lines) :]] for row in held], dtype=float)
    found = suppress(
        members,
        amounts.reshape(len(held), len(_AMOUNTS)),
        disclosure_rule(date(month.year, month.month, monthrange(month.year, month.month)[1])),
    )
    return frozenset(lines[number].code for number in found.cells)
