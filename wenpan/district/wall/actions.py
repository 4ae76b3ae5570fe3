"""Keys of screens: made, shown once, revoked."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground import ciphers
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.wall.models import ScreenKey
from wenpan.district.wall.policy import wall_rules


def hash_of(*, key: str) -> str:
    return ciphers.here().digest(key.encode())


@transaction.atomic
def open_screen(*, name: str, until: date, by: User, at: datetime | None = None) -> tuple[ScreenKey, str]:
    """The row and the key itself, which is told to nobody again. Raises Refused "bad_value"."""
    require(by, "wall.screens")
    at = at or timezone.now()
    today, most = timezone.localdate(at), wall_rules().token_days
    if not name.strip():
        raise Refused("bad_value", _("请写明是哪块屏，如区政府一楼大厅。"))
    if not today <= until <= today + timedelta(days=most):
        words = {"first": today, "last": today + timedelta(days=most)}
        raise Refused("bad_value", _("有效期应在%(first)s至%(last)s之间。") % words)
    key = secrets.token_urlsafe(32)
    row = ScreenKey.objects.create(
        name=name.strip()[:60], sha256=hash_of(key=key), until=until, made_by=by, made_at=at
    )
    record(by=by, action="wall.activate", subject=f"screen:{row.pk}", at=at,
           summary=_("开通大屏“%(name)s”，有效期至%(until)s")
           % {"name": row.name, "until": until})  # fmt: skip
    return row, key


@transaction.atomic
def revoke_screen(*, screen: ScreenKey, by: User, at: datetime | None = None) -> ScreenKey:
    """It stops at once. Raises Refused "state" where it was revoked before."""
    require(by, "wall.screens")
    at = at or timezone.now()
    hold()
    rows = ScreenKey.objects.filter(pk=screen.pk, revoked_at=None)
    if rows.update(revoked_at=at, revoked_by=by) != 1:
        raise Refused("state", _("这块屏已经停用。"))
    screen.refresh_from_db()
    record(by=by, action="wall.deactivate", subject=f"screen:{screen.pk}", at=at,
           summary=_("停用大屏“%(name)s”") % {"name": screen.name})  # fmt: skip
    return screen


def screen_of(*, key: str, on: date) -> ScreenKey | None:
    """The screen whose key this is, while it is good."""
    if not key or len(key) > 100:
        return None
    return ScreenKey.objects.filter(sha256=hash_of(key=key), revoked_at=None, until__gte=on).first()
