"""Papers and workbooks measured before they are parsed: counted in a stream, never built.

A parser makes an object of every paragraph and a grid of every sheet; a small file can ask for millions.
The counts are read off the XML itself, not off what the file declares; the limits are dated data
(rules/files.yaml). The refusal says what was found, what is allowed and what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from wenpan.documents.screening.bounded_zip import CHUNK, chunks, opened
from wenpan.documents.screening.heads import is_pdf
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.spreadsheets.xlsx_package import column_index, letters

_MEBI = 1024 * 1024
_OVERLAP = 4096  # the last cell of a piece that may be cut in two
_OLE = b"\xd0\xcf\x11\xe0"
_SEPARATORS = (b",", b"\t", b";")
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[\s>/]")
_TABLE_CELL = re.compile(rb"<(?:\w+:)?tc[\s>/]")
_TABLE = re.compile(rb"<(/?)(?:\w+:)?tbl[\s>]")
_BARE_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>])")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_UNNAMED = re.compile(rb"<(?:\w+:)?c(?:\s+(?!r=)\w+=\"[^\"]*\")*\s*>")
_FILLED = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,4})(\d{1,10})\"[^>]*(?<!/)>\s*<(?:\w+:)?(?:v|f|is)\b"
)
# As nearly every program writes it: three times faster where it holds for a whole piece.
_USUAL_FILLED = re.compile(rb"<c r=\"([A-Z]{1,4})(\d{1,10})\"[^>]*(?<!/)>\s*<(?:\w+:)?(?:v|f|is)\b")
_STRING = re.compile(rb"<(?:\w+:)?si[\s>/]")
_STYLE = re.compile(rb"<(?:\w+:)?xf[\s>/]")
_PAGE = re.compile(rb"/Type\s*/Page(?!s)\b")
_PAGE_COUNT = re.compile(rb"/Count\s+(\d{1,9})\b")
_SHEET = re.compile(
    r"xl/(?!sharedstrings|styles|workbook|theme|drawings|charts|comments|threadedcomments|tables|pivot|external|"
    r"printersettings|calcchain|metadata|richdata|persons|media|_rels|connections|querytables|slicer).+\.xml$"
)


@dataclass(frozen=True)
class FileLimits:
    """Of one file. Counts are inclusive: what reaches the limit is still read."""

    unpacked_megabytes: int  # all parts together
    part_megabytes: int  # the largest part
    ratio: int  # unpacked to packed, above `ratio_from_megabytes`
    ratio_from_megabytes: int
    entries: int  # parts of a zip
    paragraphs: int
    table_cells: int  # of a paper
    depth: int  # tables within tables
    sheets: int
    rows: int  # the last row of a sheet that holds something
    columns: int  # the last column of a sheet that holds something
    cells: int  # that hold something, all sheets together
    grid: int  # rows × columns of a sheet: parsers build it whole
    strings: int  # shared strings
    styles: int
    merged: int
    pages: int
    text_megabytes: int  # of csv and txt


def measure(data: bytes, limits: FileLimits) -> None:
    """Raises `Unreadable` (zip_bomb, too_many, far_cells, too_large) for what must not be parsed.

    A file of another make, and a damaged one, are left to their readers.
    """
    archive = opened(data)
    if archive is None:
        _plain(data, limits)
        return
    with archive:
        _directory(archive, limits)
        names = set(archive.namelist())
        if "word/document.xml" in names:
            _paper(archive, limits)
        if "xl/workbook.xml" in names:
            _workbook(archive, limits)


def _plain(data: bytes, limits: FileLimits) -> None:
    if is_pdf(data):
        pages = max(len(_PAGE.findall(data)), max(map(int, _PAGE_COUNT.findall(data)), default=0))
        if pages > limits.pages:
            raise _many("too_many", "PDF 有", f"{pages} 页", f"{limits.pages} 页", "只保留需要的部分")
    elif not data.startswith(_OLE):
        if len(data) > limits.text_megabytes * _MEBI:
            size, most = f"{len(data) / _MEBI:.1f} MB", f"{limits.text_megabytes} MB"
            raise _many("too_large", "文本有", size, most, "只保留要报送的部分")
        _text(data, limits)


def _text(data: bytes, limits: FileLimits) -> None:
    """Lines, and what commas, tabs or semicolons part in them: a csv becomes a grid as wide as its widest."""
    cells = data.count(b"\n") + max(map(data.count, _SEPARATORS))
    if cells > limits.cells:
        raise _many("too_many", "文本有", f"{cells} 格", f"{limits.cells} 格", "按年份或按表拆成几个文件")
    if max(map(data.count, _SEPARATORS)) < limits.columns:
        return
    for row, line in enumerate(io.BytesIO(data), 1):
        columns = max(map(line.count, _SEPARATORS)) + 1
        if columns > limits.columns:
            reach, most = f"到第 {columns} 列({letters(columns - 1)} 列)", f"{limits.columns} 列"
            raise _far(f"第{row}行", reach, most, "删除表格右边的列, 或按年份拆开")


def _directory(archive: zipfile.ZipFile, limits: FileLimits) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries) / _MEBI
    packed = sum(entry.compress_size for entry in entries) / _MEBI
    largest = max((entry.file_size for entry in entries), default=0) / _MEBI
    ratio = unpacked / max(packed, 1 / _MEBI) if unpacked > limits.ratio_from_megabytes else 0
    shown = f"解开后有 {unpacked:.0f} MB, 是本身的"
    for found, words, most, unit, where in (
        (len(entries), f"{len(entries)} 个", limits.entries, "个", "压缩包内的部分有"),
        (unpacked, f"{unpacked:.0f} MB", limits.unpacked_megabytes, "MB", "解开后共有"),
        (largest, f"{largest:.0f} MB", limits.part_megabytes, "MB", "其中一个部分解开后有"),
        (ratio, f"{ratio:.0f} 倍", limits.ratio, "倍", shown),
    ):
        if found > most:
            raise _many(
                "zip_bomb", where, words, f"{most} {unit}", "只保留要报送的内容, 删除空白的行、列和段落"
            )


def _paper(archive: zipfile.ZipFile, limits: FileLimits) -> None:
    paragraphs = cells = depth = deepest = 0
    for piece in _pieces(archive, "word/document.xml", limits):
        paragraphs += len(_PARAGRAPH.findall(piece))
        cells += len(_TABLE_CELL.findall(piece))
        for mark in _TABLE.findall(piece):
            depth += -1 if mark == b"/" else 1
            deepest = max(deepest, depth)
    for found, word, most, todo in (
        (paragraphs, "个段落", limits.paragraphs, "删除空白段落, 只保留需要的部分"),
        (cells, "个表格单元格", limits.table_cells, "把大表另存为 .xlsx 上传"),
        (deepest, "层嵌套的表格", limits.depth, "把嵌套的表格拆开"),
    ):
        if found > most:
            raise _many("too_many", "文件有", f"{found} {word}", f"{most} {word[0]}", todo)


def _workbook(archive: zipfile.ZipFile, limits: FileLimits) -> None:
    sheets = sorted(n for n in archive.namelist() if _SHEET.match(n.lower()))
    counts = [(len(sheets), "张工作表", limits.sheets, "只保留要报送的工作表")]
    for name in archive.namelist():
        if name.lower() == "xl/sharedstrings.xml":
            count = _count(archive, name, _STRING, limits)
            counts.append((count, "条不同的文字", limits.strings, "只保留要报送的工作表"))
        elif name.lower() == "xl/styles.xml":
            count = _count(archive, name, _STYLE, limits)
            counts.append((count, "种单元格格式", limits.styles, "把内容粘贴为数值到新工作簿"))
    _within("工作簿", counts)
    filled = sum(_sheet(archive, name, number, limits) for number, name in enumerate(sheets, 1))
    _within("工作簿", [(filled, "个有内容的单元格", limits.cells, "按年份或按表拆成几个文件")])


def _within(where: str, counts: list[tuple[int, str, int, str]]) -> None:
    for found, word, most, todo in counts:
        if found > most:
            raise _many("too_many", f"{where}有", f"{found} {word}", f"{most} {word[0]}", todo)


def _count(archive: zipfile.ZipFile, name: str, pattern: re.Pattern[bytes], limits: FileLimits) -> int:
    return sum(len(pattern.findall(piece)) for piece in _pieces(archive, name, limits))


def _sheet(archive: zipfile.ZipFile, name: str, number: int, limits: FileLimits) -> int:
    """How many cells hold something. Formats alone often reach the last row: only content counts."""
    rows = columns = cells = bare = merged = unnamed_rows = 0
    for piece in _pieces(archive, name, limits):
        here, found = _cells(piece)
        bare += here
        cells += len(found)
        merged += piece.count(b"mergeCell ")
        if found:
            rows = max(rows, *map(int, {row for _column, row in found}))
            columns = max(columns, *(column_index(c.decode()) + 1 for c in {column for column, _ in found}))
        if here > len(found) and here > piece.count(b' r="'):  # cells without an address
            unnamed_rows += len(_BARE_ROW.findall(piece))
            for row in _BARE_ROW.split(piece):
                wide = len(_UNNAMED.findall(row))
                cells += wide
                columns = max(columns, wide)
    rows = max(rows, unnamed_rows)
    where = f"第{number}张工作表"
    if rows > limits.rows:
        raise _far(where, f"到第 {rows} 行", f"{limits.rows} 行", "删除表格以下的行")
    if columns > limits.columns:
        reach = f"到第 {columns} 列({letters(columns - 1)} 列)"
        raise _far(where, reach, f"{limits.columns} 列", "删除表格右边的列, 或按年份拆开")
    if rows * columns > limits.grid:
        corner = f"例如 {letters(columns - 1)}{rows} 一带"
        reach = f"的范围达到 {rows} 行 × {columns} 列, 远处多半有误填的单元格({corner})"
        raise _far(where, reach, f"{limits.grid} 格", "删除表格以外的行和列")
    _within(
        where,
        [
            (max(cells, bare // 4), "个单元格", limits.cells, "只保留有数的行和列"),
            (merged, "处合并单元格", limits.merged, "取消合并"),
        ],
    )
    return cells


def _cells(piece: bytes) -> tuple[int, list[tuple[bytes, bytes]]]:
    """How many cells a piece has, and the column and row of those that hold something."""
    usual = piece.count(b'<c r="')
    if usual == piece.count(b"<c") and b":c" not in piece:
        return usual, _USUAL_FILLED.findall(piece)
    return len(_CELL.findall(piece)), _FILLED.findall(piece)


def _pieces(archive: zipfile.ZipFile, name: str, limits: FileLimits) -> Iterator[bytes]:
    """Pieces of a part that end before the last cell, or the last tag, that begins in them."""
    held = b""
    for piece in chunks(archive, name, limits.part_megabytes * _MEBI):
        whole = held + piece
        cut = whole.rfind(b"<c ", max(0, len(whole) - _OVERLAP))
        cut = cut if cut > 0 else whole.rfind(b"<")
        if cut <= 0:  # a tag, or words, without end
            cut = len(whole) if len(whole) > 4 * CHUNK else 0
        yield whole[:cut]
        held = whole[cut:]
    yield held


def _far(where: str, found: str, allowed: str, todo: str) -> Unreadable:
    return Unreadable("far_cells", f"{where}{found}, 最多 {allowed}. 请{todo}, 另存后再传.")


def _many(code: str, where: str, found: str, allowed: str, todo: str) -> Unreadable:
    return Unreadable(code, f"{where} {found}, 最多 {allowed}, 没有打开. 请{todo}, 另存后再传.")
