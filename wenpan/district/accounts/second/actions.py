"""Every write about second factors; each is journalled in the same transaction.

The owner adds and ends their own. Who lost theirs is helped by the security administrator, who ends all of
them and never their own; the person then signs in by password and sets a new one.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import RecoveryCode, SecondFactor, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.second import codes, security_keys
from wenpan.district.accounts.second.queries import codes_left, live
from wenpan.district.accounts.second.secrets_at_rest import LostKeyError, digest, lock, unlock
from wenpan.district.ground.journal.actions import record

Kind = SecondFactor.Kind
MOST = 10  # of one person


@transaction.atomic
def add_code_maker(
    *, user: User, secret: str, code: str, label: str, by: User, at: datetime | None = None
) -> SecondFactor:
    """An authenticator on a phone. The code proves that the secret arrived there. ValidationError."""
    _only_own(user, by)
    step = codes.step_of(secret, code, at or timezone.now())
    if step is None:
        raise ValidationError(_("动态口令不对。请核对手机时间，输入此刻显示的六位数字。"))
    return _add(SecondFactor(kind=Kind.TOTP, secret=lock(secret), counter=step), user, label, by, at)


@transaction.atomic
def add_security_key(
    *, user: User, answer: str, asked: security_keys.KeyQuestion, label: str, by: User,
    at: datetime | None = None,
) -> SecondFactor:  # fmt: skip
    """A security key, or what the computer itself has of that kind. ValidationError."""
    _only_own(user, by)
    told = security_keys.registered(answer, asked)
    if SecondFactor.objects.filter(credential=told.credential).exists():
        raise ValidationError(_("这个安全密钥已经登记过。"))
    factor = SecondFactor(
        kind=Kind.KEY, credential=told.credential, public_key=told.public_key, counter=told.counter
    )
    return _add(factor, user, label, by, at)


@transaction.atomic
def end_factor(*, factor: SecondFactor, by: User, at: datetime | None = None) -> None:
    """The owner ends one of theirs; with the last one the recovery codes end."""
    _only_own(factor.user, by)
    now = at or timezone.now()
    if SecondFactor.objects.filter(pk=factor.pk, ended_at=None).update(ended_at=now) != 1:
        raise ValidationError(_("这一项已经停用。"))
    if not live(factor.user).exists():
        _void_codes(factor.user, now)
    record(by=by, action="accounts.second_end", subject=f"user:{factor.user_id}", at=at,
           summary=_("停用%(kind)s“%(label)s”") % {"kind": factor.get_kind_display(), "label": factor.label},
           detail={"factor": factor.pk})  # fmt: skip


@transaction.atomic
def end_all(*, user: User, by: User, at: datetime | None = None) -> int:
    """For who lost theirs: by the security administrator, told to the auditor. The number ended."""
    require(by, "role.grant")
    if by.pk == user.pk:
        raise PermissionDenied(_("不能替自己解除二次验证，请用恢复码。"))
    now = at or timezone.now()
    ended = live(user).update(ended_at=now)
    if not ended:
        raise ValidationError(_("%(name)s 没有启用二次验证。") % {"name": user.name})
    _void_codes(user, now)
    record(by=by, action="accounts.second_lift", subject=f"user:{user.pk}", at=at,
           summary=_("解除 %(name)s 的二次验证") % {"name": user.name},
           detail={"ended": ended, "attention": True})  # fmt: skip
    return ended


@transaction.atomic
def new_recovery_codes(*, user: User, by: User, at: datetime | None = None) -> list[str]:
    """Ten new ones, told once; older ones end."""
    _only_own(user, by)
    if not live(user).exists():
        raise ValidationError(_("请先启用动态口令或安全密钥。"))
    now = at or timezone.now()
    _void_codes(user, now)
    drawn = codes.drawn_recovery_codes()
    RecoveryCode.objects.bulk_create(
        [
            RecoveryCode(user=user, digest=digest(f"{user.pk}:{codes.bare(code)}"), made_at=now)
            for code in drawn
        ]
    )
    record(by=by, action="accounts.recovery_codes", subject=f"user:{user.pk}", at=at,
           summary=_("生成恢复码%(count)s个") % {"count": len(drawn)})  # fmt: skip
    return drawn


@transaction.atomic
def prove_by_code(*, user: User, code: str, at: datetime | None = None) -> str:
    """ "totp" or "recovery": what the code was. ValidationError where it is none, or came a second time. Of
    two who send one code at once, one is refused."""
    now = at or timezone.now()
    for factor in live(user).filter(kind=Kind.TOTP):
        step = codes.step_of(_secret(factor), code, now, factor.counter)
        if step is not None and SecondFactor.objects.filter(
            pk=factor.pk, ended_at=None, counter__lt=step
        ).update(counter=step):
            return "totp"
    kept = RecoveryCode.objects.filter(
        user=user, digest=digest(f"{user.pk}:{codes.bare(code)}"), ended_at=None
    )
    if live(user).exists() and kept.update(ended_at=now) == 1:
        left = codes_left(user)
        record(by=user, action="accounts.recovery_used", subject=f"user:{user.pk}", at=at,
               summary=_("用恢复码验证，还剩%(left)s个") % {"left": left},
               detail={"left": left, "attention": True})  # fmt: skip
        return "recovery"
    raise ValidationError(_("验证码不对，或已经用过。"))


@transaction.atomic
def prove_by_key(*, user: User, answer: str, asked: security_keys.KeyQuestion) -> None:
    """ValidationError where the answer is not of one of this person's keys, or the key counted backwards."""
    factor = live(user).filter(kind=Kind.KEY, credential=security_keys.credential_of(answer)).first()
    if factor is None:
        raise ValidationError(_("这个安全密钥没有登记在您的名下。"))
    counter = security_keys.proved(answer, asked, factor.public_key, factor.counter)
    mine = SecondFactor.objects.filter(pk=factor.pk, ended_at=None, counter=factor.counter)
    if mine.update(counter=counter) != 1:
        raise ValidationError(_("验证没有通过，请重试。"))


def _secret(factor: SecondFactor) -> str:
    try:
        return unlock(factor.secret)
    except LostKeyError as error:
        raise ValidationError(
            _("本系统的密钥换过，旧的动态口令不能再用；请用安全密钥，或请安全管理员解除。")
        ) from error


def _only_own(user: User, by: User) -> None:
    if by.pk != user.pk:
        raise PermissionDenied(_("二次验证只由本人设置。"))


def _add(factor: SecondFactor, user: User, label: str, by: User, at: datetime | None) -> SecondFactor:
    if live(user).count() >= MOST:
        raise ValidationError(_("最多登记%(most)s项，请先停用不用的。") % {"most": MOST})
    factor.user, factor.made_at = user, at or timezone.now()
    factor.label = label.strip()[:40] or str(Kind(factor.kind).label)
    factor.save()
    record(by=by, action="accounts.second_add", subject=f"user:{user.pk}", at=at,
           summary=_("启用%(kind)s“%(label)s”") % {"kind": factor.get_kind_display(), "label": factor.label},
           detail={"factor": factor.pk, "kind": factor.kind})  # fmt: skip
    return factor


def _void_codes(user: User, now: datetime) -> None:
    RecoveryCode.objects.filter(user=user, ended_at=None).update(ended_at=now)
