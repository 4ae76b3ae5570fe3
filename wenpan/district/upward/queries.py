"""Every read: an indicator's contacts, the newest of each, and when the next one is due.

`upward_notes` is what the meeting's memo takes. A unit's people see their own unit's indicators.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import own_unit_only
from wenpan.district.observations.rules import led_by
from wenpan.district.upward.models import UpwardContact
from wenpan.economy.figures.indicators import Indicator
from wenpan.rules import catalogue


@dataclass(frozen=True)
class Learned:
    """One thing that was learned: its kind in words, and what."""

    kind: str
    words: str


@dataclass(frozen=True)
class UpwardNote:
    """An indicator with its newest contact; `contact` None where there was none yet. `due`: the day of the
    next one, `late` after it."""

    indicator: Indicator
    contact: UpwardContact | None
    learned: tuple[Learned, ...]
    due: date | None
    late: bool

    @property
    def name(self) -> str:
        return self.indicator.name


def contacts(user: User, indicator: str = "") -> QuerySet[UpwardContact]:
    rows = UpwardContact.objects.select_related("unit")
    if own_unit_only(user):
        rows = rows.filter(indicator__in=[item.code for item in led_by(user)])
    return rows.filter(indicator=indicator) if indicator else rows


def owned(user: User) -> list[Indicator]:
    """Those whose contacts a person may write down: a unit's own, or all of them."""
    return led_by(user) if own_unit_only(user) else [item for item in catalogue().values() if item.owner]


def upward_notes(
    on: date, indicators: Collection[str] | None = None, user: User | None = None
) -> list[UpwardNote]:
    """As known on a day, in the order of the catalogue; all indicators for None, of a user those seen. One
    query."""
    rows = UpwardContact.objects.filter(on__lte=on).select_related("unit").order_by("on", "pk")
    newest = {row.indicator: row for row in rows}
    wanted = catalogue().values() if user is None else owned(user)
    return [
        _note(item, newest.get(item.code), on)
        for item in wanted
        if indicators is None or item.code in indicators
    ]


def due(user: User, on: date) -> list[UpwardNote]:
    """Contacts whose day has come, the longest waiting first."""
    found = [n for n in upward_notes(on, user=user) if n.due is not None and n.due <= on]
    return sorted(found, key=lambda n: (n.due or on, n.indicator.code))


def _note(item: Indicator, row: UpwardContact | None, on: date) -> UpwardNote:
    if row is None:
        return UpwardNote(item, None, (), None, False)
    return UpwardNote(item, row, learned(row), row.next_on, row.next_on < on)


def learned(row: UpwardContact) -> tuple[Learned, ...]:
    day = f"{row.release_day:%Y-%m-%d}" if row.release_day else ""
    told = (
        (_("发布日期"), day),
        (_("全市预计"), row.city_expected),
        (_("方法"), row.method),
        (_("口径变化"), row.basis_change),
        (_("其他情况"), row.other),
    )
    return tuple(Learned(kind, words) for kind, words in told if words)
