"""The shape of record tables: columns as a kind lists them, a table that was found, one row of it.

Pure. `records` finds and reads tables, `record_cells` reads the cells of a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.kinds import WorkbookKind

TYPES = ("text", "amount", "money", "month", "day", "moment", "choice", "unit", "yes_no", "number")


@dataclass(frozen=True)
class RecordColumn:
    """One column of a record: which header words mean it and how its cells are read."""

    key: str
    label: str
    type: str = "text"
    words: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    unit: str = ""  # the unit that values are converted to
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # code -> words

    @classmethod
    def from_data(cls, key: str, data: Mapping[str, Any]) -> RecordColumn:
        """ValueError for an unknown key or type."""
        if wrong := set(data) - set(cls.__dataclass_fields__):
            raise ValueError(f"列 {key} 里有不认识的键: {'、'.join(sorted(wrong))}")
        if data.get("type", "text") not in TYPES:
            raise ValueError(f"列 {key} 的 type 应为 {'、'.join(TYPES)}, 实为 {data.get('type')!r}")
        words = {k: tuple(str(w) for w in data.get(k, ())) for k in ("words", "contains")}
        choices = {str(c): tuple(str(w) for w in ws) for c, ws in (data.get("choices") or {}).items()}
        return cls(
            key,
            str(data.get("label", key)),
            str(data.get("type", "text")),
            words["words"],
            words["contains"],
            str(data.get("unit", "")),
            bool(data.get("required")),
            choices,
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One row. `values`: key -> str, Decimal, Money, "2022-09", day, moment, code, bool or None (not said).
    `series`: month -> value, of columns whose header is a month. `letters` is shared by a sheet."""

    sheet: str
    row: int  # 1 is the first
    values: Mapping[str, Any]
    series: Mapping[str, Any]
    letters: Mapping[str, str]
    joint: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # units that share it; the first leads

    def cell(self, key: str) -> str:
        return f"{self.letters.get(key, 'A')}{self.row}"

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(frozen=True)
class RecordTable:
    sheet: Sheet
    kind: WorkbookKind
    first: int
    last: int
    columns: Mapping[int, RecordColumn]
    units: Mapping[int, str]  # stated by header or sheet; "" if nowhere
    months: Mapping[int, str]  # column -> 2022-09
    taught: bool = False
    supposed: Mapping[int, str] = field(default_factory=dict)  # of `units` what the table does not say

    @property
    def score(self) -> int:
        return 2 * len(self.columns) + (1 if self.months else 0)
