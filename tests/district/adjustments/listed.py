"""A place with three units, and proposals about a line of one of its lists."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils import timezone

from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.registers.actions import propose_rows
from wenpan.district.adjustments.registers.base import RowChange
from wenpan.district.adjustments.registers.known import register_of

PLACE = """version: '1'
effective_from: 2022-01-01
source: 演示
city: {code: ninglan, name: 宁澜市}
regions:
  - {code: anhe, name: 安禾区, home: true}
units:
  - {code: swj, name: 安禾区商务局, short_name: 商务局, aliases: [区商务局]}
  - {code: czj, name: 安禾区财政局, short_name: 财政局}
  - {code: tongxi, name: 桐溪镇, kind: town}
"""


def today():
    return timezone.localdate()


def line(code: str, key: str) -> dict[str, str]:
    register = register_of(code)
    return next(row for row in register.rows() if register.key_of(row) == key)


def changed(code: str, key: str, by, since=None, **values: str) -> Adjustment:
    was = line(code, key)
    change = RowChange(key, was, {**was, **values})
    return propose_rows(
        register=register_of(code),
        changes=[change],
        since=since or today(),
        reason="区编办〔2026〕3号",
        by=by,
    )


def added(list_: str, by, since=None, **values: str) -> Adjustment:
    register = register_of(list_)
    row = {column.key: "" for column in register.columns} | values
    return propose_rows(
        register=register, changes=[RowChange(register.key_of(row), None, row)], since=since or today(),
        reason="区编办〔2026〕3号", by=by,
    )  # fmt: skip


def workbook(*rows: tuple) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()
