"""Deals that are the same one reported twice: merged, un-merged, or said to be two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.attraction.models import Deal, DealPairApart
from wenpan.district.attraction.scope import require_writable
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused


@transaction.atomic
def merge_deals(*, kept: Deal, other: Deal, by: User, at: datetime | None = None) -> None:
    """`other` counts no more and is shown as a part of `kept`; its own events stay with it."""
    require(by, "deal.edit")
    for deal in (kept, other):
        require_writable(by, deal)
    if kept.pk == other.pk or kept.duplicate_of_id is not None:
        raise Refused("bad_value", _("请并入另一个未被并入的项目。"))
    if other.duplicates.exists():
        raise Refused("state", _("它自己还并有别的项目，请先拆开。"))
    changed = Deal.objects.filter(pk=other.pk, duplicate_of=None).update(
        duplicate_of=kept, version=F("version") + 1
    )
    if changed != 1:
        raise Refused("state", _("它已经并入别的项目。"))
    record(
        by=by, action="deals.merge", subject=f"deal:{kept.pk}", at=at,
        summary=f"招商项目“{other.name}”({other.code})并入“{kept.name}”({kept.code})，只计1个",
    )  # fmt: skip


@transaction.atomic
def unmerge_deal(*, deal: Deal, by: User, at: datetime | None = None) -> None:
    """The word is taken back: both count by themselves again."""
    require(by, "deal.edit")
    require_writable(by, deal)
    changed = Deal.objects.filter(pk=deal.pk, duplicate_of__isnull=False).update(
        duplicate_of=None, version=F("version") + 1
    )
    if changed != 1:
        raise Refused("state", _("它没有并入别的项目。"))
    record(
        by=by, action="deals.merge", subject=f"deal:{deal.pk}", at=at,
        summary=f"招商项目“{deal.name}”({deal.code})不再并入别的项目",
    )  # fmt: skip


@transaction.atomic
def set_deals_apart(*, one: Deal, other: Deal, by: User, at: datetime | None = None) -> None:
    """Two deals that look alike are two; they are not proposed again."""
    require(by, "deal.edit")
    first, second = sorted((one, other), key=lambda deal: deal.pk)
    _pair, made = DealPairApart.objects.get_or_create(
        one=first, other=second, defaults={"by": by, "at": at or timezone.now()}
    )
    if not made:
        raise Refused("state", _("已经认定不是同一个项目。"))
    record(
        by=by, action="deals.apart", subject=f"deal:{first.pk}", at=at,
        summary=f"招商项目“{first.name}”与“{second.name}”不是同一个",
    )  # fmt: skip
