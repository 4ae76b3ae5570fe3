"""各列是什么: how every column of every table was understood, for the person who confirms or teaches it.

Pure values (pickled with a `Reading`, `Reading.tables`). They are there for a table that was recognised,
refused or unknown, of figures, targets or records alike. What a person answers is a *teaching*, in JSON:

    {"kind": "indicator_table",
     "title": "2022年1-10月各县(市、区)固定资产投资",      the title on which it was taught, for people
     "header_rows": [2], "header_at": [2],               row numbers of the header, 1 is the first
     "columns": {"0": {"role": "region"},
                 "1": {"role": "figure", "measure": "ytd_growth", "basis": "", "unit": "",
                       "indicator": "@title", "region": "", "period": ""},
                 "2": {"role": "ignore"}},
     "subject": "anhe",                                   whose table it is, where the title left it open
     "rows_out": ["其中:税务部门"]}                        rows (by the text of their key) that are left out

`indicator: "@title"` means: the indicator that the title names. A teaching is remembered under
`ExplainedTable.signature`, which holds the words of title, sheet and header together (without years and
months): the same header under another title is another table and is asked again. `Context.layouts` maps
signatures to teachings. For records the role of a column is `field`, and `field` names the kind's column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KEY, FIGURE, TARGET, RANK, FIELD, ASKED, LEFT_OUT = (
    "key",  # names the rows: indicator, region, unit, period, …
    "figure",
    "target",
    "rank",
    "field",  # a field of a record
    "asked",  # a person must say what it is; nothing of it was read
    "left_out",  # known, and no figure (a gap, a share, last year's value, a note); `why` says what
)
UNDERSTOOD = (KEY, FIGURE, TARGET, RANK, FIELD, ASKED, LEFT_OUT)
FROM_TITLE = "@title"  # an indicator that the title names


@dataclass(frozen=True)
class ExplainedColumn:
    """One column. Codes are those of catalogue and place; empty where the words do not say it.

    `role` is what a teaching may say (a value of `kinds.ROLES`, or `field`), or for a known column beside the
    figures its name in the vocabulary (gap, change, share, progress, last_year, …). `period` is 2022-09.
    """

    sheet: str
    index: int  # 0 is column A
    letter: str
    path: tuple[str, ...]  # the texts of the header, top down
    samples: tuple[str, ...]  # up to three values as shown
    understood: str  # one of UNDERSTOOD
    role: str = ""
    indicator: str = ""
    region: str = ""
    period: str = ""
    measure: str = ""
    basis: str = ""
    unit: str = ""
    field: str = ""  # of records: the key of the kind's column
    left_over: tuple[str, ...] = ()  # words that nobody accounts for
    why: str = ""  # in Chinese: why it is asked about or left out
    unread: int = 0  # cells with a number that became nothing
    taught: bool = False

    @property
    def header(self) -> str:
        return " / ".join(self.path)

    @property
    def answer(self) -> dict[str, str]:
        """The program's own understanding as a teaching has it: what a form is filled with."""
        role = self.role if self.understood in (KEY, FIGURE, TARGET, RANK, FIELD) else ""
        if self.understood == LEFT_OUT:
            role = "ignore"
        names = ("indicator", "region", "period", "measure", "basis", "unit", "field")
        return {"role": role} | {name: value for name in names if (value := getattr(self, name))}


@dataclass(frozen=True)
class LeftOutRow:
    """A row with numbers of which nothing was read."""

    sheet: str
    row: int  # 1 is the first
    name: str
    why: str


@dataclass(frozen=True)
class ExplainedTable:
    """One table of a sheet: its title, header, columns, and what of it was not read."""

    sheet: str
    title: str
    kind: str  # code of a workbook kind, or "" where none fits
    produces: str  # figures | targets | records | "" (nothing recognised)
    header_at: tuple[int, ...]  # row numbers, 1 is the first
    header_rows: tuple[tuple[str, ...], ...]
    sample_rows: tuple[tuple[str, ...], ...]
    columns: tuple[ExplainedColumn, ...]
    signature: str  # title, sheet and header together
    title_left_over: tuple[str, ...] = ()  # words of the title that nobody accounts for
    subject: str = ""  # code of the region whose table it is
    subject_asked: str = ""  # why a person must say whose table it is; "" where it is clear
    indicator: str = ""  # what the title names, where the columns name none
    period: str = ""  # 2022-09
    taught: bool = False
    rows_left_out: tuple[LeftOutRow, ...] = ()

    @property
    def unread(self) -> int:
        return sum(column.unread for column in self.columns)

    @property
    def asked(self) -> tuple[ExplainedColumn, ...]:
        return tuple(column for column in self.columns if column.understood == ASKED)


@dataclass(frozen=True)
class TableQuestion:
    """What a person is asked before anything of the file is taken."""

    asks: str  # layout | period | subject
    words: str  # the question, in Chinese
    sheet: str = ""
    left_over: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)  # code -> name
