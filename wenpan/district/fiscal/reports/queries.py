"""Which report of a kind holds: the newest that was not taken back, for a month, a year or a day."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from wenpan.district.fiscal.models import BondRow, FiscalReport, FundRow, RevenueRow, TreasuryRow

Kind = FiscalReport.Kind
ROWS: dict[str, type[Any]] = {
    Kind.REVENUE: RevenueRow, Kind.BUDGET: RevenueRow, Kind.DUE: TreasuryRow, Kind.CASH: TreasuryRow,
    Kind.BONDS: BondRow, Kind.FUNDS: FundRow,
}  # fmt: skip


def standing(kind: str) -> QuerySet[FiscalReport]:
    """Those that were not taken back, newest key first, the newest file of a key first."""
    rows = FiscalReport.objects.filter(kind=kind, undone_at__isnull=True)
    return rows.select_related("submission").order_by("-key", "-pk")


def current(kind: str, key: str = "") -> FiscalReport | None:
    """The report of a key, or of the newest key."""
    rows = standing(kind)
    return (rows.filter(key=key) if key else rows).first()


def keys(kind: str, most: int = 36) -> list[str]:
    return list(standing(kind).values_list("key", flat=True).distinct().order_by("-key")[:most])


def newest_of_each(kind: str, until: str = "9999", most: int = 60) -> list[FiscalReport]:
    """The report that holds of every key, oldest first, up to a key."""
    found: dict[str, FiscalReport] = {}
    for report in standing(kind).filter(key__lte=until)[: most * 4]:
        found.setdefault(report.key, report)
    return sorted(found.values(), key=lambda report: report.key)[-most:]
