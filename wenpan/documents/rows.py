"""Rows: each figure cell of a table with its region, indicator, period, measure, basis and unit.

What the row says (unit, basis, its own period) goes before what the column says, and that before
what the title says. A number that cannot be placed is a finding, never a guess.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from wenpan.documents import cells, periods_zh
from wenpan.documents.cells import Cell, read_cell
from wenpan.documents.columns import CITY, Column, growth_in, scope_in
from wenpan.documents.figures import MISSING, NOT_ASSESSED, VALUE, Context, Figure, PublishedRank, Reading
from wenpan.documents.names import Name, Names, basis_in
from wenpan.documents.package import letters
from wenpan.documents.quantity_units import canonical, factor, normal, units_in
from wenpan.documents.tables import Table
from wenpan.documents.workbook import CellValue
from wenpan.economy.indicators import Indicator, Measure
from wenpan.economy.periods import Month, Quarter, expected_period
from wenpan.economy.quality.finding import Severity

_NO_NAME = Name("", None)
_NUMBERING = {"甲", "乙", "a", "栏次"}
_EXACT = {cells.NUMBER: VALUE, cells.MISSING: MISSING, cells.NOT_ASSESSED: NOT_ASSESSED}


@dataclass(slots=True)
class _Row:
    """What the key cells of one row say."""

    number: int
    name: Name
    region: str
    units: tuple[str, ...]
    period: periods_zh.Found | None
    growth: bool | None
    scope: str
    basis: str | None


class RowReader:
    """Reads the rows of one table into a `Reading`; remembers what must be reported once a sheet."""

    def __init__(
        self, table: Table, context: Context, names: Names, reading: Reading, month: Month | None
    ) -> None:
        self.table, self.context, self.names, self.reading, self.month = table, context, names, reading, month
        self.sheet, self.kind = table.sheet, table.kind
        self.data = [c for c in table.columns if c.role in ("figure", "value", "target")]
        self.ranks = _ranked(table)
        self.place = {r: c.index for r in ("indicator", "region", "unit", "period", "measure", "basis", "document")
                      if (c := table.one(r))}  # fmt: skip
        self.above = _NO_NAME
        self.sheet_name = names.indicator(self.sheet.name, self.kind)
        self.level_unit, self.percent_everywhere = _sheet_units(table)
        self.city = context.city or next(
            (context.regions[w] for w in self.kind.city_words if w in context.regions), ""
        )
        self.collected: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._measure_words = lru_cache(maxsize=4096)(self._read_measure_words)
        self._period = lru_cache(maxsize=16_384)(self._period_text)
        self._unit_row: dict[int, str] = {}

    # -- rows -------------------------------------------------------------------------------

    def read(self) -> None:
        for r in range(self.table.last + 1, len(self.sheet.rows)):
            values = self.sheet.rows[r]
            if not any(v is not None for v in values):
                continue
            first = next(v for v in values if v is not None)
            if self._is_note(first, values) or self._is_numbering(r, values) or self._is_unit_row(r, values):
                continue
            row = self._row(r, values)
            if row is not None:
                self.reading.rows += 1
                self.read_cells(row, values)
        self._report()

    def read_cells(self, row: _Row, values: list[CellValue]) -> None:
        for column in self.data:
            value = values[column.index] if column.index < len(values) else None
            self._figure(row, column, value)
        for column, figure in self.ranks:
            value = values[column.index] if column.index < len(values) else None
            if value is not None:
                self._rank(row, figure, read_cell(value), column.index)

    def at(self, values: list[CellValue], role: str) -> CellValue:
        index = self.place.get(role)
        return values[index] if index is not None and index < len(values) else None

    def address(self, row: _Row, column: int) -> str:
        return f"{letters(column)}{row.number + 1}"

    def _row(self, r: int, values: list[CellValue]) -> _Row | None:
        name = self._name(values)
        if name is None:
            self._unknown_row(r, values)
            return None
        region = self._row_region(r, values)
        if region is None:
            return None
        unit_text = self.at(values, "unit")
        units = self._units(str(unit_text), r) if unit_text is not None else name.units
        growth, scope, basis = self._measure_words(str(self.at(values, "measure") or ""))
        if (basis_text := self.at(values, "basis")) is not None:
            basis = basis_in(str(basis_text), self.kind) or basis
        period = self._row_period(r, values) if "period" in self.place else name.period
        growth = True if name.growth and growth is None else growth
        return _Row(r, name, region, units, period, growth, scope, basis or name.basis)

    def _name(self, values: list[CellValue]) -> Name | None:
        if "indicator" not in self.place:
            return self.sheet_name
        text = self.at(values, "indicator")
        if text is None:
            return None
        name = self.names.indicator(str(text), self.kind)
        if name.only_basis and self.above.code:
            return Name(
                name.text,
                self.above.code,
                name.basis,
                name.period or self.above.period,
                name.units,
                name.growth,
            )
        if name.code is None:
            return None
        if name.basis is None:
            self.above = name
        return name

    def _row_region(self, r: int, values: list[CellValue]) -> str | None:
        if "region" not in self.place:
            return self.context.home
        text = self.at(values, "region")
        if text is None:
            return None
        text = str(text)
        if found := self.names.region(text):
            return found
        if normal(text) in self.kind.city_words:
            return self.city or None
        if normal(text) in self.kind.home_words:
            return self.context.home
        if self._has_numbers(values):
            self.reading.add(
                "regions.unknown", Severity.SOFT, f"不认识的地区“{text.strip()}”, 这一行没有读入", "地区表里的名称或别名",
                "请核对名称; 确是新的地区时, 请管理员把它加进地区表", self.sheet.name, f"{letters(self.place['region'])}{r + 1}",
                text.strip(),
            )  # fmt: skip
        return None

    def _unknown_row(self, r: int, values: list[CellValue]) -> None:
        text = str(self.at(values, "indicator") or "").strip()
        if self._has_numbers(values):
            column = letters(self.place.get("indicator", 0))
            self.reading.add(
                "indicators.unknown", Severity.SOFT,
                f"不认识的指标“{text}”, 这一行没有读入" if text else "这一行有数, 但没有指标名称, 没有读入",
                "指标目录里的名称、简称或别名", "请核对名称; 需要这个指标时, 请在指标目录里加上它或它的别名",
                self.sheet.name, f"{column}{r + 1}", text,
            )  # fmt: skip
        elif text:
            self.above = _NO_NAME  # a group heading: what stands below does not belong to the row above

    def _has_numbers(self, values: list[CellValue]) -> bool:
        return any(
            read_cell(values[c.index]).kind == cells.NUMBER for c in self.data if c.index < len(values)
        )

    def _is_note(self, first: CellValue, values: list[CellValue]) -> bool:
        if not isinstance(first, str):
            return False
        plain = normal(first)
        for word in self.kind.note_words:
            if plain.startswith(word) and (
                len(plain) > len(word) and plain[len(word)] in "::1一、.(" or len(plain) > 30
            ):
                self.reading.notes.append(first.strip())
                return True
        if self.reading.notes and sum(v is not None for v in values) == 1:
            self.reading.notes.append(first.strip())  # the next line of the notes
            return True
        return False

    def _is_numbering(self, r: int, values: list[CellValue]) -> bool:
        """甲 | 乙 | 1 | 2: the row that numbers the columns; or the header once more on a new page."""
        key = values[self.table.key] if self.table.key < len(values) else None
        if isinstance(key, str) and normal(key).lower() in _NUMBERING:
            return True
        return values == self.sheet.rows[self.table.first] or values == self.sheet.rows[self.table.last]

    def _is_unit_row(self, r: int, values: list[CellValue]) -> bool:
        """A row 计量单位 under the header gives each column its unit."""
        key = values[self.table.key] if self.table.key < len(values) else None
        if not isinstance(key, str) or normal(key) not in self.kind.roles.get("unit", ()):
            return False
        self._unit_row = {
            i: canonical(str(v)) for i, v in enumerate(values) if v is not None and canonical(str(v))
        }
        return True

    def _units(self, text: str, r: int) -> tuple[str, ...]:
        words = [text] if canonical(text) else re.split(r"[、,，;；和]", text)
        found = tuple(u for w in words if (u := canonical(w)))
        if not found and read_cell(text).kind == cells.TEXT:
            self.collected["units.unknown"].append((f"{letters(self.place['unit'])}{r + 1}", text.strip()))
        return found

    def _row_period(self, r: int, values: list[CellValue]) -> periods_zh.Found | None:
        value = self.at(values, "period")
        found = self._period(value) if isinstance(value, (str, float, int)) else periods_zh.period_of(value)
        if found is None or found.ambiguous or found.year is None and self.month is None:
            cell = f"{letters(self.place['period'])}{r + 1}"
            why = "period.ambiguous" if found and found.ambiguous else "period.unreadable"
            self.collected[why].append((cell, cells.shown(value) or "空"))
            return periods_zh.Found(None, 0, "", "")
        return found

    @staticmethod
    def _period_text(value: CellValue) -> periods_zh.Found | None:
        return periods_zh.period_of(value)

    def _read_measure_words(self, text: str) -> tuple[bool | None, str, str | None]:
        text = normal(text)
        if not text:
            return None, "", None
        if text.lower() in set(Measure):
            return text.endswith("growth"), text.removesuffix("_growth"), None
        return growth_in(text, self.kind), scope_in(text, self.kind), basis_in(text, self.kind)

    # -- figures ----------------------------------------------------------------------------

    def _figure(self, row: _Row, column: Column, value: CellValue) -> None:
        place = (row.number, column.index)
        cell = read_cell(value, place in self.sheet.percent)
        a1 = self.address(row, column.index)
        if value is None and (text := self.sheet.errors.get(a1)):
            cell = Cell(cells.ERROR, text)
        if cell.kind not in _EXACT:
            self._not_a_number(row, column, cell, a1)
            return
        placed = self._place(row, column, cell)
        if placed is None:
            return
        indicator, region, measure, basis, period = placed
        if cell.kind != cells.NUMBER and (
            measure not in indicator.measures or a1 in self.sheet.formulas_without_value
        ):
            return
        if (
            self.sheet.typed
            and not cell.typed
            and cell.rank is None
            and cell.kind == cells.NUMBER
            and not cell.unit
        ):
            self.collected["cells.text_number"].append((a1, cell.text))
        unit = indicator.unit_of(measure)
        multiplier = (
            self._factor(row, column, cell, measure, unit, a1) if cell.kind == cells.NUMBER else Decimal(1)
        )
        if multiplier is None:
            return
        amount = None if cell.value is None else cell.value * multiplier
        self.reading.figures.append(
            Figure(region, indicator.code, period, measure.value, basis, _EXACT[cell.kind], amount, cell.text, unit,
                   self.sheet.name, a1, f"{multiplier:f}")
        )  # fmt: skip
        if cell.rank is not None:
            self._rank(row, column, cell, column.index)

    def _place(
        self, row: _Row, column: Column, cell: Cell
    ) -> tuple[Indicator, str, Measure, str, str] | None:
        code = column.indicator or row.name.code
        region = self._region(row, column)
        indicator = self.context.catalogue.get(code) if code else None
        if indicator is None or not region:
            return None
        measure = self._measure(row, column, cell, indicator)
        period = self._period_for(row, column, indicator, cell)
        if period is None:
            return None
        basis = row.basis or column.basis or "natural"
        return indicator, region, measure, basis, period

    def _region(self, row: _Row, column: Column) -> str:
        return (self.city if column.region == CITY else column.region) or row.region

    def _measure(self, row: _Row, column: Column, cell: Cell, indicator: Indicator) -> Measure:
        growth, scope = column.growth, column.scope or row.scope
        if not column.fixed:
            growth = growth if growth is not None else row.growth
            only_percent = bool(row.units) and set(row.units) <= {"%"}
            if only_percent and cell.kind == cells.NUMBER and growth is not True:
                growth = True
            if growth is None:
                growth = self._growth_by_unit(row, column, cell, indicator)
        balances = Measure.BALANCE in indicator.measures or Measure.BALANCE_GROWTH in indicator.measures
        stock = scope == "balance" or (balances and scope != "month")
        kind = (
            "balance"
            if stock
            else ("month" if scope == "month" and not self._single_month(column, indicator) else "ytd")
        )
        return Measure(f"{kind}_growth" if growth else kind)

    def _growth_by_unit(self, row: _Row, column: Column, cell: Cell, indicator: Indicator) -> bool:
        unit = cell.unit or column.unit or self._unit_row.get(column.index, "")
        if unit:
            return unit == "%"
        if row.units:
            return False
        if all(m.is_growth for m in indicator.measures):
            return True
        return self.percent_everywhere

    def _single_month(self, column: Column, indicator: Indicator) -> bool:
        """A quarterly indicator has no month; a column 9月 shows its cumulative figure."""
        return indicator.frequency == "quarterly"

    def _period_for(self, row: _Row, column: Column, indicator: Indicator, cell: Cell) -> str | None:
        own = row.period
        if own is not None and own.month == 0:
            return None
        found = own or column.period
        year = (found.year if found else None) or (self.month.year if self.month else None)
        if found is None or (own is None and self._is_main(found)):
            return self._expected(row, indicator, cell)
        if year is None:
            return None
        return self._fit(Month(year, found.month), indicator)

    def _is_main(self, found: periods_zh.Found) -> bool:
        month = self.month
        return month is not None and found.month == month.month and found.year in (None, month.year)

    def _expected(self, row: _Row, indicator: Indicator, cell: Cell) -> str | None:
        """The period that the month's table shows: a month earlier for 错月, the last finished quarter."""
        if self.month is None:
            return None
        period = expected_period(indicator.frequency, indicator.lag_months, self.month)
        if period.end != self.month and cell.kind == cells.NUMBER:
            note = f"{indicator.short}按{period.ytd_label}"
            if note not in (n for _, n in self.collected["period.earlier"]):
                self.collected["period.earlier"].append((self.address(row, self.table.key), note))
        if isinstance(period, Quarter) and cell.kind != cells.NUMBER and period.end != self.month:
            return None
        return str(period)

    @staticmethod
    def _fit(month: Month, indicator: Indicator) -> str:
        if indicator.frequency == "quarterly":
            quarter = month.quarter
            return str(quarter if quarter.end == month else quarter.plus(-1))
        return str(month)

    def _factor(
        self, row: _Row, column: Column, cell: Cell, measure: Measure, unit: str, a1: str
    ) -> Decimal | None:
        """What brings the published number to the catalogue's unit; None, with a finding, if nothing does."""
        if measure.is_growth:
            found = cell.unit or "%"
        else:
            levels = [u for u in row.units if u not in ("%", "百分点")]
            found = (
                cell.unit
                or (levels[0] if levels else "")
                or column.unit
                or self._unit_row.get(column.index, "")
            )
            found = found or self.level_unit
        if not found:
            self.collected["units.missing"].append((a1, f"{row.name.text or column.header}({unit})"))
            return Decimal(1)
        multiplier = factor(found, unit)
        if multiplier is None:
            self.reading.add(
                "units.mismatch", Severity.HARD, f"单位是“{found}”", f"能换算成“{unit}”的单位", "请核对单位后改正",
                self.sheet.name, a1, row.name.text or column.header,
            )  # fmt: skip
        return multiplier

    def _rank(self, row: _Row, column: Column, cell: Cell, index: int) -> None:
        rank = cell.rank
        if rank is None and cell.kind == cells.NUMBER and cell.value is not None:
            rank = int(cell.value) if cell.value == int(cell.value) and 0 < cell.value < 1000 else None
        if rank is None and cell.kind == cells.TEXT and (found := re.search(r"(\d{1,3})", normal(cell.text))):
            rank = int(found[1])
        placed = self._place(row, column, cell) if rank is not None else None
        if placed is None or rank is None:
            return
        indicator, region, measure, basis, period = placed
        self.reading.ranks.append(
            PublishedRank(region, indicator.code, period, measure.value, basis, rank, self.sheet.name, self.address(row, index))
        )  # fmt: skip

    # -- findings ---------------------------------------------------------------------------

    def _not_a_number(self, row: _Row, column: Column, cell: Cell, a1: str) -> None:
        check, found, advice = _WRONG[cell.kind]
        self.reading.add(
            check, Severity.HARD, found.format(cell.text), "数字; 未报送写“…”或留空, 不考核写“-”", advice,
            self.sheet.name, a1, row.name.text or column.header,
        )  # fmt: skip

    def _report(self) -> None:
        for check, places in self.collected.items():
            if not places:
                continue
            severity, found, expected, advice = _COLLECTED[check]
            shown = "、".join(f"{cell} {text}" if text else cell for cell, text in places[:8])
            more = f" 等{len(places)}处" if len(places) > 8 else ""
            self.reading.add(
                check, severity, f"{found}: {shown}{more}", expected, advice, self.sheet.name, places[0][0]
            )


