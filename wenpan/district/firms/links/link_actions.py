"""Making and revoking a firm's link. The token is told once and kept by nobody."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.firms.base.addresses import firm_address
from wenpan.district.firms.base.scope import require_firm
from wenpan.district.firms.models import Firm, FirmLink
from wenpan.district.ground import ciphers
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused

_BYTES = 32  # 256 bits: nobody guesses one


def digest_of(token: str) -> str:
    return ciphers.here().digest(token.encode("utf-8", "surrogatepass"))


@transaction.atomic
def make_link(
    *, firm: Firm, given_to: str, days: int, by: User, at: datetime | None = None
) -> tuple[FirmLink, str]:
    """The link and its token. Refused "bad_value" for a firm that is no more, nobody named, or too long."""
    require(by, "firm.link")
    require_firm(by, firm)
    at = at or timezone.now()
    if firm.state != Firm.State.ACTIVE:
        raise Refused("bad_value", _("这家企业已不在营。"))
    if not given_to.strip():
        raise Refused("bad_value", _("请写明链接交给企业的哪位同志。"))
    if not 1 <= days <= 366:
        raise Refused("bad_value", _("有效天数应为1到366。"))
    token = secrets.token_urlsafe(_BYTES)
    link = FirmLink.objects.create(
        firm=firm, digest=digest_of(token), given_to=given_to.strip()[:60], made_by=by, made_at=at,
        expires_at=at + timedelta(days=days),
    )  # fmt: skip
    record(
        by=by, action="firms.link", subject=firm_address(firm), at=at,
        summary=f"为{firm.name}生成自助链接，交{link.given_to}", detail={"link": link.pk, "days": days},
    )  # fmt: skip
    return link, token


@transaction.atomic
def revoke_link(*, link: FirmLink, by: User, at: datetime | None = None) -> FirmLink:
    """From now on nobody comes in by it. Refused "clash" where it was revoked already."""
    require(by, "firm.link")
    require_firm(by, link.firm)
    at = at or timezone.now()
    if FirmLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at, revoked_by=by) != 1:
        raise Refused("clash", _("这条链接已经停用。"))
    record(
        by=by, action="firms.link_revoked", subject=firm_address(link.firm), at=at,
        summary=f"停用{link.firm.name}的自助链接（交{link.given_to}）", detail={"link": link.pk},
    )  # fmt: skip
    link.refresh_from_db()
    return link
