"""Accounts of a quarter beside their file, and who answered for an industry, one after another.

For `wenpan doctor`; reads only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wenpan.district.ground.succession import unfollowed
from wenpan.district.observations.rederived import read_again, unsaid
from wenpan.district.supports.handler import rows_of
from wenpan.district.supports.models import AccountsReport, AccountsRow, SupportDuty

PRINTED = ("name", "value", "growth")


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each row that its file does not give, and each duty that did not end as it is kept."""
    reports = list(AccountsReport.objects.select_related("submission__original").order_by("pk"))
    tell(f"accounts by industry: {len(reports)} files read again")
    for report in reports:
        name = report.submission.filename
        reading = read_again(report.submission, lambda words: tell(f"accounts by industry: {words}"))
        if reading is None:
            continue
        made: dict[tuple[str, int], list[AccountsRow]] = {}
        for row in rows_of(reading, []):
            made.setdefault((row.sheet, row.number), []).append(row)
        for row in report.rows.order_by("pk"):
            if wrong := unsaid(row, made.get((row.sheet, row.number), ()), PRINTED):
                yield (
                    f"supports.AccountsRow row {row.pk} is not what “{name}” says at "
                    f"{row.sheet}!{row.number}: {wrong}."
                )
    duties = SupportDuty.objects.values_list("pk", "industry", "set_at", "superseded_at")
    for pk, kept, follows in unfollowed(duties):
        yield f"supports.SupportDuty row {pk} is kept as ending {kept}, the duties give {follows}."
