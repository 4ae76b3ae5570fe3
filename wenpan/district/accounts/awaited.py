"""What awaits the administrators: accounts without a role, people of another system at the door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import OutsidePerson, RoleRequest, User
from wenpan.district.accounts.permissions import can
from wenpan.district.accounts.role_request_actions import decline_asked, grant_asked
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ground.refused import Refused
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup, BatchAct, BatchOutcome, chosen, each

GRANT_ASKED, DECLINE_ASKED = "accounts-grant-asked", "accounts-decline-asked"


def groups(user: Any, _at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    return (*_asked(user, shown), *_without_role(user, shown), *_at_the_door(user, shown))


def _asked(user: Any, shown: int) -> Sequence[AwaitedGroup]:
    """Roles that a list of accounts asks for: granted or not, many at once."""
    if not can(user, "role.grant"):
        return ()
    rows = _open_requests()
    if not (count := rows.count()):
        return ()
    items = tuple(
        AwaitedAct(
            f"{asked.user.name}：{ROLES[asked.role].label}",
            reverse("accounts:person", args=[asked.user_id]),
            f"{asked.pk}",
            " · ".join(filter(None, (str(asked.user.unit or ""), asked.user.post, str(asked.asked_by)))),
        )
        for asked in (rows.order_by("pk")[:shown] if shown else ())
    )
    return (
        AwaitedGroup(
            "role_requests", _("名单申请的角色待授予"), count, items, reverse("accounts:people"), 9,
            (GRANT_ASKED, DECLINE_ASKED),
        ),
    )  # fmt: skip


def _open_requests() -> QuerySet[RoleRequest]:
    found = RoleRequest.objects.filter(state=RoleRequest.State.OPEN)
    return found.select_related("user", "user__unit", "asked_by")


def _decide(act: Callable[..., User], user: Any, keys: Sequence[str], _words: str) -> BatchOutcome:
    rows = _open_requests().in_bulk(list(chosen(keys)))

    def done(pk: int) -> None:
        try:
            act(request=rows[pk], by=user)
        except ValidationError as why:
            raise Refused("state", "；".join(why.messages)) from None

    return each(
        (f"{pk}", rows[pk].user.name if pk in rows else f"{pk}", partial(done, pk) if pk in rows else None)
        for pk in chosen(keys)
    )


ACTS = (
    BatchAct(
        GRANT_ASKED, gettext_lazy("按申请授予"), gettext_lazy("已授予%(n)s人角色。"),
        partial(_decide, grant_asked), permissions=("role.grant",),
    ),
    BatchAct(
        DECLINE_ASKED, gettext_lazy("不授予"), gettext_lazy("已不授予%(n)s人。"),
        partial(_decide, decline_asked), tone="outline-danger", permissions=("role.grant",),
    ),
)  # fmt: skip


def _at_the_door(user: Any, shown: int) -> Sequence[AwaitedGroup]:
    """First sign-ins wait for the system administrator, links to standing accounts for the security one."""
    if not can(user, "account.manage", "role.grant"):
        return ()
    state = OutsidePerson.State.WAITING if can(user, "account.manage") else OutsidePerson.State.PROPOSED
    rows = OutsidePerson.objects.filter(state=state)
    if not (count := rows.count()):
        return ()
    items = tuple(
        AwaitedAct(f"{one.name}（{one.number}）", reverse("accounts:outside_person", args=[one.pk]))
        for one in (rows.order_by("first_at")[:shown] if shown else ())
    )
    return (
        AwaitedGroup("outside", _("统一认证的新人待确认"), count, items, reverse("accounts:outside"), 11),
    )


def _without_role(user: Any, shown: int) -> Sequence[AwaitedGroup]:
    if not can(user, "role.grant"):
        return ()
    rows = User.objects.filter(role="", is_active=True, is_superuser=False).exclude(pk=user.pk)
    rows = rows.exclude(role_requests__state=RoleRequest.State.OPEN)  # those stand under what was asked for
    if not (count := rows.count()):
        return ()
    found = rows.select_related("unit").order_by("date_joined")[:shown] if shown else ()
    items = tuple(
        AwaitedAct(
            str(person),
            reverse("accounts:person", args=[person.pk]),
            detail=person.unit.short_name if person.unit else "",
        )
        for person in found
    )
    return (AwaitedGroup("roles", _("账号待授予角色"), count, items, reverse("accounts:people"), 10),)
