"""Making an analysis: composed from the board, checked against itself, archived with its numbers as a draft.

Composing reads only and takes a second or two, so it stands before the transaction; inside it the
board must still be the one that was read. A refusal is journalled and changes nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.bulletins.lines import briefing_input, issuer_of
from wenpan.district.bulletins.lives import BEFORE_ISSUE
from wenpan.district.bulletins.models import Document, Step
from wenpan.district.ground import originals
from wenpan.district.ground.journal import queries as journal
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.indicators import queries as indicators
from wenpan.district.ui.paper_templates import rendered, template_of
from wenpan.documents.papers.briefing.charts import pictures
from wenpan.documents.papers.briefing.compose import compose
from wenpan.documents.papers.facts import FactRegister, Inconsistent, PaperProblem
from wenpan.documents.papers.paper import Paper, to_json
from wenpan.economy.time.periods import Month


def make_briefing(*, as_of: Month, by: User, at: datetime | None = None, progress: Any = None) -> Document:
    """The analysis of one month as a new edition. Raises Inconsistent, with every reason, if it must not be.

    `progress(percent, words)` is told how far it is. PermissionDenied without document.make. Raises Refused
    "state" when the month's analysis is issued.
    """
    require(by, "document.make")
    _not_issued(as_of)
    say = progress or (lambda percent, words: None)
    at = at or timezone.now()
    try:
        say(10, _("读取总览"))
        paper, register, head, stamp = _compose(as_of, by, at, say)
    except Inconsistent as refusal:
        _refuse(as_of, refusal, by=by, at=at)
        raise
    say(80, _("排版"))
    paper = replace(paper, template=template_of(Document.Kind.BRIEFING))
    data = rendered(paper, timezone.localdate(at))
    sha256 = originals.put(data)
    facts = _facts(paper, register)
    say(95, _("归档"))
    with transaction.atomic():
        if indicators.board(as_of=as_of).stamp != stamp:
            raise Inconsistent([_changed(as_of)])
        _not_issued(as_of)
        return _archive(as_of, paper, facts, head, stamp, sha256, len(data), by=by, at=at)


def _compose(as_of: Month, by: User, at: datetime, say: Any) -> tuple[Paper, FactRegister, str, str]:
    board = indicators.board(as_of=as_of)
    head = journal.head()
    issuer = issuer_of(by, board.region_name)
    with translation.override("zh-hans"):  # a paper is Chinese, whatever the page speaks
        given = briefing_input(board, dated=timezone.localdate(at), issuer=issuer, journal_head=head, at=at)
    say(30, _("画图"))
    charts = pictures(given)
    say(60, _("写文稿并核对数字"))
    paper, register = compose(given, charts)
    return paper, register, head, board.stamp


def _facts(paper: Paper, register: FactRegister) -> dict[str, Any]:
    """The archived record; pictures are kept in the store and named by their hash."""
    return {
        "facts": register.to_json(),
        "paper": to_json(paper, keep=originals.put),
    }


def _changed(as_of: Month) -> PaperProblem:
    return PaperProblem("changed", as_of.label, "生成期间本月研判有更新", "请重新生成")


def _not_issued(as_of: Month) -> None:
    issued = Document.objects.filter(
        kind=Document.Kind.BRIEFING, as_of=str(as_of), state=Document.State.ISSUED
    )
    if issued.exists():
        raise Refused("state", _("%(month)s的分析已经签发，不再起草。") % {"month": as_of.label})


def _refuse(as_of: Month, refusal: Inconsistent, *, by: User, at: datetime) -> None:
    with transaction.atomic():
        record(
            by=by,
            action="document.refuse",
            subject=f"briefing:{as_of}",
            summary=_("%(month)s经济运行分析未生成：%(why)s") % {"month": as_of.label, "why": refusal},
            detail=[vars(problem) for problem in refusal.problems],
            at=at,
        )


def _archive(
    as_of: Month,
    paper: Paper,
    facts: dict[str, Any],
    head: str,
    stamp: str,
    sha256: str,
    size: int,
    *,
    by: User,
    at: datetime,
) -> Document:
    kind = Document.Kind.BRIEFING
    earlier = Document.objects.filter(kind=kind, as_of=str(as_of))
    last = earlier.aggregate(n=Max("edition"))["n"] or 0
    earlier.filter(state__in=BEFORE_ISSUE).update(state=Document.State.REPLACED)
    document = Document.objects.create(
        kind=kind,
        title="".join(paper.title),
        as_of=str(as_of),
        edition=last + 1,
        facts=facts,
        given={"stamp": stamp, "dated": timezone.localdate(at).isoformat()},
        state=Document.State.DRAFTED,
        journal_head=head,
        sha256=sha256,
        size=size,
        made_by=by,
        made_at=at,
    )
    Step.objects.create(document=document, kind=Step.Kind.DRAFTED, by=by, at=at, sha256=sha256)
    record(
        by=by,
        action="document.make",
        subject=f"document:{document.pk}",
        summary=_("生成《%(title)s》第%(n)s稿") % {"title": document.title, "n": document.edition},
        detail={"sha256": sha256, "as_of": str(as_of), "facts": len(facts["facts"])},
        at=at,
    )
    return document
