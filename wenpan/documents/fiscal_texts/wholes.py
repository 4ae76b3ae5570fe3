"""Whose parts the tax of a report is: of the place's own revenue, or of all revenue with what goes above.

Pure. Only tax and other revenue of the place's own revenue carry the codes `tax` and `non_tax`, with which
the page works.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from wenpan.documents.fiscal_texts.items import KIND, REVENUE, WHOLE
from wenpan.documents.fiscal_texts.rows import TextRow


def codes_of(rows: Sequence[TextRow]) -> list[str]:
    """revenue, tax, non_tax or "" of every row.

    Tax and other revenue that stand together are of the whole that they add up to; where none fits, or one of
    the two is not told, of the whole before them, if the report has no other.
    """
    codes = ["" if row.item.role == KIND else row.item.code for row in rows]
    for index, row in enumerate(rows):
        if row.item.code != "tax":
            continue
        other = next((n for n in range(index + 1, len(rows)) if rows[n].item.code == "non_tax"), None)
        parts = [index] if other is None else [index, other]
        whole = whole_of(rows, parts)
        if whole is not None and rows[whole].item.role == REVENUE:
            for part in parts:
                codes[part] = rows[part].item.code
    first = set[str]()
    for index, code in enumerate(codes):  # one row a code: the page asks for the revenue, not for one of two
        if code and code in first:
            codes[index] = ""
        first.add(code)
    return codes


def whole_of(rows: Sequence[TextRow], parts: Sequence[int]) -> int | None:
    """The row whose amount the parts add up to, else the nearest whole before them; None: it is open."""
    wholes = [
        n for n in range(len(rows)) if rows[n].item.role in (WHOLE, REVENUE) and "ytd" in rows[n].values
    ]
    if len(parts) > 1 and all("ytd" in rows[part].values for part in parts):
        total = sum((rows[part].values["ytd"] for part in parts), Decimal(0))
        room = sum((rows[part].half["ytd"] for part in parts), Decimal(0))
        fitting = [n for n in wholes if abs(rows[n].values["ytd"] - total) <= room + rows[n].half["ytd"]]
        if len(fitting) == 1:
            return fitting[0]
    before = [n for n in wholes if n < parts[0]]
    return before[-1] if before and len(wholes) == 1 else None
