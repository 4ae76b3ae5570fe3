"""What awaits a person of projects: sites that are due, and of a unit this month's return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.projects.returns.collection import BACK, IN, MISSING, collection, month_due, own_return
from wenpan.district.projects.site.plan_queries import due_of
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup
from wenpan.district.ui.changes import MonthStep


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    return (*_return(user, at), *_sites(user, at, shown))


def _sites(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    """Sites that one is to go to this month, or was before."""
    if not can(user, "contact.visit"):
        return ()
    due, url = due_of(user, timezone.localdate(at)), reverse("projects:my_sites")
    items = tuple(
        AwaitedAct(
            line.subject.name,
            url,
            detail=_("未办结问题%(n)s个") % {"n": len(line.problems)} if line.problems else "",
            due=line.state.due,
            light="RED" if line.late else "",
        )
        for line in due[:shown]
    )
    return (AwaitedGroup("sites", _("应到现场的项目"), len(due), items, url, 56),)


def _return(user: Any, at: datetime) -> Sequence[AwaitedGroup]:
    if not can(user, "return.hand_in"):
        return ()
    found = own_return(user, timezone.localdate(at))
    if found is None or found.state == IN or not found.projects:
        return ()
    url = reverse("projects:own_returns")
    text = _("%(year)s年%(month)s月项目月报") % {"year": found.month.year, "month": found.month.month}
    words = found.words or _("%(n)s个项目，已报%(done)s个") % {"n": found.projects, "done": found.reported}
    line = AwaitedAct(text, url, detail=words, due=found.due, light="RED" if found.late else "")
    return (AwaitedGroup("return", _("项目月报待报"), 1, (line,), url, 8),)


def steps(user: User, at: datetime) -> Sequence[MonthStep]:
    """Returns of the units: who has not handed in."""
    if not can(user, "intake.view", "matter.assign"):
        return ()
    on = timezone.localdate(at)
    found = collection(month_due(on), on)
    counts = found.counts
    if not found.rows:
        return ()
    lacking = counts[MISSING] + counts[BACK]
    words = _("已交%(n)s家，未交%(lacking)s家") % {"n": counts[IN], "lacking": lacking}
    names = "、".join(row.unit.short_name for row in found.rows if row.state != IN)
    state = "done" if not lacking else "late" if found.late else "due"
    url = reverse("projects:collection") if can(user, "intake.accept") else ""
    late = names if found.late else ""
    return (MonthStep("returns", _("项目月报"), state, words, url, found.due, late, 20),)
