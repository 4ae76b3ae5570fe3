"""撤销 of rows of the week that were recorded together: nobody has looked yet; the journal keeps both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import stored_kinds
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.taking_back import in_time, take_back
from wenpan.district.supervision.models import Event, InspectionItem
from wenpan.district.ui.awaited import BatchOutcome, chosen, each


def keys_of(pks: Iterable[int]) -> tuple[str, ...]:
    """ "12@…": the row and the moment at which it was recorded."""
    rows = InspectionItem.objects.filter(pk__in=list(pks), at__isnull=False)
    return tuple(f"{look.pk}@{_moment(look)}" for look in rows)


def _moment(look: InspectionItem) -> int:
    assert look.at is not None
    return int(look.at.timestamp() * 1000)


@transaction.atomic
def take_back_looks(*, keys: Sequence[str], by: User, at: datetime | None = None) -> BatchOutcome:
    """Each row on its own; what was refused comes with the reason. Raises Http404 where none of them was
    recorded by this person, PermissionDenied, Refused "bad_value" (no key, too many)."""
    require(by, "week.check")
    ticked = chosen(keys)
    hold()
    rows = InspectionItem.objects.select_related("cycle").filter(pk__in=list(ticked))
    own = {look.pk: look for look in rows if look.by_id in (by.pk, None)}
    if not own:
        raise Http404
    at = at or timezone.now()

    def act(pk: int) -> Callable[[], Any] | None:
        return partial(_take_back, own[pk], ticked[pk], by, at) if pk in own else None

    return each((str(pk), own[pk].title[:40] if pk in own else str(pk), act(pk)) for pk in ticked)


def _take_back(look: InspectionItem, seen: int | None, by: User, at: datetime) -> None:
    if look.cycle.closed_at is not None:
        raise Refused("state", _("这一周的督查已经结束，不能再改。"))
    if look.at is None:
        raise Refused("state", _("这一项现在没有督查记录，不用撤销。"))
    if _moment(look) != seen:
        raise Refused("state", _("这一项后来又改记过，请直接在这一行改正。"))
    in_time(look.at, at)
    looked = Event.objects.filter(stored_kinds.stands(), kind=EventKind.LOOKED, matter=_matter(look))
    if looked.filter(data__week=look.cycle.week.isoformat()).exclude(at=look.at).exists():
        raise Refused("state", _("这一项后来又改记过，请直接在这一行改正。"))
    told = looked.filter(by=by, at=look.at)
    for event in told.select_related("matter"):
        take_back(matter=event.matter, event=event, by=by, at=at)
    was = look.get_result_display()
    InspectionItem.objects.filter(pk=look.pk).update(result="", way="", note="", by=None, at=None)
    record(
        by=by,
        action="week.look_undone",
        subject=f"cycle:{look.cycle_id}",
        at=at,
        summary=_("撤销督查%(title)s：%(result)s") % {"title": look.title[:80], "result": was},
        detail={"look": look.pk, "subject": look.subject, "result": look.result, "way": look.way,
                "note": look.note},
    )  # fmt: skip


def _matter(look: InspectionItem) -> int | None:
    kind, _sep, key = look.subject.partition(":")
    return int(key) if kind == "matter" else None
