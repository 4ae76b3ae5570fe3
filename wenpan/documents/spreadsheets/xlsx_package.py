"""The xlsx package itself: a look before parsing, and what the fast parser does not tell.

An xlsx is a zip of XML. The directory is judged before anything is unpacked (entries, sizes,
ratio), then each sheet's XML is scanned once for far cells, error cells, formulas without a cached
value, percent formats and hidden rows and columns. Scans are regular expressions over bytes: a
sheet of 100,000 rows takes a fraction of a second, an object model a quarter of a minute.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from defusedxml import ElementTree

from wenpan.documents.spreadsheets import printed_pages
from wenpan.documents.spreadsheets.number_formats import shows_percent
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.spreadsheets.xlsx_comments import comments

Range = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0

# A workbook of 100,000 rows unpacks to about 30 MB at 6:1; sheets of one repeated value reach 60:1.
MAX_ENTRIES = 2_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 150
SMALL = 20 * 1024 * 1024  # under this size no ratio can hurt

_P = rb"(?:[A-Za-z]\w*:)?"  # some writers prefix every element: <x:row>
_ROW = re.compile(rb"<" + _P + rb"row\s[^>]*?\br=\"(\d+)\"")
_COLUMN = re.compile(rb"<" + _P + rb"c\s[^>]*?\br=\"([A-Z]+)\d")
_USUAL_ROW = re.compile(rb"<row r=\"(\d+)\"")  # as nearly every program writes it, and three times faster
_USUAL_COLUMN = re.compile(rb"<c r=\"([A-Z]+)\d")
_CONTENT = re.compile(rb"<" + _P + rb"c\s[^>]*?\br=\"([A-Z]+)(\d+)\"[^>]*(?<!/)>\s*<" + _P + rb"(?:v|f|is)\b")
_BARE = re.compile(
    rb"<" + _P + rb"c\s((?:(?!\bt=\"str\")[^>])*)>\s*<" + _P + rb"f\b[^>]*?(?:/>|>[^<]*</" + _P + rb"f>)\s*"
    rb"(?:<" + _P + rb"v\s*/>|<" + _P + rb"v></" + _P + rb"v>)?\s*</" + _P + rb"c>"
)
_ERROR = re.compile(rb"<" + _P + rb"c\s(?=[^>]*\bt=\"e\")([^>]*)>.{0,2000}?<" + _P + rb"v>([^<]*)<", re.S)
_HIDDEN_ROW = re.compile(rb"<" + _P + rb"row\s(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d+)\"")
_HIDDEN_COLUMN = re.compile(rb"<" + _P + rb"col\s(?=[^>]*\bhidden=\"(?:1|true)\")([^>]*)>")
_REFERENCE = re.compile(rb"\br=\"([A-Z]+)(\d+)\"")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass
class PackagePart:
    """What one sheet's XML says beyond its values."""

    formulas_without_value: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    percent: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    printed: tuple[str, ...] = ()


@cache
def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_index(name: str) -> int:
    """A is 0, AA is 26."""
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - 64
    return index - 1


def kind_of_package(data: bytes) -> str:
    """ods, docx or xlsx by what the zip holds; a broken one is for the reader of workbooks to refuse."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[: MAX_ENTRIES + 1])
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(100):
                return "ods"
            return "docx" if "word/document.xml" in names and "xl/workbook.xml" not in names else "xlsx"
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, NotImplementedError):
        return "xlsx"


def inspect(data: bytes, *, max_cells: int) -> dict[str, PackagePart]:
    """By sheet name. Raises `Unreadable` for what must not be parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            judge_directory(archive)
            _judge_names(archive)
            styles = _percent_styles(archive)
            parts = {}
            for name, path in _sheet_paths(archive).items():
                parts[name] = _scan(archive.read(path), name, styles, max_cells)
                found = comments(archive, path)
                parts[name].comments = {(r - 1, column_index(c)): text for (c, r), text in found.items()}
            return parts
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ElementTree.ParseError):
        raise Unreadable("truncated", "文件不完整或已损坏, 打不开. 请重新保存或重新发送.") from None
    except RuntimeError:  # a zip with a password
        raise Unreadable("encrypted", "文件有密码. 请去掉密码另存后再传.") from None


