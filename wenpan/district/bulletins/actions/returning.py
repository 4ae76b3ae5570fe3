"""退回的文稿: a paper that somebody edited in Word or WPS comes back, and becomes the next edition.

Its words are taken as they were changed; a changed figure refuses the whole with every reason. The layout is
made here again, so that the archive holds to the byte what is issued; the file that came is kept as well.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.bulletins.lives import BEFORE_ISSUE, life_of
from wenpan.district.bulletins.models import Document, Step
from wenpan.district.bulletins.records import record_of
from wenpan.district.ground import originals, sandbox
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.intake.door import Admitted
from wenpan.district.ui.paper_templates import rendered
from wenpan.documents.papers.facts import Inconsistent, PaperProblem
from wenpan.documents.papers.paper import Paper, from_json, to_json
from wenpan.documents.papers.returned.apply import edited
from wenpan.documents.papers.returned.compare import compared
from wenpan.documents.papers.returned.elements import elements_sent
from wenpan.documents.spreadsheets.unreadable import Unreadable


def take_edited(*, document: Document, file: Admitted, by: User, at: datetime | None = None) -> Document:
    """The next edition with the words of the file. The numbers are those of `document`. The file is kept with
    the new edition, or with the entry that says which figures were changed in it.

    Raises Inconsistent with every figure that was changed; Refused: "state" (issued, or not the newest),
    "same" (nothing was changed), "unreadable".
    """
    require(by, life_of(document).draft)
    at = at or timezone.now()
    _must_be_newest(document)
    paper = from_json(record_of(document.facts["paper"]))
    try:
        sent = sandbox.apply(elements_sent, file.data, measured=True)
    except Unreadable as refusal:
        raise Refused("unreadable", _("文件打不开：%(why)s") % {"why": refusal.message}) from refusal
    own = originals.get(paper.template) if paper.template else None
    edits, problems = compared(paper, document.facts["facts"], sent, own)
    if problems:
        _refuse(document, problems, file, by, at)
        raise Inconsistent(problems)
    new = edited(paper, edits)
    if new == paper:
        raise Refused("same", _("退回的文稿与这一稿一字不差，不必再存。"))
    return _archive(document, new, edits, file, by, at)


def _must_be_newest(document: Document) -> None:
    later = Document.objects.filter(kind=document.kind, as_of=document.as_of, edition__gt=document.edition)
    if document.state not in BEFORE_ISSUE or later.exists():
        raise Refused("state", _("这一稿已经签发或已有新稿，请在最新一稿上改。"))


def _refuse(
    document: Document,
    problems: list[PaperProblem],
    file: Admitted,
    by: User,
    at: datetime,
) -> None:
    with transaction.atomic():
        sha256 = door.keep(file, at=at)
        record(
            by=by,
            action="document.refuse_edited",
            subject=f"document:{document.pk}",
            at=at,
            summary=_("退回的文稿《%(name)s》没有接收：%(n)d处数字或固定内容被改动")
            % {"name": file.filename[:80], "n": len(problems)},
            detail={"sha256": sha256, "problems": [vars(problem) for problem in problems[:50]]},
        )


@transaction.atomic
def _archive(
    document: Document,
    paper: Paper,
    edits: list[dict[str, Any]],
    file: Admitted,
    by: User,
    at: datetime,
) -> Document:
    created = document.given.get("dated")
    dated = date.fromisoformat(created) if created else timezone.localdate(document.made_at)
    pictures = document.kind == Document.Kind.BRIEFING
    earlier = Document.objects.filter(kind=document.kind, as_of=document.as_of)
    held = Document.objects.select_for_update().get(pk=document.pk)
    if held.state != document.state or earlier.filter(edition__gt=document.edition).exists():
        raise Refused("clash", _("这一稿刚被别人改过，请刷新后再看。"))
    data, sent = rendered(paper, dated), door.keep(file, at=at)
    facts = {**document.facts, "paper": to_json(paper, keep=originals.put if pictures else None)}
    earlier.filter(state__in=BEFORE_ISSUE).update(state=Document.State.REPLACED)
    given = {**document.given, "edits": [*document.given.get("edits", []), edits], "dated": dated.isoformat()}
    made = Document.objects.create(
        kind=document.kind,
        title=document.title,
        as_of=document.as_of,
        edition=(earlier.aggregate(n=Max("edition"))["n"] or 0) + 1,
        facts=facts,
        given=given,
        journal_head=document.journal_head,
        sha256=originals.put(data),
        size=len(data),
        made_by=by,
        made_at=at,
        state=Document.State.DRAFTED,
    )
    Step.objects.create(
        document=made, kind=Step.Kind.REWORDED, by=by, at=at, sha256=made.sha256, words=file.filename[:300]
    )
    record(
        by=by,
        action="document.take_edited",
        subject=f"document:{made.pk}",
        at=at,
        summary=_("接收改过的文稿《%(title)s》，成为第%(n)s稿；数字没有变")
        % {"title": made.title, "n": made.edition},
        detail={"from": document.pk, "sha256": made.sha256, "file": sent, "filename": file.filename[:200]},
    )
    return made


def with_edits(*, paper: Paper, given: dict[str, Any]) -> Paper:
    """The paper composed anew, with the words that its editions changed. Raises EditsDoNotFit."""
    for edits in given.get("edits", []):
        paper = replace(edited(paper, edits), layout=paper.layout)
    return paper
