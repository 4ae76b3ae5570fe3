"""Slips that a person may see, and what the bulletin reads: colours, who was named, what talks are suggested.

Months are counted by the day on which it happened. `named` and `talks_suggested` read the log of events: the
line's own steps and those that a person raised to that level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, own_unit_only
from wenpan.district.supervision.escalation_steps import policy
from wenpan.district.supervision.log import stored_kinds
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Event, Feedback, Slip
from wenpan.district.supervision.slips.state import is_answered_on, is_open_on, is_standing_on
from wenpan.economy.time.periods import Month
from wenpan.rules.slips import COLOURS

SHOWN = ("open", "late", "unsigned", "answered", "withdrawn")


def visible(user: User) -> QuerySet[Slip]:
    """All slips; for a unit's people those that were served on it."""
    if can(user, "matter.view") and not own_unit_only(user):
        return Slip.objects.all()
    if not can(user, "desk.use") or user.unit_id is None:
        return Slip.objects.none()
    return Slip.objects.filter(unit=user.unit_id)


def slip_for(user: User, pk: int) -> Slip:
    joined = visible(user).select_related(
        "matter__lead", "unit", "issued_by", "acknowledged_by", "answered_by"
    )
    found = get_object_or_404(joined, pk=pk)
    if not isinstance(found, Slip):
        raise Http404
    return found


def slips_behind(word: str, on: date) -> Q:
    """The slips behind a word of SHOWN; all for any other word."""
    found = {
        "open": is_open_on(on),
        "late": is_open_on(on) & Q(answer_due__lt=on),
        "unsigned": is_open_on(on) & Q(acknowledged_at=None),
        "answered": is_answered_on(on) & is_standing_on(on),
        "withdrawn": ~is_standing_on(on),
    }
    return found.get(word, Q())


def counts(slips: QuerySet[Slip], on: date) -> dict[str, int]:
    """How many behind each word, and `all`; one query."""
    sums = {word: Count("pk", filter=slips_behind(word, on)) for word in SHOWN}
    return slips.order_by().aggregate(all=Count("pk"), **sums)


def said_since(slip: Slip) -> Feedback | None:
    """What the unit reported last of the matter, if since the slip was served."""
    rows = Feedback.objects.filter(matter=slip.matter_id, unit=slip.unit_id, at__gte=slip.issued_at)
    return rows.order_by("-at", "-pk").first()


def last_words(slip: Slip) -> str:
    """What the unit said last of the matter: the answer starts with it, nothing is typed twice."""
    last = Feedback.objects.filter(matter=slip.matter_id, unit=slip.unit_id).order_by("-at", "-pk").first()
    if last is None:
        return ""
    parts = (
        ("一、落实过程", last.process),
        ("二、基本情况", last.situation),
        ("三、意见和建议", last.advice),
    )
    return "\n".join(f"{head}：{words}" for head, words in parts if words)


# for the bulletin


@dataclass(frozen=True)
class StepReached:
    """A matter that reached a step of the line: when, for which due date, when it was closed since. `unit`
    had it then, whoever has it now."""

    matter: int
    number: str
    title: str
    unit: Unit | None
    due: str
    on: date
    closed_on: date | None


def span(month: Month) -> tuple[datetime, datetime]:
    """First moment of the month and of the next, in the place's own time."""
    later = month.plus(1)
    zone = timezone.get_current_timezone()
    first = datetime.combine(date(month.year, month.month, 1), time(), zone)
    return first, datetime.combine(date(later.year, later.month, 1), time(), zone)


def named(month: Month) -> list[StepReached]:
    """Matters to be named in the bulletin of the month, each once."""
    return list(_reached(month, policy.NAMED))


def talks_suggested(month: Month) -> list[StepReached]:
    """Matters on whose units a talk is suggested; whether it is held others decide."""
    return list(_reached(month, policy.TALK))


def _reached(month: Month, step: str) -> Iterator[StepReached]:
    first, end = span(month)
    events = Event.objects.filter(kind=EventKind.RAISED, at__gte=first, at__lt=end, data__step=step)
    raised: dict[int, Event] = {}
    for event in events.select_related("matter").order_by("at", "pk"):
        raised.setdefault(event.matter_id, event)
    leads = _leads_at(raised)
    for pk, event in raised.items():
        matter = event.matter
        yield StepReached(pk, matter.number, matter.title, leads.get(pk), str(event.data.get("due", "")),
                    timezone.localdate(event.at), matter.closed_on)  # fmt: skip


def _leads_at(raised: dict[int, Event]) -> dict[int, Unit]:
    """Who led each matter when the event happened."""
    orders = Event.objects.filter(stored_kinds.stands(), kind=EventKind.ASSIGNED, matter__in=raised)
    orders = orders.order_by("matter", "sequence")
    codes: dict[int, str] = {}
    for pk, sequence, data in orders.values_list("matter", "sequence", "data"):
        if sequence < raised[pk].sequence:
            codes[pk] = str(data.get("lead", ""))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=set(codes.values()))}
    return {pk: units[code] for pk, code in codes.items() if code in units}


def by_colour(month: Month) -> dict[str, int]:
    """How many slips of each colour were served in the month; what it saw withdrawn is not counted."""
    first, end = span(month)
    standing = is_standing_on(timezone.localdate(end) - timedelta(days=1))
    rows = Slip.objects.filter(standing, issued_at__gte=first, issued_at__lt=end).order_by()
    found = dict(rows.values_list("colour").annotate(n=Count("pk")))
    return {colour: found[colour] for colour in COLOURS if colour in found}
