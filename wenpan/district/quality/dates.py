"""The days by which query letters are to be answered, for the calendar. A feed names no project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.quality.queries import letters
from wenpan.district.ui.dates import DEADLINE, DatedItem


def dated(user: Any, unit: Any, since: date, until: date) -> Sequence[DatedItem]:
    if not can(user, "quality.answer", "quality.query"):
        return ()
    rows = letters(user, timezone.localdate()).filter(due__gte=since, due__lte=until)
    if unit is not None:
        rows = rows.filter(unit=unit)
    return [
        DatedItem(
            f"letter-{row.pk}",
            row.due,
            DEADLINE,
            _("核实单%(year)s-%(number)s答复（%(unit)s）")
            % {"year": row.year, "number": row.sequence, "unit": row.unit.short_name},
            reverse("quality:letter", args=[row.pk]),
            sequence=int(row.answered_at is not None),
            over=row.answered_at is not None,
        )
        for row in rows.order_by("due", "pk")[:1000]
    ]
