"""One row of a firm ledger as values. Pure.

Nothing of a survey return is read, and no target: the workbook kind has no column for them. A cell left blank
says nothing about the firm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.funnel.identity import normal_uscc, uscc_fault
from wenpan.economy.quality.finding import CheckFinding, Severity

LONGEST = {"name": 120, "trade": 60, "park": 60, "contact": 40, "phone": 40}
MARKS = ("lists", "honours")
_PARTED = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True)
class LedgerRow:
    """`uscc` "" where none is said or it cannot be one; `values` only what the row says; `town` a code."""

    record: Record
    name: str
    uscc: str
    former: tuple[str, ...]
    values: Mapping[str, Any]
    town: str
    state: str

    @property
    def place(self) -> str:
        return f"{self.record.sheet}!{self.record.cell('name')}"


def ledger_rows(reading: Reading) -> tuple[list[LedgerRow], list[CheckFinding]]:
    """The rows, and codes that cannot be right."""
    rows, findings = [], []
    for record in reading.records:
        name = " ".join(str(record["name"] or "").split())
        code = normal_uscc(str(record["code"] or ""))
        if fault := uscc_fault(code):
            findings.append(
                CheckFinding(
                    "firms.uscc", Severity.HARD, fault, "18位统一社会信用代码", "请核对营业执照后再传",
                    record.sheet, record.cell("code"), name,
                )
            )  # fmt: skip
            code = ""
        if name:
            rows.append(_row(record, name, code))
    return rows, findings


def _row(record: Record, name: str, code: str) -> LedgerRow:
    values: dict[str, Any] = {
        key: " ".join(str(record[key]).split())[:most]
        for key, most in LONGEST.items()
        if key != "name" and record[key]
    }
    values |= {key: words(str(record[key])) for key in MARKS if record[key]}
    if record["size"]:
        values["size"] = record["size"]
    return LedgerRow(
        record, name[: LONGEST["name"]], code, tuple(words(str(record["former"] or ""))), values,
        str(record["town"] or ""), str(record["state"] or ""),
    )  # fmt: skip


def words(text: str) -> list[str]:
    """四上、规上工业 → both, each once."""
    return list(dict.fromkeys(part.strip()[:40] for part in _PARTED.split(text) if part.strip()))[:20]
