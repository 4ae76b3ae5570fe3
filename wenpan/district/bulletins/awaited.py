"""What awaits whoever drafts, reviews and issues bulletins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan import rules
from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.bulletins.lives import LIVES
from wenpan.district.bulletins.models import Document, RedReason
from wenpan.district.bulletins.reasons.actions import sign_reason
from wenpan.district.bulletins.reasons.queries import SIGNERS, awaited_of
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Matter
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup, BatchAct, BatchOutcome, chosen, each
from wenpan.district.ui.changes import MonthStep
from wenpan.economy.time.periods import Month

State = Document.State


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    return [*_decisions(user, shown), *_draft(user, at), *_reasons(user, shown)]


def _decisions(user: Any, shown: int) -> Iterator[AwaitedGroup]:
    """As `queries.bulletin.possible_deeds` decides: who wrote an edition of it neither reviews nor issues."""
    for code, state, kinds in (
        ("review", State.DRAFTED, [kind for kind, life in LIVES.items() if can(user, life.review)]),
        ("issue", State.REVIEWED, [kind for kind, life in LIVES.items() if can(user, life.issue)]),
    ):
        if not kinds:
            continue
        rows = Document.objects.filter(kind__in=kinds, state=state)
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
        titles = {"review": _("文稿待审核"), "issue": _("文稿待签发")}
        yield AwaitedGroup(code, titles[code], count, items, reverse("bulletins:list"), 2)


def _reasons(user: Any, shown: int) -> Iterator[AwaitedGroup]:
    """Red lights of one's unit without a cause, and causes without a signature."""
    found = awaited_of(user)
    if found is None:
        return
    url = reverse("bulletins:reasons")
    if found.to_write:
        items = tuple(AwaitedAct(name, url, detail=found.month.label, light="RED") for name in found.to_write)
        yield AwaitedGroup("write_reason", _("红灯原因待填写"), len(items), items[:shown], url, 6)
    if found.to_sign:
        names = rules.catalogue()
        items = tuple(
            AwaitedAct(
                names[one.indicator].name if one.indicator in names else one.indicator,
                url,
                key=f"{one.pk}@{one.version}",
                detail=one.words[:80],
            )
            for one in found.to_sign
        )
        title = _("红灯原因待签认")
        yield AwaitedGroup("sign_reason", title, len(items), items[:shown], url, 5, acts=("sign_reason",))


def _sign(user: Any, keys: Sequence[str], words: str) -> BatchOutcome:
    asked = chosen(keys)
    rows = {one.pk: one for one in RedReason.objects.filter(pk__in=asked, unit=user.unit_id)}

    def act(pk: int, seen: int | None) -> Callable[[], Any] | None:
        reason = rows.get(pk)
        if reason is None:
            return None
        return lambda: sign_reason(reason=reason, seen=reason.version if seen is None else seen, by=user)

    return each((f"{pk}@{seen}", str(rows.get(pk, pk)), act(pk, seen)) for pk, seen in asked.items())


def acts() -> Iterator[BatchAct]:
    yield BatchAct(
        "sign_reason", gettext_lazy("签认"), gettext_lazy("已签认%(n)s条。"), _sign, permissions=SIGNERS
    )


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
