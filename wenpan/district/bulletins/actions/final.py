"""The paper as it is issued: number, date and head of the journal of that day, the words that were reviewed.

A bulletin is composed again from its frozen input. An analysis keeps every block as it was reviewed: its
numbers are those of the board that still stands, and only what the issue gives is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.bulletins.actions.returning import with_edits
from wenpan.district.bulletins.models import Document
from wenpan.district.bulletins.policy import briefing_policy
from wenpan.district.bulletins.records import record_of
from wenpan.district.ground import originals
from wenpan.district.ground.journal import queries as journal
from wenpan.district.ground.refused import Refused
from wenpan.documents.papers.briefing.input import dated_words
from wenpan.documents.papers.bulletin.checks import expected_judgement
from wenpan.documents.papers.bulletin.compose import compose
from wenpan.documents.papers.bulletin.input import BulletinInput, Lights
from wenpan.documents.papers.paper import Masthead, Paper, from_json, to_json
from wenpan.documents.papers.returned.apply import EditsDoNotFit
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class FinalPaper:
    """`facts` and `given`: as they are archived."""

    paper: Paper
    number: str
    dated: date
    head: str
    facts: dict[str, Any]
    given: dict[str, Any]


def final(*, document: Document, today: date, serial: int) -> FinalPaper:
    """Raises Refused "figures_changed" where the edited words do not fit any more; Inconsistent."""
    if document.kind == Document.Kind.BULLETIN:
        return _bulletin(document, today, serial)
    return _briefing(document, today, serial)


def _bulletin(document: Document, today: date, serial: int) -> FinalPaper:
    given = _input(document, today, serial)
    paper, register = compose(given)
    try:
        paper = with_edits(paper=paper, given=document.given)
    except EditsDoNotFit:
        raise Refused("figures_changed", _("文稿改过文字之后内容有变，请重新起草。")) from None
    paper = replace(paper, template=document.facts["paper"].get("template", ""))
    edits = {"edits": document.given["edits"]} if "edits" in document.given else {}
    facts = {"facts": register.to_json(), "paper": to_json(paper)}
    kept = {**given.to_json(), **edits}
    return FinalPaper(paper, given.number, given.dated, given.journal_head, facts, kept)


def _input(document: Document, today: date, serial: int) -> BulletinInput:
    """The reviewed input with number, date and journal head; lights must still be the newest that are due."""
    given = BulletinInput.from_json(document.given)
    due = expected_judgement(
        given.month, today.day, Month(today.year, today.month), given.policy.indicators_due_day
    )
    return replace(
        given,
        number=given.policy.number.format(year=today.year, serial=serial),
        dated=today,
        journal_head=journal.head(),
        indicators=_due(given.indicators, due),
        projects=_due(given.projects, due),
    )


def _due(lights: Lights, month: Month) -> Lights:
    return replace(lights, expected=str(month))


def _briefing(document: Document, today: date, serial: int) -> FinalPaper:
    paper = from_json(record_of(document.facts["paper"]))
    number = briefing_policy().number.format(year=today.year, serial=serial)
    words, head = dated_words(today), journal.head()
    paper = replace(
        paper,
        dated=words,
        masthead=Masthead(paper.masthead.name if paper.masthead else "", number),
        imprint=replace(paper.imprint, printed_on=words) if paper.imprint else None,
        small_print=paper.small_print.replace(document.journal_head[:16], head[:16]),
    )
    facts = {**document.facts, "paper": to_json(paper, keep=originals.put)}
    return FinalPaper(paper, number, today, head, facts, {**document.given, "dated": today.isoformat()})
