"""What was given up is put back into the queue by hand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.outbox.models import Envelope


@transaction.atomic
def try_again(*, by: User, at: datetime | None = None) -> int:
    """Every digest that was given up is put back into the queue. Gives their number; Refused when none is."""
    at = at or timezone.now()
    hold()
    count = Envelope.objects.filter(state=Envelope.State.FAILED).update(
        state=Envelope.State.WAITING, attempts=0, next_try_at=at
    )
    if not count:
        raise Refused("state", _("没有未发成的汇总。"))
    record(
        by=by,
        action="outbox.again",
        subject="outbox",
        at=at,
        summary=_("重新发送未发成的%(count)d份汇总") % {"count": count},
    )
    return count
