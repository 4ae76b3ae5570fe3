"""The days by which a person's sites are to be visited, for the calendar. A feed names no project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.projects.site.plan_queries import current, lines
from wenpan.district.ui.dates import VISIT, DatedItem


def dated(user: Any, unit: Any, since: date, until: date) -> Sequence[DatedItem]:
    """One's own visits, never a unit's: a plan is a person's."""
    if unit is not None or not can(user, "contact.visit"):
        return ()
    today, url = timezone.localdate(), reverse("projects:my_sites")
    return [
        DatedItem(
            f"site-{line.plan.pk}-{line.state.last or line.plan.starts_on}",
            line.state.due,
            VISIT,
            _("到现场：%(site)s") % {"site": line.subject.name},
            url,
            outside=_("到项目现场一处"),
        )
        for line in lines(current(today, user), today)
        if line.state.due is not None and since <= line.state.due <= until
    ]
