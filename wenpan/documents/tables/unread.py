"""What was not read of a table, in one line: a finding that page and marked file both show."""

from __future__ import annotations

from wenpan.documents.tables.explained import ExplainedTable
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import Severity


def report_unread(explained: ExplainedTable, reading: Reading) -> None:
    """A note with the number cells that became nothing, counted by column; none where all were read."""
    counted = [(c.letter, c.header, c.unread) for c in explained.columns if c.unread]
    if not counted:
        return
    words = "、".join(f"{letter} {header or '(无表头)'} {count}个" for letter, header, count in counted)
    total = sum(count for _letter, _header, count in counted)
    reading.add(
        "numbers.not_read",
        Severity.NOTE,
        f"有 {total} 个数没有读入: {words}"[:390],
        "",
        "没有读的原因见“各列是什么”",
        explained.sheet,
    )
