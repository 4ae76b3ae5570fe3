"""Rows: the rows of a table, each with its indicator and region; their cells become figures and ranks."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache, partial

from wenpan.documents.spreadsheets import cells
from wenpan.documents.spreadsheets.cells import Cell, read_cell
from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.explained import LeftOutRow
from wenpan.documents.tables.grammar.path_words import CITY, HOME
from wenpan.documents.tables.kinds import special_row
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Name, Names
from wenpan.documents.tables.reading import (
    MISSING,
    NOT_ASSESSED,
    VALUE,
    Context,
    Figure,
    Reading,
)
from wenpan.documents.tables.rows.beside_figures import BesideFigures
from wenpan.documents.tables.rows.cell_target import Facts, Placer, factor_text
from wenpan.documents.tables.rows.leavings import Leavings, merged_keys, with_merged
from wenpan.documents.tables.rows.once_per_table import Told
from wenpan.documents.tables.rows.row_facts import FactReader
from wenpan.documents.tables.rows.row_questions import WRONG, unknown_region, unknown_row, which_part
from wenpan.documents.tables.rows.sections import Sections
from wenpan.documents.tables.rows.sub_rows import Question, SubRows
from wenpan.documents.tables.rows.sums import SUMS, adds_up_districts
from wenpan.documents.words.units import canonical, normal
from wenpan.economy.quality.finding import Severity
from wenpan.economy.time.periods import Month

_NO_NAME = Name("", None)
_STATUS = {cells.NUMBER: VALUE, cells.MISSING: MISSING, cells.NOT_ASSESSED: NOT_ASSESSED}
_KEYS = ("indicator", "unit", "period", "measure", "basis", "document")


class RowReader:
    """Reads the rows of one table into a `Reading`."""

    def __init__(
        self, table: HeaderTable, context: Context, names: Names, reading: Reading, month: Month | None
    ) -> None:
        self.table, self.context, self.names, self.reading, self.month = table, context, names, reading, month
        self.sheet, self.kind, self.told = table.sheet, table.kind, Told()
        self.placer = Placer(table, context, reading, self.told, month)
        self.data = [c for c in table.columns if c.role in ("figure", "value", "target")]
        self.leavings = Leavings()
        self.dated = self.kind.needs == ("period", "figure")  # dates down, an indicator a column
        self.filled = merged_keys(table)
        self.place = {r: c.index for r in (*_KEYS, "region") if (c := table.one(r))}
        self.key_columns = [self.place.get(role, -1) for role in _KEYS]
        self.percent, self.errors = self.sheet.percent, self.sheet.errors
        self.above = _NO_NAME
        self.may_head = "indicator" in self.place and not table.one("value")
        self.headed = False  # the indicator above stands over rows of 当月 and 累计
        self.sub_rows = SubRows(context.catalogue, names, self.kind)
        self.sheet_name = names.indicator(self.sheet.name, self.kind)
        regions = context.regions
        self.city = context.city or next((regions[w] for w in self.kind.city_words if w in regions), "")
        self.beside = BesideFigures(table, self.placer, reading, self.region_of)
        self.sums = adds_up_districts(table, names, context)
        self.sections = Sections(table, names, context, month, self.city)
        self.without_value = set(self.sheet.formulas_without_value)
        self.facts = FactReader(table, self.told, self.place, month)
        self._facts: dict[tuple[CellValue, ...], Facts] = {}
        self._special = lru_cache(maxsize=65_536)(partial(special_row, self.kind))

    def read(self) -> None:
        rows = self.sheet.rows
        for r in range(self.table.last + 1, self.table.stop):
            values = rows[r]
            if self.filled and r in self.filled:
                values = with_merged(values, self.filled[r])
            first = next((v for v in values if v is not None), None)
            if first is None or self._skip(r, first, values):
                continue
            if self.table.rows_out and self._is_out(values):
                self._leave(r, values, "教的时候说不读这一行")
                continue
            if self.sections.step(values):
                self.above = _NO_NAME
                continue
            if self.sections.asks:
                self._ask_section(r, values)
                continue
            before = len(self.reading.findings)
            facts = self._row_facts(r, values)
            if facts and self.table.noted and (why := self._noted(r, facts)):
                self.told.add("notes.unclear", f"{letters(self.table.key)}{r + 1}", facts.name.text)
                self._leave(r, values, why)
                continue
            region = self._row_region(r, values, facts.name.region) if facts else None
            if facts and region is not None and self.may_head and self._is_head(r, values):
                continue
            if facts and region is not None:
                self.reading.rows += 1
                self.read_cells(r, facts, region, values)
            elif len(self.reading.findings) > before:
                self._leave(r, values, self.reading.findings[-1].found)
            else:
                self._leave(r, values, "")
        self.told.report(self.reading, self.sheet.name)

    def _is_out(self, values: list[CellValue]) -> bool:
        key = values[self.table.key] if self.table.key < len(values) else None
        return key is not None and normal(str(key)) in self.table.rows_out

    def _noted(self, r: int, facts: Facts) -> str:
        """Why a note below the table, a comment or a remark makes the row unclear."""
        noted, name = self.table.noted, facts.name
        return (
            noted.get(str(r))
            or noted.get(name.code or "")
            or next((why for m, why in noted.items() if name.text.endswith(m)), "")
        )

    def _leave(self, r: int, values: list[CellValue], why: str) -> None:
        """A row of which nothing is read: its numbers are counted."""
        columns = [c.index for c in self.data if c.index < len(values)]
        numbers = [i for i in columns if values[i] is not None and read_cell(values[i]).kind == cells.NUMBER]
        for index in numbers:
            self.leavings.count(index)
        if numbers:
            key = values[self.table.key] if self.table.key < len(values) else None
            name = "" if key is None else str(key).strip()
            self.leavings.rows.append(LeftOutRow(self.sheet.name, r + 1, name, why))

    def _ask_section(self, r: int, values: list[CellValue]) -> None:
        if self._has_numbers(values):
            a1 = f"{letters(self.table.key)}{r + 1}"
            self.told.add("sections.unclear", a1, self.sections.said_once())
            self._leave(r, values, self.sections.asks)

    def _is_head(self, r: int, values: list[CellValue]) -> bool:
        """A name without numbers above rows of 当月 and 累计: no blank figure of its own."""
        rows, place = self.sheet.rows, self.place.get("indicator")
        if place is None or r + 1 >= self.table.stop or place >= len(rows[r + 1]):
            return False
        if any(values[c.index] is not None for c in self.data if c.index < len(values)):
            return False
        below = rows[r + 1][place]
        self.headed = isinstance(below, str) and self.names.indicator(below, self.kind).only_scope
        return self.headed

    def read_cells(self, r: int, facts: Facts, region: str, values: list[CellValue]) -> None:
        """Every figure and rank of one row."""
        for column in self.data:
            value = values[column.index] if column.index < len(values) else None
            self._figure(r, facts, region, column, value)
        self.beside.read(r, facts, region, values)

    def at(self, values: list[CellValue], role: str) -> CellValue:
        index = self.place.get(role)
        return values[index] if index is not None and index < len(values) else None

    # -- what a row is ------------------------------------------------------------------------

    def _skip(self, r: int, first: CellValue, values: list[CellValue]) -> bool:
        """Notes, the numbering of columns, a row of units, the header once more on a new page."""
        if isinstance(first, str):
            alone = bool(self.reading.notes) and sum(v is not None for v in values) == 1
            if alone or self._special(first) == "note":
                self.reading.notes.append(first.strip())
                return True
        key = values[self.table.key] if self.table.key < len(values) else None
        special = self._special(key) if isinstance(key, str) else ""
        if special == "unit":
            units = {i: canonical(str(v)) for i, v in enumerate(values) if v is not None}
            self.placer.unit_row = {i: unit for i, unit in units.items() if unit}
        rows = self.sheet.rows
        return special in ("unit", "numbering") or values in (rows[self.table.first], rows[self.table.last])

    def _row_facts(self, r: int, values: list[CellValue]) -> Facts | None:
        width = len(values)
        key = tuple([values[i] if 0 <= i < width else None for i in self.key_columns])
        facts = self._facts.get(key)
        if facts is not None:
            self.headed = False
            if facts.name.basis is None:
                self.above = facts.name
            self.sub_rows.read(str(key[0]))
            return facts
        asked = len(self.reading.findings)
        name = self._name(r, values)
        if name is None:
            if len(self.reading.findings) == asked:
                self._unknown_row(r, values)
            return None
        before = self.told.count
        facts = self.facts.read(r, values, name)
        # 同口径 means another indicator in another place; what had something to tell tells it again.
        same_everywhere = (
            not name.only_basis and not name.only_growth and not name.only_scope and not name.under
        )
        if self.told.count == before and name.text == str(key[0] or "").strip() and same_everywhere:
            self._facts[key] = facts
        return facts

    def _name(self, r: int, values: list[CellValue]) -> Name | None:  # noqa: PLR0911 (one return a form)
        if "indicator" not in self.place:
            return _NO_NAME if self.dated else self.sheet_name
        text = self.at(values, "indicator")
        name = self.sub_rows.read(str(text)) if text is not None else _NO_NAME
        if isinstance(name, Question):
            self._ask(r, name, values)
            return None
        if name.only_scope and not self.headed:
            return None  # 累计 below rows with numbers: a sum of nobody knows what
        if (name.only_growth or name.only_scope) and self.above.code:
            above = self.above
            return Name(
                name.text, above.code, name.basis or above.basis, above.period, name.units or above.units,
                name.only_growth,
                only_growth=True, only_scope=name.only_scope, scope=name.scope or above.scope,
            )  # fmt: skip
        if name.only_basis and self.above.code:
            period = name.period or self.above.period
            return Name(
                name.text, self.above.code, name.basis, period, name.units, name.growth, only_basis=True
            )
        if name.code is None:
            return None
        if name.basis is None:
            self.above = name
        self.headed = False
        return name

    def _row_region(self, r: int, values: list[CellValue], named: str) -> str | None:  # noqa: PLR0911 (a table)
        if "region" not in self.place and named:
            return {HOME: self.context.home, CITY: self.city or None}.get(named, named)
        if "region" not in self.place:
            return self.sections.region or self.context.home
        if (value := self.at(values, "region")) is None:
            return None
        text = str(value)
        if found := self.names.region(text):
            return found
        if normal(text) in self.kind.city_words and (normal(text) not in SUMS or self.sums):
            return self.city or None
        if normal(text) in self.kind.home_words:
            return self.context.home
        if self._has_numbers(values):
            unknown_region(self.reading, self.sheet, r, self.place, text)
        return None

    def _unknown_row(self, r: int, values: list[CellValue]) -> None:
        if self._has_numbers(values):
            unknown_row(self.reading, self.sheet, r, self.place, str(self.at(values, "indicator") or ""))
        self.above = _NO_NAME  # what stands below does not belong to the last known row

    def _ask(self, r: int, question: Question, values: list[CellValue]) -> None:
        """A 其中 row that does not say of what: nothing is read until it does."""
        if self._has_numbers(values):
            which_part(self.reading, self.sheet, r, self.place, question)
        self.above = _NO_NAME

    def _has_numbers(self, values: list[CellValue]) -> bool:
        return any(
            read_cell(values[c.index]).kind == cells.NUMBER for c in self.data if c.index < len(values)
        )

    # -- what a cell is -----------------------------------------------------------------------

    def _figure(self, r: int, facts: Facts, region: str, column: HeaderColumn, value: CellValue) -> None:
        cell = read_cell(value, bool(self.percent) and (r, column.index) in self.percent)
        a1 = f"{letters(column.index)}{r + 1}"
        if value is None and a1 in self.errors:
            cell = Cell(cells.ERROR, self.errors[a1])
        if cell.kind == cells.TEXT and normal(cell.text) in cells.FLAT and column.growth:
            cell = Cell(cells.NUMBER, cell.text, Decimal(0), "%", typed=False)
        if column.with_rank and cell.kind == cells.NUMBER and cell.rank is None:
            self.leavings.count(column.index)
            self.told.add("cells.two_readings", a1, cell.text)
            return
        if cell.kind not in _STATUS or (cell.kind == cells.MISSING and cell.rank is not None):
            self._not_a_number(facts, column, cell, a1)
            return
        plan = self.placer.plan(facts, column, cell, r)
        where = self.region_of(column, region)
        if plan is None or plan.multiplier is None or not where:
            if cell.kind == cells.NUMBER:
                self.leavings.count(column.index)
            return
        if cell.kind != cells.NUMBER and (not plan.regular or a1 in self.without_value):
            return
        if self._is_text_number(cell):
            self.told.add("cells.text_number", a1, cell.text)
        amount = None if cell.value is None else cell.value * plan.multiplier
        self.reading.figures.append(
            Figure(
                where, plan.indicator.code, plan.period, plan.measure.value, plan.basis, _STATUS[cell.kind],
                amount,
                cell.text, plan.unit, self.sheet.name, a1, factor_text(plan.multiplier),
            )
        )  # fmt: skip
        if cell.rank is not None:
            self.beside.rank(r, facts, region, column, cell, column.index)

    def region_of(self, column: HeaderColumn, region: str) -> str:
        if column.region == HOME:
            return self.context.home
        return (self.city if column.region == CITY else column.region) or region

    def _is_text_number(self, cell: Cell) -> bool:
        plain = cell.kind == cells.NUMBER and not cell.typed and cell.rank is None and not cell.unit
        return plain and self.sheet.typed

    def _not_a_number(self, facts: Facts, column: HeaderColumn, cell: Cell, a1: str) -> None:
        self.leavings.count(column.index)
        if cell.kind in (cells.TEXT, cells.MISSING) and cells.TWO_READINGS.search(normal(cell.text)):
            self.told.add("cells.two_readings", a1, cell.text)
            return
        check, found, advice = WRONG.get(cell.kind, WRONG[cells.TEXT])
        self.reading.add(
            check, Severity.HARD, found.format(cell.text), "数字; 未报送写“…”或留空, 不考核写“-”", advice,
            self.sheet.name, a1, facts.name.text or column.header,
        )  # fmt: skip
