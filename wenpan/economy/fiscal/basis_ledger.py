"""The ledger of the comparable basis put to use: which method fits, and the bridge to the adjusted growth.

Pure. Amounts in one unit, growth in percent. A refund is a fact of two years (r, r₀); what it adds to either
year follows from the method: A adds r and r₀, A1 adds r alone, B takes r off last year. A change of scope or
a revision of the base adds what its paper says, whatever the method. Nothing here replaces a published rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.economy.fiscal.comparable_basis import (
    BasisAdjustment,
    BasisFit,
    BasisMethod,
    BridgeStep,
    bridge,
    fit,
)
from wenpan.economy.fiscal.printed import Interval, PrintedNumber, base

REFUND, SCOPE, REVISION = "refund", "scope", "revision"


@dataclass(frozen=True)
class LedgerLine:
    """An approved line. `last_year` None: not published, which is not nothing."""

    kind: str
    label: str
    this_year: PrintedNumber
    last_year: PrintedNumber | None
    paper: str
    approver: str
    on: date


@dataclass(frozen=True)
class PublishedRates:
    """`level`: this year's natural amount. `adjusted`: the published growth on the other basis."""

    level: PrintedNumber | None
    natural: PrintedNumber | None
    adjusted: PrintedNumber | None

    @property
    def last(self) -> Interval | None:
        if self.level is None or self.natural is None:
            return None
        return base(self.level.interval, self.natural.interval)


def fit_of(rates: PublishedRates, lines: Sequence[LedgerLine]) -> BasisFit | None:
    """The three methods against the published adjusted rate; None where an amount, a rate or the refunds are
    missing. Changes of scope and revisions count under every method alike."""
    last, refunds = rates.last, [line for line in lines if line.kind == REFUND]
    if rates.level is None or rates.adjusted is None or last is None or not refunds:
        return None
    now = rates.level
    for line in lines:
        if line.kind != REFUND:
            now = _sum([now, line.this_year])
            last = last + (line.last_year.interval if line.last_year else Interval(0.0, 0.0))
    before = [line.last_year for line in refunds]
    known = [one for one in before if one is not None]
    refunds_last = _sum(known) if len(known) == len(before) else None
    return fit(now, last, _sum([line.this_year for line in refunds]), rates.adjusted, refunds_last)


def entered(lines: Sequence[LedgerLine], method: BasisMethod) -> list[BasisAdjustment] | None:
    """What each line adds to either year under a method; None where that is not known: an unknown method, or
    last year's refunds where the method needs them."""
    made = []
    for line in lines:
        amounts = _amounts(line, method)
        if amounts is None:
            return None
        made.append(
            BasisAdjustment(line.kind, line.label, amounts[0], amounts[1], line.paper, line.approver, line.on)
        )
    return made


def _amounts(line: LedgerLine, method: BasisMethod) -> tuple[float, float] | None:
    last = None if line.last_year is None else line.last_year.value
    if line.kind != REFUND:
        return line.this_year.value, last or 0.0
    if method is BasisMethod.ONE_SIDED:
        return line.this_year.value, 0.0
    if method is BasisMethod.BASE_REDUCED:
        return 0.0, -line.this_year.value
    if method is BasisMethod.TWO_SIDED and last is not None:
        return line.this_year.value, last
    return None


def bridge_of(
    rates: PublishedRates, lines: Sequence[LedgerLine], method: BasisMethod
) -> list[BridgeStep] | None:
    """From the published natural growth to the adjusted one that follows from the ledger; None where it
    cannot be drawn."""
    last, adjustments = rates.last, entered(lines, method)
    if rates.level is None or rates.natural is None or last is None or not adjustments:
        return None
    start = rates.level.value / (1 + rates.natural.value / 100)  # the first step is the published rate itself
    try:
        return bridge(rates.level.value, start, adjustments)
    except ValueError:
        return None


def _sum(numbers: Sequence[PrintedNumber]) -> PrintedNumber:
    return PrintedNumber(sum(one.value for one in numbers), sum(one.half for one in numbers))
