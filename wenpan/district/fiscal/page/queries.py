"""The fiscal page: revenue by kind and collector, both rates, budgets, quarters, the year's end, the place.

Every figure is one of the ledger or of the finance bureau's table, with its origin; what is worked out from
them says so. One public function a section: the briefing asks the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from wenpan import rules as policy
from wenpan.district.fiscal.basis.queries import SideBySide, side_by_side
from wenpan.district.fiscal.budgets.queries import BudgetProgress, progress
from wenpan.district.fiscal.models import AdjustmentEntry, FiscalReport, RevenueRow
from wenpan.district.fiscal.reports import queries as reports
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.queries import judgement_history
from wenpan.district.indicators.rules import month_end
from wenpan.district.observations.models import Observation, Region
from wenpan.economy.fiscal.quarters import QuarterLine, RestOfYear, YearPoint, quarters, rest_of_year
from wenpan.economy.judging.ranks import rank_table
from wenpan.economy.time.periods import Month, parse_month

REVENUE, TAX = "revenue", "tax"
Kind = FiscalReport.Kind


@dataclass(frozen=True)
class RefundPlace:
    """Who was refunded most, among the districts whose refunds are known. `rank` None: withheld, since not
    enough are known."""

    amount: float
    rank: int | None
    known: int
    family: int

    @property
    def most(self) -> bool:
        """全市最多: said only where every district's refunds are known."""
        return self.rank == 1 and self.known == self.family


@dataclass(frozen=True)
class FiscalYearEnd:
    """The stored forecast at 10, 50 and 90 percent, and what each leaves for the rest of the year."""

    judged: JudgementRow
    quantiles: tuple[RestOfYear, ...]
    so_far: YearPoint


@dataclass(frozen=True)
class FiscalPage:
    month: Month | None
    months: tuple[str, ...]
    report: FiscalReport | None
    rows: tuple[RevenueRow, ...]
    rates: tuple[SideBySide, ...]
    budgets: tuple[BudgetProgress, ...]
    done: Decimal | None  # 万元
    quarters: tuple[QuarterLine, ...]
    year_end: FiscalYearEnd | None
    place: JudgementRow | None
    refunds: RefundPlace | None


def home() -> Region | None:
    return Region.objects.select_related("parent").filter(home=True).first()


def months() -> list[str]:
    """Months that have a statement or a published revenue figure, newest first."""
    published = Observation.objects.filter(
        region__home=True, indicator=REVENUE, measure="ytd_growth", superseded_at__isnull=True
    ).exclude(period__contains="Q")
    found = {*reports.keys(Kind.REVENUE), *published.values_list("period", flat=True)}
    return sorted(found, reverse=True)[:36]


def fiscal_page(asked: Month | None = None) -> FiscalPage:
    known = months()
    month = asked if asked is not None and str(asked) in known else (parse_month(known[0]) if known else None)
    place = home()
    if month is None or place is None:
        return FiscalPage(None, tuple(known), None, (), (), (), None, (), None, None, None)
    report = reports.current(Kind.REVENUE, str(month))
    rows = tuple(report.revenuerows.order_by("number")) if report else ()
    points = year_points(place, REVENUE, month)
    done = revenue_so_far(rows, points.get(month.month))
    judged = judgement(place, REVENUE, month)
    return FiscalPage(
        month, tuple(known), report, rows, both_rates(place, month),
        tuple(progress(month.year, month.month, done)), done, tuple(quarters(points)),
        year_end(place, REVENUE, month, judged, points), judged, refund_place(place, month),
    )  # fmt: skip


def both_rates(place: Region, month: Month) -> tuple[SideBySide, ...]:
    """Revenue and tax, natural and adjusted, those that have any growth."""
    found = side_by_side([(place.pk, REVENUE, str(month)), (place.pk, TAX, str(month))])
    return tuple(one for one in found.values() if one.natural or one.adjusted)


