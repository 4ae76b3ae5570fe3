"""Which tables of a file with several are read: chosen on one list, remembered as the teachings are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.actions.layouts import answers_of, make_layout
from wenpan.district.intake.models import Layout, Submission
from wenpan.district.intake.teaching import is_left_out
from wenpan.district.intake.transitions import OPEN, State, move
from wenpan.documents.tables.explained import ExplainedTable


@transaction.atomic
def choose_tables(
    *,
    submission: Submission,
    tables: Sequence[ExplainedTable],
    read: Collection[str],
    by: User,
    at: datetime | None = None,
) -> int:
    """Reads the tables whose signatures are in `read`, leaves the others out; gives how many changed.

    A table that is read again is read as it was before it was left out. `check` must follow where something
    changed. Refused: "bad_value" where none would be left to read.
    """
    require(by, "layout.map")
    at = at or timezone.now()
    signatures = {table.signature for table in tables}
    if not signatures & set(read):
        raise Refused("bad_value", _("至少要读一张表；都不要的文件，请作废。"))
    held = {
        row.signature: row
        for row in Layout.objects.select_for_update().filter(
            signature__in=signatures, superseded_at__isnull=True
        )
    }
    changed: list[str] = []
    for table in {t.signature: t for t in tables}.values():
        now = held.get(table.signature)
        out = now is not None and is_left_out(now.mapping)
        if (table.signature in read) != out:
            continue
        if now is not None:
            Layout.objects.filter(pk=now.pk).update(superseded_at=at)
        if not out:
            make_layout(
                signature=table.signature,
                teaching=_nothing_of(table, submission),
                table=table,
                by=by,
                at=at,
            )
        elif before := _before(table.signature):
            make_layout(signature=table.signature, teaching=before.mapping, table=table, by=by, at=at)
        changed.append(f"{_('读') if out else _('不读')}：{table.sheet} {table.title}".strip())
    if changed:
        move(submission, OPEN, state=State.CHECKING, question=answers_of(submission=submission))
        record(
            by=by,
            action="intake.choose_tables",
            subject=f"submission:{submission.pk}",
            at=at,
            summary=_("选定读哪几张表：%(file)s（%(n)d张有变化）")
            % {"file": submission.filename, "n": len(changed)},
            detail={"changed": changed},
        )
    return len(changed)


def _nothing_of(table: ExplainedTable, submission: Submission) -> dict[str, object]:
    return {
        "kind": table.kind or "indicator_table",
        "title": table.title,
        "header_rows": list(table.header_at),
        "header_at": list(table.header_at),
        "columns": {str(c.index): {"role": "ignore"} for c in table.columns},
        "file": submission.original.sha256,
    }


def _before(signature: str) -> Layout | None:
    """What was taught of a table before it was left out; None where the program knew it by itself."""
    versions = Layout.objects.filter(signature=signature, withdrawn_at__isnull=True).order_by("-version")
    return next((row for row in versions if not is_left_out(row.mapping)), None)
