"""A spreadsheet against the list in force: the changes it asks for, and what is wrong, by cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.adjustments.registers import sheets
from wenpan.district.adjustments.registers.base import (
    PlaceList,
    Row,
    RowChange,
    changed_rows,
    changes_between,
    changes_to_keep,
)
from wenpan.district.adjustments.registers.cells import Words
from wenpan.district.adjustments.registers.units import completed
from wenpan.documents.spreadsheets.sheet import Sheet

SALT = "wenpan.settings.list"
HOURS = 8  # for which a preview may still be proposed


@dataclass(frozen=True)
class Brought:
    changes: tuple[RowChange, ...]
    findings: tuple[sheets.CellFinding, ...]
    count: int  # lines that were read

    @property
    def blocked(self) -> bool:
        return any(finding.hard for finding in self.findings)


def bring(register: PlaceList, sheet: Sheet, today: date) -> Brought:
    """Refused where it is no such list."""
    listed = sheets.read_list(sheet, register.columns, Words(register.columns, _named(register, sheet)))
    findings = list(listed.findings)
    rows: list[Row] = []
    where: dict[str, sheets.ReadRow] = {}
    known = register.rows()
    before = {register.key_of(row): row for row in known}
    for line in listed.rows:
        row = completed(line.row, [*known, *rows]) if register.code == "units" else line.row
        row = _with_what_stands(row, line, before.get(register.key_of(row)))
        key = register.key_of(row)
        if key in where:
            cell = line.cells.get(register.keys[0], str(line.number))
            findings.append(sheets.CellFinding(cell, _("与第%(n)s行重复。") % {"n": where[key].number}))
            continue
        where[key] = line
        rows.append(row)
    changes = changes_between(register, rows)
    if not findings:
        for found in register.check(changed_rows(register, changes), changes, today):
            at, column = where.get(found.key), register.column(found.column)
            otherwise = str(column.label) if column else ""
            cell = (at.cells.get(found.column) or _("第%(n)s行") % {"n": at.number}) if at else otherwise
            findings.append(sheets.CellFinding(cell, found.message, found.hard))
    return Brought(tuple(changes), tuple(findings), len(listed.rows))


def _with_what_stands(row: Row, line: sheets.ReadRow, was: Row | None) -> Row:
    """A column that the spreadsheet lacks stays as it is; an empty cell of one that it has empties."""
    if was is None:
        return row
    return {key: value if key in line.cells else was.get(key, value) for key, value in row.items()}


def _named(register: PlaceList, sheet: Sheet) -> dict[str, str]:
    """Units that the same list adds, so that it may name them as heirs and as units above."""
    if register.code != "units":
        return {}
    texts = tuple(c for c in register.columns if c.kind == "text")
    plain = [line.row for line in sheets.read_list(sheet, texts, Words(texts)).rows]
    known = register.rows()
    return {row["name"]: completed({"order": "", **row}, known)["code"] for row in plain if row["name"]}


def packed(register: PlaceList, changes: tuple[RowChange, ...], by: User) -> str:
    """Signed for this person and this list: what is proposed is what was shown."""
    return signing.dumps(
        {"list": register.code, "by": by.pk, "changes": changes_to_keep(changes)}, salt=SALT, compress=True
    )


def unpacked(register: PlaceList, text: str, by: User) -> list[dict[str, Any]]:
    """BadSignature for another's, another list's, an old one."""
    data = signing.loads(text, salt=SALT, max_age=3600 * HOURS)
    if data["list"] != register.code or data["by"] != by.pk:
        raise signing.BadSignature("of another")
    changes: list[dict[str, Any]] = data["changes"]
    return changes
