"""Progress against the budget of the year's beginning and each adjustment. Amounts in 万元. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from wenpan.district.fiscal.models import BudgetVersion


@dataclass(frozen=True)
class BudgetProgress:
    """`percent`: of this version; `ahead`: points before (+) or behind months/12; `cut`: percent by which the
    version before was changed."""

    version: BudgetVersion
    name: str
    percent: float | None
    ahead: float | None
    cut: float | None


def name_of(number: int) -> str:
    return _("年初预算") if number == 0 else _("第%s次调整") % number


def versions(year: int) -> list[BudgetVersion]:
    """Those that stand, in their order."""
    return list(BudgetVersion.objects.filter(year=year, withdrawn_at__isnull=True).order_by("number"))


def progress(year: int, month: int, done: Decimal | None) -> list[BudgetProgress]:
    """`done`: revenue of the year up to a month; None: not reported, and so is every share."""
    found: list[BudgetProgress] = []
    before: BudgetVersion | None = None
    for version in versions(year):
        percent = None if done is None else float(100 * done / version.revenue)
        ahead = None if percent is None else percent - 100 * month / 12
        cut = None if before is None else float(100 * (version.revenue / before.revenue - 1))
        found.append(BudgetProgress(version, name_of(version.number), percent, ahead, cut))
        before = version
    return found
