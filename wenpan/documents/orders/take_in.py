"""Taking a paper in: its text, its masthead and the matters that it orders, in one go.

Pure, and made to be called in a child process (`district.ground.sandbox.apply`): arguments and answers
pickle, and everything that reads foreign bytes or long foreign sentences happens here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wenpan.documents.orders import propose as directives
from wenpan.documents.orders import text as reading
from wenpan.documents.orders.acceptance import Acceptance
from wenpan.documents.orders.masthead import PaperHead, recognise
from wenpan.documents.orders.proposal import MatterProposal
from wenpan.documents.orders.task_tables import propose
from wenpan.documents.orders.task_tables.grid import Remark
from wenpan.documents.orders.text import Text
from wenpan.documents.orders.units.gazetteer import Gazetteer
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.economy.time.calendars import Calendar

MAX_CHARACTERS = 600_000  # some 600 pages


@dataclass(frozen=True)
class Taken:
    """`dated`: the day that deadlines were counted from: given, else read off the paper, else `today`.
    `places`: of each paragraph. `remarks`: what was left out of the file, or could not be read as a day.
    """

    paragraphs: tuple[str, ...]
    kind: str  # of the file: docx | pdf | …
    masthead: PaperHead
    dated: date
    proposals: tuple[MatterProposal, ...]
    places: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def take(
    data: bytes | Text,
    filename: str,
    dated: date | None,
    today: date,
    calendar: Calendar,
    gazetteer: Gazetteer,
    acceptance: Acceptance | None = None,
) -> Taken:
    """Raises `Unreadable`, also for a paper without any text and for one that is too long."""
    text = reading.read(data, filename)
    if not text.joined.strip():
        raise Unreadable("no_text", "文件里没有文字.")
    if len(text.joined) > MAX_CHARACTERS:
        raise Unreadable("too_long", f"文件有 {len(text.joined)} 个字, 超过 {MAX_CHARACTERS} 个字.")
    masthead = recognise(text.paragraphs, filename)
    day = dated or masthead.dated or today
    found = propose.found_in(text, day, calendar, _on(gazetteer, day), acceptance)
    return Taken(text.paragraphs, text.kind, masthead, day, found.proposals, text.places, found.remarks)


def again(
    paragraphs: Sequence[str],
    places: Sequence[str],
    dated: date,
    calendar: Calendar,
    gazetteer: Gazetteer,
    acceptance: Acceptance | None = None,
) -> tuple[MatterProposal, ...]:
    """The proposals of a text that was read before, for another day or with other units."""
    kept = places if len(places) == len(paragraphs) else [""] * len(paragraphs)
    text = Text(tuple(paragraphs), "", tuple(kept))
    return propose.found_in(text, dated, calendar, _on(gazetteer, dated), acceptance).proposals


def marked(
    words: str,
    before: str,
    dated: date,
    calendar: Calendar,
    gazetteer: Gazetteer,
    acceptance: Acceptance | None = None,
) -> tuple[MatterProposal, ...]:
    """One matter of words that a person marked: as the rules read one order in them, else as they stand."""
    found = again((words,), ("",), dated, calendar, gazetteer, acceptance)
    if len(found) == 1 and found[0].lead:
        return found
    known = _on(gazetteer, dated)
    return (directives.marked(words, before, on=dated, calendar=calendar, gazetteer=known),)


def _on(gazetteer: Gazetteer, day: date) -> Gazetteer:
    """The units as they stood on the paper's day, which is known only once it is read."""
    units = gazetteer.directory
    return gazetteer if units is None else Gazetteer.of(replace(units, on=day))
