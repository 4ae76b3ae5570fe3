"""撤销 of one event of a matter: the last one, soon, by the event that says so. Nothing goes from the log."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import labels, policy
from wenpan.district.supervision.log.event_data import TakenBackData
from wenpan.district.supervision.log.events import WORDS, EventKind
from wenpan.district.supervision.models import Event, Matter


def take_back(*, matter: Matter, event: Event, by: User, at: datetime) -> Event:
    """Whose act may be taken back by whom is the caller's. Raises Refused "state": something has happened to
    the matter since (which, by whom, when), the minutes of the rules are over."""
    nothing_since(matter, event)
    in_time(event.at, at)
    return event_log.append(
        matter=matter,
        kind=EventKind.TAKEN_BACK,
        by=by,
        at=at,
        text=WORDS[EventKind(event.meaning)],  # the log is Chinese, whatever the page speaks
        data=TakenBackData(sequence=event.sequence, kind=event.kind),
        seen=event.sequence,
    )


def in_time(done_at: datetime, at: datetime) -> None:
    """Within the minutes, on the same day: what stood at a day's end stands for papers made later."""
    if timezone.localtime(done_at).date() != timezone.localtime(at).date():
        raise Refused("state", _("当日的办理过了零点，不能再撤销。"))
    minutes = policy.office().undo_minutes
    if at - done_at > timedelta(minutes=minutes):
        raise Refused("state", _("已过%(minutes)s分钟，不能再撤销。") % {"minutes": minutes})


def nothing_since(matter: Matter, event: Event) -> None:
    later = matter.events.filter(sequence__gt=event.sequence).select_related("by", "unit")
    found = later.order_by("sequence").first()
    if found is None:
        return
    if found.kind == EventKind.TAKEN_BACK:
        raise Refused("state", _("这一步已经撤销，不用再撤。"))
    who = found.unit.short_name if found.unit else str(found.by) if found.by else _("系统")
    when = timezone.localtime(found.at).strftime("%m-%d %H:%M")
    deed = labels.EVENTS[EventKind(found.meaning)]
    words = _("%(who)s已于%(when)s办了“%(deed)s”，不能再撤销；请打开事项办理。")
    raise Refused("state", words % {"who": who, "when": when, "deed": deed})
