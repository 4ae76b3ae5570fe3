"""The pool at one month: standings that filter, sort and page in the database, and what they sum to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.models import Kind, Outlook, Project, Standing
from wenpan.district.projects.pool import owners, table
from wenpan.district.ui import lights as light_labels
from wenpan.economy.time.periods import Month, parse_month

SIZES = {"500": (500, 5000), "5000": (5000, 10_000), "10000": (10_000, 100_000), "100000": (100_000, None)}


@dataclass(frozen=True)
class PoolFilters:
    """As in the address; "" is no filter. `others`: a month; owners that are not its largest."""

    month: str = ""
    flag: str = ""
    band: str = ""
    unit: str = ""
    department: str = ""
    state: str = ""
    kind: str = ""
    size: str = ""
    light: str = ""
    owner: str = ""
    others: str = ""

    @classmethod
    def of(cls, query: QueryDict | Mapping[str, str]) -> PoolFilters:
        return cls(**{f.name: str(query.get(f.name, "")).strip()[:120] for f in fields(cls)})

    @property
    def any(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self) if f.name != "month")


def months() -> list[str]:
    """Months with standings, newest first."""
    return list(Outlook.objects.order_by("-month").values_list("month", flat=True))


def shown_month(wanted: str = "") -> Month | None:
    """The wanted month if it is kept, else the newest; None for an empty room."""
    known = months()
    found = wanted if wanted in known else (known[0] if known else None)
    return parse_month(found) if found else None


def standings(month: Month, filters: PoolFilters, scope: Scope = ALL) -> QuerySet[Standing]:
    rows = Standing.objects.filter(scope.projects("project__"), month=str(month), project__retracted=False)
    rows = rows.filter(_where(filters, scope))
    return rows.select_related("project", "project__unit", "project__department").order_by("project__pinyin")


def _where(f: PoolFilters, scope: Scope) -> Q:
    found = table.listed(f.flag) if f.flag else Q()
    plain = {
        "project__band": f.band,
        "project__unit__code": f.unit,
        "project__department__code": f.department,
        "state": f.state,
        "project__kind": f.kind,
        "light": f.light,
        "project__owner": f.owner,
    }
    found &= Q(**{key: value for key, value in plain.items() if value and value != "none"})
    for key, value in (("project__unit", f.unit), ("project__department", f.department)):
        if value == "none":
            found &= Q(**{f"{key}__isnull": True})
    if f.owner == "none":
        found &= Q(project__owner="")
    if f.others in months():
        found &= owners.others(parse_month(f.others), scope)
    if f.size in SIZES:
        low, high = SIZES[f.size]
        found &= Q(project__planned_total__gte=low) & (Q(project__planned_total__lt=high) if high else Q())
    return found


def searched(rows: QuerySet[Standing], words: str) -> QuerySet[Standing]:
    """Those whose name, code, owner or pinyin holds the words; all for ""."""
    fields_ = ("project__name", "project__code", "project__owner", "project__pinyin")
    wanted = Q()
    for name in fields_ if words else ():
        wanted |= Q(**{f"{name}__icontains": words})
    return rows.filter(wanted)


def same_period(month: Month) -> Month | None:
    """The same month of last year where it is kept."""
    before = month.plus(-12)
    return before if Outlook.objects.filter(month=str(before)).exists() else None


@dataclass(frozen=True)
class Totals:
    """`count`: of the list as filtered. The rest is of those in the library: what is out of it or not yet in
    has no remainder that counts; `expected` as the bridge adds it up."""

    count: int
    library: int
    planned_total: float | None
    remaining: float | None
    this_year: float | None
    expected: float | None


def totals(rows: QuerySet[Standing]) -> Totals:
    """Sums of the filtered projects, 万元."""
    held = Q(in_library=True)
    sums = rows.order_by().aggregate(
        count=Count("pk"),
        library=Count("pk", filter=held),
        planned=Sum("project__planned_total", filter=held),
        remaining=Sum("remaining", filter=held),
        this_year=Sum("this_year", filter=held),
        expected=Sum("expected"),
    )
    planned = sums["planned"]
    return Totals(
        sums["count"],
        sums["library"],
        None if planned is None else float(planned),
        sums["remaining"],
        sums["this_year"],
        sums["expected"],
    )


def choices() -> dict[str, list[tuple[str, Any]]]:
    units = list(Unit.objects.order_by("order"))
    return {
        "flag": [(line.code, line.label) for line in table.lines()],
        "band": list(Project.Band.choices),
        "unit": [(u.code, u.short_name) for u in units if u.kind in ("town", "park")],
        "department": [(u.code, u.short_name) for u in units if u.kind == "department"],
        "state": list(Project.State.choices),
        "kind": list(Kind.choices),
        "size": [
            ("500", _("5000万元以下")),
            ("5000", _("5000万—1亿元")),
            ("10000", _("1—10亿元")),
            ("100000", _("10亿元以上")),
        ],
        "light": list(lights().items()),
    }


def lights() -> dict[str, str]:
    return {name: light_labels.label(name) for name in light_labels.LABELS}
