"""What stands at the head of a file: the lines where a paper carries its mark of secrecy.

Bounded whatever the file is: a few hundred kilobytes of each part are unpacked, nothing is parsed as a
whole. docx: first paragraphs, headers, footers, text boxes, watermarks, properties. xlsx: sheet names,
first rows of every sheet, page headers and footers, text boxes. ofd: first page. xls, doc, wps: marks as
they stand in the bytes. Text: first lines. pdf: `pdf_lines`, only in a sandbox.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from wenpan.documents.screening.bounded_zip import chunks, head, opened, text_of
from wenpan.documents.screening.secrecy_marks import LEVELS, level_in_line, level_in_name, level_in_row

_PARAGRAPHS = 20
_ROWS = 12
_CELLS = 60  # of a row that are looked at
_LINES = 20
_PART = 512 * 1024
_STRINGS = 8 * 1024 * 1024
_TAIL = 64 * 1024
_SHEET = 64 * 1024 * 1024
_PARTS = 40  # headers, sheets, drawings … that are opened at most
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGES = 2

_PARAGRAPH_END = re.compile(rb"</(?:\w+:)?p>")
_BOX = re.compile(rb"\bstring=\"([^\"]*)\"")  # the words of a watermark
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?row>)", re.S)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_PAGE_TEXT = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
_GAP = rb"(?:\x20\x00|\x00\x30|\xa0\x00)*"  # spaces in UTF-16
_TAG = re.compile(r"<[a-zA-Z!/?][^<>]*>")
_CODES = re.compile(r"&(?:\"[^\"]*\"|[LCRPNDTFAGZBIUESXYO]|\d{1,3}|K[0-9A-F]{6})")


def secrecy_level(data: bytes, filename: str) -> str:
    """机密, 秘密 or 绝密 where the file carries it as a mark, else "". A pdf's pages are not opened here."""
    found = {level_in_name(filename), *_found(data)} - {""}
    return next((level for level in LEVELS if level in found), "")


def pdf_level(data: bytes) -> str:
    """The mark on the first pages of a pdf or in its properties. Raises what pypdf raises: sandbox only."""
    found = {level_in_line(line) for line in pdf_lines(data)} - {""}
    return next((level for level in LEVELS if level in found), "")


