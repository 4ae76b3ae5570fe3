"""A calendar link is made and revoked; its reading is noted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.sharing.models import CalendarLink
from wenpan.district.sharing.secrets_of_ours import digest_of, new_secret
from wenpan.rules.sharing import sharing_rules


@transaction.atomic
def make_link(*, by: User, of_unit: bool = False, at: datetime | None = None) -> str:
    """The secret, which nobody can be told again."""
    at = at or timezone.now()
    hold()
    used = CalendarLink.objects.filter(owner=by, revoked_at=None).count()
    if used >= (most := sharing_rules().most_of_a_person):
        raise Refused("too_many", _("每人最多%(most)s个在用的订阅，请先停用一个。") % {"most": most})
    unit = by.own_unit if of_unit else None
    secret = new_secret()
    link = CalendarLink.objects.create(owner=by, unit=unit, digest=digest_of(secret), made_at=at)
    record(
        by=by,
        action="sharing.link_made",
        subject=f"calendar_link:{link.pk}",
        at=at,
        summary=_("建立%(whose)s的日历订阅链接") % {"whose": unit.short_name if unit else by.name},
    )
    return secret


@transaction.atomic
def revoke_link(*, pk: int, by: User, at: datetime | None = None) -> CalendarLink:
    """The owner only; another's is not there. One that is revoked already stays as it is."""
    at = at or timezone.now()
    hold()
    link = CalendarLink.objects.filter(pk=pk, owner=by).first()
    if link is None:
        raise NotYours
    if link.revoked_at is not None:
        raise Refused("state", _("这个订阅已经停用。"))
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    record(
        by=by,
        action="sharing.link_revoked",
        subject=f"calendar_link:{link.pk}",
        at=at,
        summary=_("停用日历订阅链接"),
    )
    return link


@transaction.atomic
def note_feed_read(*, link: CalendarLink, address: str, at: datetime | None = None) -> None:
    record(
        by=None,
        action="sharing.feed_read",
        subject=f"calendar_link:{link.pk}",
        at=at,
        summary=_("%(name)s的日历订阅被读取（当日首次）") % {"name": link.owner.name},
        detail={"address": address},
    )
