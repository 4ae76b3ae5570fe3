"""Reading speeches, minutes and task lists: docx, pdf with text, txt, xlsx into paragraphs.

Pure. Each paragraph knows its place: the page of a pdf, the cells of a table's row. Rows become labelled
lines (`task_rows`). What was left out (hidden sheets, pages without words) is remarked; what cannot be
read at all is refused with what to do: a scan, an old .doc, a file with a password.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wenpan.documents.orders.task_tables import pasted
from wenpan.documents.orders.task_tables import rows as task_rows
from wenpan.documents.orders.task_tables.grid import Remark, TextGrid, TextLine
from wenpan.documents.spreadsheets import workbook
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.words.word_paragraphs import unwrap

MAX_PAGES = 600
_ENDS = "。!！?？;；:：)）]］】”"
NEW_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[(（\[【][一二三四五六七八九十\d]+[)）]|\d+[.、．]|第[一二三四五六七八九十]|[(（\[【]?(?:牵头|责任|配合|完成|主办|协办|整改)\S{0,4}[:：]|[①-⑳]"
    r"|[\u4e00-\u9fff]{1,10}(?:局|委|办|镇|乡|街道|中心|公司|部|分局)(?:负责|牵头)[\u4e00-\u9fff])"
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\d)|(?<=\d) (?=[年月日号个万亿元份])")  # 11 月5 日 of a pdf


@dataclass(frozen=True)
class Text:
    paragraphs: tuple[str, ...]
    kind: str  # docx | pdf | txt | xlsx | scan
    # of each paragraph: 第3页, 任务表!A4:F4, 表1第4行, 第2页图像30%—36%处; "" in running text
    places: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def joined(self) -> str:
        return "\n".join(self.paragraphs)


def read(data: bytes | Text, filename: str) -> Text:
    """Paragraphs of a document; a scan comes as what was recognised in it (`scanned`).

    Raises `Unreadable` with what is wrong and what to do.
    """
    if isinstance(data, Text):
        return data
    if not data:
        raise Unreadable("empty", "文件是空的. 请重新保存后再传.")
    kind, lines, remarks = _read(data, filename)
    kept = [(_SPACED.sub("", line.text), line.place) for line in lines]
    return Text(tuple(t for t, _ in kept), kind, tuple(p for _, p in kept), tuple(remarks))


def _read(data: bytes, filename: str) -> tuple[str, list[TextLine], list[Remark]]:
    if data[:4] == b"PK\x03\x04":
        return ("xlsx", *_sheets(data, filename)) if b"xl/workbook" in data else ("docx", *_docx(data))
    if data[:5] == b"%PDF-":
        return ("pdf", *_pdf(data))
    if data[:4] == b"\xd0\xcf\x11\xe0":
        _refuse_old(data)
        return ("xlsx", *_sheets(data, filename))
    if filename.lower().endswith(".csv"):
        return ("xlsx", *_sheets(data, filename))
    lines = [line for line in re.split(r"\r\n|\r|\n", _decode(data, filename)) if line.strip()]
    read, remarks, _ = _with_pasted(lines, wrapped=True)
    return "txt", read, remarks


def _with_pasted(
    lines: Sequence[str], *, wrapped: bool = False, tables: int = 0
) -> tuple[list[TextLine], list[Remark], int]:
    """Running text with the tables that were pasted into it as text, and how many they are."""
    read, remarks, running, number = list[TextLine](), list[Remark](), list[str](), 0
    for part in [*pasted.segments(lines), None]:
        if isinstance(part, str):
            running.append(part)
            continue
        read += [TextLine(text) for text in (_wrapped(running) if wrapped else running)]
        running = []
        if part is not None:
            number = part.number
            found, told = task_rows.read(TextGrid(part.rows, number=tables + number))
            read, remarks = read + found, remarks + told
    return read, remarks, number


def _refuse_old(data: bytes) -> None:
    """.xls is read; .doc and what a password locks is not, and says what to do."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("encrypted", "文件有打开密码. 请去掉密码, 另存后再传.")
    if "WordDocument".encode("utf-16-le") in data or "Workbook".encode("utf-16-le") not in data:
        raise Unreadable(
            "old_word",
            "这是旧版 .doc 或 .wps 文件, 服务器没有装 LibreOffice, 读不了. "
            "请用 Word 或 WPS 另存为 .docx 后再传; "
            "装有 LibreOffice 的电脑也可用 soffice --headless --convert-to docx 转换.",
        )


def _decode(data: bytes, filename: str) -> str:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("not_text", f"“{filename}”不是文本、Word 或 PDF 文件.")


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in re.split(r"\r\n|\r|\n", text) if line.strip())


