"""A matter drafted by hand, with what its author proposes: lead, cooperating units, deadline.

The proposal is kept as one of the person's own, so that 交办 starts with it and a page can show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.recurrences import next_after
from wenpan.district.supervision.matters.actions.opening import draft
from wenpan.district.supervision.models import Matter, Proposal, Source


@transaction.atomic
def draft_by_hand(
    *,
    title: str,
    kind: str,
    by: User,
    lead: Unit | None = None,
    coops: Sequence[Unit] = (),
    due: date | None = None,
    due_words: str = "",
    recurrence: str = "",
    source: Source | None = None,
    evidence: str = "",
    important: bool = False,
    leader: str = "",
    parent: Matter | None = None,
    at: datetime | None = None,
) -> Matter:
    """拟办 with a proposal. Raises Refused as `draft` does; "bad_value" for a day gone by, an unknown
    recurrence, the lead among the cooperating; "state" for a part of a matter that has ended."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    if due is not None and due < today:
        raise Refused("bad_value", _("时限%(due)s早于今天%(today)s。") % {"due": due, "today": today})
    if recurrence and next_after(recurrence, today, policy.calendar()) is None:
        raise Refused("bad_value", _("没有这种周期：%(code)s。") % {"code": recurrence})
    if lead is not None and lead in coops:
        raise Refused("bad_value", _("牵头单位不能同时是配合单位。"))
    if parent is not None and parent.state in lifecycle.ENDED:
        raise Refused("state", _("上级事项已办结，不能再增设子事项。"))
    matter = draft(
        title=title,
        kind=kind,
        by=by,
        source=source,
        evidence=evidence.strip(),
        important=important,
        leader=leader,
        parent=parent,
        at=at,
    )
    if lead or coops or due or due_words.strip() or recurrence:
        Proposal.objects.create(
            source=source,
            origin="person",
            text=matter.title,
            lead=lead,
            coops=[unit.code for unit in coops],
            deadline=due,
            deadline_text=due_words.strip()[:80],
            recurrence=recurrence,
            evidence=evidence.strip(),
            confidence=1.0,
            state=Proposal.State.CONFIRMED,
            matter=matter,
            decided_by=by,
            decided_at=at,
        )
    return matter
