"""Scans made for tests: Chinese drawn as a scanner would see it, as a picture and as a pdf of pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from wenpan.documents.papers import fonts

SIZE, MARGIN, SIGNS = (1654, 2339), 180, 29  # A4 at 200 dots to the inch; signs of a full line


def page(paragraphs: Sequence[str], size: tuple[int, int] = SIZE) -> Any:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", size, 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(fonts.SERIF, 44)
    top = 200
    for number, paragraph in enumerate(paragraphs):
        text = paragraph if number == 0 else "　　" + paragraph
        for start in range(0, len(text), SIGNS):
            draw.text((MARGIN, top), text[start : start + SIGNS], font=font, fill=0)
            top += 80
    return picture


def png(paragraphs: Sequence[str]) -> bytes:
    out = io.BytesIO()
    page(paragraphs).save(out, "PNG")
    return out.getvalue()


def scan(pages: Sequence[Sequence[str]], size: tuple[int, int] = SIZE) -> bytes:
    first, *others = [page(lines, size) for lines in pages]
    out = io.BytesIO()
    first.save(out, "PDF", resolution=200, save_all=True, append_images=others)
    return out.getvalue()
