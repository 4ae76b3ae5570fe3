"""What words that a clerk marked in a paper say of unit and limit, so that nobody types them again.

Read by the rules that read papers; where they find no order in them, or several, the one unit that is told
something and the limit are taken: that it is a matter the clerk has said.
"""

from __future__ import annotations

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models import Source
from wenpan.district.supervision.sources.actions.instructions import MatterPlan
from wenpan.district.supervision.sources.line_reading import MOST, read_marked
from wenpan.district.supervision.sources.proposal_rows import rows_of


def plan_of(source: Source, title: str, marked: str) -> MatterPlan:
    """The plan of a matter made of `marked`; `title` are its words where the clerk typed other ones."""
    text = title or marked
    words = " ".join((marked or title).split())
    read = read_marked(words, _before(source, marked), source.dated) if 0 < len(words) <= MOST else ()
    if len(read) != 1:
        return MatterPlan(text=text)
    row = rows_of(source, read, "person")[0]
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=row.coops)}
    return MatterPlan(
        text=text,
        lead=row.lead,
        coops=[units[code] for code in row.coops if code in units],
        deadline=row.deadline,
        deadline_text=row.deadline_text,
        recurrence=row.recurrence,
    )


def _before(source: Source, marked: str) -> str:
    """What stands before the marked words in their paragraph; "" where no paragraph has them."""
    if not marked.strip():
        return ""
    paragraph = next((p for p in source.paragraphs if marked in p), "")
    return paragraph[: paragraph.find(marked)][-MOST:]
