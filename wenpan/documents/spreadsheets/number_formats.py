"""Number formats: whether a format shows a number times a hundred.

Pure. A percent sign does so only where it is a sign of the format; in quotes or after a backslash it is a
letter: 0.0"%" shows 5.1 as 5.1%."""

from __future__ import annotations

import re
from functools import cache

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@cache
def shows_percent(code: str) -> bool:
    """`code` is as the workbook writes it: up to four parts for positive, negative, zero and text."""
    return any("%" in _LITERAL.sub("", part) for part in code.split(";")[:2])
