"""The days by which a person's firms are to be visited, for the calendar. A feed names no firm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.firms.contacts.queries import current, lines
from wenpan.district.ui.dates import VISIT, DatedItem


def dated(user: Any, unit: Any, since: date, until: date) -> Sequence[DatedItem]:
    """One's own visits, never a unit's: a plan is a person's."""
    if unit is not None or not can(user, "contact.visit"):
        return ()
    today = timezone.localdate()
    url = reverse("firms:contacts")
    return [
        DatedItem(
            f"visit-{line.contact.pk}-{line.state.last or line.contact.starts_on}",
            line.state.due,
            VISIT,
            _("走访%(firm)s") % {"firm": line.contact.firm.name},
            url,
            outside=_("包联走访一户"),
        )
        for line in lines(current(today, user), today)
        if line.state.due is not None and since <= line.state.due <= until
    ]
