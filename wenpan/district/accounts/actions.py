"""Every write about people and units; each is journalled in the same transaction.

The system administrator opens and closes accounts but gives no role; the security administrator
gives roles but opens no account and never serves themself (powers.py). Nobody sets another's password
(resets.py). `by=None` is the system itself (installing a place, building the demo) and may do all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts import failed_sign_ins, passwords, powers, resets
from wenpan.district.accounts.models import RoleRequest, Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.roles import ADMINISTRATORS, ROLES
from wenpan.district.ground.journal.actions import record


def _subject(user: User) -> str:
    return f"user:{user.pk}"


def _holders(role: str) -> list[User]:
    """Open accounts with an administrator role, held until the end of the transaction: two who would take
    each other's away at once do it one after the other."""
    if role not in ADMINISTRATORS:
        return []
    return list(User.objects.select_for_update().filter(role=role, is_active=True).order_by("pk"))


def _administrators() -> list[User]:
    return list(User.objects.filter(role__in=ADMINISTRATORS).order_by("pk"))


def _last(user: User) -> str:
    return _("%(name)s 是最后一名%(role)s，不能停用或取消；请先另设一名。") % {
        "name": user.name,
        "role": user.role_label,
    }


def _beside(others: Sequence[User]) -> str:
    names = "、".join(f"{other.name}（{other.role_label}）" for other in others)
    return _("同一台设备也登录过：%(names)s") % {"names": names}


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    role: str = "",
    unit: Unit | None = None,
    password: str = "",
    by: User | None,
    temporary: bool | None = None,
    at: datetime | None = None,
) -> User:
    """Opens an account. People may not give a role with it: that is the security administrator's act.

    A `password` is set by the system only (`temporary`: its owner changes it first). Of an account that a
    person opens nobody knows a password: a reset is started with it, and its owner sets the first one.
    Raises ValidationError (name taken, weak password, unknown role), PermissionDenied.
    """
    if by is not None:
        require(by, "account.manage")
        if role:
            raise PermissionDenied(_("开账号的人不能授予角色，请由安全管理员授予。"))
    if role and role not in ROLES:
        raise ValidationError(_("没有这个角色：%(role)s") % {"role": role})
    user = User(username=username.strip(), name=name.strip(), role=role, unit=unit, opened_by=by,
                was_administrator=role in ADMINISTRATORS)  # fmt: skip
    user.temporary_password = bool(temporary)
    if by is None or password:
        validate_password(password, user)
    if by is None:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.full_clean()
    user.save()
    if by is None:
        passwords.remember(user, password)
        user.save(update_fields=["password", "password_set_at"])
    else:
        resets.start_reset(user=user, by=by, at=at)
    twins = [a.username for a in _administrators() if by is not None and powers.same_person(user, a)]
    record(by=by, action="accounts.create", subject=_subject(user), at=at,
          summary=_("开账号 %(name)s（%(username)s）") % {"name": user.name, "username": user.username},
          detail={"unit": unit.code if unit else "", "role": role}
          | ({"attention": [_("与管理员同名：%(names)s") % {"names": "、".join(twins)}]} if twins else {}),
          )  # fmt: skip
    return user


@transaction.atomic
def grant_role(*, user: User, role: str, by: User | None, at: datetime | None = None) -> User:
    """Gives the user one role (or takes it away with ""). Nobody serves themself, no administrator's account
    gets a data role or a second power, and the last holder of an administrator role keeps it."""
    if by is not None:
        require(by, "role.grant")
        if by.pk == user.pk:
            raise PermissionDenied(_("不能给自己授权。"))
    if role and role not in ROLES:
        raise ValidationError(_("没有这个角色：%(role)s") % {"role": role})
    old = user.role
    holders = _holders(old)
    if refusal := powers.refusal_of_role(user, role) if by is not None else "":
        raise PermissionDenied(refusal)
    if role != old and powers.is_last_holder(user, holders):
        raise ValidationError(_last(user))
    ever = user.was_administrator or role in ADMINISTRATORS or old in ADMINISTRATORS
    changed = User.objects.filter(pk=user.pk, role=old).update(role=role, was_administrator=ever)
    if changed != 1:
        raise ValidationError(_("这个账号刚被别人改过，请刷新后再试。"))
    told = powers.attention(user, role, by, _administrators()) if by is not None and role else []
    _end_request(user, role, by, at)
    user.role, user.was_administrator = role, ever
    record(by=by, action="accounts.grant", subject=_subject(user), at=at,
          summary=_("授予 %(name)s 角色：%(role)s") % {"name": user.name, "role": user.role_label},
          detail={"old": old, "new": role} | ({"attention": told} if told else {}))  # fmt: skip
    return user


def _end_request(user: User, role: str, by: User | None, at: datetime | None) -> None:
    """What was asked for is answered by any grant."""
    states = RoleRequest.State
    for asked in RoleRequest.objects.filter(user=user, state=states.OPEN):
        asked.state = states.GRANTED if asked.role == role else states.DECLINED
        asked.decided_by, asked.decided_at = by or asked.asked_by, at or timezone.now()
        asked.save(update_fields=["state", "decided_by", "decided_at"])


@transaction.atomic
def set_active(*, user: User, active: bool, by: User, at: datetime | None = None) -> User:
    """Closes or reopens an account; the row and its history stay."""
    require(by, "account.manage")
    if by.pk == user.pk:
        raise PermissionDenied(_("不能停用自己的账号。"))
    if not active and powers.is_last_holder(user, _holders(user.role)):
        raise ValidationError(_last(user))
    if User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active) != 1:
        raise ValidationError(_("这个账号刚被别人改过，请刷新后再试。"))
    user.is_active = active
    words = _("启用账号 %(name)s") if active else _("停用账号 %(name)s")
    record(by=by, action="accounts.activate" if active else "accounts.deactivate",
          subject=_subject(user), summary=words % {"name": user.name}, at=at)  # fmt: skip
    return user


