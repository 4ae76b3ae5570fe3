"""The lines of 本周合报: the unit's matters that are late, due this week or have a slip to answer, with what
is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.observations.models import Estimate
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.matters.actions.sheet import MOST, number_in
from wenpan.district.supervision.models import Feedback, Matter, Slip
from wenpan.district.supervision.slips.state import is_open_on
from wenpan.economy.figures.quantities import as_given


@dataclass(frozen=True)
class SheetRow:
    """`before`: last time's words; `number_before`: its number; `known`: a fact given elsewhere already."""

    matter: Matter
    before: Feedback | None
    number_before: str
    known: str
    slips: tuple[str, ...] = ()  # numbers of those that are answered with it

    @property
    def counts(self) -> bool:
        """A matter that is reported again and again asks for a number."""
        return bool(self.matter.recurrence)


def rows(user: User, at: datetime) -> list[SheetRow]:
    """Four questions. Matters without a day stand last; what was reported today is not asked again."""
    if user.unit_id is None:
        return []
    on = timezone.localdate(at)
    mine = Matter.objects.filter(
        lead=user.unit_id, state__in=(lifecycle.WORKING, lifecycle.ASSIGNED), paused=False
    )
    sunday = on + timedelta(days=6 - on.weekday())
    waiting: dict[int, list[str]] = {}
    open_slips = Slip.objects.filter(is_open_on(on), unit=user.unit_id).order_by("issued_at")
    for matter, number in open_slips.values_list("matter", "number"):
        waiting.setdefault(matter, []).append(number)
    due = mine.filter(Q(due__lte=sunday) | Q(pk__in=waiting)).exclude(feedback_on=on).select_related("lead")
    found = list(due.order_by("due", "year", "serial")[:MOST])
    told: dict[int, Feedback] = {}
    for feedback in Feedback.objects.filter(matter__in=found, unit=user.unit_id).order_by("at", "pk"):
        told[feedback.matter_id] = feedback
    given = _estimates(user, on)
    return [
        SheetRow(
            m,
            told.get(m.pk),
            number_in(words=told[m.pk].process) if m.pk in told else "",
            given.get(m.cause, ""),
            tuple(waiting.get(m.pk, ())),
        )
        for m in found
    ]


def _estimates(user: User, on: date) -> dict[str, str]:
    """已于…报送: estimates of indicators that the unit gave this month, by the cause of a matter."""
    month = Estimate.objects.filter(
        unit=user.unit_id, superseded_at=None, made_at__date__gte=on.replace(day=1), made_at__date__lte=on
    )
    return {
        f"indicator:{e.indicator}": _("已于%(day)s报送%(period)s预计%(value)s")
        % {
            "day": f"{timezone.localdate(e.made_at):%m-%d}",
            "period": e.period,
            "value": as_given(float(e.value)),
        }
        for e in month.order_by("made_at")
    }
