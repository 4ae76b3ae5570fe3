"""Rows of which one holds at a time: each ends at the moment at which the next of its kind begins."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime


def unfollowed(
    rows: Iterable[tuple[int, Hashable, datetime, datetime | None]],
) -> Iterator[tuple[int, datetime | None, datetime | None]]:
    """`rows`: key, what it is of, begin and end. Those whose end is not the begin of the next of their kind
    (of the last: none), with the end that is kept and the one that follows."""
    before: dict[Hashable, tuple[int, datetime | None]] = {}
    for pk, kind, began, ended in sorted(rows, key=lambda row: row[0]):
        if kind in before and before[kind][1] != began:
            yield *before[kind], began
        before[kind] = pk, ended
    for pk, ended in before.values():
        if ended is not None:
            yield pk, ended, None
