"""写原因、签认: journalled; changed words lose their signature, an issued month changes no more."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.bulletins.models import RedReason
from wenpan.district.bulletins.reasons import queries
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.indicators.models import Judgement
from wenpan.economy.time.periods import Month

LONGEST = 600


@transaction.atomic
def write_reason(
    *, month: Month, indicator: str, words: str, seen: int, by: User, at: datetime | None = None
) -> RedReason:
    """The cause of a red light, by the unit that answers for it. `seen`: the version that was read, 0: none.

    Raises NotYours for another unit's; Refused: "reason_missing", "bad_value", "state" (not red, or issued),
    "clash".
    """
    require(by, "desk.use")
    item = policy.catalogue().get(indicator)
    if item is None or not queries.may_write(by, item.owner):
        raise NotYours
    said = " ".join(words.split())
    if not said:
        raise Refused("reason_missing", _("请写明原因。"))
    if len(said) > LONGEST:
        raise Refused(
            "bad_value", _("原因最多写%(most)d字，现有%(n)d字。") % {"most": LONGEST, "n": len(said)}
        )
    _open(month, indicator)
    at = at or timezone.now()
    values = {
        "words": said, "written_by": by, "written_at": at, "signed_by": None, "signed_at": None,
        "version": seen + 1, "unit": by.own_unit,
        "carried_from": queries.carried_from(indicator, said, timezone.localdate(at)),
    }  # fmt: skip
    held = RedReason.objects.filter(as_of=str(month), indicator=indicator)
    if seen:
        if held.filter(version=seen).update(**values) != 1:
            raise _clash()
        reason = held.get()
    else:
        reason = _created(month, indicator, values)
    _told(reason, "reason.write", _("填写%(name)s亮红灯的原因") % {"name": item.name}, by, at)
    return reason


def _created(month: Month, indicator: str, values: dict[str, object]) -> RedReason:
    try:
        with transaction.atomic():
            return RedReason.objects.create(as_of=str(month), indicator=indicator, **values)
    except IntegrityError:
        raise _clash() from None


@transaction.atomic
def sign_reason(*, reason: RedReason, seen: int, by: User, at: datetime | None = None) -> RedReason:
    """签认 by the head of the unit, or by its analyst where another wrote it.

    Raises NotYours for another unit's; Refused: "permission" (one's own words), "state", "clash".
    """
    require(by, *queries.SIGNERS)
    if by.unit_id != reason.unit_id:
        raise NotYours
    _open_month(reason.as_of)
    if reason.signed_at is not None:
        raise Refused("state", _("这条原因已经签认。"))
    if not queries.may_sign(by, reason):
        raise Refused("permission", _("自己填写的原因须由单位负责人签认。"))
    at = at or timezone.now()
    rows = RedReason.objects.filter(pk=reason.pk, version=seen, signed_at__isnull=True)
    if rows.update(signed_by=by, signed_at=at, version=seen + 1) != 1:
        raise _clash()
    reason.refresh_from_db()
    item = policy.catalogue().get(reason.indicator)
    name = item.name if item else reason.indicator
    _told(reason, "reason.sign", _("签认%(name)s亮红灯的原因") % {"name": name}, by, at)
    return reason


def _open(month: Month, indicator: str) -> None:
    red = Judgement.objects.filter(
        region__home=True, primary=True, superseded_at__isnull=True, as_of=str(month), indicator=indicator,
        light="RED",
    )  # fmt: skip
    if not red.exists():
        raise Refused("state", _("这项指标%(month)s没有亮红灯，不用写原因。") % {"month": month.label})
    _open_month(str(month))


def _open_month(month: str) -> None:
    if queries.is_issued(month):
        raise Refused("state", _("本月的分析已经签发，原因不能再改。"))


def _clash() -> Refused:
    return Refused("clash", _("这条原因刚被别人改过，请刷新后再看。"))


def _told(reason: RedReason, action: str, summary: str, by: User, at: datetime) -> None:
    record(
        by=by,
        action=action,
        subject=f"reason:{reason.pk}",
        summary=f"{reason.as_of} {summary}",
        detail={"indicator": reason.indicator, "words": reason.words, "version": reason.version},
        at=at,
    )
