"""A file of offers into the register and out again, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.attraction.lists.list_actions import pinyin
from wenpan.district.attraction.models import Offer, OfferRevision
from wenpan.district.attraction.offers.listing import OfferLine
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission


@transaction.atomic
def store_offers(*, submission: Submission, lines: Sequence[OfferLine], by: User, at: datetime) -> None:
    require(by, "intake.accept")
    today = timezone.localdate(at)
    kept = []
    for line in lines:
        values = dict(line.values)
        if not values:
            continue
        if "name" in values:
            values["pinyin"] = pinyin(values["name"])
        if "state" in values:
            values["state_on"] = today
        before: dict[str, Any] = {}
        if line.current is None:
            offer = Offer.objects.create(code=line.code, **values)
        else:
            offer = line.current
            before = {name: getattr(offer, name) for name in values}
            held = Offer.objects.filter(pk=offer.pk, version=offer.version)
            if held.update(**values, version=F("version") + 1) != 1:
                raise Refused("clash", _("“%(name)s”刚被别人改过，请重新核对。") % {"name": offer.name})
        kept.append(
            OfferRevision(
                offer=offer, submission=submission, created=line.current is None, before=_plain(before),
                after=_plain(values),
            )
        )  # fmt: skip
    OfferRevision.objects.bulk_create(kept, batch_size=500)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.code
        if isinstance(value, Unit)
        else value
        if isinstance(value, str | bool) or value is None
        else str(value)
        for name, value in values.items()
    }


@transaction.atomic
def undo_offers(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """What the file made goes, what it changed is as before. Refused "later_batch" where something stands
    on it.
    """
    require(by, "intake.undo")
    rows = list(OfferRevision.objects.filter(submission=submission, undone=False).select_related("offer"))
    units = {unit.code: unit for unit in Unit.objects.all()}
    for row in reversed(rows):
        offer = row.offer
        later = offer.revisions.filter(pk__gt=row.pk, undone=False).exclude(submission=submission).exists()
        edited = any(_plain({name: getattr(offer, name)})[name] != value for name, value in row.after.items())
        if later or edited or (row.created and offer.uses.exists()):
            raise Refused(
                "later_batch",
                _("“%(name)s”后来又改过或已被指向，不能整批撤回。") % {"name": offer.name},
            )
        if row.created:
            values: dict[str, Any] = {"retracted": True}
        else:
            values = {name: _read(name, value, units) for name, value in row.before.items()}
        Offer.objects.filter(pk=offer.pk).update(**values, version=F("version") + 1)
    OfferRevision.objects.filter(submission=submission).update(undone=True)


def _read(name: str, value: Any, units: dict[str, Unit]) -> Any:
    if name == "unit":
        return units.get(value)
    if name == "amount" and value is not None:
        return Decimal(value)
    if name == "state_on" and value:
        return datetime.fromisoformat(value).date()
    return value
