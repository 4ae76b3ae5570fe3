"""What awaits the administrators: accounts without a role, reset codes to hand over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup


def groups(user: Any, _at: datetime, shown: int) -> Sequence[AwaitedGroup]:
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
