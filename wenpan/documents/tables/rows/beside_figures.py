"""Beside the figures: printed ranks and comparisons, to be held against the figures, never stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from wenpan.documents.spreadsheets import cells
from wenpan.documents.spreadsheets.cells import Cell, read_cell
from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.grammar.path_words import CITY
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.reading import ComparedNumber, PublishedRank, Reading
from wenpan.documents.tables.rows.cell_target import Facts, Placer
from wenpan.documents.tables.rows.compared import (
    CHANGE,
    CONTRIBUTION,
    GAP,
    INCREMENT,
    LAST_YEAR,
    PROGRESS,
    PULL,
    SHARE,
    compared_columns,
    is_signed,
    kind_of,
    target_beside,
)
from wenpan.documents.tables.rows.printed_ranks import ranked, whole
from wenpan.documents.words.units import factor


class BesideFigures:
    """`region_of(column, region)` is whose number stands in a column of a row of `region`."""

    def __init__(
        self,
        table: HeaderTable,
        placer: Placer,
        reading: Reading,
        region_of: Callable[[HeaderColumn, str], str],
    ) -> None:
        self.table, self.placer, self.reading, self.region_of = table, placer, reading, region_of
        self.ranks = ranked(table)
        self.compared = compared_columns(table)

    def read(self, r: int, facts: Facts, region: str, values: Sequence[CellValue]) -> None:
        for column, figure in self.ranks:
            value = values[column.index] if column.index < len(values) else None
            if value is not None:
                self.rank(r, facts, region, figure, read_cell(value), column.index)
        for column, figure in self.compared:
            value = values[column.index] if column.index < len(values) else None
            if value is not None:
                percent = (r, column.index) in self.table.sheet.percent
                self.compare(r, facts, region, figure, column, read_cell(value, percent), values)

    def rank(self, r: int, facts: Facts, region: str, column: HeaderColumn, cell: Cell, index: int) -> None:
        """A rank beside the figure of `column`, printed in column `index` or in the figure's own cell."""
        rank = cell.rank if cell.rank is not None else whole(cell)
        plan = self.placer.plan(facts, column, Cell(cells.MISSING, ""), r) if index != column.index else None
        plan = plan or self.placer.plan(facts, column, cell, r)
        where = self.region_of(column, region)
        if plan is not None and rank is not None and where:
            self.reading.ranks.append(
                PublishedRank(
                    where, plan.indicator.code, plan.period, plan.measure.value, plan.basis, rank,
                    self.table.sheet.name, f"{letters(index)}{r + 1}",
                )
            )  # fmt: skip

    def compare(
        self,
        r: int,
        facts: Facts,
        region: str,
        figure: HeaderColumn,
        column: HeaderColumn,
        cell: Cell,
        values: Sequence[CellValue] = (),
    ) -> None:
        """A number beside a figure, kept to be held against the ledger."""
        plan = self.placer.plan(facts, figure, Cell(cells.MISSING, ""), r)
        where = self.region_of(figure, region)
        if plan is None or cell.value is None or not where:
            return
        kind, other, value, against = kind_of(column), "", cell.value, None
        if kind == GAP:
            other = self.region_of(column, "")
        elif kind == CHANGE and column.period:
            year = column.period.year or int(plan.period[:4])
            other = f"{year}-{column.period.month:02d}"
        elif kind in (PULL, CONTRIBUTION):
            other = self.region_of(replace(column, region=CITY), "")
        elif kind == PROGRESS:
            if plan.measure.is_growth:
                return
            against = self._target(facts, figure, column, values, plan.unit)
        elif kind == SHARE:
            other = self.region_of(replace(column, region=CITY), "")
            if plan.measure.is_growth:
                return
        elif kind in (LAST_YEAR, INCREMENT):
            unit = (column.unit if kind == INCREMENT else "") or self.placer.level_unit_of(facts, figure)
            multiplier = factor(unit, plan.unit) if unit else None
            if plan.measure.is_growth or multiplier is None:
                return
            value *= multiplier
        if (other or kind in (LAST_YEAR, INCREMENT, PROGRESS)) and other != where:
            self.reading.compared.append(
                ComparedNumber(
                    where, plan.indicator.code, plan.period, plan.measure.value, plan.basis, kind, other,
                    is_signed(column), value, self.table.sheet.name, f"{letters(column.index)}{r + 1}",
                    against,
                )
            )  # fmt: skip

    def _target(
        self, facts: Facts, figure: HeaderColumn, column: HeaderColumn, values: Sequence[CellValue], unit: str
    ) -> Decimal | None:
        """The target or budget of the same row, in the catalogue's unit."""
        target = target_beside(self.table, column)
        if target is None or target.index >= len(values) or values[target.index] is None:
            return None
        number = read_cell(values[target.index]).value
        multiplier = factor(target.unit or self.placer.level_unit_of(facts, figure), unit)
        return None if number is None or multiplier is None else number * multiplier
