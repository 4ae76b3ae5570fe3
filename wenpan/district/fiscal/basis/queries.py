"""Natural and adjusted growth side by side, the method that fits, and the ledger behind it. Reads only.

A row of the comparison is one published rate on another basis than the natural one; its method is worked out
from the published texts and the approved lines each time it is read, never kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from wenpan.district.fiscal.basis.amounts import as_printed, of_digits
from wenpan.district.fiscal.models import AdjustmentEntry, MethodAnswer
from wenpan.district.observations.models import Observation, Region
from wenpan.economy.fiscal.basis_ledger import LedgerLine, PublishedRates, bridge_of, fit_of
from wenpan.economy.fiscal.comparable_basis import BasisFit, BasisMethod, BridgeStep
from wenpan.economy.fiscal.printed import PrintedNumber
from wenpan.economy.time.periods import parse_period
from wenpan.rules import catalogue

Key = tuple[int, str, str]  # region, indicator, period
ADJUSTED = ("refund_adjusted", "comparable")
APPROVED = AdjustmentEntry.State.APPROVED


@dataclass(frozen=True)
class ShownRate:
    """A figure of the ledger as it stands there."""

    id: int
    basis: str
    value: float


@dataclass(frozen=True)
class SideBySide:
    """One indicator of one region at one period on both bases. `by`: how the method is known: fit, answer or
    "" (asked)."""

    region: Region
    indicator: str
    name: str
    unit: str
    period: str
    level: ShownRate | None
    natural: ShownRate | None
    adjusted: ShownRate | None
    fit: BasisFit | None
    method: BasisMethod
    by: str
    answer: MethodAnswer | None
    lines: tuple[AdjustmentEntry, ...]  # all, in any state
    steps: tuple[BridgeStep, ...]

    @property
    def apart(self) -> float | None:
        """Points between the adjusted and the natural rate."""
        if self.natural is None or self.adjusted is None:
            return None
        return self.adjusted.value - self.natural.value

    @property
    def question(self) -> str:
        """What is to be asked; "" where nothing is."""
        return "" if self.by or self.fit is None else self.fit.question

    @property
    def answer_contradicted(self) -> bool:
        """The answer names a method that does not give the published rate."""
        return self.answer is not None and self.fit is not None and self.method not in self.fit.fitting

    @property
    def follows(self) -> float | None:
        """The adjusted growth that follows from the ledger; it never takes the published one's place."""
        return self.steps[-1].growth if self.steps else None


def rates(region: str = "") -> QuerySet[Observation]:
    """Published growths on another basis, newest first; of our district unless another is named."""
    rows = Observation.objects.filter(
        measure="ytd_growth", basis__in=ADJUSTED, superseded_at__isnull=True, value__isnull=False
    ).select_related("region")
    rows = rows.filter(region__code=region) if region else rows.filter(region__home=True)
    return rows.order_by("-period", "indicator", "pk")


def ledger(state: str = "", indicator: str = "") -> QuerySet[AdjustmentEntry]:
    rows = AdjustmentEntry.objects.select_related("region", "proposed_by", "decided_by", "withdrawn_by")
    if state in AdjustmentEntry.State.values:
        rows = rows.filter(state=state)
    if indicator:
        rows = rows.filter(indicator=indicator)
    return rows.order_by("-pk")


def side_by_side(keys: Iterable[Key]) -> dict[Key, SideBySide]:
    """Four queries, however many keys. Keys of indicators that are not in the catalogue are left out."""
    known = catalogue()
    wanted = [key for key in dict.fromkeys(keys) if key[1] in known]
    if not wanted:
        return {}
    among = {
        "region_id__in": {key[0] for key in wanted},
        "indicator__in": {key[1] for key in wanted},
        "period__in": {key[2] for key in wanted},
    }
    figures: dict[Key, dict[tuple[str, str], Observation]] = defaultdict(dict)
    rows = Observation.objects.filter(
        **among, measure__in=("ytd", "ytd_growth"), superseded_at__isnull=True, value__isnull=False
    )
    for row in rows:
        figures[row.region_id, row.indicator, row.period][row.measure, row.basis] = row
    lines: dict[Key, list[AdjustmentEntry]] = defaultdict(list)
    for entry in ledger().filter(**among).order_by("pk"):
        lines[entry.region_id, entry.indicator, entry.period].append(entry)
    answers = {
        (answer.region_id, answer.indicator, answer.period): answer
        for answer in MethodAnswer.objects.filter(**among, superseded_at__isnull=True).select_related(
            "answered_by"
        )
    }
    regions = {region.pk: region for region in Region.objects.filter(pk__in={key[0] for key in wanted})}
    return {
        key: _one(regions[key[0]], key, figures[key], lines[key], answers.get(key))
        for key in wanted
        if key[0] in regions
    }


