"""The ledger that a paper is compared with, and what may be said of it. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from wenpan.documents.proof.paper_figures import PaperFigure
from wenpan.economy.time.periods import parse_period

Key = tuple[str, str, str, str, str]  # region, indicator, period, measure, basis


# 同口径 is said of either way of counting refunds; an amount has one basis alone.
_BESIDE = {"natural": ("comparable",), "comparable": ("refund_adjusted",), "refund_adjusted": ()}


@dataclass(frozen=True)
class ProofLedger:
    """`values` by region, indicator, period, measure and basis; `units` of an indicator's level.

    `origin`: where the values come from, said with every right one; `whole`: the region of which the
    others are districts.
    """

    values: Mapping[Key, Decimal]
    units: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    falling: frozenset[str] = frozenset()  # indicators of which less is better
    origin: str = "台账"
    whole: str = ""
    of_last: float = 1.0  # share of those that published last time that must have, before a place is said
    wholes: Mapping[str, str] = field(default_factory=dict)  # the indicator of which another is a part

    @cached_property
    def districts(self) -> frozenset[str]:
        return frozenset(key[0] for key in self.values) - {self.whole}

    @cached_property
    def periods(self) -> dict[str, set[str]]:
        """By indicator, every period that has a value."""
        out = defaultdict[str, set[str]](set)
        for key in self.values:
            out[key[1]].add(key[2])
        return out

    def find(
        self, f: PaperFigure, *, region: str = "", period: str = "", growth: bool = True
    ) -> Decimal | None:
        if sign := re.search(
            "[-/]", f.indicator
        ):  # what is left of a whole: 非税收入; a quotient: 城乡收入比
            a, b = (
                self.find(replace(f, indicator=code), region=region, period=period, growth=False)
                for code in f.indicator.split(sign[0])
            )
            if growth or a is None or b is None or not b:
                return None
            return a - b if sign[0] == "-" else a / b
        measures = ("month_growth",) if f.monthly else ("ytd_growth", "balance_growth")
        if not growth:
            measures = ("month",) if f.monthly else ("ytd", "balance")
        for measure in measures:
            for basis in (
                dict.fromkeys((f.basis, *_BESIDE[f.basis])) if growth else (f.basis, "natural", "comparable")
            ):
                key = (region or f.region, f.indicator, period or f.period, measure, basis)
                if key in self.values:
                    return self.values[key]
        return None


@dataclass(frozen=True)
class LedgerAnswer:
    """`state`: right | wrong | unknown."""

    state: str
    reason: str
    right: str = ""


def month_before(period: str) -> str:
    """The cumulative period one month shorter, "" where the year has none (1—2月 is the first)."""
    return f"{period[:4]}-{int(period[5:]) - 1:02d}" if int(period[5:]) > 2 else ""


def missing(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    return LedgerAnswer("unknown", f"台账没有{told_of(f, ledger)}")


def told_of(f: PaperFigure, ledger: ProofLedger) -> str:
    region = ledger.names.get(f.region, f.region)
    measure = "" if f.kind in ("level", "share") else "增速"
    return f"{region}{spelt(f.period, monthly=f.monthly)}{f.subject}{measure}"


def spelt(period: str, *, monthly: bool = False) -> str:
    """2022年1—9月, or of the month alone 2022年9月; 2022年前三季度."""
    known = parse_period(period)
    return known.label if monthly else f"{known.year}年{known.ytd_label}"


def by_length(ledger: ProofLedger) -> list[tuple[str, str]]:
    names = {name: code for code, name in ledger.names.items()} | {"全市": ledger.whole}
    return sorted(((n, c) for n, c in names.items() if c), key=lambda one: -len(one[0]))
