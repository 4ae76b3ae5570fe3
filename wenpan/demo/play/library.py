"""The story's papers to study go their way: registered, sent, signed for, read, marked, one proposed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wenpan.demo.play.agenda import at
from wenpan.demo.story.library import PAPERS, StudyPaper


def fill(users: dict[str, Any], today: date) -> None:
    """What was sent by the evening before `today`."""
    for paper in PAPERS:
        if paper.sent_on < today:
            _study(paper, users, today)


def _study(told: StudyPaper, users: dict[str, Any], today: date) -> None:
    from wenpan.district.accounts.models import Unit, User
    from wenpan.district.library import actions, proposing
    from wenpan.district.library.reading import pasted

    analyst = users["analyst"]
    paper = actions.add_paper(
        level=told.level, title=told.title, number=told.number, issuer=told.issuer, dated=told.dated,
        topic=told.topic, note=told.note, text=pasted(told.text), by=analyst,
        at=at(told.sent_on, 9),
    )  # fmt: skip
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=told.units)}
    sent = [units[code] for code in told.units if code in units]
    actions.send_paper(paper=paper, units=sent, by=analyst, at=at(told.sent_on, 10))
    officers = {
        user.unit.code: user
        for user in User.objects.filter(role="liaison", unit__in=sent).select_related("unit").order_by("-pk")
        if user.unit
    }
    for number, code in enumerate(told.units[: told.signed]):
        day = told.sent_on + timedelta(days=1 + number)
        if day >= today or code not in officers:
            continue
        actions.receive_paper(paper=paper, by=officers[code], at=at(day, 9))
        actions.note_read(paper=paper, by=officers[code], at=at(day, 10))
    for code, paragraph, words in told.marks:
        day = told.sent_on + timedelta(days=6)
        if day < today and code in officers:
            actions.mark_paper(
                paper=paper, first=paragraph, last=paragraph, text=words, by=officers[code], at=at(day, 11)
            )
    if told.proposed and told.sent_on + timedelta(days=8) < today:
        proposing.propose_marks(
            paper=paper, by=users["supervisor"], at=at(told.sent_on + timedelta(days=8), 9)
        )
    actions.note_read(paper=paper, by=users["leader"], at=at(told.sent_on, 15))
