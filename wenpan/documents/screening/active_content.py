"""What in a file could act or reach out: macros, links to other files, DDE, embedded objects.

Nothing of it is run or followed here; people are told that it is there. Bounded like `heads`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from wenpan.documents.screening.bounded_zip import chunks, head, opened
from wenpan.documents.screening.heads import is_pdf

_PART = 512 * 1024
_SHEET = 16 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(Type|Target|TargetMode)\s*=\s*[\"']([^\"']*)[\"']")
_REACHING = (
    "attachedTemplate",
    "oleObject",
    "externalLinkPath",
    "frame",
    "subDocument",
    "image",
    "externalLink",
)
_DDE_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>\s*[^<]{0,80}\|\s*(?:'|&apos;)[^<]{0,200}!", re.I)
_DDE_FIELD = re.compile(rb"<w:instrText[^>]*>[^<]*\bDDE(?:AUTO)?\b", re.I)
_DDE_TEXT = re.compile(r"(?:^|[,;\t\n\"])\s*[=+\-@]\s*[^,;\t\n]{0,80}\|\s*'[^,;\t\n]{0,200}!")
_MOST = 200  # parts that are opened


@dataclass(frozen=True)
class Note:
    """`code`: macros, external_links, dde, embedded, pdf_actions. `detail`: where, may be empty."""

    code: str
    detail: str = ""


def active_content(data: bytes) -> tuple[Note, ...]:
    """One note a kind, in a fixed order."""
    found: dict[str, str] = {}
    for code, detail in _found(data):
        found.setdefault(code, detail[:120])
    order = ("macros", "external_links", "dde", "embedded", "pdf_actions")
    return tuple(Note(code, found[code]) for code in order if code in found)


def _found(data: bytes) -> Iterator[tuple[str, str]]:
    archive = opened(data)
    if archive is not None:
        with archive:
            yield from _in_zip(archive)
    elif data[:8] == _OLE:
        if "_VBA_PROJECT".encode("utf-16-le") in data:
            yield "macros", "VBA"
    elif is_pdf(data):
        for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
            if word in data:
                yield "pdf_actions", word.decode()
    elif _DDE_TEXT.search(data[:_PART].decode("gb18030", "ignore")):
        yield "dde", ""


def _in_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = archive.namelist()[:4000]
    for name in names:
        lower = name.lower()
        if lower.endswith("vbaproject.bin") or "/macrosheets/" in lower:
            yield "macros", name
        elif "/externallinks/externallink" in lower and lower.endswith(".xml"):
            yield "external_links", ""
            if b"ddeLink" in head(archive, name, _PART):
                yield "dde", name
        elif lower == "xl/connections.xml":
            yield "external_links", name
        elif "/embeddings/" in lower and lower.endswith((".bin", ".exe", ".js", ".vbs", ".bat")):
            yield "embedded", name
    for name in [n for n in names if n.endswith(".rels")][:_MOST]:
        yield from _relations(head(archive, name, _PART))
    for name in [n for n in names if re.match(r"word/(?:document|header\d*|footer\d*)\.xml$", n)][:_MOST]:
        if _DDE_FIELD.search(head(archive, name, _PART)):
            yield "dde", name
    for name in [n for n in names if re.match(r"xl/worksheets/[^/]+\.xml$", n)][:_MOST]:
        before = b""
        for piece in chunks(archive, name, _SHEET):
            if b"|" in piece and _DDE_FORMULA.search(before + piece):
                yield "dde", name
                break
            before = piece[-400:]


def _relations(xml: bytes) -> Iterator[tuple[str, str]]:
    """A link that opens by a click is ordinary; a part fetched from elsewhere is not."""
    for relation in _RELATION.findall(xml):
        said = {
            key.decode(): unescape(value.decode("utf-8", "replace"))
            for key, value in _ATTRIBUTE.findall(relation)
        }
        kind = said.get("Type", "").rsplit("/", 1)[-1]
        if said.get("TargetMode") == "External" and kind in _REACHING:
            yield "external_links", said.get("Target", "")
