"""The preview drawn as the sheet is: its rows and columns, with what each cell would change.

Built from the kept preview (a parquet of a few kilobytes), never from the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl


@dataclass(frozen=True)
class PreviewCell:
    place: str  # C5
    subject: str
    old: str
    new: str
    kind: str  # new | revised | unchanged
    severity: str  # hard | soft | note | "": the worst finding about this cell
    marked: bool = False  # the cell whose origin is shown
    note: str = ""  # its own row heading, where that is not the row's (another basis in one row)


@dataclass(frozen=True)
class PreviewRow:
    number: int
    label: str
    cells: tuple[PreviewCell | None, ...]


@dataclass(frozen=True)
class PreviewSheet:
    name: str
    columns: tuple[tuple[str, str], ...]  # letter, heading
    rows: tuple[PreviewRow, ...]


@dataclass(frozen=True)
class PreviewGrid:
    sheets: tuple[PreviewSheet, ...]
    page: int
    pages: int
    rows: int  # of all pages

    @property
    def numbers(self) -> range:
        return range(1, self.pages + 1)


ROWS = 60


def grid(changes: pl.DataFrame, marks: Mapping[str, str], *, page: int = 1, rows: int = ROWS) -> PreviewGrid:
    """`marks`: place (`表1!C5`) → severity. The page is cut after `rows` rows of the sheet."""
    placed = _placed(changes)
    order = placed.select("sheet", "number").unique(maintain_order=True)
    pages = max(1, -(-order.height // rows))
    page = min(max(1, page), pages)
    shown = placed.join(order.slice((page - 1) * rows, rows), on=["sheet", "number"], maintain_order="left")
    sheets = [
        _sheet(str(name), part, marks) for (name,), part in shown.group_by("sheet", maintain_order=True)
    ]
    return PreviewGrid(tuple(sheets), page, pages, order.height)


def headed(grid: PreviewGrid, headings: Mapping[tuple[str, str], str]) -> PreviewGrid:
    """With what each column is in words, (sheet, letter) → words, over what the sheet's own header says."""
    return replace(grid, sheets=tuple(_headed(sheet, headings) for sheet in grid.sheets))


def _headed(sheet: PreviewSheet, headings: Mapping[tuple[str, str], str]) -> PreviewSheet:
    columns = (
        (letter, _heading(headings.get((sheet.name, letter), ""), said)) for letter, said in sheet.columns
    )
    return replace(sheet, columns=tuple(columns))


def _heading(words: str, said: str) -> str:
    return f"{words}{said}" if not words or words.endswith(" · ") else words


def excerpt(changes: pl.DataFrame, sheet: str, cell: str, *, around: int = 2) -> PreviewSheet | None:
    """The rows around one cell, the cell marked; None if the preview is gone."""
    placed = _placed(changes).filter(pl.col("sheet") == sheet)
    here = placed.filter(pl.col("cell") == cell)
    if here.is_empty():
        return None
    number = here["number"][0]
    return _sheet(sheet, placed.filter((pl.col("number") - number).abs() <= around), {}, marked=cell)


def _placed(changes: pl.DataFrame) -> pl.DataFrame:
    parts = (
        pl.col("place").str.extract_groups(r"^(?<sheet>.*)!(?<letters>[A-Z]+)(?<number>\d+)$").alias("parts")
    )
    return (
        changes.with_columns(parts)
        .unnest("parts")
        .drop_nulls("number")
        .with_columns(
            pl.col("number").cast(pl.Int64),
            (pl.col("letters") + pl.col("number")).alias("cell"),
        )
        .sort("sheet", "number", pl.col("letters").str.len_chars(), "letters", maintain_order=True)
    )


def _sheet(name: str, part: pl.DataFrame, marks: Mapping[str, str], marked: str = "") -> PreviewSheet:
    letters = list(dict.fromkeys(sorted(part["letters"], key=lambda text: (len(text), text))))
    headings = dict(zip(part["letters"], part["column"], strict=True))
    rows = [
        _row(number, lines.to_dicts(), letters, marks, marked)
        for (number,), lines in part.group_by("number", maintain_order=True)
    ]
    return PreviewSheet(name, tuple((letter, headings[letter]) for letter in letters), tuple(rows))


def _row(
    number: object, lines: list[dict[str, str]], letters: list[str], marks: Mapping[str, str], marked: str
) -> PreviewRow:
    label = lines[0]["row"]
    cells = {line["letters"]: _cell(line, label, marks, marked) for line in lines}
    return PreviewRow(int(str(number)), label, tuple(cells.get(letter) for letter in letters))


def _cell(line: dict[str, str], label: str, marks: Mapping[str, str], marked: str) -> PreviewCell:
    return PreviewCell(
        place=line["cell"],
        subject=line["subject"],
        old=line["old"],
        new=line["new"],
        kind=line["kind"],
        severity=marks.get(line["place"], ""),
        marked=line["cell"] == marked,
        note="" if line["row"] == label else line["row"],
    )
