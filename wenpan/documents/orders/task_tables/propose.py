"""Task tables and papers as files: proposed matters with the cells, the row or the page they come from.

Pure. `propose` takes the bytes of a docx, xlsx, xls, csv, pdf or txt, `propose_grid` a table as it
stands on a page. A row is a matter; a sentence in it that names another unit is a further one. Deadlines
are relative to the paper's day. What could not be read comes as remarks: where, what, what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.documents.orders import deadlines
from wenpan.documents.orders import propose as directives
from wenpan.documents.orders import text as reading
from wenpan.documents.orders.acceptance import Acceptance
from wenpan.documents.orders.proposal import MatterProposal
from wenpan.documents.orders.task_tables import rows as task_rows
from wenpan.documents.orders.task_tables.grid import Remark, TextGrid
from wenpan.documents.orders.text import Text
from wenpan.documents.orders.units.gazetteer import Gazetteer
from wenpan.economy.time.calendars import Calendar

_LIMIT = "完成时限:"
_NO_DAY = ("持续", "长期", "常态", "全年", "立即", "立行立改", "尽快", "及时", "适时")


@dataclass(frozen=True)
class TaskText:
    text: Text
    proposals: tuple[MatterProposal, ...]
    remarks: tuple[Remark, ...]  # of the file, and of limits that no day could be read from


def propose(
    data: bytes,
    filename: str,
    *,
    on: date,
    calendar: Calendar,
    gazetteer: Gazetteer | None = None,
    acceptance: Acceptance | None = None,
) -> TaskText:
    """The matters of a file. Raises `Unreadable` with what is wrong and what to do."""
    return found_in(reading.read(data, filename), on, calendar, gazetteer, acceptance)


def propose_grid(
    rows: Sequence[Sequence[str]],
    *,
    name: str = "",
    on: date,
    calendar: Calendar,
    gazetteer: Gazetteer | None = None,
) -> TaskText:
    """The matters of one table; merged cells repeat their value. `name` is that of its sheet."""
    lines, remarks = task_rows.read(TextGrid(rows, name))
    text = Text(
        tuple(line.text for line in lines), "table", tuple(line.place for line in lines), tuple(remarks)
    )
    return found_in(text, on, calendar, gazetteer)


def found_in(
    text: Text,
    on: date,
    calendar: Calendar,
    gazetteer: Gazetteer | None,
    acceptance: Acceptance | None = None,
) -> TaskText:
    """The matters of a file that was read already, for a day."""
    found = directives.propose(
        text.paragraphs,
        on=on,
        calendar=calendar,
        gazetteer=gazetteer,
        places=text.places,
        acceptance=acceptance,
    )
    return TaskText(text, tuple(found), (*text.remarks, *_unread_limits(text, on, calendar)))


def _unread_limits(text: Text, on: date, calendar: Calendar) -> Iterator[Remark]:
    for line, place in zip(text.paragraphs, text.places, strict=True):
        words = line.removeprefix(_LIMIT)
        if words == line or not place or any(word in words for word in _NO_DAY):
            continue
        if not deadlines.find(line, on=on, calendar=calendar):
            told = f"{place}的完成时限“{words}”读不出日期, 按没有时限处理. 请写成“10月31日前”或“每月25日前”."
            yield Remark("limit_unread", place, told)
