"""Reading speeches, minutes and task lists: docx, pdf with text, txt, xlsx into paragraphs.

Pure. A table's row becomes one paragraph in the labelled form that task lists use
(`事项 … 牵头单位:… 责任单位:… 完成时限:…`), so that `directives` reads tables and text by one rule.
Merged cells repeat their value. A pdf without text is a scan and says so.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from wenpan.documents import workbook
from wenpan.documents.chinese import same_length
from wenpan.documents.unreadable import Unreadable

MAX_PAGES = 600
_ROLE_HEADERS = {
    "责任人": re.compile(r"责任人|领导|包抓|牵头人|联系人"),
    "牵头单位": re.compile(r"牵头|主办|主责"),
    "责任单位": re.compile(r"责任单位|责任部门|承办|落实单位|实施单位"),
    "配合单位": re.compile(r"配合|协办|参与|协同"),
    "完成时限": re.compile(r"时限|期限|完成时间|时间节点|时间要求|时间安排|^时间$|办结"),
}
_TASK_HEADER = re.compile(r"任务|事项|内容|措施|工作|要求|目标")
_ENDS = "。!！?？;；:：)）]］】”"
_NEW_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[(（\[【][一二三四五六七八九十\d]+[)）]|\d+[.、．]|第[一二三四五六七八九十]|[(（\[【]?(?:牵头|责任|配合|完成|主办|协办|整改)\S{0,4}[:：]|[①-⑳])"
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\d)|(?<=\d) (?=[年月日号个万亿元份])")  # 11 月5 日 of a pdf
_SKIP_HEADER = re.compile(r"^(?:序号|编号|备注|类别|进展|完成情况|联系)")


@dataclass(frozen=True)
class Text:
    paragraphs: tuple[str, ...]
    kind: str  # docx | pdf | txt | xlsx | xls | csv

    @property
    def joined(self) -> str:
        return "\n".join(self.paragraphs)


def read(data: bytes, filename: str) -> Text:
    """Paragraphs of a document. Raises `Unreadable` with what is wrong and what to do."""
    text = _read(data, filename)
    return replace(text, paragraphs=tuple(_SPACED.sub("", line) for line in text.paragraphs))


def _read(data: bytes, filename: str) -> Text:
    if not data:
        raise Unreadable("empty", "文件是空的. 请重新保存后再传.")
    if data[:4] == b"PK\x03\x04" and b"xl/workbook" in data:
        return Text(tuple(_xlsx(data, filename)), "xlsx")
    if data[:4] == b"PK\x03\x04":
        return Text(tuple(_docx(data)), "docx")
    if data[:5] == b"%PDF-":
        return Text(tuple(_pdf(data)), "pdf")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        return Text(tuple(_xlsx(_no_word(data), filename)), "xls")
    if filename.lower().endswith(".csv"):
        return Text(tuple(_xlsx(data, filename)), "csv")
    return Text(tuple(_wrapped(_lines(_decode(data, filename)))), "txt")


def _no_word(data: bytes) -> bytes:
    """An old container that is no workbook says what it is: a locked file or an old Word file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("encrypted", "文件有密码. 请去掉密码另存后再传.")
    if "Workbook".encode("utf-16-le") not in data:
        raise Unreadable("old_word", "这是旧版 .doc 文件. 请用 Word 或 WPS 另存为 .docx 后再传.")
    return data


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
        if held and (len(held) < 30 or held[-1] in _ENDS or _NEW_ITEM.match(line)):
            yield held
            held = ""
        held += line
    if held:
        yield held