@transaction.atomic
def reset_password(*, user: User, password: str, by: User | None, at: datetime | None = None) -> User:
    """Sets a temporary password, which its owner must change at the next sign-in: the system only. A person
    who did that for another could come in as them; people start a reset (resets.py). PermissionDenied."""
    if by is not None:
        raise PermissionDenied(_("不能替别人设密码，请发起重置，由本人凭重置码设置。"))
    validate_password(password, User(username=user.username, name=user.name))
    passwords.remember(user, password)
    user.temporary_password = True
    user.save(update_fields=["password", "password_set_at", "temporary_password"])
    record(by=by, action="accounts.reset_password", subject=_subject(user), at=at,
          summary=_("重置 %(name)s 的密码") % {"name": user.name})  # fmt: skip
    return user


@transaction.atomic
def note_presence(
    *,
    user: User,
    entered: bool,
    address: str,
    summary: str = "",
    beside: Sequence[User] = (),
    how: str = "",
    at: datetime | None = None,
) -> None:
    """Writes into the journal that the user signed in or out, and from which network address. `beside`: other
    administrators who used the same device; the auditor is told when one machine sees two of the powers.
    `how`: by whom they were recognised, where it was not the password kept here."""
    record(
        by=user,
        action="accounts.sign_in" if entered else "accounts.sign_out",
        subject=_subject(user),
        summary=summary or (_("登录") if entered else _("退出登录")),
        detail={"address": address}
        | ({"attention": [_beside(beside)]} if beside else {})
        | ({"by": how} if how else {}),
        at=at,
    )


@transaction.atomic
def note_refusal(
    *, username: str, address: str, locked: bool, tries: int, everywhere: int, at: datetime | None = None
) -> None:
    """Writes a refused sign-in into the journal: the name tried and the network address, never the
    password; not every one of a flood (`refusals.worth_telling`)."""
    if not failed_sign_ins.worth_telling(tries, everywhere):
        return
    user = User.objects.filter(username=username).first()
    name = failed_sign_ins.tried_name(username, user is not None)
    told = _("登录失败，账号锁定中：%(name)s") if locked else _("登录失败：%(name)s")
    detail = {"address": address, "name": name, "locked": locked, "tries": tries, "everywhere": everywhere}
    record(
        by=None,
        action="accounts.sign_in_refused",
        subject=_subject(user) if user else "user:",
        summary=told % {"name": name},
        detail=detail,
        at=at,
    )


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime | None = None) -> User:
    """The owner's own change; the old password was checked by the form."""
    validate_password(password, user)
    passwords.remember(user, password)
    user.temporary_password = False
    user.save(update_fields=["password", "password_set_at", "temporary_password"])
    record(
        by=user, action="accounts.change_password", subject=_subject(user), at=at, summary=_("修改自己的密码")
    )
    return user


@transaction.atomic
def sync_units(*, units: Iterable[Any], by: User | None, at: datetime | None = None) -> list[Unit]:
    """Makes the units of the place as its `place.yaml` says; units it no longer names keep their rows.

    A unit is a mapping or object with code, name, short_name, kind, aliases, order, active_from, active_to
    and successor (the code of the unit that took over from one that was merged away). Idempotent.
    Raises ValidationError for a successor that is no unit.
    """
    kept, changed = [], []
    entries = list(units)
    for position, entry in enumerate(entries):
        values = _unit_values(entry, position)
        unit = Unit.objects.filter(code=values["code"]).first() or Unit(code=values["code"])
        if unit.pk is None or any(getattr(unit, key) != value for key, value in values.items()):
            for key, value in values.items():
                setattr(unit, key, value)
            unit.full_clean()
            unit.save()
            changed.append(unit.code)
        kept.append(unit)
    for field, words in (("successor", _("承接单位")), ("parent", _("上级单位"))):
        moved = [_point(entry, field, words) for entry in entries]
        changed += [code for code in moved if code and code not in changed]
    if changed:
        record(
            by=by,
            action="accounts.sync_units",
            subject="unit:*",
            summary=_("更新单位名录 %(count)s 个") % {"count": len(changed)},
            detail={"codes": changed},
            at=at,
        )
    return kept


def _reader(entry: Any) -> Any:
    return entry.get if isinstance(entry, Mapping) else lambda key, default=None: getattr(entry, key, default)


def _point(entry: Any, field: str, words: str) -> str:
    """Sets who took over from a unit, or stands above it, once all are there; the code if that changed it."""
    get = _reader(entry)
    unit = Unit.objects.get(code=get("code"))
    wanted, now = get(field) or "", getattr(unit, field)
    if wanted == (now.code if now else ""):
        return ""
    other = Unit.objects.filter(code=wanted).exclude(pk=unit.pk).first()
    if wanted and other is None:
        raise ValidationError(
            _("%(unit)s的%(words)s“%(code)s”不在单位名录中。")
            % {"unit": unit, "words": words, "code": wanted}
        )
    setattr(unit, field, other)
    unit.save(update_fields=[field])
    return unit.code


def _unit_values(entry: Any, position: int) -> dict[str, Any]:
    from pypinyin import lazy_pinyin

    get = _reader(entry)
    name = str(get("name"))
    return {
        "code": get("code"),
        "name": name,
        "short_name": get("short_name") or name,
        "aliases": list(get("aliases") or []),
        "kind": get("kind"),
        "order": get("order") or position,
        "active_from": get("active_from"),
        "active_to": get("active_to"),
        "pinyin": " ".join(lazy_pinyin(name)),
    }
