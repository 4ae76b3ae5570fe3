"""The picture of a scanned page, and a strip of it. Only in a sandbox: foreign bytes are opened here.

Pure. A scan has one picture a page; where a page has none, several, or one that cannot be taken out, the
answer is empty and the page stays unread. A file that is itself a picture has one page.
"""

from __future__ import annotations

import io
from typing import Any

MOST_PIXELS = 60_000_000  # A4 at 600 dots to the inch has 35 million
_HEIGHT = 3600  # A4 at 300 dots to the inch; more makes recognition slower and no better
_WIDTH_SHOWN = 1200
_PICTURES = 12  # of a page; more are drawings
_SHARE = 0.2  # of the largest picture: what is smaller is a stamp or a logo
_WORDS = 10  # characters: a page with more of them is text
_DARK = 100  # of 255: a page is white


def is_picture(data: bytes) -> bool:
    return data[:8] == b"\x89PNG\r\n\x1a\n" or data[:3] == b"\xff\xd8\xff"


def page_count(data: bytes) -> int:
    return 1 if is_picture(data) else len(_reader(data).pages)


def page_picture(data: bytes, number: int, wordless: bool = False) -> bytes:
    """Page `number` (from 1) as a grey png; empty where there is none. `wordless`: nor where it has words."""
    if wordless and not is_picture(data):
        page = _page(data, number)
        if page is None or len("".join((page.extract_text() or "").split())) >= _WORDS:
            return b""
    picture = _picture(data, number)
    if picture is None:
        return b""
    picture.thumbnail((_HEIGHT, _HEIGHT))
    return _png(picture)


def strip(data: bytes, number: int, top: int, bottom: int) -> bytes:
    """From `top` to `bottom` per cent of the page, as a png; empty where there is none."""
    picture = _picture(data, number)
    if picture is None:
        return b""
    high = picture.height
    cut = picture.crop((0, high * top // 100, picture.width, max(-(-high * bottom // 100), 1)))
    cut.thumbnail((_WIDTH_SHOWN, _HEIGHT))
    return _png(cut)


def _reader(data: bytes) -> Any:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    return reader


def _page(data: bytes, number: int) -> Any:
    pages = _reader(data).pages
    return pages[number - 1] if 1 <= number <= len(pages) else None


def _picture(data: bytes, number: int) -> Any:
    """Upright and grey, black on white; None where none can be taken out."""
    from PIL import ImageOps, ImageStat

    try:
        found = _of_file(data) if is_picture(data) else _of_page(_page(data, number))
        if found is None or found.width * found.height > MOST_PIXELS:
            return None
        grey = ImageOps.exif_transpose(found).convert("L")
        return ImageOps.invert(grey) if ImageStat.Stat(grey).mean[0] < _DARK else grey
    except MemoryError:
        raise
    except Exception:  # of a damaged or unusual picture: the page stays unread, and is named
        return None


def _of_file(data: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))


def _of_page(page: Any) -> Any:
    if page is None or not 0 < len(page.images) <= _PICTURES:
        return None
    found = sorted((one.image for one in page.images), key=lambda p: p.width * p.height, reverse=True)
    if any(p.width * p.height > _SHARE * found[0].width * found[0].height for p in found[1:]):
        return None  # a page in slices
    turned = int(page.rotation or 0) % 360
    return found[0].rotate(-turned, expand=True) if turned else found[0]


def _png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
