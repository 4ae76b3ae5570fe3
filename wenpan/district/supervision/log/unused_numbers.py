"""号段说明: numbers of a year under which nothing is handled, each with its reason, for the auditor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Event, Matter, Slip


@dataclass(frozen=True)
class UnusedNumber:
    """A number that was taken and given up. `at` None: no record bears it at all."""

    number: str
    what: str  # the matter or the slip that had it
    reason: str
    who: str
    at: datetime | None


def unused_numbers(year: int) -> list[UnusedNumber]:
    """Matters dropped (also by taking a confirmation back), slips withdrawn, and holes in the series."""
    return [*_matters(year), *_slips(year)]


def years() -> list[int]:
    """Years in which a number was given, newest first."""
    known = {*Matter.objects.values_list("year", flat=True), *Slip.objects.values_list("year", flat=True)}
    return sorted(known, reverse=True)


def _matters(year: int) -> Iterator[UnusedNumber]:
    rows = list(Matter.objects.filter(year=year).order_by("serial"))
    dropped = [matter.pk for matter in rows if matter.state == lifecycle.DROPPED]
    events = Event.objects.filter(matter__in=dropped, kind=EventKind.DROPPED).select_related("by", "unit")
    last = {event.matter_id: event for event in events.order_by("sequence")}
    found: dict[int, UnusedNumber] = {}
    for matter in rows:
        if event := last.get(matter.pk):
            reason = event.text or _("不予立项")
            found[matter.serial] = UnusedNumber(matter.number, matter.title, reason, _who(event), event.at)
    yield from _with_holes(found, {m.serial for m in rows}, policy.office().matter_number, year)


def _slips(year: int) -> Iterator[UnusedNumber]:
    rows = list(Slip.objects.filter(year=year).select_related("matter").order_by("serial"))
    withdrawn = [slip for slip in rows if slip.withdrawn_at]
    events = Event.objects.filter(
        matter__in=[slip.matter_id for slip in withdrawn], kind=EventKind.SLIP_WITHDRAWN
    ).select_related("by", "unit")
    by_number = {event.data.get("number"): event for event in events}
    found = {}
    for slip in withdrawn:
        event = by_number.get(slip.number)
        who = _who(event) if event else ""
        title = f"{slip.matter.number} {slip.matter.title}"
        found[slip.serial] = UnusedNumber(slip.number, title, slip.withdrawn_reason, who, slip.withdrawn_at)
    yield from _with_holes(found, {s.serial for s in rows}, policy.office().slip_number, year)


def _who(event: Event) -> str:
    return str(event.by) if event.by is not None else _("系统")


def _with_holes(
    found: dict[int, UnusedNumber], taken: set[int], pattern: str, year: int
) -> Iterator[UnusedNumber]:
    for serial in range(1, max(taken, default=0) + 1):
        if serial not in taken:
            number = pattern.format(year=year, serial=serial)
            yield UnusedNumber(number, "—", _("没有这个编号的记录，请与操作日志核对"), "", None)
        elif serial in found:
            yield found[serial]