def judge_directory(archive: zipfile.ZipFile) -> None:
    """Raises `Unreadable` for a package that must not be unpacked."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or (unpacked > SMALL and unpacked / packed > MAX_RATIO)
    ):
        raise Unreadable(
            "zip_bomb",
            f"文件解开后有 {unpacked / 1048576:.0f} MB({len(entries)} 个部分), "
            f"是本身的 {unpacked / packed:.0f} 倍, "
            "不像正常的工作簿, 没有打开. 请只保留要报送的工作表, 另存为新文件后再传.",
        )


def _judge_names(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise Unreadable("not_a_workbook", "这是 .xlsb 格式, 请用 Excel 或 WPS 另存为 .xlsx 后再传.")
    if "xl/workbook.xml" not in names:
        raise Unreadable(
            "not_a_workbook",
            "这是压缩包或别的文档, 不是工作簿. 请发送 .xlsx、.xls、.ods、.csv 或有表格的 .docx.",
        )


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = {
        node.get("Id"): node.get("Target", "")
        for node in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    paths = {}
    for node in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if node.tag.rsplit("}", 1)[-1] != "sheet":
            continue
        target = relations.get(node.get(_RELATION) or node.get(_STRICT_RELATION), "")
        path = posixpath.normpath(target[1:] if target.startswith("/") else f"xl/{target}")
        if path in archive.namelist():
            paths[node.get("name", "")] = path
    return paths


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """Indices of the cell styles whose number format shows percent."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    formats = {9, 10}  # 0% and 0.00% are built in
    styles: set[bytes] = set()
    for node in ElementTree.fromstring(archive.read("xl/styles.xml")):
        tag = node.tag.rsplit("}", 1)[-1]
        if tag == "numFmts":
            own = {int(n.get("numFmtId", 0)): unescape(n.get("formatCode", "")) for n in node}
            formats = (formats - set(own)) | {key for key, code in own.items() if shows_percent(code)}
        elif tag == "cellXfs":
            styles = {b"%d" % i for i, n in enumerate(node) if int(n.get("numFmtId", 0)) in formats}
    return frozenset(styles)


def _scan(xml: bytes, name: str, percent_styles: frozenset[bytes], max_cells: int) -> PackagePart:
    _refuse_far_cells(xml, name, max_cells)
    part = PackagePart()
    part.formulas_without_value = (
        [_a1(m[1]) for m in _BARE.finditer(xml)] if b"<f" in xml or b":f" in xml else []
    )
    if b't="e"' in xml:
        part.errors = {_a1(m[1]): unescape(m[2].decode()) for m in _ERROR.finditer(xml)}
    if percent_styles:
        pattern = rb"<%sc\s(?=[^>]*\bs=\"(?:%s)\")[^>]*?\br=\"([A-Z]+)(\d+)\"" % (
            _P,
            b"|".join(percent_styles),
        )
        part.percent = frozenset(_place(m[1], m[2]) for m in re.finditer(pattern, xml))
    if b"hidden=" in xml:
        part.hidden_rows = frozenset(int(m[1]) - 1 for m in _HIDDEN_ROW.finditer(xml))
        part.hidden_columns = frozenset(c for m in _HIDDEN_COLUMN.finditer(xml) for c in _columns(m[1]))
    part.printed = printed_pages.of_xlsx(xml)
    return part


def _refuse_far_cells(xml: bytes, name: str, max_cells: int) -> None:
    """The parser makes a dense grid up to the last cell that holds something; bound it first."""
    rows = max((int(r) for r in _all(xml, b"<row ", _USUAL_ROW, _ROW)), default=0)
    columns = max(
        (column_index(c.decode()) + 1 for c in set(_all(xml, b"<c ", _USUAL_COLUMN, _COLUMN))), default=0
    )
    if rows * columns <= max_cells:
        return
    # Formats alone often reach the last row; only cells with content count.
    content = [(int(row), column_index(column.decode()) + 1) for column, row in set(_CONTENT.findall(xml))]
    rows = max((row for row, _ in content), default=0)
    columns = max((column for _, column in content), default=0)
    if rows * columns > max_cells:
        raise Unreadable(
            "far_cells",
            f"工作表“{name}”的范围达到 {rows} 行 × {columns} 列, 远处多半有误填的单元格"
            f"(例如 {letters(columns - 1)}{rows} 一带). 请删除表格以外的行和列, 另存后再传.",
        )


def _all(xml: bytes, element: bytes, usual: re.Pattern[bytes], general: re.Pattern[bytes]) -> list[bytes]:
    found: list[bytes] = usual.findall(xml)
    return found if found and len(found) == xml.count(element) else general.findall(xml)


def _place(column: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_index(column.decode())


def _a1(attributes: bytes) -> str:
    found = _REFERENCE.search(b" " + attributes)
    return (found[1] + found[2]).decode() if found else ""


def _columns(attributes: bytes) -> range:
    bounds = dict(re.findall(rb"\b(min|max)=\"(\d+)\"", attributes))
    first, last = int(bounds.get(b"min", 1)), int(bounds.get(b"max", 1))
    return range(first - 1, min(last, 16_384))