def _one(
    region: Region,
    key: Key,
    figures: dict[tuple[str, str], Observation],
    lines: Sequence[AdjustmentEntry],
    answer: MethodAnswer | None,
) -> SideBySide:
    item = catalogue()[key[1]]
    level, natural = figures.get(("ytd", "natural")), figures.get(("ytd_growth", "natural"))
    adjusted = next((row for b in ADJUSTED if (row := figures.get(("ytd_growth", b)))), None)
    printed = PublishedRates(_printed(level), _printed(natural), _printed(adjusted))
    approved = [_line(entry) for entry in lines if entry.state == APPROVED]
    found = fit_of(printed, approved)
    method, by = BasisMethod.UNKNOWN, ""
    if answer is not None:
        method, by = BasisMethod(answer.method), "answer"
    elif found is not None and found.method is not BasisMethod.UNKNOWN:
        method, by = found.method, "fit"
    steps = bridge_of(printed, _with_implied(approved, found, method), method)
    if steps is None and not any(line.kind == "refund" for line in approved):
        steps = bridge_of(
            printed, approved, BasisMethod.TWO_SIDED
        )  # without refunds the method is no question
    return SideBySide(
        region, key[1], item.name, item.unit, key[2], _rate(level), _rate(natural), _rate(adjusted),
        found, method, by, answer, tuple(lines), tuple(steps or ()),
    )  # fmt: skip


def _with_implied(
    lines: Sequence[LedgerLine], found: BasisFit | None, method: BasisMethod
) -> Sequence[LedgerLine]:
    """Where last year's refunds were not published and A fits only with what it implies, that is drawn."""
    unknown = [line for line in lines if line.kind == "refund" and line.last_year is None]
    if (
        method is not BasisMethod.TWO_SIDED
        or found is None
        or found.implied_last is None
        or len(unknown) != 1
    ):
        return lines
    low, high = found.implied_last.low, found.implied_last.high
    implied = PrintedNumber((low + high) / 2, (high - low) / 2)
    return [replace(line, last_year=implied) if line is unknown[0] else line for line in lines]


def _line(entry: AdjustmentEntry) -> LedgerLine:
    last = None if entry.last_year is None else of_digits(entry.last_year, entry.last_digits)
    on = timezone.localdate(entry.decided_at) if entry.decided_at else date.max
    return LedgerLine(
        entry.kind, entry.label, of_digits(entry.this_year, entry.this_digits), last, entry.paper,
        str(entry.decided_by), on,
    )  # fmt: skip


def _printed(row: Observation | None) -> PrintedNumber | None:
    return None if row is None or row.value is None else as_printed(row.value, row.value_text)


def _rate(row: Observation | None) -> ShownRate | None:
    return None if row is None or row.value is None else ShownRate(row.pk, row.basis, float(row.value))


def one(region: Region, indicator: str, period: str) -> SideBySide | None:
    """None for an indicator or a period that is none."""
    try:
        parse_period(period)
    except ValueError:
        return None
    return side_by_side([(region.pk, indicator, period)]).get((region.pk, indicator, period))


def newest(indicator: str) -> SideBySide | None:
    """Of our district the newest period that has a published rate on another basis, or an approved line."""
    home = Region.objects.filter(home=True).first()
    if home is None:
        return None
    published = rates().filter(indicator=indicator).values_list("period", flat=True)
    adjusted = AdjustmentEntry.objects.filter(region=home, indicator=indicator, state=APPROVED)
    found = [*published[:40], *adjusted.values_list("period", flat=True).order_by("-period")[:40]]
    if not found:
        return None
    return one(home, indicator, max(found, key=lambda period: parse_period(period).end.index))
