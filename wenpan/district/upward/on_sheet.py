"""A contact whose day has come, on the week's sheet: one sentence; the rest stands as last time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, own_unit_only
from wenpan.district.ui.week_sheet import SheetQuestion
from wenpan.district.upward import actions, queries
from wenpan.district.upward.models import UpwardContact

LONGEST = 300
CITY = "全市"  # a first part that begins so is what the city expects of itself


def questions(user: User, at: datetime) -> tuple[SheetQuestion, ...]:
    """Those due by the end of the week."""
    if not can(user, "upward.note") or not own_unit_only(user):
        return ()
    on = timezone.localdate(at)
    sunday = on + timedelta(days=6 - on.weekday())
    return tuple(
        SheetQuestion(
            f"upward:{note.indicator.code}", _("对上衔接"), note.name,
            f"{reverse('upward:contacts')}?indicator={note.indicator.code}", LONGEST,
            _writer(note.contact, user), note=_as_last_time(note), hint=_("这次了解到什么，一句话"),
        )
        for note in queries.due(user, sunday) if note.contact is not None
    )  # fmt: skip


def _as_last_time(note: queries.UpwardNote) -> str:
    last = note.contact
    if last is None:
        return ""
    told = "；".join(f"{one.kind}：{one.words}" for one in note.learned)
    words = _(
        "对象、方式、衔接人照上次：%(department)s%(counterpart)s，%(way)s，%(person)s。%(day)s所记：%(told)s"
    )
    return words % {
        "department": last.department, "counterpart": last.counterpart, "way": last.get_way_display(),
        "person": last.person, "day": f"{last.on:%m-%d}", "told": told,
    }  # fmt: skip


def _writer(last: UpwardContact, user: User) -> Callable[[str, datetime], UpwardContact]:
    def write(words: str, at: datetime) -> UpwardContact:
        city, other = _parted(words.strip())
        return actions.note_contact(
            indicator=last.indicator, on=timezone.localdate(at), way=last.way, department=last.department,
            counterpart=last.counterpart, person=last.person, city_expected=city, other=other, by=user, at=at,
            with_sheet=True,
        )  # fmt: skip

    return write


def _parted(words: str) -> tuple[str, str]:
    """What the city expects, and the rest."""
    first, _semicolon, rest = words.partition("；")
    if first.startswith(CITY) and len(first) <= actions.TEXTS["city_expected"]:
        return first, rest
    return "", words
