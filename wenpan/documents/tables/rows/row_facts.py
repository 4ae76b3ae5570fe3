"""Facts of a row: unit, period, measure, basis and document as its key cells say them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from wenpan.documents.spreadsheets import cells
from wenpan.documents.spreadsheets.cells import read_cell
from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.columns import measure_words, measure_words_left
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.months import year_above
from wenpan.documents.tables.names import Name, basis_in
from wenpan.documents.tables.rows.cell_target import Facts
from wenpan.documents.tables.rows.once_per_table import Told
from wenpan.documents.tables.rows.row_questions import whole_year
from wenpan.documents.words import periods as periods_zh
from wenpan.documents.words.units import canonical, units_in
from wenpan.economy.time.periods import Month

_NO_NAME = Name("", None)


class FactReader:
    """Reads the key cells of the rows of one table; `place` says which column holds what."""

    def __init__(self, table: HeaderTable, told: Told, place: Mapping[str, int], month: Month | None) -> None:
        self.kind, self.told, self.place, self.month = table.kind, told, place, month
        self.year = year_above(table)  # of rows that name a month alone

    def at(self, values: list[CellValue], role: str) -> CellValue:
        index = self.place.get(role)
        return values[index] if index is not None and index < len(values) else None

    def read(self, r: int, values: list[CellValue], name: Name) -> Facts:
        unit_text = self.at(values, "unit")
        units = self._units(str(unit_text), r) if unit_text is not None else ()
        if unit_text is not None and self._says_more(str(unit_text)):
            if units:
                self.told.add(
                    "units.unknown", f"{letters(self.place['unit'])}{r + 1}", str(unit_text).strip()
                )
            return Facts(_NO_NAME, (), None, None, "", None)
        measure_text = str(self.at(values, "measure") or "")
        units = units or name.units or units_in(measure_text)
        dated = not measure_text and "period" in self.place
        if dated:  # 1-9月增速(%): when and what in one cell
            measure_text = self._beside_period(self.at(values, "period"))
            units = units or units_in(measure_text)
        growth, scope, basis = measure_words(measure_text, self.kind)
        if measure_text and measure_words_left(measure_text, self.kind, dated=dated):
            at = self.place["measure" if "measure" in self.place else "period"]
            self.told.add("measure.unclear", f"{letters(at)}{r + 1}", measure_text.strip())
            return Facts(_NO_NAME, units, None, None, "", None)
        if (basis_text := self.at(values, "basis")) is not None:
            basis = basis_in(str(basis_text), self.kind) or basis
        period = self._row_period(r, values) if "period" in self.place else name.period
        growth = (True if name.growth else False if name.level else None) if growth is None else growth
        scope = scope or name.scope
        document = str(self.at(values, "document") or "").strip()
        return Facts(name, units, period, growth, scope, basis or name.basis, document)

    @staticmethod
    def _says_more(text: str) -> bool:
        """亿元(含基金): a unit and words that change what the row is."""
        words = [w for w in re.split(r"[、,，;；/和()（）]", text) if w.strip()]
        known = [bool(canonical(w)) for w in words]
        return not canonical(text) and any(known) and not all(known)

    @staticmethod
    def _beside_period(value: CellValue) -> str:
        """What a cell says besides its month, where it says a measure at all."""
        return value if isinstance(value, str) and read_cell(value).kind != cells.NUMBER else ""

    def _units(self, text: str, r: int) -> tuple[str, ...]:
        words = [text] if canonical(text) else re.split(r"[、,，;；和]", text)
        found = tuple(u for w in words if (u := canonical(w)))
        if not found and read_cell(text).kind == cells.TEXT:
            self.told.add("units.unknown", f"{letters(self.place['unit'])}{r + 1}", text.strip())
        return found

    def _row_period(self, r: int, values: list[CellValue]) -> periods_zh.ReadPeriod | None:
        value = self.at(values, "period")
        found = periods_zh.period_of(value) or whole_year(value)
        if found is not None and found.year is None and self.month is None and self.year:
            found = replace(found, year=self.year)
        if found is None or found.ambiguous or (found.year is None and self.month is None):
            cell = f"{letters(self.place['period'])}{r + 1}"
            why = "period.ambiguous" if found and found.ambiguous else "period.unreadable"
            self.told.add(why, cell, cells.cell_text(value) or "空")
            return periods_zh.ReadPeriod(None, 0, "", "")
        return found
