"""Drawn pictures of a building site: a demonstration has no photographs, and says so in the picture."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

SIZE = (960, 600)
SKY, GROUND, WALL, WINDOW, CRANE = "#c9dbea", "#b9a67f", "#8d97a3", "#e8edf2", "#c9902b"


def site(floors: int, seed: int) -> bytes:
    """A JPEG of a building of so many floors under a crane."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 470, *SIZE), fill=GROUND)
    left = 260 + 40 * (seed % 4)
    for floor in range(floors):
        low = 470 - 52 * floor
        draw.rectangle((left, low - 48, left + 380, low), fill=WALL, outline="#5f6872")
        for k in range(7):
            draw.rectangle((left + 20 + 52 * k, low - 38, left + 50 + 52 * k, low - 12), fill=WINDOW)
    mast = left + 430
    draw.rectangle((mast, 70, mast + 14, 470), fill=CRANE)
    draw.rectangle((mast - 300, 70, mast + 110, 82), fill=CRANE)
    draw.line((mast - 220, 82, mast - 220, 190), fill="#333333", width=3)
    draw.rectangle((16, 556, 250, 586), fill="#ffffff")
    draw.text((26, 563), f"DEMO / DRAWN, NOT A PHOTO  #{seed}", fill="#333333")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
