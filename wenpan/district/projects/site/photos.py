"""Site photos as files: what is taken for a photo, and the picture of it that pages show.

The name and the stated type of an upload are not believed: the picture is decoded, within a limit of
pixels. What is shown is drawn anew and small, so neither EXIF (the place of a telephone) nor anything
hidden in the file reaches a reader; the original is kept as evidence and not served.
"""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from wenpan.district.ground.refused import Refused

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 60_000_000  # of the largest telephones; a picture bomb has more
SHOWN = (1280, 1280)
CONTENT_TYPE = "image/jpeg"
_FORMATS = ("JPEG", "PNG", "WEBP")


def web_photo(data: bytes) -> bytes:
    """A JPEG within SHOWN, upright, without metadata. Refused "bad_value" for what is no photo."""
    if len(data) > MOST_BYTES:
        raise Refused("bad_value", _("照片不超过8 MB，请压缩后再传。"))
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused("bad_value", _("照片像素太多，请缩小后再传。"))
            return _drawn(image)
    except Image.DecompressionBombError:
        raise Refused("bad_value", _("照片像素太多，请缩小后再传。")) from None
    # a damaged picture fails in whatever way its decoder does
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, Warning) as wrong:
        raise Refused("bad_value", _("这不是可用的照片；请传 JPG、PNG 或 WebP 格式的图片。")) from wrong


def _drawn(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail(SHOWN)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=82)
    return out.getvalue()
