"""A file of visits and receptions in and out again, all or nothing; of a deal each is progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.attraction.derive import refresh
from wenpan.district.attraction.models import DealEvent, Reception
from wenpan.district.attraction.models.work import OCCASIONS
from wenpan.district.attraction.work.listing import ReceptionLine
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission


@transaction.atomic
def store_receptions(
    *, submission: Submission, lines: Sequence[ReceptionLine], by: User, at: datetime
) -> None:
    """An ended deal takes no progress; the visit itself is kept."""
    require(by, "intake.accept")
    words, touched = dict(OCCASIONS), set[int]()
    for line in lines:
        if line.known:
            continue
        values, event = line.values, None
        deal = values["deal"]
        if deal is not None and deal.ended_on is None:
            event = DealEvent.objects.create(
                deal=deal, kind="progress", on=values["on"], by=by, at=at, submission=submission,
                note=f"{words[values['kind']]}：{values['result']}"[:400],
                source=f"{line.record.sheet}!{line.record.cell('guest')}"[:120],
            )  # fmt: skip
            touched.add(deal.pk)
        Reception.objects.create(**values, event=event, submission=submission, by=by, at=at)
    refresh(touched, timezone.localdate(at))


@transaction.atomic
def undo_receptions(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """What the file brought is withdrawn. Refused "later_batch" where a promise of it was kept since."""
    require(by, "intake.undo")
    rows = Reception.objects.filter(submission=submission, withdrawn_at=None)
    kept = rows.exclude(kept_on=None).first()
    if kept is not None:
        raise Refused(
            "later_batch",
            _("“%(name)s”的承诺已登记兑现，不能整批撤回。") % {"name": kept.guest},
        )
    touched = set(rows.exclude(deal=None).values_list("deal_id", flat=True))
    DealEvent.objects.filter(submission=submission, withdrawn_at=None).update(withdrawn_at=at)
    rows.update(withdrawn_at=at)
    refresh(touched, timezone.localdate(at))
