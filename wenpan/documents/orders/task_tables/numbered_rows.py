"""Rows of a run of cells that begin with their numbers, also behind a merged column.

Pure. The cells of a table that was pasted one a line, without the grid that they stood in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenpan.documents.orders.task_tables.columns import is_limit, is_units
from wenpan.documents.words.characters import same_length

NUMBER = re.compile(r"^[(（]?(\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]?$")


def by_inner_number(header: Sequence[str], cells: Sequence[str], inner: int) -> tuple[list[list[str]], int]:
    """Rows whose number stands behind a merged column: `农业 | 1 | … | 2 | …`.

    Units go to their columns, from the left; all else to the others, from the right, as what is merged
    stands at the left.
    """
    first = next((i for i, cell in enumerate(cells[: inner + 1]) if NUMBER.match(cell)), None)
    begins = numbers(cells[first:], len(header) - inner) if first is not None else []
    rows, used = list[list[str]](), 0
    for start, end in zip(begins, [*begins[1:], None], strict=True):
        row = [cell.strip() for cell in cells[first:][start:end]]
        last = max((i for i, cell in enumerate(row) if is_units(cell) or is_limit(cell)), default=0)
        row = row[: last + 1]  # what follows is the merged cell of the next row, or text again
        rows.append([""] * inner + [row[0], *_by_kind(header[inner + 1 :], row[1:])])
        used = (first or 0) + start + len(row)
    return (rows, used) if len(rows) > 1 else ([], 0)


def _by_kind(header: Sequence[str], row: Sequence[str]) -> list[str]:
    out, names = [""] * len(header), [same_length(name) for name in header]
    of_units = [i for i, name in enumerate(names) if len(name) > 2 and name.endswith(("部门", "单位"))]
    others = [i for i in range(len(header)) if i not in of_units]
    units, rest = [c for c in row if is_units(c)], [c for c in row if not is_units(c)]
    surplus = max(0, len(units) - len(of_units))
    if units and of_units:
        units = ["、".join(units[: surplus + 1]), *units[surplus + 1 :]]
    for place, cell in [*zip(of_units, units, strict=False), *zip(others[::-1], rest[::-1], strict=False)]:
        out[place] = cell
    return out


def numbers(cells: Sequence[str], width: int) -> list[int]:
    """Where 1, 2, 3 … stand; an extract (`80`, `81`; `3`, `68`) begins higher and may leave some out."""
    first = NUMBER.match(cells[0]) if cells else None
    if not first or not first[1].isdigit():
        return []
    begins, last = [0], int(first[1])
    extract = last > 1
    for i, cell in enumerate(cells):
        m = NUMBER.match(cell) if i else None
        if not m or not m[1].isdigit():
            continue
        follows = int(m[1]) == last + 1
        if follows or (extract and int(m[1]) > last and i - begins[-1] >= width - 2):
            begins.append(i)
            last = int(m[1])
    return begins
