"""起草: a month's bulletin counted, composed and kept; its sentences worded anew, its numbers never.

Counting and composing read only and stand before the transaction; inside it the log must still be the one
that was counted. A refusal is journalled and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.bulletins.lines import issuer_of
from wenpan.district.bulletins.lives import BEFORE_ISSUE
from wenpan.district.bulletins.models import Document, Step
from wenpan.district.bulletins.queries.bulletin import before_of, place_name
from wenpan.district.ground import originals
from wenpan.district.ground.collector import collector_paused
from wenpan.district.ground.journal import queries as journal
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.bulletin_input import queries as counted
from wenpan.district.ui.paper_templates import rendered, template_of
from wenpan.documents.papers.bulletin.compose import compose
from wenpan.documents.papers.bulletin.input import BulletinInput
from wenpan.documents.papers.facts import Inconsistent, PaperProblem
from wenpan.documents.papers.paper import to_json
from wenpan.economy.time.periods import Month

KIND = Document.Kind.BULLETIN


def draft_bulletin(*, month: Month, by: User, at: datetime | None = None, progress: Any = None) -> Document:
    """The month counted anew, as a new edition. Raises Inconsistent, with every reason, if it must not be.

    Raises Refused "state" when the month's bulletin is issued. `progress(percent, words)` is told how far.
    """
    require(by, "bulletin.draft")
    at, say = at or timezone.now(), progress or (lambda percent, words: None)
    _not_issued(month)
    say(10, _("汇总督办日志"))
    try:
        with collector_paused():
            given = _counted(month, by, at)
            say(60, _("写文稿并核对数字"))
            return _composed(given, by, at, say, Step.Kind.DRAFTED)
    except Inconsistent as refusal:
        _refuse(month, refusal, by=by, at=at)
        raise


def _counted(month: Month, by: User, at: datetime) -> BulletinInput:
    place = place_name()
    issuer = issuer_of(by, place) or counted.bulletin_policy().printed_by.format(place=place)
    with translation.override("zh-hans"):  # a paper is Chinese, whatever the page speaks
        return counted.bulletin(
            month,
            dated=timezone.localdate(at),
            place=place,
            issuer=issuer,
            head=journal.head(),
            before=before_of(month),
        )


def reword(
    *, document: Document, lead_in: str, demands: Sequence[str], by: User, at: datetime | None = None
) -> Document:
    """The same numbers under other words: lead-in and demands, as a new edition.

    Raises Refused: "state" (issued, or an edition that was replaced); Inconsistent: a figure in the words.
    """
    require(by, "bulletin.draft")
    at = at or timezone.now()
    if document.kind != KIND or document.state not in BEFORE_ISSUE:
        raise Refused("state", _("这一稿已经签发或已有新稿，不能再改。"))
    if document.given.get("edits"):
        raise Refused("state", _("这一稿已按退回的文稿改过，请下载后继续在文稿里改，再交回来。"))
    given = BulletinInput.from_json(document.given)
    told = tuple(words.strip() for words in demands if words.strip())
    given = replace(given, lead_in=lead_in.strip(), demands=told)
    return _composed(given, by, at, lambda percent, words: None, Step.Kind.REWORDED, of=document)


def _composed(
    given: BulletinInput, by: User, at: datetime, say: Any, step: Step.Kind, of: Document | None = None
) -> Document:
    paper, register = compose(given)
    say(75, _("排版"))
    paper = replace(paper, template=template_of(KIND))
    data = rendered(paper, given.dated)
    sha256 = originals.put(data)
    say(95, _("归档"))
    facts = {"facts": register.to_json(), "paper": to_json(paper)}
    with transaction.atomic():
        if of is None and counted.stamp(given.month) != given.stamp:
            raise Inconsistent(
                [PaperProblem("changed", given.month.label, "生成期间督办日志有更新", "请重新生成")]
            )
        return _archive(given, "".join(paper.title), facts, sha256, len(data), by, at, step, of)


def _archive(
    given: BulletinInput, title: str, facts: dict[str, Any], sha256: str, size: int,
    by: User, at: datetime, step: Step.Kind, of: Document | None,
) -> Document:  # fmt: skip
    month = str(given.month)
    _not_issued(given.month)
    earlier = Document.objects.filter(kind=KIND, as_of=month)
    if of is not None and earlier.filter(pk=of.pk, state__in=BEFORE_ISSUE).count() != 1:
        raise Refused("clash", _("这一稿刚被别人改过，请刷新后再看。"))
    last = earlier.aggregate(n=Max("edition"))["n"] or 0
    earlier.filter(state__in=BEFORE_ISSUE).update(state=Document.State.REPLACED)
    document = Document.objects.create(
        kind=KIND,
        title=title,
        as_of=month,
        edition=last + 1,
        facts=facts,
        given=given.to_json(),
        journal_head=given.journal_head,
        sha256=sha256,
        size=size,
        made_by=by,
        made_at=at,
        state=Document.State.DRAFTED,
    )
    Step.objects.create(document=document, kind=step, by=by, at=at, sha256=sha256)
    record(
        by=by,
        action=f"document.{'draft' if step is Step.Kind.DRAFTED else 'reword'}",
        subject=f"document:{document.pk}",
        summary=_("%(deed)s《%(title)s》第%(n)s稿")
        % {"deed": step.label, "title": title, "n": document.edition},
        detail={"sha256": sha256, "as_of": month, "facts": len(facts["facts"]), "stamp": given.stamp},
        at=at,
    )
    return document


def _not_issued(month: Month) -> None:
    if Document.objects.filter(kind=KIND, as_of=str(month), state=Document.State.ISSUED).exists():
        raise Refused("state", _("%(month)s的通报已经签发，不再起草。") % {"month": month.label})


def _refuse(month: Month, refusal: Inconsistent, *, by: User, at: datetime) -> None:
    with transaction.atomic():
        record(
            by=by,
            action="document.refuse",
            subject=f"bulletin:{month}",
            summary=_("%(month)s督查通报未生成：%(why)s") % {"month": month.label, "why": refusal},
            detail=[vars(problem) for problem in refusal.problems[:50]],
            at=at,
        )
