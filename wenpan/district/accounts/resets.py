"""Resetting a password so that nobody but its owner ever has one that works.

An administrator starts it and reads the first half of a one-time code to the person; another administrator
hands over the second half; the person puts both together and sets a password. Who may do which:

    whose password          starts                  second half
    anybody else            system administrator    security administrator
    security administrator  system administrator    another security administrator, or the auditor
    system administrator    another one, or the     the auditor where the security administrator
                            security administrator  started it, else the security administrator

Starting, handing over and setting are three people. All of it stands in the journal, marked for the auditor;
the person sees at the next sign-in what was started for them, and signing in with the old password ends it.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts import passwords
from wenpan.district.accounts.models import PasswordReset, User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.accounts.roles import AUDITOR, SECURITY_ADMIN, SYSTEM_ADMIN
from wenpan.district.ground import ciphers
from wenpan.district.ground.journal.actions import record
from wenpan.rules.access import access

_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that are taken for each other
_HALF = 6  # signs of a half
State = PasswordReset.State


def may_start(by: User, user: User) -> bool:
    if by.pk == user.pk or not can(by, "account.manage", "role.grant"):
        return False
    return SYSTEM_ADMIN.code in (by.role, user.role)


def may_hand_over(by: User, reset: PasswordReset) -> bool:
    """A third person: neither who started it nor whose password it is."""
    if not can(by, "role.grant", "journal.view") or by.pk in (reset.started_by_id, reset.user_id):
        return False
    if by.role == AUDITOR.code:
        started_by_security = reset.started_by.role == SECURITY_ADMIN.code
        return reset.user.role == SECURITY_ADMIN.code or started_by_security
    return True


@transaction.atomic
def start_reset(*, user: User, by: User, at: datetime | None = None) -> PasswordReset:
    """Opens a reset; an older open one ends. The present password holds until the person sets a new one."""
    require(by, "account.manage", "role.grant")
    if not may_start(by, user):
        raise PermissionDenied(_("这个账号的密码不能由您发起重置。"))
    now = timezone.now()
    PasswordReset.objects.filter(user=user, state=State.OPEN).update(state=State.VOID)
    reset = PasswordReset.objects.create(
        user=user, started_by=by, started_at=now, nonce=secrets.token_hex(16),
        expires_at=now + timedelta(hours=access().reset_hours),
    )  # fmt: skip
    record(by=by, action="accounts.reset_start", subject=f"user:{user.pk}", at=at,
            summary=_("为 %(name)s 发起密码重置") % {"name": user.name},
            detail={"reset": reset.pk, "attention": True})  # fmt: skip
    return reset


def first_half(reset: PasswordReset, by: User) -> str:
    """For who started it, as long as it is open."""
    if by.pk != reset.started_by_id or not alive(reset):
        raise PermissionDenied(_("重置码前半段只给发起人看。"))
    return _half(reset, "first")


@transaction.atomic
def hand_over(*, reset: PasswordReset, by: User, at: datetime | None = None) -> str:
    """The second half, for another administrator to give to the person. Journalled each time it is read."""
    require(by, "role.grant", "journal.view")
    if not may_hand_over(by, reset):
        raise PermissionDenied(_("这份重置码的后半段不能由您转交。"))
    if not alive(reset):
        raise ValidationError(_("这份重置码已用过或已过期。"))
    PasswordReset.objects.filter(pk=reset.pk).update(second_by=by)
    record(by=by, action="accounts.reset_second", subject=f"user:{reset.user_id}", at=at,
            summary=_("查看 %(name)s 的重置码后半段") % {"name": reset.user.name},
            detail={"reset": reset.pk, "attention": True})  # fmt: skip
    return _half(reset, "second")


@transaction.atomic
def finish_reset(*, username: str, code: str, password: str, at: datetime | None = None) -> User:
    """The person sets a password with the whole code, once. ValidationError says only that it does not fit:
    neither which names exist nor which half is wrong. The password is judged after the code."""
    no = ValidationError(_("用户名或重置码不对，或重置码已用过、已过期。"))
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    reset = PasswordReset.objects.filter(user=user, state=State.OPEN).first() if user else None
    if (
        user is None
        or reset is None
        or not alive(reset)
        or not hmac.compare_digest(_bare(code), _whole(reset))
    ):
        raise no
    validate_password(password, user)
    if PasswordReset.objects.filter(pk=reset.pk, state=State.OPEN).update(state=State.DONE) != 1:
        raise no
    passwords.remember(user, password)
    user.temporary_password = False
    user.save(update_fields=["password", "password_set_at", "temporary_password"])
    record(by=user, action="accounts.reset_finish", subject=f"user:{user.pk}", at=at,
            summary=_("凭重置码设置自己的密码"), detail={"reset": reset.pk, "attention": True})  # fmt: skip
    return user


@transaction.atomic
def end_by_old_password(*, user: User, at: datetime | None = None) -> PasswordReset | None:
    """Whoever comes in with the old password did not need it: it ends; they are told who had started it."""
    reset = PasswordReset.objects.filter(user=user, state=State.OPEN).select_related("started_by").first()
    if reset is None or PasswordReset.objects.filter(pk=reset.pk, state=State.OPEN).update(
        state=State.VOID
    ) != 1:  # fmt: skip
        return None
    record(by=user, action="accounts.reset_void", subject=f"user:{user.pk}", at=at,
            summary=_("以原密码登录，密码重置作废"),
            detail={"reset": reset.pk, "attention": True})  # fmt: skip
    return reset


def alive(reset: PasswordReset) -> bool:
    return reset.state == State.OPEN and timezone.now() < reset.expires_at


def open_of(user: User) -> PasswordReset | None:
    found = PasswordReset.objects.filter(user=user, state=State.OPEN).select_related("started_by").first()
    return found if found is not None and alive(found) else None


def to_hand_over(by: User) -> list[PasswordReset]:
    """Open resets whose second half this person may give, oldest first."""
    rows: QuerySet[PasswordReset] = PasswordReset.objects.filter(
        state=State.OPEN, expires_at__gt=timezone.now()
    ).select_related("user", "user__unit", "started_by", "second_by")
    return [reset for reset in rows.order_by("pk") if may_hand_over(by, reset)]


def _whole(reset: PasswordReset) -> str:
    return _bare(_half(reset, "first") + _half(reset, "second"))


def _bare(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign in _SIGNS)


def _half(reset: PasswordReset, which: str) -> str:
    """ABC-DEF: six signs made of the reset's nonce and the place's own key."""
    told = f"{which}:{reset.pk}:{reset.user_id}:{reset.nonce}".encode()
    digest = ciphers.here().mac(settings.SECRET_KEY.encode(), told)
    signs = "".join(_SIGNS[int.from_bytes(digest[i * 4 : i * 4 + 4]) % len(_SIGNS)] for i in range(_HALF))
    return f"{signs[:3]}-{signs[3:]}"
