"""审核、退回、签发: three different people where the office says so; then the paper is final.

One life for both kinds of paper. When it is issued it gets number, date and the head of the journal; its
counts are those that were reviewed. What was entered since it was counted sends it back to be made anew.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.bulletins.actions.final import final
from wenpan.district.bulletins.hooks import ISSUED
from wenpan.district.bulletins.lives import life_of, stamp_now
from wenpan.district.bulletins.models import Document, Step
from wenpan.district.bulletins.records import record_of
from wenpan.district.ground import originals
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.scoring import queries as scores
from wenpan.district.supervision.scoring.actions import keep_scores
from wenpan.district.ui.paper_templates import rendered
from wenpan.documents.papers.paper import from_json
from wenpan.economy.time.periods import parse_month

State = Document.State


@transaction.atomic
def review(*, document: Document, by: User, words: str = "", at: datetime | None = None) -> Document:
    """审核通过, by somebody who wrote none of its editions."""
    require(by, life_of(document).review)
    at = at or timezone.now()
    if policy.office().bulletin_three_people and by.pk in drafters(document=document):
        raise Refused("permission", _("起草人不能审核自己起草的文稿。"))
    _still_counted(document)
    _step(document, (State.DRAFTED,), {"state": State.REVIEWED, "reviewed_by": by})
    return _told(document, Step.Kind.REVIEWED, "document.review", words, by, at)


@transaction.atomic
def send_back(*, document: Document, words: str, by: User, at: datetime | None = None) -> Document:
    """退回修改 with what is wrong; a new edition follows."""
    require(by, life_of(document).review, life_of(document).issue)
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
    """签发: number and date are given, the paper is made for the last time, a bulletin's scores are kept.

    Raises Refused: "permission" (drafted or reviewed it), "state", "figures_changed"; Inconsistent.
    """
    require(by, life_of(document).issue)
    at = at or timezone.now()
    if policy.office().bulletin_three_people:
        if by.pk in drafters(document=document):
            raise Refused("permission", _("起草人不能签发自己起草的文稿。"))
        if by.pk == document.reviewed_by_id:
            raise Refused("permission", _("审核人不能签发自己审核的文稿。"))
    hold()  # two issued at once take two numbers
    _still_counted(document)
    today = timezone.localdate(at)
    serial = _serial(document.kind, today.year)
    made = final(document=document, today=today, serial=serial)
    data = rendered(made.paper, made.dated)
    sha256 = originals.put(data)
    _step(document, (State.REVIEWED,), {
        "state": State.ISSUED, "number": made.number, "year": today.year, "serial": serial, "issued_by": by,
        "issued_at": at, "sha256": sha256, "size": len(data), "journal_head": made.head,
        "facts": made.facts, "given": made.given,
    })  # fmt: skip
    if document.kind == Document.Kind.BULLETIN:
        keep_scores(sheet=scores.sheet(parse_month(document.as_of)), by=by, at=at)
        ISSUED.tell(document, by, at)
    return _told(document, Step.Kind.ISSUED, "document.issue", made.number, by, at)


def _serial(kind: str, year: int) -> int:
    rows = Document.objects.filter(kind=kind, year=year)
    return int(rows.aggregate(n=Max("serial"))["n"] or 0) + 1


def _still_counted(document: Document) -> None:
    if stamp_now(document) == document.given.get("stamp"):
        return
    if document.kind == Document.Kind.BULLETIN:
        raise Refused("figures_changed", _("起草之后督办日志补记了本月的事，请重新起草。"))
    raise Refused("figures_changed", _("生成之后本月研判有更新，请重新生成。"))


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
    paper = from_json(record_of(document.facts["paper"]))
    created = date.fromisoformat(document.given["dated"])
    same = originals.put(rendered(paper, created)) == document.sha256
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
