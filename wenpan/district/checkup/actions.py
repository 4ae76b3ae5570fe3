"""The month's check-up is kept with its bulletin."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.checkup.models import CheckupMonth
from wenpan.district.checkup.queries import matrix
from wenpan.district.ground.journal.actions import record


@transaction.atomic
def keep_month(*, month: str, by: User, at: datetime | None = None) -> CheckupMonth:
    """All cells of the district as they stand now; part of issuing the bulletin, in its transaction."""
    at = at or timezone.now()
    found = matrix(None, at)
    cells = {
        f"{row.code}.{cell.aspect}": [cell.tally.concerned, cell.tally.lacking]
        for row in found.rows
        for cell in row.cells
    }
    kept = CheckupMonth.objects.create(
        month=month, cells={"v": 1, "cells": cells}, rules_version=found.rules.provenance.version[:40],
        by=by, at=at,
    )  # fmt: skip
    record(
        by=by, action="checkup.keep", subject=f"checkup:{kept.pk}", at=at,
        summary=f"留存{month}执行体检：{found.sentences}项要求，{found.lacking}处不满足",
        detail={"cells": cells},
    )  # fmt: skip
    return kept
