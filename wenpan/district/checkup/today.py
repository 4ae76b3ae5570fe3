"""The line of 本月周期 for the office: how many sentences hold throughout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.checkup.queries import matrix
from wenpan.district.ui.changes import MonthStep


def steps(user: User, at: datetime) -> Sequence[MonthStep]:
    if not can(user, "matter.assign"):
        return ()
    found = matrix(user, at)
    url, title = reverse("checkup:matrix"), _("执行体检")
    if not found.lacking:
        return [MonthStep("checkup", title, "done", _("各项要求都满足"), url, order=45)]
    worst = sorted(
        ((cell.tally.lacking, row.name, cell.name) for row in found.rows for cell in row.cells), reverse=True
    )
    late = "、".join(f"{name}{aspect}{n}处" for n, name, aspect in worst[:3] if n)
    words = _("%(all)s项要求中%(n)s项有缺口，共%(gaps)s处") % {
        "all": found.sentences, "n": found.broken, "gaps": found.lacking,
    }  # fmt: skip
    return [MonthStep("checkup", title, "late", words, url, late=late, order=45)]
