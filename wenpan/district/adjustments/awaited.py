"""What awaits who may put settings in force: proposals of others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.targets import all_targets, may_decide
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup

DECIDERS = ("rules.set", "matter.register", "role.grant")


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    if not can(user, *DECIDERS):
        return ()
    open_ones = Adjustment.objects.filter(state=Adjustment.State.OPEN).exclude(proposed_by=user.pk)
    waiting = list(open_ones.select_related("proposed_by"))
    known = all_targets() if waiting else {}
    found = [a for a in waiting if (target := known.get(_of(a))) is not None and may_decide(user, target)]
    if not found:
        return ()
    lines = [
        AwaitedAct(
            key="",
            text=str(known[_of(a)].label),
            url=reverse("adjustments:list"),
            detail=_("%(name)s提议，自%(day)s起") % {"name": a.proposed_by, "day": a.since},
        )
        for a in found[:shown]
    ]
    return (
        AwaitedGroup(code="settings", title=_("设置待审定"), count=len(found), items=tuple(lines), order=40),
    )


def _of(adjustment: Adjustment) -> str:
    return adjustment.item.partition(":")[0]
