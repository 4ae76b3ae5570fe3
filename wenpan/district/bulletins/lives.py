"""起草、审核、签发 of each kind of paper: one life, other people. Drafted, reviewed, issued, or sent back."""

from __future__ import annotations

from dataclasses import dataclass

from wenpan.district.bulletins.models import Document
from wenpan.district.indicators import queries as indicators
from wenpan.district.supervision.bulletin_input import queries as counted
from wenpan.economy.time.periods import parse_month

State = Document.State
BEFORE_ISSUE = (State.DRAFTED, State.REVIEWED, State.RETURNED, State.MADE)


@dataclass(frozen=True)
class PaperLife:
    """The permissions of its three steps."""

    draft: str
    review: str
    issue: str


LIVES: dict[str, PaperLife] = {
    Document.Kind.BULLETIN: PaperLife("bulletin.draft", "bulletin.review", "bulletin.issue"),
    Document.Kind.BRIEFING: PaperLife("document.make", "document.review", "document.issue"),
}
REVIEW = tuple(life.review for life in LIVES.values())
ISSUE = tuple(life.issue for life in LIVES.values())


def life_of(document: Document) -> PaperLife:
    return LIVES[document.kind]


def stamp_now(document: Document) -> str:
    """Of what the paper was made from, as it stands now; it is still true where `given` keeps the same."""
    month = parse_month(document.as_of)
    if document.kind == Document.Kind.BULLETIN:
        return counted.stamp(month)
    return indicators.board(as_of=month).stamp
