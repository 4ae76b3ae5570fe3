# ruff: noqa: E501 (a row of a table in a line)
"""How a fresh table is written down: its cells, and beside each the figure that a careful clerk takes from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

FIRST_BATCH, SECOND_BATCH, THIRD_BATCH = 152, 216, 307
HOMES = {"lanyang": "qinghe", "pingling": "pingling"}  # the place's file -> the own district


@dataclass(frozen=True)
class Cell:
    """A value and what it is: `how` is must, may (read so or asked), free (read so or left out without a word),
    asked (a word is due, never read), unknown (a row's name that must be reported), target, part."""

    value: Any
    how: str = "must"
    indicator: str = ""
    measure: str = ""
    is_: Any = None  # in the catalogue's unit; default: as printed
    region: str | None = None
    period: str | None = None
    basis: str = "natural"
    year: int = 2022
    comparison: str = ">="

    def truth(self) -> str:
        return f"{Decimal(str(self.value if self.is_ is None else self.is_)).normalize():f}"


def figure(measure: str, indicator: str, value: Any, is_: Any = None, how: str = "must", **more: Any) -> Cell:
    names = {"r": "region", "p": "period", "b": "basis"}
    return Cell(value, how, indicator, measure, is_, **{names.get(k, k): v for k, v in more.items()})


Y, YG, M, MG, B, BG = (
    partial(figure, m) for m in ("ytd", "ytd_growth", "month", "month_growth", "balance", "balance_growth")
)


def Q(value: Any) -> Cell:  # noqa: N802 (a mark, as Y and M are)
    """A number of which a word is due, and which must never be read."""
    return Cell(value, "asked")


def U(name: str) -> Cell:  # noqa: N802
    """The name of a row that is not in the catalogue: it must be reported."""
    return Cell(name, "unknown")


def G(indicator: str, measure: str, value: Any, is_: Any = None, r: str | None = None, **more: Any) -> Cell:  # noqa: N802
    """A target of the year."""
    return Cell(value, "target", indicator, measure, is_, r, **more)


@dataclass
class Case:
    """A file: sheets of rows, where a row's cells are plain values (never a figure) or `Cell`s."""

    about: str
    sheets: dict[str, list[list[Any]]]
    ext: str = "xlsx"  # xlsx, html.xls, biff.xls, ods, utf8.csv, gbk.csv, big5.csv, semi.csv
    place: str = "lanyang"
    period: str = "2022-09"
    merged: tuple[str, ...] = ()
    month: str | None = None
    month_ask_ok: bool = False
    records: list[dict[str, Any]] = field(default_factory=list)
    no_record_rows: list[int] = field(default_factory=list)
    records_ask_ok: bool = False
    way: bool = False
    filename: str = ""
    formats: dict[str, str] = field(default_factory=dict)  # cell -> number format
    comments: dict[str, str] = field(default_factory=dict)  # cell -> the comment at it
    hidden: tuple[str, ...] = ()  # a column's letter or a row's number
    page_head: str = ""  # printed above each page
    page_foot: str = ""
    id: str = ""

    @property
    def batch(self) -> str:
        number = int(self.id[1:])
        ends = {"first": FIRST_BATCH, "second": SECOND_BATCH, "third": THIRD_BATCH}
        return next((name for name, end in ends.items() if number < end), "fourth")

    @property
    def aside(self) -> bool:
        """Every second case was never looked at while the reader was mended."""
        return int(self.id[1:]) % 2 == 1

    def yaml(self, file: str) -> dict[str, Any]:
        one = len(self.sheets) == 1
        said: dict[str, Any] = {
            "id": self.id, "file": file, "kinds": ["aside" if self.aside else "tuned"], "place": self.place,
            "about": self.about, "month": self.month, "month_ask_ok": self.month_ask_ok, "way": self.way,
            "records": self.records, "no_record_rows": self.no_record_rows, "records_ask_ok": self.records_ask_ok,
        }  # fmt: skip
        keys = {"must": "figures", "may": "figures_ask_ok", "free": "figures_optional"}
        home = HOMES[self.place]
        for name, rows in self.sheets.items():
            for r, row in enumerate(rows, 1):
                for c, cell in enumerate(row):
                    if not isinstance(cell, Cell):
                        continue
                    at = f"{chr(65 + c)}{r}" if one else f"{name}!{chr(65 + c)}{r}"
                    of = cell.region or home
                    if cell.how in keys:
                        said.setdefault(keys[cell.how], []).append([
                            at, of, cell.indicator, cell.period or self.period, cell.measure, cell.basis, cell.truth(),
                        ])  # fmt: skip
                    elif cell.how == "asked":
                        said.setdefault("not", []).append(
                            {"cells": at, "as": "asked", "why": "a word is due"}
                        )
                    elif cell.how == "unknown":
                        said.setdefault("unknown_rows", []).append(at)
                    else:
                        key = "targets" if cell.how == "target" else "targets_ask_ok"
                        said.setdefault(key, []).append([
                            at, of, cell.indicator, cell.year, cell.measure, cell.comparison, cell.truth(),
                        ])  # fmt: skip
        return {k: v for k, v in said.items() if v not in (None, [], False)}
