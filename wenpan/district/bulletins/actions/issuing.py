"""审核、退回、签发: three different people where the office says so; then the paper is final.

When it is issued it gets number, date and the head of the journal; its counts are those that were reviewed.
Anything that was entered for the month since it was counted sends it back to be counted anew.
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
from wenpan.district.bulletins.actions.returning import with_edits
from wenpan.district.bulletins.hooks import ISSUED
from wenpan.district.bulletins.models import Document, Step
from wenpan.district.ground import originals
from wenpan.district.ground.journal import queries as journal
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.bulletin_input import queries as counted
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.scoring import queries as scores
from wenpan.district.supervision.scoring.actions import keep_scores
from wenpan.documents.papers.bulletin.checks import expected_judgement
from wenpan.documents.papers.bulletin.compose import compose
from wenpan.documents.papers.bulletin.input import BulletinInput, Lights
from wenpan.documents.papers.gbt9704 import render as gbt9704
from wenpan.documents.papers.paper import Paper, from_json, to_json
from wenpan.documents.papers.returned.apply import EditsDoNotFit
from wenpan.economy.time.periods import Month, parse_month

State = Document.State


@transaction.atomic
def review(*, document: Document, by: User, words: str = "", at: datetime | None = None) -> Document:
    """审核通过, by somebody who wrote none of its editions."""
    require(by, "bulletin.review")
    at = at or timezone.now()
    if policy.office().bulletin_three_people and by.pk in drafters(document=document):
        raise Refused("permission", _("起草人不能审核自己起草的通报。"))
    _still_counted(document)
    _step(document, (State.DRAFTED,), {"state": State.REVIEWED, "reviewed_by": by})
    return _told(document, Step.Kind.REVIEWED, "document.review", words, by, at)


@transaction.atomic
def send_back(*, document: Document, words: str, by: User, at: datetime | None = None) -> Document:
    """退回修改 with what is wrong; a new edition follows."""
    require(by, "bulletin.review", "bulletin.issue")
    if not words.strip():
        raise Refused("reason_missing", _("请写明退回的理由。"))
    _step(document, (State.DRAFTED, State.REVIEWED), {"state": State.RETURNED, "reviewed_by": None})
    return _told(document, Step.Kind.RETURNED, "document.send_back", words, by, at or timezone.now())


def drafters(*, document: Document) -> frozenset[int]:
    """Whoever made an edition of the month."""
    rows = Document.objects.filter(kind=document.kind, as_of=document.as_of)
    return frozenset(rows.values_list("made_by", flat=True))


@transaction.atomic
def issue(*, document: Document, by: User, at: datetime | None = None) -> Document:
    """签发: number and date are given, the paper is made for the last time, the month's scores are kept.

    Raises Refused: "permission" (drafted or reviewed it), "state", "figures_changed"; Inconsistent.
    """
    require(by, "bulletin.issue")
    at = at or timezone.now()
    if policy.office().bulletin_three_people:
        if by.pk in drafters(document=document):
            raise Refused("permission", _("起草人不能签发自己起草的通报。"))
        if by.pk == document.reviewed_by_id:
            raise Refused("permission", _("审核人不能签发自己审核的通报。"))
    hold()  # two issued at once take two numbers
    _still_counted(document)
    given = _final(document, timezone.localdate(at))
    paper, register = compose(given)
    paper = _with_edits(paper, document.given)
    data = gbt9704.render(paper, created=given.dated)
    sha256 = originals.put(data)
    year, serial = given.dated.year, _serial(given.dated.year)
    _step(document, (State.REVIEWED,), {
        "state": State.ISSUED, "number": given.number, "year": year, "serial": serial, "issued_by": by,
        "issued_at": at, "sha256": sha256, "size": len(data), "journal_head": given.journal_head,
        "facts": {"facts": register.to_json(), "paper": to_json(paper)},
        "given": {**given.to_json(), **_edits_of(document)},
    })  # fmt: skip
    keep_scores(sheet=scores.sheet(given.month), by=by, at=at)
    ISSUED.tell(document, by, at)
    return _told(document, Step.Kind.ISSUED, "document.issue", given.number, by, at)


def _with_edits(paper: Paper, given: dict[str, Any]) -> Paper:
    """The words of the edition that was reviewed; numbers, date and head are those of today."""
    try:
        return with_edits(paper=paper, given=given)
    except EditsDoNotFit:
        raise Refused("figures_changed", _("文稿改过文字之后内容有变，请重新起草。")) from None


def _edits_of(document: Document) -> dict[str, Any]:
    return {"edits": document.given["edits"]} if "edits" in document.given else {}


def _serial(year: int) -> int:
    rows = Document.objects.filter(kind=Document.Kind.BULLETIN, year=year)
    return int(rows.aggregate(n=Max("serial"))["n"] or 0) + 1


def _final(document: Document, today: date) -> BulletinInput:
    """The reviewed input with number, date and journal head; lights must still be the newest that are due."""
    given = BulletinInput.from_json(document.given)
    due = expected_judgement(
        given.month, today.day, Month(today.year, today.month), given.policy.indicators_due_day
    )
    return replace(
        given,
        number=given.policy.number.format(year=today.year, serial=_serial(today.year)),
        dated=today,
        journal_head=journal.head(),
        indicators=_due(given.indicators, due),
        projects=_due(given.projects, due),
    )


def _due(lights: Lights, month: Month) -> Lights:
    return replace(lights, expected=str(month))


def _still_counted(document: Document) -> None:
    if counted.stamp(parse_month(document.as_of)) != document.given.get("stamp"):
        raise Refused("figures_changed", _("起草之后督办日志补记了本月的事，请重新起草。"))


def _step(document: Document, states: tuple[State, ...], values: dict[str, Any]) -> None:
    if Document.objects.filter(pk=document.pk, state__in=states).update(**values) != 1:
        raise Refused("state", _("这一稿现在不能这样办，请刷新后再看。"))
    document.refresh_from_db()


def _told(document: Document, kind: Step.Kind, action: str, words: str, by: User, at: datetime) -> Document:
    Step.objects.create(
        document=document, kind=kind, by=by, at=at, words=words.strip()[:300], sha256=document.sha256
    )
    record(
        by=by,
        action=action,
        subject=f"document:{document.pk}",
        summary=_("%(deed)s《%(title)s》第%(n)s稿")
        % {"deed": kind.label, "title": document.title, "n": document.edition}
        + (f"：{words.strip()[:120]}" if words.strip() else ""),
        detail={"sha256": document.sha256, "number": document.number},
        at=at,
    )
    return document


@transaction.atomic
def verify(*, document: Document, by: User, at: datetime | None = None) -> bool:
    """按原样重新生成并核对: the archived paper made again, and its bytes beside those that were issued."""
    require(by, "document.view")
    paper = from_json(document.facts["paper"])
    created = date.fromisoformat(document.given["dated"])
    same = originals.put(gbt9704.render(paper, created=created)) == document.sha256
    record(
        by=by,
        action="document.verify",
        subject=f"document:{document.pk}",
        summary=_("按原样重新生成《%(title)s》：%(result)s")
        % {"title": document.title, "result": _("完全一致") if same else _("与存档不一致")},
        detail={"sha256": document.sha256, "same": same},
        at=at,
    )
    return same
