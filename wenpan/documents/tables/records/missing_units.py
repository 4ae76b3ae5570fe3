"""What is said of the units of a table's amounts: one that nobody wrote stops, a supposed one is asked."""

from __future__ import annotations

from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import RecordTable
from wenpan.documents.words.units import factor
from wenpan.economy.quality.finding import Severity


def report_units(table: RecordTable, reading: Reading) -> None:
    for index, unit in table.units.items():
        column = table.columns.get(index)
        label, wanted = (column.label, column.unit) if column else ("月份列", table.kind.series_unit)
        if (table.kind.series == "text" and column is None) or (column and column.type == "money"):
            continue  # an amount of money says itself, cell by cell, where it has no unit
        where = table.sheet.name, f"{letters(index)}{table.first + 1}"
        if index in table.supposed:
            reading.add(
                "records.unit_supposed",
                Severity.SOFT,
                f"“{label}”列没有写明金额单位, 按{unit}读入",
                f"与同名的列或这种导出表一致的{unit}",
                "请核对数的大小后确认; 不是这个单位的, 在表头写明后再传",
                *where,
            )
        elif not unit or factor(unit, wanted) is None:
            reading.add(
                "records.unit_missing",
                Severity.HARD,
                f"“{label}”列没有写明金额单位",
                f"表头或表上方写明单位, 如 {wanted}",
                "请在表头写明单位后再传; 程序不猜是万元还是亿元",
                *where,
            )
