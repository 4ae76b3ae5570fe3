"""One typed or marked line, read by the rules that read papers."""

from __future__ import annotations

from datetime import date

from wenpan.district.ground import sandbox
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.sources.unit_resolver import UnitResolver
from wenpan.documents.orders import proposal as found
from wenpan.documents.orders import take_in
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.rules.policies import acceptance

MOST = 300  # characters of a line
SECONDS = 8  # for reading one; an ordinary line takes some thousandths


def read_line(words: str, dated: date) -> tuple[found.MatterProposal, ...]:
    """In a child with a limit, as papers are: a line can be written on which the rules would never end."""
    given = (words,), ("",), dated, policy.calendar(), UnitResolver(dated).gazetteer(), acceptance()
    try:
        read: tuple[found.MatterProposal, ...] = sandbox.apply(take_in.again, *given, seconds=SECONDS)
    except Unreadable:
        return ()
    return read


def read_marked(words: str, before: str, dated: date) -> tuple[found.MatterProposal, ...]:
    """As `read_line`, of words marked as one matter behind `before`: one proposal, none where unreadable."""
    given = words, before, dated, policy.calendar(), UnitResolver(dated).gazetteer(), acceptance()
    try:
        read: tuple[found.MatterProposal, ...] = sandbox.apply(take_in.marked, *given, seconds=SECONDS)
    except Unreadable:
        return ()
    return read
