"""One decision on a proposal: a conditional update that remembers what it changed.

`past` is a stack; `undoing` takes its last entry back. What a person may change stands in `WORDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.journal.actions import hold
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Proposal

LIMITS = {"text": 400, "deadline_text": 80, "recurrence": 24, "kind": 24, "leader": 40}
EDITABLE = (*LIMITS, "lead", "coops", "deadline", "important")
KEPT = (*EDITABLE, "span_start", "span_end", "evidence", "questions", "detail")


def fresh(proposal: Proposal) -> Proposal:
    proposal.refresh_from_db()
    return proposal


def written(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as they are stored; KeyError for what nobody may change."""
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in EDITABLE:
            raise KeyError(name)
        values[name] = str(value).strip()[: LIMITS[name]] if name in LIMITS else value
    return values


def remembered(proposal: Proposal) -> dict[str, Any]:
    """What `restored` needs to bring the proposal back, as JSON."""
    values: dict[str, Any] = {name: getattr(proposal, name) for name in KEPT}
    values["lead"] = proposal.lead.code if proposal.lead else ""
    values["deadline"] = proposal.deadline.isoformat() if proposal.deadline else ""
    return values


def restored(values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    found["lead"] = Unit.objects.filter(code=found["lead"]).first() if found["lead"] else None
    found["deadline"] = date.fromisoformat(found["deadline"]) if found["deadline"] else None
    return found


def step(
    proposal: Proposal,
    seen: int | None,
    *,
    by: User | None,
    at: datetime | None,
    entry: Mapping[str, Any] | None = None,
    past: list[Any] | None = None,
    **values: Any,
) -> Proposal:
    """Writes the values if nobody was quicker. `entry` goes onto `past`; `past` replaces it (undo).

    Raises Refused "clash".
    """
    hold()
    version = proposal.version if seen is None else seen
    at = at or timezone.now()
    told = [{**entry, "at": at.isoformat()}] if entry else []
    stack = past if past is not None else [*proposal.past, *told]
    stored = {k: v.pk if isinstance(v, Model) and not k.endswith("_id") else v for k, v in values.items()}
    changed = Proposal.objects.filter(pk=proposal.pk, version=version).update(
        version=version + 1, past=stack, decided_by=by, decided_at=at, **stored
    )
    if changed != 1:
        raise Refused("clash", _("这一条刚被别人处理过，请刷新后再看。"))
    proposal.refresh_from_db()
    return proposal
