"""What reading a workbook gives: figures, targets, ranks, findings, each with its sheet and cell.

Pure values that travel between processes by pickle. `value` is a Decimal in the catalogue's unit
of the measure ("%" for growths); `text` is what the cell showed; None means that there is no
number, and `status` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wenpan.documents.tables.explained import ExplainedTable, TableQuestion
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.quality.finding import CheckFinding, Severity

if TYPE_CHECKING:
    from wenpan.documents.tables.records.shape import Record

VALUE, MISSING, NOT_ASSESSED = "value", "missing", "not_assessed"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number of one region, indicator, period, measure and basis."""

    region: str
    indicator: str
    period: str  # 2022-09 or 2022-Q3
    measure: str  # a Measure
    basis: str
    status: str  # value | missing | not_assessed
    value: Decimal | None  # in `unit`
    text: str  # as published
    unit: str  # the catalogue's unit of this measure
    sheet: str
    cell: str
    factor: str = "1"  # the published unit in units of `unit`: 亿元 in a 万元 indicator is "10000"

    def __reduce__(self) -> tuple[Any, ...]:
        # A hundred thousand of them cross the pipe; dataclass pickling with slots is three times slower.
        return Figure, (
            self.region, self.indicator, self.period, self.measure, self.basis, self.status,
            self.value, self.text, self.unit, self.sheet, self.cell, self.factor,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetFigure:
    """One target of a year: of a region, or of a department or town (`unit`, a code) within it."""

    region: str
    unit: str  # "" for the region itself
    indicator: str
    year: int
    measure: str
    basis: str
    comparison: str  # ">=" | "<="
    value: Decimal
    text: str
    set_by: str  # congress | city | district
    document: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class PublishedRank:
    """A rank as printed beside a figure; ours is computed, and compared with it."""

    region: str
    indicator: str
    period: str
    measure: str
    basis: str
    rank: int
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class ComparedNumber:
    """A number printed beside a figure that the ledger can be held against; it is never stored.

    `kind` is gap (to `other`, a region), change (against `other`, an earlier period), share (% of `other`, a
    region), last_year or increment (against the same months of the year before), pull (percentage points that
    a district adds to the growth of `other`, a region), contribution (% of the growth of `other`) or progress
    (% of the year's target, `against` where the row prints it).
    `signed` False: only its size is compared."""

    region: str
    indicator: str
    period: str
    measure: str
    basis: str
    kind: str
    other: str
    signed: bool
    value: Decimal  # in the catalogue's unit
    sheet: str
    cell: str
    against: Decimal | None = None  # of a progress: the target or budget in the same row, in that unit


@dataclass(frozen=True)
class ColumnGuess:
    """What a column of an unknown layout seems to be; `guess` is the value of a mapping's column."""

    index: int  # 0 is column A
    letter: str
    header: str
    guess: Mapping[str, str]
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnknownLayout:
    """A sheet whose columns no kind recognises: a person maps it once.

    The mapping is `{"kind", "header_rows": [row numbers as in the sheet, 1 is the first],
    "columns": {"0": {"role", "measure", "basis", "unit", "indicator", "region", "set_by"}}}`.
    """

    sheet: str
    header_at: list[int]  # row numbers, 1 is the first
    header_rows: list[list[str]]
    sample_rows: list[list[str]]
    columns: list[ColumnGuess]
    signature: str


@dataclass
class Reading:
    """What one workbook says. `period_from` is title | filename | sheet | person | cells | ""."""

    kind: str
    title: str = ""
    period: str | None = None
    period_from: str = ""
    signature: str = ""
    figures: list[Figure] = field(default_factory=list)
    targets: list[TargetFigure] = field(default_factory=list)
    ranks: list[PublishedRank] = field(default_factory=list)
    compared: list[ComparedNumber] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    findings: list[CheckFinding] = field(default_factory=list)
    unknown: UnknownLayout | None = None
    rows: int = 0  # rows of data read
    records: list[Record] = field(default_factory=list)  # of record tables
    tables: list[ExplainedTable] = field(default_factory=list)  # 各列是什么, of every table of the file
    question: TableQuestion | None = None  # what a person must say before anything is taken
    of_text: bool = False  # read out of paragraphs: a record's sheet is its paragraph

    def add(
        self,
        check: str,
        severity: Severity,
        found: str,
        expected: str = "",
        advice: str = "",
        sheet: str = "",
        cell: str = "",
        subject: str = "",
    ) -> None:
        self.findings.append(CheckFinding(check, severity, found, expected, advice, sheet, cell, subject))


@dataclass(frozen=True)
class Context:
    """What the reader may know about the place; nothing here is read from a clock or a disk."""

    catalogue: Mapping[str, Indicator]
    regions: Mapping[str, str]  # name or alias -> code
    units: Mapping[str, str]  # department or town: name or alias -> code
    home: str  # region code of a table without a region column
    layouts: Mapping[str, Mapping[str, Any]]  # signature -> mapping
    kinds: Mapping[str, WorkbookKind]
    period: str | None = None  # given by the person
    kind: str | None = None  # given by the person
    city: str = ""  # region code of a row 全市; "" means: look for 全市 in `regions`
    guess_regions: bool = False  # take any name that ends like a district's as a region of that name
    filename: str = ""
