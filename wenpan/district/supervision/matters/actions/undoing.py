"""撤销 of what a person did to many matters at once: by the same person, soon after, before anybody went on.

Nothing goes from the log: what is taken back and the taking back both stand in it and in the journal, and
`replay` adds neither. A number that was given stays given. What cannot be taken back: what a unit said or
signed for, what a leader wrote, what is closed (重办 is an act of its own).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold
from wenpan.district.ground.refused import Refused
from wenpan.district.outbox.queries import left_the_program
from wenpan.district.supervision.log import lifecycle, matter_sets
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.notifications import notify
from wenpan.district.supervision.log.taking_back import take_back
from wenpan.district.supervision.matters.same_cause import another_open
from wenpan.district.supervision.models import Event, Matter, Notice
from wenpan.district.ui.awaited import BatchOutcome, chosen, each

# By the code of the act (batches.MANY): the events that it makes, and the right that it needs.
TAKEN_BACK: Mapping[str, tuple[frozenset[str], str]] = {
    "register": (frozenset({EventKind.REGISTERED}), "matter.register"),
    "drop": (frozenset({EventKind.DROPPED}), "matter.register"),
    "assign": (frozenset({EventKind.ASSIGNED}), "matter.assign"),
    "urge": (frozenset({EventKind.URGED}), "matter.assign"),
    "check": (frozenset({EventKind.PASSED, EventKind.ROUND}), "matter.check"),
    "grant": (frozenset({EventKind.EXTENDED}), "matter.extend"),
    "seen": (frozenset({EventKind.SEEN}), "matter.instruct"),
}


@transaction.atomic
def take_back_many(*, action: str, keys: Sequence[str], by: User, at: datetime | None = None) -> BatchOutcome:
    """`action`: a code of TAKEN_BACK; `keys`: "12@8", the matter and the number of the act.

    Each is taken back on its own; what was refused comes with what has happened since. Raises Http404 where
    none of them is an act of this person, PermissionDenied, Refused "bad_value" (no key, too many).
    """
    kinds, permission = TAKEN_BACK[action]
    require(by, permission)
    ticked = chosen(keys)
    hold()
    rows = matter_sets.visible(by).in_bulk(list(ticked))
    own = Event.objects.filter(matter__in=rows, by=by, kind__in=kinds)
    acts = {event.matter_id: event for event in own if event.sequence == ticked[event.matter_id]}
    if not acts:
        raise Http404
    at = at or timezone.now()

    def act(pk: int) -> Callable[[], Any] | None:
        return partial(_take_back, rows[pk], acts[pk], by, at) if pk in acts else None

    return each((str(pk), _name(rows[pk]) if pk in acts else str(pk), act(pk)) for pk in ticked)


def _name(matter: Matter) -> str:
    return f"{matter.number} {matter.title[:40]}"


def _take_back(matter: Matter, event: Event, by: User, at: datetime) -> None:
    if event.kind == EventKind.DROPPED:
        _may_stand_again(matter, event)
    if event.kind == EventKind.REGISTERED:
        _not_ordered(matter, event)
    if event.kind == EventKind.URGED:
        _not_heard(matter, event)
    take_back(matter=matter, event=event, by=by, at=at)
    if event.kind == EventKind.URGED:
        _call_off(matter, event, at)


def _may_stand_again(matter: Matter, event: Event) -> None:
    """What was dropped waits again: not beside another of the same cause or the proposal that it came from,
    nor below a whole that is over."""
    if "proposal" in event.data:
        raise Refused("state", _("这一条的确认已经撤销，请在来源里重新确认。"))
    if refused := another_open(matter):
        raise refused
    if matter.parent is not None and matter.parent.state in lifecycle.ENDED:
        raise Refused("state", _("上级事项已办结，不能再撤销。"))


def _not_ordered(matter: Matter, event: Event) -> None:
    """A leader's order on what waits for 交办 already is a word to the office, no event of the matter."""
    ordered = Notice.objects.filter(
        matter=matter, key__startswith=f"order:{matter.pk}:", made_at__gte=event.at
    )
    if ordered.exists():
        raise Refused("state", _("立项后领导已催交办，不能再撤销；请打开事项办理。"))


def _told(matter: Matter, event: Event) -> list[Notice]:
    key = f"urge:{matter.pk}:{event.sequence}:"
    return list(Notice.objects.filter(matter=matter, key__startswith=key).select_related("user"))


def _not_heard(matter: Matter, event: Event) -> None:
    """A reminder that somebody has read, or that has gone out, is said."""
    told = _told(matter, event)
    for notice in told:
        if notice.read_at is not None:
            raise Refused("state", _("%(name)s已看过这次催办，不能再撤销。") % {"name": notice.user})
    if left_the_program([f"notice:{notice.key}"[:140] for notice in told]):
        raise Refused("state", _("这次催办的提醒已经发出，不能再撤销。"))


def _call_off(matter: Matter, event: Event, at: datetime) -> None:
    """Whom the reminder waits for is told that it does not hold: lines that were written stay written."""
    words = _("催办已撤销，不用答复：%(number)s %(title)s")
    notify(
        users=[notice.user for notice in _told(matter, event)],
        key=f"urge_off:{matter.pk}:{event.sequence}",
        text=words % {"number": matter.number, "title": matter.title[:80]},
        kind="urged",
        matter=matter,
        at=at,
    )
