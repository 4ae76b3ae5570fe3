"""A paper is registered, sent, signed for, read, and marked by whom it concerns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.roles import LIAISON, UNIT_HEAD
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.notices import notify
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.library.models import LibraryPaper, PaperMark, PaperReading, PaperSending
from wenpan.district.library.scope import require_paper


@dataclass(frozen=True)
class PaperText:
    """What was read of a file or pasted; `admitted`: the file, None for a pasted text."""

    paragraphs: tuple[str, ...]
    places: tuple[str, ...] = ()
    admitted: door.Admitted | None = None


@transaction.atomic
def add_paper(
    *, level: str, title: str, issuer: str, dated: date, topic: str, text: PaperText, by: User,
    number: str = "", note: str = "", at: datetime | None = None,
) -> LibraryPaper:  # fmt: skip
    """Refused "bad_value" (a field is missing, no text, a day after today), "clash" (the file is there)."""
    require(by, "library.edit")
    at = at or timezone.now()
    if level not in LibraryPaper.Level.values:
        raise Refused("bad_value", _("请选定层级。"))
    if not all(words.strip() for words in (title, issuer, topic)):
        raise Refused("bad_value", _("请写明标题、发文单位和主题。"))
    if dated > timezone.localdate(at):
        raise Refused("bad_value", _("成文日期不能晚于今天。"))
    if not any(paragraph.strip() for paragraph in text.paragraphs):
        raise Refused("bad_value", _("请选文件，或粘贴正文。"))
    sha256 = door.keep(text.admitted, at=at) if text.admitted else ""
    if sha256 and LibraryPaper.objects.filter(sha256=sha256).exists():
        raise Refused("clash", _("这个文件已经在库里。"))
    paper = LibraryPaper.objects.create(
        level=level, title=title.strip()[:200], number=number.strip()[:60], issuer=issuer.strip()[:80],
        dated=dated, topic=topic.strip()[:40], note=note.strip()[:200], sha256=sha256,
        filename=text.admitted.filename[:200] if text.admitted else "",
        paragraphs=list(text.paragraphs), places=list(text.places), by=by, at=at,
    )  # fmt: skip
    _record(paper, "add", _("登记《%(title)s》") % {"title": paper.title}, by, at, {"sha256": sha256})
    return paper


@transaction.atomic
def send_paper(
    *, paper: LibraryPaper, units: Collection[Unit], by: User, at: datetime | None = None
) -> list[PaperSending]:
    """To those units that do not have it yet; their people are told. Refused "bad_value": none is left."""
    require(by, "library.edit")
    at = at or timezone.now()
    there = set(paper.sendings.values_list("unit_id", flat=True))
    new = [unit for unit in units if unit.pk not in there]
    if not new:
        raise Refused("bad_value", _("请选还没有发过的单位。"))
    made = [
        PaperSending.objects.create(paper=paper, unit=unit, sent_by=by, sent_at=at) for unit in new
    ]  # one by one: their keys are told
    people = User.objects.filter(unit__in=new, role__in=(LIAISON.code, UNIT_HEAD.code), is_active=True)
    notify(
        users=people, key=f"library:{paper.pk}", text=_("请签收、学习：%(title)s") % {"title": paper.title},
        at=at, url=reverse("library:paper", args=[paper.pk]),
    )  # fmt: skip
    names = "、".join(unit.short_name for unit in new)
    _record(paper, "send", _("《%(title)s》发%(names)s") % {"title": paper.title, "names": names}, by, at,
            {"units": [unit.code for unit in new]})  # fmt: skip
    return made


@transaction.atomic
def receive_paper(*, paper: LibraryPaper, by: User, at: datetime | None = None) -> PaperSending:
    """签收 for the own unit. Refused "clash" where a colleague was faster."""
    require(by, "library.receive")
    require_paper(by, paper)
    at = at or timezone.now()
    rows = PaperSending.objects.filter(paper=paper, unit=by.unit_id)
    if rows.filter(received_at=None).update(received_at=at, received_by=by) != 1:
        raise Refused("clash", _("本单位已经签收。"))
    _record(paper, "receive", _("签收《%(title)s》") % {"title": paper.title}, by, at, {})
    return rows.get()


@transaction.atomic
def note_read(*, paper: LibraryPaper, by: User, at: datetime | None = None) -> PaperReading:
    """已阅. Refused "clash" the second time."""
    require(by, "library.view", "library.receive")
    require_paper(by, paper)
    at = at or timezone.now()
    try:
        with transaction.atomic():
            made = PaperReading.objects.create(paper=paper, user=by, at=at)
    except IntegrityError:
        raise Refused("clash", _("您已经标过已阅。")) from None
    _record(paper, "read", _("已阅《%(title)s》") % {"title": paper.title}, by, at, {})
    return made


@transaction.atomic
def mark_paper(
    *, paper: LibraryPaper, first: int, last: int, text: str, by: User, at: datetime | None = None
) -> PaperMark:
    """与本单位有关. `first`, `last`: paragraphs, counted from 0. Refused: "bad_value", "clash"."""
    require(by, "library.receive")
    require_paper(by, paper)
    at = at or timezone.now()
    if by.unit is None:
        raise Refused("bad_value", _("您没有所在单位。"))
    if not 0 <= first <= last < len(paper.paragraphs):
        raise Refused("bad_value", _("请选定起止段落。"))
    if not text.strip():
        raise Refused("bad_value", _("请写明与本单位有什么关系、打算怎么办。"))
    try:
        with transaction.atomic():
            mark = PaperMark.objects.create(
                paper=paper, unit=by.unit, first=first, last=last, text=text.strip()[:300], by=by, at=at
            )
    except IntegrityError:
        raise Refused("clash", _("本单位已经标过这几段。")) from None
    _record(paper, "mark", f"{by.unit.short_name}：{mark.text}", by, at, {"first": first, "last": last})
    return mark


def _record(
    paper: LibraryPaper, deed: str, summary: str, by: User, at: datetime, detail: dict[str, object]
) -> None:
    record(
        by=by, action=f"library.{deed}", subject=f"library:{paper.pk}", at=at, summary=summary[:400],
        detail=detail,
    )  # fmt: skip
