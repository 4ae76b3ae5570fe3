"""Contacts whose day has come, on 今日; and the newest one beside its indicator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, own_unit_only
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup
from wenpan.district.ui.beside import PanelLine, SidePanel
from wenpan.district.upward import queries

SHOWN = 3


def groups(user: User, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    """For the owners: the office sees whose day has come on the page, it does not await the office."""
    if not can(user, "upward.note") or not own_unit_only(user):
        return ()
    on = timezone.localdate(at)
    found = queries.due(user, on)
    items = tuple(
        AwaitedAct(
            note.name,
            f"{reverse('upward:contacts')}?indicator={note.indicator.code}",
            detail=note.contact.department if note.contact else "",
            due=note.due,
            light="RED" if note.late else "",
        )
        for note in found[:shown]
    )
    return (AwaitedGroup("upward", _("应对上衔接的指标"), len(found), items, reverse("upward:contacts"), 30),)


def panel(user: User, subject: str) -> SidePanel | None:
    if not subject.startswith("indicator:") or not can(user, "indicator.view"):
        return None
    code = subject.removeprefix("indicator:")
    rows = list(queries.contacts(user, code)[:SHOWN])
    address = f"{reverse('upward:contacts')}?indicator={code}"
    if not rows:
        can_note = can(user, "upward.note") and code in {item.code for item in queries.owned(user)}
        return SidePanel(_("对上衔接"), note=_("还没有衔接记录。"), url=address) if can_note else None
    lines = tuple(
        PanelLine(
            "；".join(f"{one.kind}：{one.words}" for one in queries.learned(row)),
            address,
            detail=f"{row.on:%Y-%m-%d} {row.department} {row.person}",
        )
        for row in rows
    )
    return SidePanel(
        _("对上衔接"), lines, _("下次衔接%(day)s") % {"day": f"{rows[0].next_on:%Y-%m-%d}"}, address
    )
