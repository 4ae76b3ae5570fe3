"""What awaits a unit: sign for, report, answer a slip; and of its head, sign what was reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.supervision.awaiting.rows import group, matter_line, sunday, waiting
from wenpan.district.supervision.log import lifecycle, matter_sets
from wenpan.district.supervision.models import Feedback, Matter, Slip
from wenpan.district.supervision.slips import state as slip_state
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup

ORDER = {"late": 5, "week": 7, "to_sign": 6, "silent": 9}
ACTS = {"late": ("nothing_new",), "week": ("nothing_new",), "silent": ("nothing_new",), "to_sign": ("sign",)}


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    if not can(user, "desk.use") or user.unit_id is None:
        return ()
    on = timezone.localdate(at)
    return [*_matters(user, on, shown), *_slips(user, on, shown), *_unsigned(user, shown)]


def sets(on: date) -> dict[str, Q]:
    """Of what the unit leads; a matter is in one of them. What was reported today does not wait today."""
    working = Q(state=lifecycle.WORKING, paused=False) & ~Q(feedback_on=on)
    late, week = Q(due__lt=on), Q(due__gte=on, due__lte=sunday(on))
    return {
        "late": working & late,
        "to_sign": Q(state=lifecycle.ASSIGNED, paused=False),
        "week": working & week,
        "silent": working & matter_sets.silent(on) & (Q(due=None) | Q(due__gt=sunday(on))),
    }


def _matters(user: Any, on: date, shown: int) -> Iterator[AwaitedGroup]:
    wanted, rows = sets(on), Matter.objects.filter(matter_sets.is_open(), lead=user.unit_id)
    titles = {
        "late": _("已逾期，待办结或反馈"),
        "to_sign": _("待签收"),
        "week": _("本周到期，待反馈"),
        "silent": _("久未反馈"),
    }
    for code, count, found in waiting(rows, wanted, shown):
        items = [_line(m, on, code) for m in found]
        url = reverse("supervision:desk")
        yield group(code, titles[code], count, items, order=ORDER[code], url=url, acts=ACTS[code])


def _line(m: Matter, on: date, code: str) -> AwaitedAct:
    """What was never reported on cannot be said to be as before."""
    ticked = code == "to_sign" or m.feedback_on is not None
    return matter_line(m, on, ticked=ticked, with_unit=False)


def _slips(user: Any, on: date, shown: int) -> Iterator[AwaitedGroup]:
    rows = Slip.objects.filter(slip_state.is_open_on(on), unit=user.unit_id)
    if not (count := rows.count()):
        return
    since = Feedback.objects.filter(
        matter=OuterRef("matter"), unit=user.unit_id, at__gte=OuterRef("issued_at")
    )
    joined = rows.select_related("matter").annotate(said=Exists(since))
    found = joined.order_by("answer_due", "issued_at")[:shown] if shown else ()
    items = [
        AwaitedAct(
            s.matter.title,
            reverse("supervision:slip", args=[s.pk]),
            str(s.pk) if s.said else "",
            " · ".join(part for part in (s.number, _("发单后已反馈") if s.said else "") if part),
            due=s.answer_due,
            light="RED" if s.answer_due and s.answer_due < on else "",
        )
        for s in found
    ]
    yield group(
        "slips", _("督办单待回复"), count, items, order=4, url=reverse("supervision:sheet"), acts=("cite",)
    )


def unsigned(user: Any) -> list[int]:
    """The newest unsigned word of each open matter of the unit, the oldest first. Which word is the newest is
    seen here: asked of the database, it is looked up for every word that the unit ever said."""
    said = Feedback.objects.filter(unit=user.unit_id, matter__state__in=matter_sets.WITH_UNIT)
    rows = list(said.order_by().values_list("matter", "at", "pk", "signed_at"))
    newest: dict[int, datetime] = {}
    for matter, at, _pk, _signed in rows:
        newest[matter] = max(at, newest.get(matter, at))
    return [pk for at, pk in sorted((at, pk) for m, at, pk, signed in rows if not signed and at == newest[m])]


def _unsigned(user: Any, shown: int) -> Iterator[AwaitedGroup]:
    if not can(user, "desk.sign"):
        return
    waiting = unsigned(user)
    if not (count := len(waiting)):
        return
    first_of_them = waiting[:shown]
    rows = Feedback.objects.select_related("matter", "by").in_bulk(first_of_them)
    found = [rows[pk] for pk in first_of_them]
    items = [
        AwaitedAct(
            f.matter.title,
            reverse("supervision:matter", args=[f.matter_id]),
            str(f.pk),
            f"{f.get_claim_display()}：{f.process[:80]} · {f.by}",
        )
        for f in found
    ]
    yield group("unsigned", _("反馈待签发"), count, items, order=3, acts=("sign_off",))
