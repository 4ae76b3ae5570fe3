"""The ladder of amounts: what was agreed, registered, arrived, invested, is in statistics, is produced.

Pure. A rung is cumulative as of a day; the latest as-of day by the day asked for holds, and every amount
keeps its currency, rate and proof. Two rungs are never mixed: 当年到位 and 累计到位 are different columns
and stay so (`scope`). A rung above the one before it (arrived more than agreed) is told, not cut.

    转化率 (固投转化率)  in_statistics / arrived      to 万元, each by its own kept rate
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wenpan.economy.funnel.money import ExchangeRate, Money

TOTAL, OF_YEAR, OF_MONTH = "total", "year", "month"


class Rung(StrEnum):
    AGREED = "agreed"
    REGISTERED = "registered"
    CONTRACT_FOREIGN = "contract_foreign"
    ARRIVED = "arrived"
    INVESTED = "invested"
    IN_STATISTICS = "in_statistics"
    PRODUCED = "produced"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Rung.AGREED: "协议投资", Rung.REGISTERED: "注册资本", Rung.CONTRACT_FOREIGN: "合同外资",
    Rung.ARRIVED: "到位资金", Rung.INVESTED: "实际投资", Rung.IN_STATISTICS: "入统投资", Rung.PRODUCED:
    "产值",
}  # fmt: skip
# A lower rung should not exceed the upper one.
_WITHIN = (
    (Rung.ARRIVED, Rung.AGREED),
    (Rung.INVESTED, Rung.AGREED),
    (Rung.IN_STATISTICS, Rung.INVESTED),
)


@dataclass(frozen=True)
class RungAmount:
    """One amount of one rung. `scope`: total (cumulative since signing), or only of the year or month of
    `as_of`.

    `proof`: what proves it (验资报告, 银行回单 …), "" where nothing does. `source`: file, sheet, cell.
    """

    rung: Rung
    money: Money
    as_of: date
    rate: ExchangeRate | None = None
    proof: str = ""
    source: str = ""
    scope: str = TOTAL

    @property
    def in_yuan(self) -> Decimal | None:
        """万元; None where it is foreign and no rate was kept."""
        return self.money.in_yuan(self.rate)


@dataclass(frozen=True)
class AmountLadder:
    """The amounts of a deal as of a day, by rung; a rung that nobody reported is not there (never 0)."""

    rungs: Mapping[Rung, RungAmount]
    remarks: tuple[str, ...] = ()

    def in_yuan(self, rung: Rung) -> Decimal | None:
        held = self.rungs.get(rung)
        return held.in_yuan if held else None

    def share(self, rung: Rung, of: Rung) -> Decimal | None:
        """One rung over another, 0.3831; None where one is missing, foreign without rate, or zero below."""
        above, below = self.in_yuan(rung), self.in_yuan(of)
        return None if above is None or not below else above / below

    @property
    def conversion(self) -> Decimal | None:
        """固投转化率 of this deal."""
        return self.share(Rung.IN_STATISTICS, Rung.ARRIVED)

    @property
    def unproven(self) -> tuple[Rung, ...]:
        return tuple(rung for rung, held in self.rungs.items() if not held.proof)


@dataclass(frozen=True)
class ConversionRate:
    """固投转化率 over deals. `deals`: with both amounts; `left_out`: arrived, but nothing linked to
    statistics is counted as 0 only where `linked` says that the link was looked for."""

    arrived: Decimal
    in_statistics: Decimal
    deals: int
    left_out: int

    @property
    def rate(self) -> Decimal | None:
        return self.in_statistics / self.arrived if self.arrived else None


def amount_ladder(amounts: Iterable[RungAmount], day: date) -> AmountLadder:
    """The ladder at the end of `day`: cumulative amounts, of each rung the newest."""
    held: dict[Rung, RungAmount] = {}
    for amount in sorted(amounts, key=_key):
        if amount.as_of <= day and amount.scope == TOTAL:
            held[amount.rung] = amount
    ordered = {rung: held[rung] for rung in Rung if rung in held}
    return AmountLadder(ordered, _remarks(ordered))


def conversion(ladders: Iterable[AmountLadder], *, missing_is_zero: bool = False) -> ConversionRate:
    """固投转化率 of many deals together. A deal with arrived money whose statistics project is unknown is
    left out and counted, or taken as 0 where the caller has looked for every link (`missing_is_zero`)."""
    arrived = stat = Decimal(0)
    deals = left_out = 0
    for ladder in ladders:
        came, seen = ladder.in_yuan(Rung.ARRIVED), ladder.in_yuan(Rung.IN_STATISTICS)
        if came is None:
            continue
        if seen is None and not missing_is_zero:
            left_out += 1
            continue
        arrived, stat, deals = arrived + came, stat + (seen or Decimal(0)), deals + 1
    return ConversionRate(arrived, stat, deals, left_out)


def _key(amount: RungAmount) -> tuple[object, ...]:
    return amount.as_of, amount.source, amount.money.currency, amount.money.amount, amount.proof


def _remarks(held: Mapping[Rung, RungAmount]) -> tuple[str, ...]:
    said = []
    for lower, upper in _WITHIN:
        low, high = held.get(lower), held.get(upper)
        if low is None or high is None or low.in_yuan is None or high.in_yuan is None:
            continue
        if low.in_yuan > high.in_yuan:
            said.append(f"{lower.label}{low.money}多于{upper.label}{high.money}, 请核实")
    for held_amount in held.values():
        if held_amount.in_yuan is None:
            said.append(f"{held_amount.rung.label}{held_amount.money}没有折算汇率, 不与人民币相加")
    return tuple(said)
