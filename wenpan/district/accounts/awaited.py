"""What awaits the administrators: accounts without a role, people of another system at the door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import OutsidePerson, User
from wenpan.district.accounts.permissions import can
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup


def groups(user: Any, _at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    return (*_without_role(user, shown), *_at_the_door(user, shown))


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
