"""What a sheet prints above and below each page: its head and foot, without the codes of their fields.

Pure. A page's number, the day, the file's and the sheet's name are filled in when it is printed and are no
words of an office. Left, middle and right are lines of their own."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

_PART = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)<")
_SECTION = re.compile(r"&[LCR]")
_CODE = re.compile(r'&(?:"[^"]*"|\d{1,3}|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\[[^\]]*\]|[A-Za-z&])')
XLS_RECORDS = (0x0014, 0x0015)  # HEADER and FOOTER of MS-XLS
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FIELDS = tuple(
    f"{_TEXT}{name}"
    for name in ("page-number", "page-count", "date", "time", "sheet-name", "file-name", "title")
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_PART = re.compile(r"word/(?:header|footer)\d*\.xml")


def lines(text: str) -> tuple[str, ...]:
    """The words of &L…&C…&R, as Excel keeps a head or foot."""
    parts = (_CODE.sub("", part.replace("&&", "＆")) for part in _SECTION.split(text))
    return tuple(line for part in parts for raw in part.splitlines() if (line := " ".join(raw.split())))


def of_xlsx(xml: bytes) -> tuple[str, ...]:
    """From a sheet's XML; it stands after all the cells."""
    at = xml.find(b"headerFooter", max(0, xml.rfind(b"sheetData>")))  # most sheets have none
    found = _PART.finditer(xml[at:] if at >= 0 else b"")
    return _once(line for m in found for line in lines(unescape(m[1].decode("utf-8", "replace"))))


def of_xls(bodies: Sequence[bytes]) -> tuple[str, ...]:
    """From the bodies of a sheet's `XLS_RECORDS`."""
    return _once(line for body in bodies for line in lines(_string(body)))


def _string(body: bytes) -> str:
    """A string with its length before it: of two bytes and a flag since Excel 97, of one before."""
    if len(body) < 3:
        return ""
    count, flag = struct.unpack_from("<HB", body)
    if len(body) == 3 + count * (2 if flag & 1 else 1):
        return body[3:].decode("utf-16-le" if flag & 1 else "latin-1", "replace")
    return body[1 : 1 + body[0]].decode("gb18030", "replace")


def of_ods(styles: bytes, content: Element) -> Mapping[str, tuple[str, ...]]:
    """By the name of a table's style; "" is for tables whose style names no page."""
    pages = {
        str(page.get(f"{_STYLE}name")): _once(_ods_lines(page))
        for page in ElementTree.fromstring(styles).iter(f"{_STYLE}master-page")
    }
    own = {
        str(style.get(f"{_STYLE}name")): pages.get(str(style.get(f"{_STYLE}master-page-name")), ())
        for style in content.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}master-page-name")
    }
    return {"": pages.get("Default", ()), **own}


def _ods_lines(page: Element) -> Iterator[str]:
    for part in page:
        if (
            part.tag.startswith((f"{_STYLE}header", f"{_STYLE}footer"))
            and part.get(f"{_STYLE}display") != "false"
        ):
            for line in part.iter(f"{_TEXT}p"):
                yield _ods_words(line)


def _ods_words(element: Element) -> str:
    words = element.text or ""
    for child in element:
        words += "" if child.tag in _FIELDS else _ods_words(child)
        words += child.tail or ""
    return " ".join(words.split())


def of_docx(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Heads and feet of a Word file's pages; they belong to each of its tables."""
    names = [name for name in archive.namelist() if _WORD_PART.fullmatch(name)]
    return _once(
        " ".join("".join(t.text or "" for t in line.iter(f"{_W}t")).split())
        for name in names
        for line in ElementTree.fromstring(archive.read(name)).iter(f"{_W}p")
    )


def _once(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, found)))
