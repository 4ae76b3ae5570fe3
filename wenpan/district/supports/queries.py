"""核算支撑指标: what carries GDP, what a gap would add, and how an industry has moved with its indicator.

推算, outside every official layer: weights and pulls follow from the accounts as given back by the higher
office (`economy.judging.supports`), gaps from the district's own past pairs, refused where they are too few.
Nothing of it is kept. One query serves the page, the workbook and the papers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wenpan import rules as policy
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.queries import judgement_history
from wenpan.district.observations.models import Estimate, Observation, Region
from wenpan.district.supports.models import AccountsReport, AccountsRow, SupportDuty
from wenpan.economy.judging.sensitivity import Sensitivity, sensitivity
from wenpan.economy.judging.supports import IndustryFigure, Pull, Supports, SupportsError, supports
from wenpan.economy.time.periods import Quarter, parse_period
from wenpan.rules.figures.supports import SupportingIndustry, SupportRules, support_rules


@dataclass(frozen=True)
class SupportLine:
    """One industry. `gap`: points of the indicator to its target, negative where it is above it;
    `gap_pull`: points of GDP that closing it would add: low, middle, high; None: nothing to close, or
    refused (`sensitivity.refused`)."""

    industry: str
    name: str
    pull: Pull | None
    growth_before: float | None
    indicator: str
    indicator_name: str
    indicator_period: str
    judged: JudgementRow | None
    source: str
    duty: SupportDuty | None
    sensitivity: Sensitivity
    gap: float | None
    gap_pull: tuple[float, float, float] | None
    expected: float | None  # the unit's newest estimate
    expected_period: str

    @property
    def per_point(self) -> tuple[float, float, float] | None:
        """Points of GDP for one point more of the indicator."""
        return None if self.pull is None else self.sensitivity.of_whole(self.pull.weight)


@dataclass(frozen=True)
class SupportsPage:
    period: str
    periods: tuple[str, ...]
    report: AccountsReport | None
    found: Supports | None
    fault: str  # why nothing can be worked out
    lines: tuple[SupportLine, ...]
    left_out: tuple[str, ...]  # rows that are not in the list of industries
    gdp: float | None  # the published growth of the ledger
    least: int

    @property
    def apart(self) -> float | None:
        if self.found is None or self.gdp is None:
            return None
        return self.found.growth - self.gdp


def current(period: str) -> AccountsReport | None:
    rows = AccountsReport.objects.filter(period=period, undone_at__isnull=True)
    return rows.select_related("submission").order_by("-pk").first()


def periods() -> list[str]:
    rows = AccountsReport.objects.filter(undone_at__isnull=True)
    return list(rows.values_list("period", flat=True).distinct().order_by("-period")[:40])


def supports_page(asked: str = "") -> SupportsPage:
    known, rules = periods(), support_rules()
    period = asked if asked in known else (known[0] if known else "")
    report = current(period) if period else None
    home = Region.objects.filter(home=True).first()
    if report is None or home is None:
        return SupportsPage("", tuple(known), None, None, "", (), (), None, rules.least_pairs)
    rows = list(report.rows.all())
    found, fault = _worked_out(rows, rules)
    history = _history(known)
    duties = {
        duty.industry: duty
        for duty in SupportDuty.objects.filter(superseded_at__isnull=True).select_related("unit")
    }
    pulls = {pull.industry: pull for pull in found.pulls} if found else {}
    past = _indicator_growths(home, rules)
    lines = [
        _line(one, rules, period, home, pulls.get(one.code), history, past, duties.get(one.code))
        for one in rules.industries
    ]
    lines.sort(key=lambda line: -(line.gap_pull[1] if line.gap_pull else 0.0))
    gdp = Observation.objects.filter(
        region=home, indicator="gdp", period=period, measure="ytd_growth", basis="natural",
        superseded_at__isnull=True,
    ).first()  # fmt: skip
    return SupportsPage(
        period, tuple(known), report, found, fault, tuple(lines),
        tuple(row.name for row in rows if not row.industry and not row.whole),
        float(gdp.value) if gdp and gdp.value is not None else None, rules.least_pairs,
    )  # fmt: skip


def bare_lines() -> list[SupportLine]:
    """The list of industries and who answers for them, before any accounts have come."""
    rules = support_rules()
    duties = {
        duty.industry: duty
        for duty in SupportDuty.objects.filter(superseded_at__isnull=True).select_related("unit")
    }
    names = policy.catalogue()
    return [
        SupportLine(
            one.code, one.name, None, None, one.indicator,
            names[one.indicator].name if one.indicator else "", "", None, rules.sources[one.source],
            duties.get(one.code), Sensitivity(0), None, None, None, "",
        )
        for one in rules.industries
    ]  # fmt: skip


def _worked_out(rows: Sequence[AccountsRow], rules: SupportRules) -> tuple[Supports | None, str]:
    """Every industry of the list must be there: the weights of a part are no weights of the whole."""
    mine = {row.industry: row for row in rows if row.industry}
    missing = [
        one.name
        for one in rules.industries
        if (row := mine.get(one.code)) is None or row.value is None or row.growth is None
    ]
    if missing:
        return None, f"缺{'、'.join(missing)}的增加值或增速, 不能推算比重"
    figures = [
        IndustryFigure(code, float(row.value or 0), float(row.growth or 0)) for code, row in mine.items()
    ]
    try:
        return supports(figures), ""
    except SupportsError as error:
        return None, str(error)


def _history(known: Sequence[str]) -> dict[tuple[str, str], float]:
    """(industry, period) → growth as given back, of the report that holds."""
    reports: dict[str, int] = {}
    for pk, period in (
        AccountsReport.objects.filter(undone_at__isnull=True).order_by("pk").values_list("pk", "period")
    ):
        reports[period] = pk
    rows = AccountsRow.objects.filter(report__in=reports.values(), growth__isnull=False).exclude(industry="")
    return {
        (industry, period): float(growth or 0)
        for industry, period, growth in rows.values_list("industry", "report__period", "growth")
    }


def _indicator_growths(home: Region, rules: SupportRules) -> dict[tuple[str, str], float]:
    """(indicator, period) → published growth: cumulative, or of a balance."""
    codes = {one.indicator for one in rules.industries if one.indicator}
    rows = Observation.objects.filter(
        region=home, indicator__in=codes, basis="natural", measure__in=("ytd_growth", "balance_growth"),
        superseded_at__isnull=True, value__isnull=False,
    )  # fmt: skip
    return {
        (code, period): float(value)
        for code, period, value in rows.values_list("indicator", "period", "value")
        if value is not None
    }


def _at_quarter(code: str, period: str, past: Mapping[tuple[str, str], float]) -> tuple[str, float | None]:
    """The indicator's growth at the quarter's end; of one that comes a month late, of the month before."""
    quarter = parse_period(period)
    names = [period, *(str(quarter.end.plus(-late)) for late in range(2))]
    for name in names:
        if (code, name) in past:
            return name, past[code, name]
    return "", None


def _line(
    one: SupportingIndustry,
    rules: SupportRules,
    period: str,
    home: Region,
    pull: Pull | None,
    history: Mapping[tuple[str, str], float],
    past: Mapping[tuple[str, str], float],
    duty: SupportDuty | None,
) -> SupportLine:
    pairs = []
    for (industry, when), growth in history.items():
        if industry == one.code and one.indicator and parse_period(when).end <= parse_period(period).end:
            _name, given = _at_quarter(one.indicator, when, past)
            if given is not None:
                pairs.append((given, growth))
    moved = (
        sensitivity(pairs, rules.least_pairs) if one.indicator else Sensitivity(0, refused="没有对应的指标")
    )
    shown, _growth = _at_quarter(one.indicator, period, past) if one.indicator else ("", None)
    judged = _judged(home, one.indicator, shown) if shown else None
    gap = None
    if judged is not None and judged.target is not None and judged.gap_unit == "points":
        gap = -judged.gap if judged.gap is not None else None
    expected = _expected(one.indicator) if one.indicator else None
    gap_pull = None
    if gap is not None and gap > 0 and pull is not None and (per := moved.of_whole(pull.weight)):
        gap_pull = (per[0] * gap, per[1] * gap, per[2] * gap)
    item = policy.catalogue().get(one.indicator)
    return SupportLine(
        one.code, one.name, pull, history.get((one.code, _before(period))), one.indicator,
        item.name if item else "", shown, judged, rules.sources[one.source], duty, moved, gap, gap_pull,
        float(expected.value) if expected else None, expected.period if expected else "",
    )  # fmt: skip


def _before(period: str) -> str:
    found = parse_period(period)
    assert isinstance(found, Quarter)
    return f"{found.year}-Q{found.quarter - 1}" if found.quarter > 1 else ""


def _judged(home: Region, code: str, period: str) -> JudgementRow | None:
    rows, _fan = judgement_history.judgements(home, policy.catalogue()[code], parse_period(period).end, {})
    return rows[0] if rows else None


def _expected(code: str) -> Any:
    rows = Estimate.objects.filter(indicator=code, superseded_at__isnull=True, measure__endswith="growth")
    return rows.order_by("-period", "-made_at").first()
