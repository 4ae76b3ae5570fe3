"""The days on which figures are due, for the calendar: of the releases of the place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can, own_unit_only
from wenpan.district.observations.releases import expected_of
from wenpan.district.ui.dates import RELEASE, DatedItem
from wenpan.economy.time.periods import Month
from wenpan.rules import catalogue
from wenpan.rules.releases import releases
from wenpan.rules.working_days import calendar


def dated(user: Any, unit: Any, since: date, until: date) -> Sequence[DatedItem]:
    """All releases; a unit's people see what units hand in themselves."""
    if not can(user, "board.view", "intake.view"):
        return ()
    own = unit is not None or own_unit_only(user)
    url = reverse("observations:releases") if can(user, "intake.view") else ""
    known, days, indicators = releases()[0], calendar(), catalogue()
    found = []
    last = Month(until.year, until.month)
    then = Month(since.year, since.month).plus(-1)  # a day off moves to the next month
    while then <= last:
        for release in known:
            month = then.plus(-release.months_after)
            if (own and not release.returned_by) or not expected_of(release, month, indicators):
                continue
            day = release.due(month, days)
            if since <= day <= until:
                title = _("%(name)s（%(month)s）") % {"name": release.name, "month": month}
                key = f"release-{release.code}-{month}"
                found.append(DatedItem(key, day, RELEASE, title, url))
        then = then.plus(1)
    return found
