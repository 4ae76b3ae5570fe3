"""What awaits who may put settings in force: proposals of others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.adjustments import items
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    if not can(user, "rules.set"):
        return ()
    waiting = Adjustment.objects.filter(state=Adjustment.State.OPEN).exclude(proposed_by=user.pk)
    if not (count := waiting.count()):
        return ()
    known = items.items() if shown else {}
    found = [
        AwaitedAct(
            key="",
            text=str(known[a.item].label) if a.item in known else a.item,
            url=reverse("adjustments:list"),
            detail=_("%(name)s提议，自%(day)s起") % {"name": a.proposed_by, "day": a.since},
        )
        for a in waiting.select_related("proposed_by")[:shown]
    ]
    return (AwaitedGroup(code="settings", title=_("设置待审定"), count=count, items=tuple(found), order=40),)
