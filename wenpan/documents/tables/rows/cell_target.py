"""Placing: which figure a cell is: indicator, period, measure, basis, and the factor to the catalogue's unit.

What the row says (unit, basis, its own period) goes before what the column says, and that before
what the title says. What cannot be placed is a finding, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from wenpan.documents.spreadsheets import cells
from wenpan.documents.spreadsheets.cells import Cell
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Name
from wenpan.documents.tables.reading import Context, Reading
from wenpan.documents.tables.rows.once_per_table import Told
from wenpan.documents.words import periods as periods_zh
from wenpan.documents.words.units import factor, units_in
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.quality.finding import Severity
from wenpan.economy.time.periods import Month, Quarter, expected_period

_PERCENT = {"%", "‰", "百分点"}


@dataclass(slots=True)
class Facts:
    """What the key cells of a row say, but for its region. Rows that say the same share one."""

    name: Name
    units: tuple[str, ...]
    period: periods_zh.ReadPeriod | None
    growth: bool | None
    scope: str
    basis: str | None
    document: str = ""
    plans: dict[tuple[int, str, str], Plan | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the number of a cell belongs. `multiplier` brings it to `unit`; None: the unit does not fit."""

    indicator: Indicator
    measure: Measure
    basis: str
    period: str
    unit: str
    multiplier: Decimal | None
    regular: bool  # the catalogue knows this measure of the indicator


