"""The one step by which anything happens to a matter: event, derived columns and journal, or nothing.

Every other action of this room that touches a matter goes through `append`. A matter carries the sequence of
its last event as version; of two people who act at once one is refused with "clash".
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.event_data import EventData
from wenpan.district.supervision.log.event_log import address, state_of
from wenpan.district.supervision.log.events import WORDS, EventKind
from wenpan.district.supervision.models import Event, Matter


@transaction.atomic
def append(
    *,
    matter: Matter,
    kind: EventKind,
    by: User | None,
    text: str = "",
    data: EventData | None = None,
    unit: Unit | None = None,
    at: datetime | None = None,
    seen: int | None = None,
) -> Event:
    """Appends one event and derives the matter anew. Permissions are the caller's: the action that is named
    after the deed. What the state allows is checked here.

    `seen` is the version that the person saw. Raises Refused: "state" (not now), "clash" (too late).
    """
    at = at or timezone.now()
    hold()
    version = matter.version if seen is None else seen
    if Matter.objects.filter(pk=matter.pk, version=version).update(version=version + 1) != 1:
        raise Refused("clash", _("这个事项刚被别人办过，请刷新后再看。"))
    if not lifecycle.allowed(state_of(matter), kind):
        raise Refused("state", _("事项现在的状态（%(state)s）不能“%(deed)s”。")
                      % {"state": matter.get_state_display(), "deed": WORDS[kind]})  # fmt: skip
    event = Event.objects.create(
        matter=matter,
        sequence=version + 1,
        kind=kind.value,
        at=at,
        by=by,
        unit=unit or getattr(by, "unit", None),
        text=text.strip(),
        data={**(data or {})},
    )
    derive(matter=matter)
    record(
        by=by,
        action=f"matter.{kind.value}",
        subject=address(matter),
        at=at,
        summary=f"{WORDS[kind]} {matter.number} {matter.title[:80]}"
        + (f"：{event.text[:120]}" if event.text else ""),
        detail={"sequence": event.sequence, **event.data},
    )
    return event


def derive(*, matter: Matter) -> Matter:
    """Writes the columns that the events say. Called by `append`; harmless to call again."""
    now = state_of(matter)
    codes = [code for code in (now.lead, *now.coops) if code]
    units = {u.code: u for u in Unit.objects.filter(code__in=codes)} if codes else {}
    values: dict[str, Any] = {name: getattr(now, name) for name in lifecycle.COLUMNS}
    values["lead"] = units.get(now.lead)
    Matter.objects.filter(pk=matter.pk).update(**values)
    wanted = {units[c].pk for c in now.coops if c in units}
    if wanted != set(matter.coops.values_list("pk", flat=True)):
        matter.coops.set(wanted)
    matter.refresh_from_db()
    return matter
