"""A layout that no kind knows: its header, a few rows, and what each column seems to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from wenpan.documents.spreadsheets.cells import MISSING, NOT_ASSESSED, NUMBER, cell_text, read_cell
from wenpan.documents.spreadsheets.workbook import CellValue, Sheet
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.columns import classify
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.layout.header_rows import guess_header, header_paths
from wenpan.documents.tables.layout.signature import signature_of
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import ColumnGuess, Context, UnknownLayout
from wenpan.documents.words.units import canonical

_ROWS = 8


def unknown_layout(sheets: Sequence[Sheet], context: Context, names: Names) -> UnknownLayout | None:
    """The first sheet that looks like a table; None if none does."""
    for sheet in sheets:
        if header := guess_header(sheet):
            return layout_of(sheet, header, context, names)
    return None


def layout_of(sheet: Sheet, header: tuple[int, int], context: Context, names: Names) -> UnknownLayout:
    first, last = header
    paths = header_paths(sheet, first, last)
    rows = [row for row in sheet.rows[last + 1 :] if any(v is not None for v in row)]
    figures = (k for k in context.kinds.values() if k.produces == "figures")
    kind = context.kinds.get(context.kind or "") or next(figures, WorkbookKind("", ""))
    columns = []
    for index, path in enumerate(paths):
        values = [row[index] for row in rows[:200] if index < len(row) and row[index] is not None]
        guess = _guess(index, path, values, kind, names, context)
        samples = tuple(cell_text(v) for v in values[:4])
        columns.append(ColumnGuess(index, letters(index), " / ".join(path), guess, samples))
    return UnknownLayout(
        sheet=sheet.name,
        header_at=list(range(first + 1, last + 2)),
        header_rows=[_texts(sheet, r) for r in range(first, last + 1)],
        sample_rows=[[cell_text(v) for v in row] for row in rows[:_ROWS]],
        columns=columns,
        signature=signature_of(sheet, 0, first, paths),
    )


def _guess(
    index: int,
    path: Sequence[str],
    values: Sequence[CellValue],
    kind: WorkbookKind,
    names: Names,
    context: Context,
) -> Mapping[str, str]:
    column = classify(index, path, kind, names, context.units)
    texts = [v for v in values if isinstance(v, str)]
    seen = Counter(_what(text, kind, names) for text in texts)
    for role in ("indicator", "region", "unit"):
        if seen[role] * 2 > max(1, len(values)):
            return {"role": role}
    numbers = sum(read_cell(v).kind in (NUMBER, MISSING, NOT_ASSESSED) for v in values)
    if not values or numbers * 2 <= len(values) or column.role == "ignore":
        return {"role": "ignore"}
    if column.role == "rank":
        return {"role": "rank"}
    guess = {"role": "target" if kind.produces == "targets" else "figure"}
    measure = f"{column.scope or 'ytd'}{'_growth' if column.growth else ''}"
    return guess | {
        key: value
        for key, value in {
            "measure": measure if column.growth is not None or column.scope else "",
            "basis": column.basis or "",
            "unit": column.unit,
            "indicator": column.indicator,
            "region": column.region,
        }.items()
        if value
    }


def _what(text: str, kind: WorkbookKind, names: Names) -> str:
    if names.region(text):
        return "region"
    if names.indicator(text, kind).code:
        return "indicator"
    return "unit" if canonical(text) else ""


def _texts(sheet: Sheet, r: int) -> list[str]:
    row = sheet.rows[r]
    return [cell_text(v) for v in row] + [""] * (sheet.width - len(row))
