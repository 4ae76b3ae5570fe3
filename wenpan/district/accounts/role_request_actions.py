"""What a list of accounts brings besides new accounts: unit and post of a person, and the role it asks for.

A role that is asked for gives nothing: the security administrator grants it by the rule that stands.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts import powers
from wenpan.district.accounts.actions import grant_role
from wenpan.district.accounts.models import RoleRequest, Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ground.journal.actions import record

State = RoleRequest.State
LONGEST_POST = 30


@transaction.atomic
def place_user(*, user: User, unit: Unit | None, post: str, by: User, at: datetime | None = None) -> User:
    """Unit and post of an account. Who moves to another unit sees that unit's: the auditor is told."""
    require(by, "account.manage")
    post = " ".join(post.split())
    if len(post) > LONGEST_POST:
        raise ValidationError(_("职务最多%(n)s个字。") % {"n": LONGEST_POST})
    old, moved = user.unit, (user.unit_id or 0) != (unit.pk if unit else 0)
    if not moved and user.post == post:
        return user
    was, user.post, user.unit = user.post, post, unit
    user.save(update_fields=["post", "unit"])
    none = _("（无）")
    parts = (
        [_("职务由“%(was)s”改为“%(post)s”") % {"was": was or none, "post": post or none}]
        if was != post
        else []
    )
    if moved:
        parts.insert(0, _("单位由%(was)s改为%(unit)s") % {"was": old or none, "unit": unit or none})
    record(
        by=by, action="accounts.place", subject=f"user:{user.pk}", at=at,
        summary=f"{user.name}：{'，'.join(parts)}",
        detail={"unit": unit.code if unit else ""} | ({"attention": [parts[0]]} if moved else {}),
    )  # fmt: skip
    return user


@transaction.atomic
def ask_role(*, user: User, role: str, by: User, at: datetime | None = None) -> RoleRequest:
    """ValidationError: no such role, one that this account may not have, another request still open."""
    require(by, "account.manage")
    if role not in ROLES:
        raise ValidationError(_("没有这个角色：%(role)s") % {"role": role})
    if refusal := powers.refusal_of_role(user, role):
        raise ValidationError(refusal)
    at = at or timezone.now()
    try:
        with transaction.atomic():
            asked = RoleRequest.objects.create(user=user, role=role, asked_by=by, asked_at=at)
    except IntegrityError:
        raise ValidationError(_("%(name)s 已有一个角色申请待授予。") % {"name": user.name}) from None
    record(
        by=by, action="accounts.ask_role", subject=f"user:{user.pk}", at=at,
        summary=_("为 %(name)s 申请角色：%(role)s") % {"name": user.name, "role": ROLES[role].label},
        detail={"role": role},
    )  # fmt: skip
    return asked


@transaction.atomic
def grant_asked(*, request: RoleRequest, by: User, at: datetime | None = None) -> User:
    """The role that was asked for, granted as every role is: whoever asked cannot, and powers stay apart."""
    require(by, "role.grant")
    _decide(request, State.GRANTED, by, at)
    return grant_role(user=request.user, role=request.role, by=by, at=at)


@transaction.atomic
def decline_asked(*, request: RoleRequest, by: User, at: datetime | None = None) -> User:
    require(by, "role.grant")
    _decide(request, State.DECLINED, by, at)
    record(
        by=by, action="accounts.decline_role", subject=f"user:{request.user_id}", at=at,
        summary=_("不授予 %(name)s 所申请的角色：%(role)s")
        % {"name": request.user.name, "role": ROLES[request.role].label},
        detail={"role": request.role},
    )  # fmt: skip
    return request.user


def _decide(request: RoleRequest, state: str, by: User, at: datetime | None) -> None:
    waiting = RoleRequest.objects.filter(pk=request.pk, state=State.OPEN)
    if waiting.update(state=state, decided_by=by, decided_at=at or timezone.now()) != 1:
        raise ValidationError(_("这份申请已经办过。"))
    request.refresh_from_db()