class Placer:
    """Places the cells of one table; the same question is answered once."""

    def __init__(
        self, table: HeaderTable, context: Context, reading: Reading, told: Told, month: Month | None
    ) -> None:
        self.table, self.context, self.reading, self.told, self.month = table, context, reading, told, month
        self.level_unit, self.percent_everywhere, self.percent_too = _sheet_units(table)
        self.unit_row: dict[int, str] = {}

    def plan(self, facts: Facts, column: HeaderColumn, cell: Cell, row: int) -> Plan | None:
        """None where there is no such indicator or period."""
        key = (column.index, cell.kind, cell.unit)
        if key in facts.plans:
            return facts.plans[key]
        before = self.told.count + len(self.reading.findings)
        plan = self._plan(facts, column, cell, row)
        if self.told.count + len(self.reading.findings) == before:
            facts.plans[key] = plan  # what had something to tell is asked again, to tell it at every cell
        return plan

    def _plan(self, facts: Facts, column: HeaderColumn, cell: Cell, row: int) -> Plan | None:
        indicator = self.context.catalogue.get(column.indicator or facts.name.code or "")
        if indicator is None:
            return None
        own = facts.name.code
        if column.indicator and own and own != column.indicator and not column.fixed:
            if cell.kind == cells.NUMBER:
                self.told.add("indicators.two", f"{letters(column.index)}{row + 1}", facts.name.text)
            return None
        if self._without_scope(facts, column, indicator):
            if cell.kind == cells.NUMBER:
                at = f"{letters(column.index)}{self.table.last + 1}"
                self.told.add("period.no_scope", at, column.header, once=True)
            return None
        measure = self._measure(facts, column, cell, indicator)
        if measure is None:
            if cell.kind == cells.NUMBER:
                bare = facts.period is not None and self._row_without_scope(facts, column)
                check, said = ("period.no_scope", facts.period.text) if bare and facts.period else (
                    "units.missing", facts.name.text or column.header
                )  # fmt: skip
                self.told.add(check, f"{letters(column.index)}{row + 1}", said)
            return None
        period = self._period(facts, column, indicator, cell, row)
        if period is None:
            return None
        unit = indicator.unit_of(measure)
        multiplier: Decimal | None = Decimal(1)
        if cell.kind == cells.NUMBER:
            multiplier = self._factor(facts, column, cell, measure, unit, row)
        basis = facts.basis or column.basis or "natural"
        return Plan(indicator, measure, basis, period, unit, multiplier, measure in indicator.measures)

    @staticmethod
    def _without_scope(facts: Facts, column: HeaderColumn, indicator: Indicator) -> bool:
        """2022-09 as a head: the month alone or that since January; the end of a month is a day."""
        if column.fixed or column.period is None or column.period.scope or column.scope or facts.scope:
            return False
        if "季" in column.period.text and not facts.period:
            return True
        if facts.period or indicator.frequency == "quarterly" or Measure.BALANCE in indicator.measures:
            return False
        return column.period.month != 0 and not column.period.text.endswith(("末", "底"))

    def _measure(
        self, facts: Facts, column: HeaderColumn, cell: Cell, indicator: Indicator
    ) -> Measure | None:
        """None where neither words nor a unit say whether it is a level or a growth."""
        scope = facts.scope or column.scope or (facts.period.scope if facts.period else "")
        balances = {Measure.BALANCE, Measure.BALANCE_GROWTH} & set(indicator.measures)
        span = facts.period.scope if facts.period else ""
        if (scope == "month" and span == "ytd") or (scope == "balance" and not balances):
            return None  # 1—9月 under 当月; 期末 of what has no balance
        if not scope and self._row_without_scope(facts, column):
            return None  # a month of a series: its own value, or that since January?
        growth = column.growth if column.fixed else self._is_growth(facts, column, cell, indicator)
        if growth is None:
            return None
        if scope == "balance" or (balances and scope != "month"):
            kind = "balance"
        else:  # a quarterly indicator has no month: under 9月 stands its cumulative figure
            kind = "month" if scope == "month" and indicator.frequency != "quarterly" else "ytd"
        return Measure(f"{kind}_growth" if growth else kind)

    def _row_without_scope(self, facts: Facts, column: HeaderColumn) -> bool:
        """二季度 or 9月 as the period of a row, and nowhere whether alone or since January."""
        if facts.scope or column.scope or facts.period is None or facts.period.scope:
            return False
        return "value" not in self.table.kind.needs and self.table.one("period") is not None

    def _is_growth(self, facts: Facts, column: HeaderColumn, cell: Cell, indicator: Indicator) -> bool | None:
        """The row goes before what the column says by a unit alone; words that contradict say nothing."""
        growth = column.growth
        if facts.growth is not None and growth is not None and facts.growth != growth:
            if column.amount or (column.said and growth):
                return None
            growth = facts.growth
        if growth is None:
            growth = facts.growth
        if facts.units and set(facts.units) <= _PERCENT and cell.kind == cells.NUMBER and growth is not True:
            if column.amount or facts.growth is False:
                return None
            return True  # a row in % has no level, whatever its column is called
        if growth is None:
            growth = self._growth_by_unit(facts, column, cell, indicator)
        return growth

    def _growth_by_unit(
        self, facts: Facts, column: HeaderColumn, cell: Cell, indicator: Indicator
    ) -> bool | None:
        unit = cell.unit or column.unit or self.unit_row.get(column.index, "")
        if unit or facts.units:
            return unit in _PERCENT
        if self.level_unit and not self.percent_too:
            return False
        if self.percent_everywhere or (self.table.rates and not self.level_unit):
            return True
        level = Measure.BALANCE if column.scope == "balance" else Measure.YTD
        regular = {level, Measure.BALANCE, Measure.MONTH} & set(indicator.measures)
        said = column.scope or column.period or column.year
        if cell.kind != cells.NUMBER:  # a blank or a dash is no number of either kind
            return not regular
        return False if self.level_unit and said and regular else None

    def _period(  # noqa: PLR0911 (one return a reason)
        self, facts: Facts, column: HeaderColumn, indicator: Indicator, cell: Cell, row: int
    ) -> str | None:
        own = facts.period
        found = own or column.period
        if found is None and column.year:
            found = self._of_year(column.year)
            if found is None:
                at = f"{letters(column.index)}{self.table.last + 1}"
                self.told.add("period.year_only", at, column.header, once=True)
                return None
        if own is not None and own.month == 0:
            return None
        if found is None or (own is None and self._is_the_month(found)):
            return self._expected(indicator, cell, row)
        year = found.year or (self.month.year if self.month else None)
        if year is None:
            return None
        month = Month(year, found.month)
        if own is None and self.month is not None and month > self.month:
            if cell.kind == cells.NUMBER:  # 全年 in a table of September: an estimate, or a target
                self.told.add("period.later", f"{letters(column.index)}{row + 1}", column.header)
            return None
        if indicator.frequency != "quarterly":
            return str(month)
        quarter = month.quarter
        return str(quarter if quarter.end == month else quarter.plus(-1))

    def _of_year(self, year: int) -> periods_zh.ReadPeriod | None:
        """The same months of the table's own year; another year may be the whole or the same months: None."""
        month = self.month
        if month is None or month.month == 12:
            return periods_zh.ReadPeriod(year, 12, "ytd", f"{year}年")
        return periods_zh.ReadPeriod(year, month.month, "ytd", f"{year}年") if year == month.year else None

    def _is_the_month(self, found: periods_zh.ReadPeriod) -> bool:
        month = self.month
        return month is not None and found.month == month.month and found.year in (None, month.year)

    def _expected(self, indicator: Indicator, cell: Cell, row: int) -> str | None:
        """The period that the month's table shows: a month earlier for 错月, the last finished quarter."""
        if self.month is None:
            return None
        period = expected_period(indicator.frequency, indicator.lag_months, self.month)
        if period.end != self.month:
            if isinstance(period, Quarter) and cell.kind != cells.NUMBER:
                return None  # nothing is due, so a blank is no gap
            if cell.kind == cells.NUMBER:
                key = f"{letters(self.table.key)}{row + 1}"
                self.told.add("period.earlier", key, f"{indicator.short}按{period.ytd_label}", once=True)
        return str(period)

    def _factor(
        self, facts: Facts, column: HeaderColumn, cell: Cell, measure: Measure, unit: str, row: int
    ) -> Decimal | None:
        a1 = f"{letters(column.index)}{row + 1}"
        name = facts.name.text or column.header
        rate = "‰" if column.unit == "‰" or "‰" in facts.units else "%"
        found = cell.unit or (rate if measure.is_growth else self.level_unit_of(facts, column))
        if (
            not cell.unit
            and not measure.is_growth
            and column.unit
            and factor(found, column.unit)
            not in (
                None,
                1,
            )
        ):
            self.told.add("units.two", a1, f"{name}: {found}、{column.unit}")
            return None
        if not found:
            self.told.add("units.missing", a1, name)
            return None
        multiplier = factor(found, unit)
        if multiplier is None:
            self.reading.add(
                "units.mismatch", Severity.HARD, f"单位是“{found}”", f"能换算成“{unit}”的单位",
                "请核对单位后改正", self.table.sheet.name, a1, name,
            )  # fmt: skip
        return multiplier

    def level_unit_of(self, facts: Facts, column: HeaderColumn) -> str:
        """The row's unit, else the column's, else that above the table; "" where none is written."""
        levels = [u for u in facts.units if u not in _PERCENT]
        if levels:
            return levels[0]
        return column.unit or self.unit_row.get(column.index, "") or self.level_unit


def _sheet_units(table: HeaderTable) -> tuple[str, bool, bool]:
    """The unit of levels above the table, whether % is the only unit there, whether it is one of them."""
    found: list[str] = []
    for row in table.sheet.rows[table.above : table.first]:
        for value in row:
            if isinstance(value, str):
                found += units_in(value)
    levels = list(dict.fromkeys(u for u in found if u not in _PERCENT))
    percent = len(levels) < len(set(found))
    return (levels[0] if len(levels) == 1 else ""), bool(found) and not levels, percent


@cache
def factor_text(multiplier: Decimal) -> str:
    return f"{multiplier:f}"
