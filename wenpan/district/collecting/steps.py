"""本月周期: what sources should have brought by themselves and did not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.collecting.queries import FAILING, sources
from wenpan.district.ui.changes import MonthStep


def steps(user: Any, at: datetime) -> Sequence[MonthStep]:
    """One line, where a source is on at all."""
    if not can(user, "intake.view"):
        return ()
    lines = [line for line in sources(timezone.localdate(at)) if line.source.enabled]
    if not lines:
        return ()
    failing = [line for line in lines if line.state == FAILING]
    late = [
        _("%(release)s（%(month)s，%(source)s）")
        % {"release": row.release.name, "month": row.month, "source": line.source.name}
        for line in lines
        for row in line.lacking
    ]
    words = _("%(sources)s个来源，应到未到%(late)s批，出错%(failing)s个") % {
        "sources": len(lines),
        "late": len(late),
        "failing": len(failing),
    }
    names = "、".join([*late[:6], *(line.source.name for line in failing[:3])])
    state = "late" if late or failing else "done"
    url = reverse("collecting:sources")
    return (MonthStep("collecting", _("自动收取"), state, words, url, None, names, 11),)