_WRONG = {
    cells.TEXT: ("cells.not_a_number", "“{}”不是数字", "请改成数字; 说明文字放到备注里"),
    cells.DATE: ("cells.date", "这里是日期 {}(例如把 9-10 输成了日期)", "请把单元格格式改为常规, 重新填数"),
    cells.ERROR: ("cells.error", "公式出错: {}", "请改好公式, 或粘贴为数值后再传"),
}
_COLLECTED = {
    "cells.text_number": (
        Severity.NOTE, "以文本存放的数字, 已按数字读入", "数字", "不必处理; 以后可把单元格格式改为数值",
    ),
    "units.unknown": (Severity.SOFT, "不认识的计量单位", "如 亿元、万元、万千瓦时、%", "请核对单位的写法"),
    "units.missing": (
        Severity.SOFT, "表里没有写单位, 按目录的单位读入", "单位写在表头或计量单位列", "请核实单位无误, 并说明依据",
    ),
    "period.earlier": (
        Severity.NOTE, "错月或按季公布的指标", "指标名称后注明期间, 如(1—8月)", "不必处理; 期间不对时请在指标名称后注明",
    ),
    "period.ambiguous": (
        Severity.HARD, "期间可能是1月, 也可能是10月(数字末尾的0会丢)", "如 2022-10 或 2022年10月", "请把期间列改为文本后重填",
    ),
    "period.unreadable": (Severity.HARD, "读不出期间", "如 2022-09、2022年1—9月", "请写明年月"),
}  # fmt: skip


def _ranked(table: Table) -> list[tuple[Column, Column]]:
    """Each rank column with the figure column that it ranks: the nearest at its left that fits its words."""
    figures = table.by_role("figure")
    pairs = []
    for column in table.by_role("rank"):
        left = [f for f in figures if f.index < column.index and _fits(column, f)]
        if left:
            pairs.append((column, left[-1]))
    return pairs


def _fits(rank: Column, figure: Column) -> bool:
    return (
        (not rank.indicator or rank.indicator == figure.indicator)
        and (not rank.region or rank.region in (figure.region, CITY))
        and (rank.growth is None or figure.growth is None or rank.growth == figure.growth)
    )


def _sheet_units(table: Table) -> tuple[str, bool]:
    """The unit of levels that stands above the table, and whether % is the only unit there."""
    found: list[str] = []
    for row in table.sheet.rows[: table.first]:
        for value in row:
            if isinstance(value, str):
                found += units_in(value)
    levels = [u for u in found if u != "%"]
    return (levels[0] if levels else ""), bool(found) and not levels