def revenue_so_far(rows: Sequence[RevenueRow], point: YearPoint | None) -> Decimal | None:
    """万元: the statement's own row, else the published figure; None: neither."""
    printed = next((row.ytd for row in rows if row.code == REVENUE and row.ytd is not None), None)
    if printed is not None:
        return printed
    return None if point is None else Decimal(str(round(point.amount * 10_000, 4)))


def year_points(place: Region, code: str, month: Month) -> dict[int, YearPoint]:
    """Published natural amounts (亿元) and growths of the year up to a month, by month."""
    rows = Observation.objects.filter(
        region=place, indicator=code, basis="natural", measure__in=("ytd", "ytd_growth"),
        period__startswith=f"{month.year}-", superseded_at__isnull=True, value__isnull=False,
    ).exclude(period__contains="Q")  # fmt: skip
    held = {(row.period, row.measure): row.value for row in rows}
    found = {}
    for number in range(1, month.month + 1):
        amount = held.get((f"{month.year}-{number:02d}", "ytd"))
        growth = held.get((f"{month.year}-{number:02d}", "ytd_growth"))
        if amount is not None and growth is not None and growth > -100:
            found[number] = YearPoint(number, float(amount), float(growth))
    return found


def judgement(place: Region, code: str, month: Month) -> JudgementRow | None:
    """As it stands on the board."""
    rows, _fan = judgement_history.judgements(place, policy.catalogue()[code], month, {})
    return rows[0] if rows else None


def year_end(
    place: Region, code: str, month: Month, judged: JudgementRow | None, points: dict[int, YearPoint]
) -> FiscalYearEnd | None:
    """None without a forecast, a published amount of the month or last year's whole."""
    so_far = points.get(month.month)
    whole = Observation.objects.filter(
        region=place, indicator=code, basis="natural", measure="ytd", period=f"{month.year - 1}-12",
        superseded_at__isnull=True,
    ).first()  # fmt: skip
    if judged is None or so_far is None or whole is None or whole.value is None:
        return None
    if judged.measure != "ytd_growth" or judged.p10 is None or judged.p50 is None or judged.p90 is None:
        return None
    found = rest_of_year(so_far, float(whole.value), [judged.p10, judged.p50, judged.p90])
    return FiscalYearEnd(judged, tuple(found), so_far)


def refund_place(place: Region, month: Month) -> RefundPlace | None:
    """By approved lines of the ledger of bases; None where ours is not known."""
    family = Region.objects.filter(parent=place.parent_id) if place.parent_id else Region.objects.none()
    lines = AdjustmentEntry.objects.filter(
        indicator=REVENUE, kind="refund", state="approved", region__in=family, period__lte=str(month)
    ).exclude(period__contains="Q")
    by_period: dict[str, dict[str, float]] = {}
    for period, code, amount in lines.values_list("period", "region__code", "this_year"):
        of = by_period.setdefault(period, {})
        of[code] = of.get(code, 0.0) + float(amount)
    amounts = by_period.get(str(month), {})
    if place.code not in amounts:
        return None
    size = family.count()
    rule = policy.rank_rule(month_end(month))
    told = [(parse_month(period).index, list(of)) for period, of in sorted(by_period.items())]
    enough = rule.enough(told, size)[-1] and len(amounts) >= max(2, rule.of_family * size)
    rank = rank_table(amounts, "up").get(place.code) if enough else None
    return RefundPlace(amounts[place.code], rank, len(amounts), size)


def by_month(year: int) -> tuple[list[str], list[tuple[RevenueRow, list[Decimal | None]]]]:
    """(months, rows of the newest statement with each month's own amount); a month without a statement or a
    number is None."""
    found = [r for r in reports.newest_of_each(Kind.REVENUE, f"{year}-12") if r.key.startswith(f"{year}-")]
    cells: dict[tuple[str, str, str], Decimal | None] = {}
    newest: list[RevenueRow] = []
    for report in found:
        newest = list(report.revenuerows.order_by("number"))
        for row in newest:
            cells[report.key, row.plain, row.side] = row.month
    keys = [report.key for report in found]
    return keys, [(row, [cells.get((key, row.plain, row.side)) for key in keys]) for row in newest]