def _xlsx(data: bytes, filename: str) -> Iterator[str]:
    """Task tables of a workbook, merged cells filled; hidden sheets are left out."""
    for sheet in workbook.read(data, filename).sheets:
        if sheet.hidden:
            continue
        grid = [[_cell(value) for value in row] + [""] * (sheet.width - len(row)) for row in sheet.rows]
        for top, left, bottom, right in sheet.merged:
            for row in grid[top : bottom + 1]:
                row[left : right + 1] = [grid[top][left]] * len(row[left : right + 1])
        yield from table_lines(grid)


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _docx(data: bytes) -> Iterator[str]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, SyntaxError, zlib.error, zipfile.BadZipFile, PackageNotFoundError) as error:
        raise Unreadable(
            "truncated", f"Word 文件打不开, 可能不完整({type(error).__name__}). 请另存后再传."
        ) from None
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from table_lines([[cell.text.strip() for cell in row.cells] for row in block.rows])
        elif block.text.strip():
            yield block.text.strip()


def _pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted", "PDF 有密码. 请去掉密码另存后再传.")
        pages: Sequence[Any] = reader.pages
        if len(pages) > MAX_PAGES:
            raise Unreadable(
                "too_large", f"PDF 有 {len(pages)} 页, 超过 {MAX_PAGES} 页. 请只传需要分解任务的部分."
            )
        text = "\n".join(page.extract_text() or "" for page in pages)
    except PyPdfError as error:
        raise Unreadable(
            "truncated", f"PDF 打不开, 可能不完整({type(error).__name__}). 请重新导出后再传."
        ) from None
    if len(re.sub(r"\s", "", text)) < 10 * max(1, len(pages) // 4):
        raise Unreadable("scan", "这个 PDF 没有文字, 多半是扫描件. 请传 Word 原件或带文字的 PDF.")
    yield from _rejoined(_lines(text))


def _rejoined(lines: Iterable[str]) -> Iterator[str]:
    """Lines of a page back to paragraphs: a line that does not end a sentence goes on."""
    held = ""
    for line in lines:
        if re.fullmatch(r"[-—\s]*\d+[-—\s]*", line):
            continue  # page number
        if held and (held[-1] in _ENDS or _NEW_ITEM.match(line)):
            yield held
            held = ""
        held += line
    if held:
        yield held


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A task table as labelled paragraphs; a table without a task column as plain rows."""
    header = next((i for i, row in enumerate(rows[:6]) if _is_header(row)), None)
    if header is None:
        yield from ("  ".join(dict.fromkeys(cell for cell in row if cell)) for row in rows if any(row))
        return
    if header + 1 < len(rows) and _goes_deeper(rows[header], rows[header + 1]):
        header += 1  # 责任单位 over 牵头单位 and 配合单位
    names = [_header_name(cell) for cell in rows[header]]
    for row in rows[header + 1 :]:
        if [_header_name(cell) for cell in row] != names:  # printed again on the next page
            yield from _row_lines(names, row)


def _header_name(cell: str) -> str:
    return re.sub(r"\s", "", same_length(cell))


def _goes_deeper(upper: Sequence[str], lower: Sequence[str]) -> bool:
    changed = [b for a, b in zip(upper, lower, strict=False) if a != b]
    return bool(changed) and all(_role(_header_name(b)) and len(b) <= 12 for b in changed)


def _is_header(row: Sequence[str]) -> bool:
    has_task = any(_TASK_HEADER.search(cell) and len(cell) <= 12 for cell in row)
    return has_task and any(
        p.search(_header_name(cell)) for cell in row for p in _ROLE_HEADERS.values() if len(cell) <= 12
    )


def _row_lines(names: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    task: list[str] = []
    notes: list[str] = []
    for name, cell in zip(names, row, strict=False):
        value = re.sub(r"\s*\n\s*", "、" if _role(name) else "", cell.strip())
        if not value or _SKIP_HEADER.match(name):
            continue
        if label := _role(name):
            notes.append(f"{label}:{value}")
        elif _TASK_HEADER.search(name) and value not in task:
            task.append(value)
    if task:
        yield task[-1] if len(task) > 1 and len(task[-1]) > 8 else "".join(task)
        yield from notes


def _role(name: str) -> str:
    return next((label for label, pattern in _ROLE_HEADERS.items() if pattern.search(name)), "")
