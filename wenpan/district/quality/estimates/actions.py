"""Earlier estimates are brought in from a unit's own papers, all lines or none; they are marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.observations.rules import may_estimate
from wenpan.district.quality.estimates.pasted import PastedEstimate
from wenpan.district.quality.models import EarlierEstimate
from wenpan.rules import catalogue


@transaction.atomic
def bring_in_estimates(*, lines: Sequence[PastedEstimate], by: User, at: datetime | None = None) -> int:
    """How many are new; a line that is there with the same value is left alone. Refused "bad_value" for a day
    that is still to come, "clash" where the same day holds another value."""
    require(by, "estimate.enter")
    at = at or timezone.now()
    today = timezone.localdate(at)
    if by.unit is None or not lines:
        raise Refused("bad_value", _("没有可以补录的预计。"))
    hold()
    new = []
    for line in lines:
        item = catalogue()[line.indicator]
        measure = str(item.headline)
        may_estimate(by, line.indicator, measure)
        if line.made_on > today:
            raise Refused("bad_value", _("第%(n)s行：作出日期不能晚于今天。") % {"n": line.line})
        place = {"unit": by.unit, "indicator": line.indicator, "period": line.period, "measure": measure,
                 "basis": item.basis, "made_on": line.made_on}  # fmt: skip
        held = EarlierEstimate.objects.filter(**place).first()
        if held is not None:
            if held.value == line.value:
                continue
            raise Refused("clash", _("第%(n)s行：同一天已补录过另一个数。") % {"n": line.line})
        new.append(EarlierEstimate.objects.create(
            **place, value=line.value, source=line.source, by=by, at=at
        ))  # fmt: skip
    if new:
        record(
            by=by, action="quality.earlier_estimates", subject=f"unit:{by.unit_code}", at=at,
            summary=f"补录预计{len(new)}条",
            detail={"rows": [f"{e.indicator} {e.period} {e.value} {e.made_on}" for e in new][:400]},
        )  # fmt: skip
    return len(new)
