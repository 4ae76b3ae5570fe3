"""The forms of deals out again: title, groups merged over columns, headers as they came, one row a deal.

Pure: values in, bytes out. An amount is a number in the unit of its header; one in another currency is
written with its own unit, never converted. Texts are texts, whatever they begin with.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from wenpan.documents.tables.records.money_units import unit_written
from wenpan.economy.funnel.money import Money, amount_text, unit_of


@dataclass(frozen=True)
class FormGroup:
    """Columns under one group header (key, header); without a name one column merged over both rows."""

    name: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DealForm:
    code: str
    name: str
    groups: tuple[FormGroup, ...]

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        return tuple(column for group in self.groups for column in group.columns)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DealForm:
        """ValueError says in Chinese what is wrong."""
        groups = tuple(
            FormGroup(str(g.get("group") or ""), tuple((str(k), str(h)) for k, h in g["columns"].items()))
            for g in data["groups"]
        )
        if any(not g.name and len(g.columns) != 1 for g in groups):
            raise ValueError("没有组名的只能是一列")
        form = cls(str(data["code"]), str(data["name"]), groups)
        keys = [key for key, _header in form.columns]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"列重复: {'、'.join(sorted(twice))}")
        return form


def form_workbook(form: DealForm, rows: Iterable[Mapping[str, Any]], title: str) -> bytes:
    """The form as xlsx. Values: text, day, `Money`, number or None (an empty cell)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(form.name[:31])
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    formats = {
        "cell": book.add_format({"border": 1}),
        "day": book.add_format({"border": 1, "num_format": "yyyy-mm-dd"}),
    }
    columns = form.columns
    sheet.merge_range(0, 0, 0, max(1, len(columns) - 1), title, head)
    at = 0
    for group in form.groups:
        _group(sheet, group, at, head)
        at += len(group.columns)
    units = [unit_written([header], "") for _key, header in columns]
    for number, row in enumerate(rows, 3):
        for index, (key, _header) in enumerate(columns):
            _write(sheet, number, index, row.get(key), units[index], formats)
    sheet.set_column(0, len(columns) - 1, 16)
    sheet.freeze_panes(3, 1)
    book.close()
    return out.getvalue()


def _group(sheet: Any, group: FormGroup, at: int, head: Any) -> None:
    if not group.name:
        sheet.merge_range(1, at, 2, at, group.columns[0][1], head)
        return
    if len(group.columns) > 1:
        sheet.merge_range(1, at, 1, at + len(group.columns) - 1, group.name, head)
    else:
        sheet.write_string(1, at, group.name, head)
    for index, (_key, header) in enumerate(group.columns, at):
        sheet.write_string(2, index, header, head)


def _write(sheet: Any, row: int, column: int, value: Any, unit: str, formats: Mapping[str, Any]) -> None:
    if value in (None, ""):
        sheet.write_blank(row, column, None, formats["cell"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, Money) and (number := in_unit(value, unit)) is not None:
        sheet.write_number(row, column, float(number), formats["cell"])
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        sheet.write_number(row, column, float(value), formats["cell"])
    else:
        sheet.write_string(row, column, value_words(value), formats["cell"])


def in_unit(money: Money, unit: str) -> Decimal | None:
    """The number in the unit of a header; None where the currencies differ or no unit is named."""
    stated = unit_of(unit)
    if stated is None or stated[1] != money.currency:
        return None
    return money.amount.scaleb(4 - stated[0])


def value_words(value: Any) -> str:
    """An amount with its own unit, everything else as it is."""
    return f"{amount_text(value.amount)}{value.unit}" if isinstance(value, Money) else str(value)


def columns_known(form: DealForm, keys: Sequence[str]) -> tuple[str, ...]:
    """Keys of a form that no column of the workbook kind has: such a form is refused when it is loaded."""
    return tuple(key for key, _header in form.columns if key not in keys)
