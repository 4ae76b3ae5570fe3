"""What a district leader does with a matter: an instruction on it, or a word that it was read. No forms."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.notifications import notify
from wenpan.district.supervision.log.recipients import recipients_of
from wenpan.district.supervision.matters import available_actions as may
from wenpan.district.supervision.matters.available_actions import require_action
from wenpan.district.supervision.models import Event, Matter


@transaction.atomic
def instruct(
    *, matter: Matter, words: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """批示: in the leader's own words, into the matter's log; the office and the units are told at once.

    It moves no deadline and no state: what follows from it, the office does. Raises Refused "reason_missing".
    """
    at = at or timezone.now()
    require_action(may.INSTRUCT, matter=matter, by=by, at=at, seen=seen)
    if not words.strip():
        raise Refused("reason_missing", _("请写批示内容。"))
    event = event_log.append(
        matter=matter, kind=EventKind.INSTRUCTED, by=by, text=words.strip()[:300], at=at, seen=seen
    )
    text = _("%(leader)s批示 %(number)s：%(words)s") % {
        "leader": by.name,
        "number": matter.number,
        "words": event.text,
    }
    people = {user.pk: user for user in recipients_of(matter.lead, ("office", "liaison", "unit_head"))}
    for unit in matter.coops.all():
        people |= {user.pk: user for user in recipients_of(unit, ("liaison",))}
    key = f"instruct:{matter.pk}:{event.sequence}"
    notify(users=people.values(), key=key, text=text, kind="instructed", matter=matter, at=at)
    return event


@transaction.atomic
def mark_seen(*, matter: Matter, by: User, at: datetime | None = None, seen: int | None = None) -> Event:
    """已阅: the leader knows how it stands; it no longer waits for them until it is late anew."""
    require_action(may.SEEN, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(matter=matter, kind=EventKind.SEEN, by=by, at=at, seen=seen)
