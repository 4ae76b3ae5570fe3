"""What awaits whoever drafts, reviews and issues bulletins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.bulletins.models import Document
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Matter
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup
from wenpan.district.ui.changes import MonthStep
from wenpan.economy.time.periods import Month

State = Document.State


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    return [*_decisions(user, shown), *_draft(user, at)]


def _decisions(user: Any, shown: int) -> Iterator[AwaitedGroup]:
    """As `queries.bulletin.deeds` decides: who wrote an edition of it neither reviews nor issues."""
    for code, state, permission, title in (
        ("review", State.DRAFTED, "bulletin.review", _("通报待审核")),
        ("issue", State.REVIEWED, "bulletin.issue", _("通报待签发")),
    ):
        if not can(user, permission):
            continue
        rows = Document.objects.filter(kind=Document.Kind.BULLETIN, state=state)
        if policy.office().bulletin_three_people:
            written = Document.objects.filter(kind=OuterRef("kind"), as_of=OuterRef("as_of"), made_by=user.pk)
            rows = rows.exclude(Exists(written)).exclude(Q(reviewed_by=user.pk))
        if not (count := rows.count()):
            continue
        found = rows.defer("facts", "given").select_related("made_by").order_by("made_at")[:shown]
        items = tuple(
            AwaitedAct(d.title, reverse("bulletins:document", args=[d.pk]), detail=f"{d.made_by} · {d.as_of}")
            for d in (found if shown else ())
        )
        yield AwaitedGroup(code, title, count, items, reverse("bulletins:list"), 2)


def _draft(user: Any, at: datetime) -> Iterator[AwaitedGroup]:
    """Last month's bulletin, until a draft stands; one that was sent back is to be written anew."""
    if not can(user, "bulletin.draft"):
        return
    today = timezone.localdate(at)
    month = Month(today.year, today.month).plus(-1)
    held = Document.objects.filter(kind=Document.Kind.BULLETIN, as_of=str(month))
    states = set(held.values_list("state", flat=True))
    if states & {State.DRAFTED, State.REVIEWED, State.ISSUED}:
        return
    first_after = datetime(today.year, today.month, 1, tzinfo=timezone.get_current_timezone())
    if not Matter.objects.filter(assigned_on__lt=first_after.date()).exists():
        return
    words = _("已退回，待修改") if State.RETURNED in states else _("还没有起草")
    text = _("%(year)s年%(month)s月督查通报") % {"year": month.year, "month": month.month}
    line = AwaitedAct(text, reverse("bulletins:list"), detail=words)
    yield AwaitedGroup("draft_bulletin", _("通报待起草"), 1, (line,), reverse("bulletins:list"), 23)


def steps(user: User, at: datetime) -> Sequence[MonthStep]:
    """Last month's bulletin: how far it is."""
    if not can(user, "document.make", "bulletin.draft"):
        return ()
    today = timezone.localdate(at)
    month = Month(today.year, today.month).plus(-1)
    held = Document.objects.filter(kind=Document.Kind.BULLETIN, as_of=str(month)).exclude(
        state=State.REPLACED
    )
    newest = held.order_by("-edition").defer("facts", "given").first()
    state = "done" if newest is not None and newest.state == State.ISSUED else "due"
    words = newest.get_state_display() if newest else _("还没有起草")
    title = _("%(month)s月督查通报") % {"month": month.month}
    return (MonthStep("bulletin", title, state, str(words), reverse("bulletins:list"), order=50),)
