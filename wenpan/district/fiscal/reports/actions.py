"""Reports in and out again: kept as printed, never overwritten; a file taken back leaves the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.fiscal.models import FiscalReport
from wenpan.district.fiscal.reports.lines import Row
from wenpan.district.fiscal.reports.queries import ROWS
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission


@transaction.atomic
def store_report(
    *,
    submission: Submission,
    kind: str,
    key: str,
    title: str,
    rows: Sequence[Row],
    seen: int | None,
    by: User,
    at: datetime,
) -> FiscalReport:
    """Part of `intake.actions.accept`. `seen`: the report that held when the plan was made; Refused "clash"
    where another came in since."""
    require(by, "intake.accept")
    held = FiscalReport.objects.filter(kind=kind, key=key, undone_at__isnull=True).order_by("-pk").first()
    if (held.pk if held else None) != seen:
        raise Refused("clash", _("核对之后又有同期的表入账，请重新核对。"))
    report = FiscalReport.objects.create(
        kind=kind, key=key, title=title[:200], submission=submission, recorded_by=by, recorded_at=at
    )
    for row in rows:
        row.report = report
    ROWS[kind].objects.bulk_create(rows, batch_size=500)
    return report


@transaction.atomic
def undo_report(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """The file's report holds no more; the one before it holds again. Part of `intake.actions.undo`."""
    require(by, "intake.undo")
    FiscalReport.objects.filter(submission=submission, undone_at__isnull=True).update(
        undone_at=at, undone_by=by
    )
