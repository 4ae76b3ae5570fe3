"""A published table into the room and out again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.attraction.boards.listing import BoardPlan
from wenpan.district.attraction.models import DealBoard, DealBoardLine
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission


@transaction.atomic
def store_board(*, submission: Submission, plan: BoardPlan, by: User, at: datetime) -> None:
    """A new version; Refused "clash" where another came since the plan was made."""
    require(by, "intake.accept")
    versions = DealBoard.objects.filter(title=plan.title, month=plan.month)
    newest = versions.order_by("-version").first()
    held = versions.filter(undone_at=None).order_by("-version").first()
    if (held.pk if held else None) != (plan.held.pk if plan.held else None):
        raise Refused("clash", _("核对之后又有新的通报表入账，请重新核对。"))
    board = DealBoard.objects.create(
        title=plan.title, month=plan.month, version=newest.version + 1 if newest else 1,
        submission=submission, at=at,
    )  # fmt: skip
    DealBoardLine.objects.bulk_create(
        [
            DealBoardLine(
                board=board, name=row.name, counts={k: str(v) for k, v in row.counts.items()},
                rates=dict(row.rates), sheet=record.sheet[:80], row=record.row,
            )
            for record, row in plan.rows
        ],
        batch_size=500,
    )  # fmt: skip


@transaction.atomic
def undo_board(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """The version before holds again. Refused "later_batch" where a later one stands on it."""
    require(by, "intake.undo")
    for board in DealBoard.objects.filter(submission=submission, undone_at=None):
        same = DealBoard.objects.filter(title=board.title, month=board.month, undone_at=None)
        if same.filter(version__gt=board.version).exists():
            raise Refused("later_batch", _("这份通报表后来又有新版本，请先撤回后来的文件。"))
        DealBoard.objects.filter(pk=board.pk).update(undone_at=at)
