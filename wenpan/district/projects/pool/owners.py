"""The speech's table by owner (建设单位): the largest by planned total, and the rest as one sum.

Unlike the other groups these are counted when the page is drawn, with the very condition of each
number's list: there are thousands of owners, and which are the largest changes from month to month.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet, Sum

from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.models import Standing
from wenpan.district.projects.pool import table
from wenpan.economy.time.periods import Month

TOP = 8
REST = "*"  # an owner's name is never a star

Counts = dict[str, dict[str, list[float]]]  # owner -> line -> [count]


def _kept(month: Month, scope: Scope) -> QuerySet[Standing]:
    rows = Standing.objects.filter(scope.projects("project__"), month=str(month), project__retracted=False)
    return rows.order_by()


def largest(month: Month, scope: Scope = ALL) -> tuple[str, ...]:
    """Owners by the planned total of what they have in the library, largest first, at most TOP."""
    held = _kept(month, scope).filter(in_library=True).exclude(project__owner="")
    rows = held.values("project__owner").annotate(total=Sum("project__planned_total"))
    return tuple(r["project__owner"] for r in rows.order_by("-total", "project__owner")[:TOP])


def others(month: Month, scope: Scope = ALL) -> Q:
    """Whoever is not among the largest of `month`; projects without an owner are not among the others."""
    return ~Q(project__owner__in=[*largest(month, scope), ""])


def counts(month: Month, top: Sequence[str], scope: Scope = ALL) -> Counts:
    """Of the owners `top`, of the rest (REST) and of projects without an owner (""), where there are any."""
    lines = table.lines()
    # "n_": some lines are named as a column is, and a name may not hide the column of another condition
    wanted = {f"n_{line.code}": Count("pk", filter=line.listed) for line in lines}
    found: Counts = {}
    rows = _kept(month, scope).values_list("project__owner").annotate(**wanted)
    for name, *numbers in rows:
        held = found.setdefault(name if name in top or not name else REST, {})
        for line, number in zip(lines, numbers, strict=True):
            held.setdefault(line.code, [0.0])[0] += number
    return found
