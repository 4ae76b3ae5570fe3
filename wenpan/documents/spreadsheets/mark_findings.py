"""The sender's own workbook back, with the findings marked in the cells and listed on a sheet.

The layout stays as it was: only comments, fills and the sheet 核对结果 are added. csv and xls come back
as xlsx. Whatever the file or a finding says is written as text, never as a formula.
"""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from collections.abc import Sequence

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from wenpan.economy.quality.finding import CheckFinding, Severity

OF_TEXT = "正文第"  # how the place of a finding in a text begins
RESULT_SHEET = "核对结果"
LABELS = {Severity.HARD: "必须改正", Severity.SOFT: "需要说明", Severity.NOTE: "提示"}
_FILLS = {Severity.HARD: "FFC7CE", Severity.SOFT: "FFEB9C", Severity.NOTE: "DDEBF7"}
_ORDER = (Severity.HARD, Severity.SOFT, Severity.NOTE)
_HEADERS = (
    ("级别", 10),
    ("工作表", 14),
    ("单元格", 9),
    ("对象", 26),
    ("发现", 46),
    ("应为", 30),
    ("怎么办", 40),
)
_LARGE = 8 * 1024 * 1024  # beyond, an object model of the whole file takes minutes: only the list is returned
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def annotate(data: bytes, filename: str, findings: Sequence[CheckFinding]) -> bytes:
    """xlsx bytes; of a text report, which has no cells, the list alone. Raises `Unreadable` where the file
    cannot be opened."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library tells what it does not keep (sparklines, extensions)
        book = _empty() if any(f.sheet.startswith(OF_TEXT) for f in findings) else _open(data, filename)
        for (sheet, cell), group in _by_cell(findings).items():
            if sheet in book.sheetnames and isinstance(book[sheet], Worksheet):
                _mark(book[sheet], cell, group)
        _list(book, findings)
        if book.calculation is not None:
            book.calculation.fullCalcOnLoad = True  # cached results are not kept: let Excel compute anew
        out = io.BytesIO()
        book.save(out)
    return out.getvalue()


def _open(data: bytes, filename: str) -> Workbook:
    from wenpan.documents.spreadsheets.workbook import read

    if data[:4] != b"PK\x03\x04" or len(data) > _LARGE:
        return _rebuilt(data, filename)
    read(data, filename)  # says why, if it must not or cannot be opened
    try:
        return openpyxl.load_workbook(io.BytesIO(data))
    except Exception:  # the object model is stricter than the reader: keep the values at least
        return _rebuilt(data, filename)


def _rebuilt(data: bytes, filename: str) -> Workbook:
    """The values alone, at their own addresses; for a very large file just the list of findings."""
    from wenpan.documents.spreadsheets.workbook import read

    book = _empty()
    if len(data) > _LARGE:
        return book
    for sheet in read(data, filename).sheets:
        copy = book.create_sheet(sheet.name[:31])
        for r, row in enumerate(sheet.rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    _put(copy, r, c, value)
        for r1, c1, r2, c2 in sheet.merged:
            copy.merge_cells(start_row=r1 + 1, start_column=c1 + 1, end_row=r2 + 1, end_column=c2 + 1)
    return book


def _empty() -> Workbook:
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    return book


def _by_cell(findings: Sequence[CheckFinding]) -> dict[tuple[str, str], list[CheckFinding]]:
    groups: dict[tuple[str, str], list[CheckFinding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet and finding.cell:
            groups[finding.sheet, finding.cell].append(finding)
    return groups


def _mark(sheet: Worksheet, address: str, findings: Sequence[CheckFinding]) -> None:
    cell = _top_left(sheet, address)
    if cell is None:
        return
    worst = min((f.severity for f in findings), key=_ORDER.index)
    cell.fill = PatternFill("solid", fgColor=_FILLS[worst])
    lines = [_sentence(f) for f in findings]
    if cell.comment is not None:
        lines.insert(0, str(cell.comment.text))
    text = _clean("\n\n".join(lines))
    cell.comment = Comment(text, "稳盘", height=min(400, 60 + 18 * (len(text) // 20 + 1)), width=320)


def _top_left(sheet: Worksheet, address: str) -> Cell | None:
    try:
        cell = sheet[address]
    except ValueError:
        return None
    if isinstance(cell, MergedCell):
        area = next(a for a in sheet.merged_cells.ranges if address in a)
        cell = sheet.cell(area.min_row, area.min_col)
    return cell if isinstance(cell, Cell) else None


def _sentence(finding: CheckFinding) -> str:
    parts = [f"【{LABELS[finding.severity]}】{finding.found}"]
    if finding.expected:
        parts.append(f"应为: {finding.expected}")
    if finding.advice:
        parts.append(finding.advice)
    return "\n".join(parts)


def _list(book: Workbook, findings: Sequence[CheckFinding]) -> None:
    name = RESULT_SHEET
    while name in book.sheetnames:
        name += "2"
    sheet = book.create_sheet(name)
    for column, (header, width) in enumerate(_HEADERS, 1):
        cell = sheet.cell(1, column, header)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    for row, f in enumerate(sorted(findings, key=lambda f: _ORDER.index(f.severity)), 2):
        texts = (LABELS[f.severity], f.sheet, f.cell, f.subject, f.found, f.expected, f.advice)
        for column, text in enumerate(texts, 1):
            _put(sheet, row, column, text)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_FILLS[f.severity])
        if f.sheet in book.sheetnames and f.cell:
            quoted = f.sheet.replace("'", "''")
            sheet.cell(row, 3).hyperlink = f"#'{quoted}'!{f.cell}"
    if not findings:
        _put(sheet, 2, 1, "没有发现问题")


def _put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    cell = sheet.cell(row, column)
    if not isinstance(value, str):
        cell.value = value  # type: ignore[assignment]
        return
    text = _clean(value)
    cell.value = text
    cell.data_type = "s"  # "=1+1" stays a text
    if text.startswith(_DANGEROUS):
        cell.quotePrefix = True


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
