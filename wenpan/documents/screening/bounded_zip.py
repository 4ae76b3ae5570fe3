"""Parts of a zip read in chunks and only so far: a bomb is never unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

CHUNK = 256 * 1024
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
)


def opened(data: bytes) -> zipfile.ZipFile | None:
    """None for what is no zip, or one whose directory is broken."""
    if data[:4] != b"PK\x03\x04":
        return None
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BROKEN:
        return None


def head(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The first `most` bytes of a part, unpacked; b"" when it is absent or broken."""
    try:
        with archive.open(name) as part:
            return part.read(most)
    except BROKEN:
        return b""


def chunks(archive: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """A part piece by piece, at most `most` bytes; ends quietly where the part breaks."""
    left = most
    try:
        with archive.open(name) as part:
            while left > 0 and (piece := part.read(min(CHUNK, left))):
                left -= len(piece)
                yield piece
    except BROKEN:
        return


def text_of(xml: bytes, tag: bytes) -> list[str]:
    """The text of every element `tag`, with or without a prefix."""
    pattern = rb"<(?:\w+:)?" + tag + rb"(?:\s[^>]*)?>([^<]*)</"
    return [unescape(found.decode("utf-8", "replace")) for found in re.findall(pattern, xml)]