def _wrapped(lines: Iterable[str]) -> Iterator[str]:
    """A long line that stops inside a sentence goes on in the next (text copied from a page)."""
    held = ""
    for line in lines:
        if held and (len(held) < 30 or held[-1] in _ENDS or NEW_ITEM.match(line)):
            yield held
            held = ""
        held += line
    if held:
        yield held


def _sheets(data: bytes, filename: str) -> tuple[list[TextLine], list[Remark]]:
    """Task tables of a workbook, merged cells filled; hidden sheets are left out and named."""
    lines: list[TextLine] = []
    remarks: list[Remark] = []
    for sheet in workbook.read(data, filename).sheets:
        if sheet.hidden:
            remarks.append(Remark("hidden_sheet", sheet.name, f"工作表“{sheet.name}”是隐藏的, 没有读."))
            continue
        grid = [[_cell(value) for value in row] + [""] * (sheet.width - len(row)) for row in sheet.rows]
        for top, left, bottom, right in sheet.merged:
            for row in grid[top : bottom + 1]:
                row[left : right + 1] = [grid[top][left]] * len(row[left : right + 1])
        found, told = task_rows.read(TextGrid(grid, sheet.name))
        lines += found
        remarks += told
    return lines, remarks


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _docx(data: bytes) -> tuple[list[TextLine], list[Remark]]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = unwrap(docx.Document(io.BytesIO(data)))
    except (KeyError, ValueError, SyntaxError, zlib.error, zipfile.BadZipFile, PackageNotFoundError) as error:
        raise Unreadable(
            "truncated", f"Word 文件打不开, 可能不完整({type(error).__name__}). 请另存后再传."
        ) from None
    lines: list[TextLine] = []
    remarks: list[Remark] = []
    tables, running = 0, list[str]()
    for block in [*document.iter_inner_content(), None]:
        if block is not None and not isinstance(block, Table):
            running += [text for text in block.text.split("\n") if text.strip()]
            continue
        found, told, pasted_tables = _with_pasted(running, tables=tables)
        lines, remarks, tables, running = lines + found, remarks + told, tables + pasted_tables, []
        if block is not None:
            tables += 1
            rows = [[cell.text.strip() for cell in row.cells] for row in block.rows]
            found, told = task_rows.read(TextGrid(rows, number=tables))
            lines, remarks = lines + found, remarks + told
    if not lines:
        raise Unreadable("no_words", "Word 文件里没有文字, 可能只有图片. 请传带文字的原件.")
    return lines, remarks


def _pdf(data: bytes) -> tuple[list[TextLine], list[Remark]]:
    """Paragraphs with their pages; a page without words is named, a file without any refused."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted", "PDF 有打开密码. 请去掉密码, 另存后再传.")
        pages: Sequence[Any] = reader.pages
        if len(pages) > MAX_PAGES:
            raise Unreadable(
                "too_large", f"PDF 有 {len(pages)} 页, 超过 {MAX_PAGES} 页. 请只传需要分解任务的部分."
            )
        texts = [page.extract_text() or "" for page in pages]
    except PyPdfError as error:
        raise Unreadable(
            "truncated", f"PDF 打不开, 可能不完整({type(error).__name__}). 请重新导出后再传."
        ) from None
    if sum(len(re.sub(r"\s", "", text)) for text in texts) < 10 * max(1, len(texts) // 4):
        raise Unreadable("scan", "这个 PDF 没有文字, 多半是扫描件. 请传 Word 原件或带文字的 PDF.")
    empty = [str(n) for n, text in enumerate(texts, 1) if not text.strip()]
    remarks = []
    if empty:
        told = "、".join(empty[:20]) + ("等" if len(empty) > 20 else "")
        remarks.append(
            Remark("pages_without_words", f"第{told}页", f"第{told}页没有文字, 可能是扫描页, 没有读.")
        )
    placed = (TextLine(line, f"第{n}页") for n, text in enumerate(texts, 1) for line in _lines(text))
    return list(_rejoined(placed)), remarks


def _rejoined(lines: Iterable[TextLine]) -> Iterator[TextLine]:
    """Lines of a page back to paragraphs: a line that does not end a sentence goes on, also overleaf."""
    held = TextLine("")
    for line in lines:
        if re.fullmatch(r"[-—\s]*\d+[-—\s]*", line.text):
            continue  # page number
        if held.text and (held.text[-1] in _ENDS or NEW_ITEM.match(line.text)):
            yield held
            held = TextLine("")
        held = TextLine(held.text + line.text, held.place or line.place)
    if held.text:
        yield held
