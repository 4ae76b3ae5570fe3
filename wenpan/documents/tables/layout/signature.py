"""The signature under which a layout is remembered: title, sheet and header together, the same next month."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from wenpan.documents.spreadsheets.cells import cell_text
from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.layout.header_rows import META_LINE
from wenpan.documents.words.units import normal

_DEFAULT_SHEET = re.compile(r"^(?:sheet|工作表|表)\s*\d*$", re.I)
_CHANGING = re.compile(
    r"\d{4}年?|\d{1,2}(?:月?(?:份)?-\d{1,2})?月(?:份)?|上半年|前[一二三23]季度|[一二三四1-4](?:-[一二三四1-4])?季度|全年|\d+"
)


def signature_of(sheet: Sheet, above: int, first: int, paths: Sequence[Sequence[str]]) -> str:
    """A hash of the words of title, sheet and header without years and months: the same next month.

    `above` and `first`: the rows of the lines above the header, from 0. A csv has no sheet of its own.
    """
    title = [cell_text(v) for row in sheet.rows[above:first] for v in row if isinstance(v, str) and v.strip()]
    said = [t for t in title if not META_LINE.match(normal(t))]
    name = _DEFAULT_SHEET.sub("", sheet.name) if sheet.typed else ""
    words = ["/".join(map(_unchanging, path)) for path in paths]
    text = "|".join([*map(_unchanging, said), _unchanging(name), *words])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _unchanging(text: str) -> str:
    return _CHANGING.sub("#", _dashes(normal(text)))


def _dashes(text: str) -> str:
    return re.sub(r"[—–−‐‑‒―－~]+", "-", text)
