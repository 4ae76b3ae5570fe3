"""A personal token is made and revoked; its use is noted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.roles import ADMINISTRATORS
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.sharing.models import AccessToken
from wenpan.district.sharing.scopes import scopes_of
from wenpan.district.sharing.secrets_of_ours import digest_of, new_secret
from wenpan.rules.sharing import sharing_rules


@transaction.atomic
def make_token(
    *, by: User, name: str, scopes: Iterable[str], expires_on: date, at: datetime | None = None
) -> str:
    """The secret, which nobody can be told again. `expires_on`: the last day."""
    at, words, known = at or timezone.now(), name.strip()[:40], sharing_rules()
    today = timezone.localdate(at)
    may = {scope.code: str(scope.label) for scope in scopes_of(by)}
    wanted = [code for code in may if code in set(scopes)]
    if by.role in ADMINISTRATORS or not may:
        raise Refused("bad_value", _("您的角色没有可以读取的数据，不能建立口令。"))
    if not words:
        raise Refused("bad_value", _("请写明用途，如“每月报表”。"))
    if not wanted:
        raise Refused("bad_value", _("请至少选一个范围。"))
    if not today <= expires_on <= today + timedelta(days=known.token_days):
        raise Refused("bad_value", _("有效期至多%(days)s天，且不早于今天。") % {"days": known.token_days})
    hold()
    mine = AccessToken.objects.filter(owner=by, revoked_at=None)
    if mine.filter(name=words).exists():
        raise Refused(
            "bad_value", _("您已有一个叫“%(name)s”的口令，请换个用途名或先停用它。") % {"name": words}
        )
    if mine.filter(expires_on__gte=today).count() >= known.most_of_a_person:
        raise Refused(
            "too_many", _("每人最多%(most)s个有效口令，请先停用一个。") % {"most": known.most_of_a_person}
        )
    secret = new_secret()
    token = AccessToken.objects.create(
        owner=by,
        name=words,
        scopes=wanted,
        digest=digest_of(secret),
        shown=secret[:4],
        made_at=at,
        expires_on=expires_on,
    )
    record(
        by=by,
        action="sharing.token_made",
        subject=f"token:{token.pk}",
        at=at,
        summary=_("建立个人口令“%(name)s”，可读%(scopes)s，有效至%(day)s")
        % {"name": words, "scopes": "、".join(may[code] for code in wanted), "day": expires_on},
    )
    return secret


@transaction.atomic
def revoke_token(*, pk: int, by: User, at: datetime | None = None) -> AccessToken:
    """The owner only; another's is not there."""
    at = at or timezone.now()
    hold()
    token = AccessToken.objects.filter(pk=pk, owner=by).first()
    if token is None:
        raise NotYours
    if token.revoked_at is not None:
        raise Refused("state", _("这个口令已经停用。"))
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(
        by=by,
        action="sharing.token_revoked",
        subject=f"token:{token.pk}",
        at=at,
        summary=_("停用个人口令“%(name)s”") % {"name": token.name},
    )
    return token


@transaction.atomic
def note_token_read(*, token: AccessToken, what: str, address: str, at: datetime | None = None) -> None:
    record(
        by=token.owner,
        action="sharing.token_read",
        subject=f"token:{token.pk}",
        at=at,
        summary=_("用个人口令“%(name)s”读取%(what)s（当日首次）") % {"name": token.name, "what": what},
        detail={"address": address},
    )
