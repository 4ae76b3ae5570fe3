"""Indicators: what is measured, in which unit, which way is good, how often and how late.

Pure. The catalogue is data (`wenpan/rules/indicators/`, overridden by the place's own file);
this module only gives it a shape and checks it. The plain-file interface `indicators.csv`
fills the first seven fields; the rest has defaults.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Measure(StrEnum):
    """What a published number of an indicator is."""

    YTD = "ytd"  # 累计值
    YTD_GROWTH = "ytd_growth"  # 累计增速, %
    MONTH = "month"  # 当月值
    MONTH_GROWTH = "month_growth"  # 当月增速, %
    BALANCE = "balance"  # 期末余额
    BALANCE_GROWTH = "balance_growth"  # 期末余额增速, %

    @property
    def is_growth(self) -> bool:
        return self.value.endswith("_growth")


MEASURE_LABELS = {
    Measure.YTD: "累计",
    Measure.YTD_GROWTH: "累计增速",
    Measure.MONTH: "当月",
    Measure.MONTH_GROWTH: "当月增速",
    Measure.BALANCE: "余额",
    Measure.BALANCE_GROWTH: "余额增速",
}

BASES = {"natural": "自然口径", "comparable": "同口径", "refund_adjusted": "扣除留抵退税"}


@dataclass(frozen=True)
class Indicator:
    """One indicator of the catalogue.

    `headline` is the measure that is ranked and judged; `basis` the basis of that measure.
    `parts` are codes of indicators that add up to this one (500—5000万元 …).
    `seasonal` is the usual cumulative share of the year by month (12 rising numbers up to 1),
    used where levels are not published; empty means "the same each month".
    """

    code: str
    name: str
    unit: str = ""
    direction: str = "up"  # up: more is better; down: less is better
    frequency: str = "monthly"  # monthly | quarterly
    lag_months: int = 0
    aggregation: str = "sum"  # sum | mean | last
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""
    measures: tuple[Measure, ...] = (Measure.YTD, Measure.YTD_GROWTH)
    headline: Measure = Measure.YTD_GROWTH
    basis: str = "natural"
    extra_bases: tuple[str, ...] = ()  # other bases of the same growth that are published
    january: bool = False  # is a January figure of its own published?
    owner: str = ""  # code of the unit that leads
    decimals: int = 1  # of the growth
    level_decimals: int = 2
    parts: tuple[str, ...] = ()
    part_of: str = ""
    sub_rows: tuple[tuple[str, str], ...] = ()  # (工业, fai_industry): what 其中:工业 means under this one
    seasonal: tuple[float, ...] = field(default=())
    core: bool = True  # shown on the board by default
    definition: str = ""

    @property
    def short(self) -> str:
        return self.short_name or self.name

    def unit_of(self, measure: Measure) -> str:
        return "%" if measure.is_growth else self.unit