def pdf_lines(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return
    for value in dict(reader.metadata or {}).values():
        yield str(value)[:200]
    for page in reader.pages[:_PAGES]:
        lines = [line for line in (page.extract_text() or "").splitlines() if line.strip()]
        yield from lines[:_LINES]
        yield from lines[_LINES:][-2:]


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _found(data: bytes) -> Iterator[str]:
    archive = opened(data)
    if archive is not None:
        with archive:
            yield from _in_zip(archive)
    elif data[:8] == _OLE:
        yield from _in_ole(data)
    elif not is_pdf(data):
        yield from _in_text(data[:_PART])


def _in_zip(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()[:4000]
    for name in names[: _PARTS * 4]:
        if name.startswith("docProps/") and name.endswith(".xml"):
            for text in re.findall(r">([^<>]+)<", head(archive, name, _PART).decode("utf-8", "replace")):
                yield from (level_in_line(piece) for piece in re.split(r"[,;，；、]", unescape(text)))
    if "word/document.xml" in names:
        yield from _in_word(archive, names)
    if "xl/workbook.xml" in names:
        yield from _in_sheets(archive, names)
    if "content.xml" in names:  # ods: the lines of the first rows
        yield from map(level_in_line, text_of(head(archive, "content.xml", _PART), b"p")[: _ROWS * _CELLS])
    for name in [n for n in names if re.search(r"Pages/Page_0/Content\.xml$", n)][:2]:  # ofd
        words = text_of(head(archive, name, _PART), b"TextCode")[:200]
        yield from map(level_in_line, [*words, *_joined(words)])


def _joined(words: list[str]) -> Iterator[str]:
    """An ofd often places every sign of a line by itself: runs of single signs become one line."""
    line = ""
    for word in words:
        if len(word.strip()) > 2 and line:
            yield line
            line = ""
        line += word
    yield line


def _in_word(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    yield from map(level_in_line, _paragraphs(head(archive, "word/document.xml", _PART), _PARAGRAPHS))
    edges = [n for n in names if re.match(r"word/(?:header|footer)\d*\.xml$", n)]
    for name in edges[:_PARTS]:
        xml = head(archive, name, _PART)
        yield from map(level_in_line, _paragraphs(xml, _PARAGRAPHS))
        yield from (level_in_line(unescape(w.decode("utf-8", "replace"))) for w in _BOX.findall(xml))


def _paragraphs(xml: bytes, most: int) -> list[str]:
    """The first paragraphs with words. A tab or a break is a space."""
    lines: list[str] = []
    for piece in _PARAGRAPH_END.split(re.sub(rb"<w:(?:tab|br|cr)\s*/>", b"<w:t> </w:t>", xml)):
        words = "".join(text_of(piece, b"t")).strip()
        if words:
            lines.append(words)
        if len(lines) == most:
            break
    return lines


def _in_sheets(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    for sheet in re.findall(
        rb"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"", head(archive, "xl/workbook.xml", _PART)
    ):
        yield level_in_line(unescape(sheet.decode("utf-8", "replace")))
    sheets = [n for n in names if re.match(r"xl/worksheets/[^/]+\.xml$", n)][:_PARTS]
    rows = [row for name in sheets for row in _rows(head(archive, name, _PART))]
    shared = _strings(archive, max((i for row in rows for i in row if isinstance(i, int)), default=-1))
    for row in rows:
        yield level_in_row(shared.get(cell, "") if isinstance(cell, int) else cell for cell in row)
    for name in sheets:
        yield from _page_edges(archive, name)
    for name in [n for n in names if re.match(r"xl/drawings/[^/]+\.xml$", n)][:_PARTS]:
        yield from map(level_in_line, _paragraphs(head(archive, name, _PART), _PARAGRAPHS))


def _rows(xml: bytes) -> Iterator[list[int | str]]:
    """The first rows that hold something: an index into the shared strings, or the words themselves."""
    given = 0
    for match in _ROW.finditer(xml):
        cells = list(_cells(match[1] or b""))
        if cells:
            yield cells
            given += 1
        if given == _ROWS:
            return


def _cells(xml: bytes) -> Iterator[int | str]:
    for number, match in enumerate(_CELL.finditer(xml)):
        if number == _CELLS:
            return
        inside = match[2] or b""
        if b't="s"' in match[1]:
            value = text_of(inside, b"v")
            if value and value[0].strip().isascii() and value[0].strip().isdigit():
                yield int(value[0])
        elif b"t=" in match[1]:
            yield "".join([*text_of(inside, b"t"), *text_of(inside, b"v")])


def _strings(archive: zipfile.ZipFile, last: int) -> dict[int, str]:
    """Shared strings up to number `last`, as far as they stand in the first megabytes."""
    if last < 0:
        return {}
    xml = b""
    for piece in chunks(archive, "xl/sharedStrings.xml", _STRINGS):
        xml += piece
        if xml.count(b"</si>") > last:
            break
    items = re.split(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>", xml)
    return {number: "".join(text_of(item, b"t")) for number, item in enumerate(items[: last + 1])}


def _page_edges(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """Headers and footers of the printed page stand at the end of a sheet's part."""
    tail = b""
    for piece in chunks(archive, name, _SHEET):
        tail = (tail + piece)[-_TAIL - len(piece) :]
    for words in _PAGE_TEXT.findall(tail):
        yield from map(
            level_in_line, _CODES.sub("\n", unescape(words.decode("utf-8", "replace"))).splitlines()
        )


def _in_text(data: bytes) -> Iterator[str]:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding, "ignore" if len(data) == _PART else "strict")
        except UnicodeError:
            continue
        if _TAG.match(text.lstrip()):
            text = unescape(_TAG.sub("\n", text[:200_000]))
        lines = [line for line in text[:20_000].splitlines() if line.strip()][:_LINES]
        for line in lines:
            yield level_in_row(re.split(r"[,\t]", line)[:_CELLS])
            yield level_in_line(line)
        return


def _in_ole(data: bytes) -> Iterator[str]:
    """Old Office files keep Chinese as UTF-16: the level with its star, in brackets, or alone."""
    for level in LEVELS:
        words = _GAP.join(re.escape(_wide(sign)) for sign in level)
        forms = (
            rb"(?<!" + re.escape(_wide("“")) + rb")" + words + _GAP + _any("★☆*＊"),
            _any("【（〔《[(") + _GAP + words + _GAP + _any("】）〕》])"),
            # between ends of paragraphs; or as a whole string of a workbook, which its length precedes
            rb"(?:[\r\n\x07\x00]\x00|[\x02-\x08]\x00\x01)" + _GAP + words + _GAP
            + rb"(?:[\r\n\x07\x0b\x00]\x00|[\x01-\xff]\x00[\x00\x01])",
        )  # fmt: skip
        if any(re.search(form, data) for form in forms):
            yield level


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _any(signs: str) -> bytes:
    return b"(?:" + b"|".join(re.escape(_wide(sign)) for sign in signs) + b")"
