"""Causes of red lights on the week's sheet: what the unit has said of the indicator stands there already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.bulletins.models import RedReason
from wenpan.district.bulletins.reasons.actions import LONGEST, write_reason
from wenpan.district.bulletins.reasons.queries import ReasonSlot, awaited_of, slots
from wenpan.district.ui.week_sheet import SheetQuestion
from wenpan.economy.time.periods import Month


def questions(user: User, at: datetime) -> tuple[SheetQuestion, ...]:
    """The red lights of the newest month that wait for their cause."""
    awaited = awaited_of(user) if can(user, "desk.use") else None
    if awaited is None or not awaited.to_write:
        return ()
    month = awaited.month
    open_slots = [slot for slot in slots(user, month, at) if slot.may_write and slot.kept is None]
    return tuple(_question(slot, month, user) for slot in open_slots)


def _question(slot: ReasonSlot, month: Month, user: User) -> SheetQuestion:
    said = [clue for clue in slot.clues if clue.said]
    url = f"{reverse('bulletins:reasons')}?month={month}#rr-{slot.row.indicator}"
    return SheetQuestion(
        f"reason:{slot.row.indicator}", _("%(month)s红灯原因") % {"month": month.label}, slot.row.name, url,
        LONGEST, _writer(slot.row.indicator, month, user), draft=slot.draft[:LONGEST],
        draft_from="、".join(dict.fromkeys(clue.label for clue in said)), hint=_("为什么亮红灯，一句话"),
    )  # fmt: skip


def _writer(indicator: str, month: Month, user: User) -> Callable[[str, datetime], RedReason]:
    def write(words: str, at: datetime) -> RedReason:
        return write_reason(month=month, indicator=indicator, words=words, seen=0, by=user, at=at)

    return write
