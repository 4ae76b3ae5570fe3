"""督办与诉求: what is late and with whom, requests of firms as counts, what the last meeting asked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.firms.models import ServiceRequest
from wenpan.district.firms.models.requests import OPEN
from wenpan.district.firms.requests import due_states
from wenpan.district.meetings.models import Meeting
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Matter
from wenpan.district.wall.view import UNITS, SupervisionScene, WallCount, WallLine, WallRed, WallReds

NAMES_A_FIRM = ("request:", "deal:")


def supervision_scene(on: date, most: int, *, public: bool) -> SupervisionScene:
    counted = Matter.objects.aggregate(
        open=Count("pk", filter=matter_sets.is_open()),
        red=Count("pk", filter=matter_sets.red(on)),
        yellow=Count("pk", filter=matter_sets.yellow(on)),
        silent=Count("pk", filter=matter_sets.silent(on)),
        closed=Count("pk", filter=Q(closed_on__gte=on.replace(day=1), closed_on__lte=on)),
    )
    late = Matter.objects.filter(matter_sets.red(on)).select_related("lead").order_by("due", "year", "serial")
    return SupervisionScene(
        counts=(
            WallCount(str(counted["red"]), _("逾期"), "red"),
            WallCount(str(counted["yellow"]), _("临期退回"), "yellow"),
            WallCount(str(counted["open"]), _("未办结")),
            WallCount(str(counted["silent"]), _("久无反馈"), "unknown"),
            WallCount(str(counted["closed"]), _("本月销号"), "green"),
        ),
        reds=WallReds.of([_late(m, on, public=public) for m in late], most),
        units=_units(late),
        requests=_requests(on),
        meeting=_meeting(on),
    )


def _late(m: Matter, on: date, *, public: bool) -> WallRed:
    """Without its title where that could name a firm; on a screen without a person always."""
    days = (on - m.due).days if m.due else 0
    titled = not public and not m.cause.startswith(NAMES_A_FIRM)
    return WallRed(
        name=m.lead.short_name if m.lead else _("未定单位"),
        unit=m.number,
        value=_("逾期%(n)s天") % {"n": days},
        words=m.title if titled else m.number,
    )


def _units(late: QuerySet[Matter]) -> tuple[WallLine, ...]:
    rows = (
        late.order_by().values_list("lead__short_name").annotate(n=Count("pk")).order_by("-n", "lead__order")
    )
    return tuple(WallLine(name or _("未定单位"), str(n)) for name, n in rows[:UNITS])


def _requests(on: date) -> tuple[WallCount, ...]:
    """Counts only: whose they are stands on no wall."""
    at = timezone.make_aware(datetime.combine(on, time()))
    counted = ServiceRequest.objects.aggregate(
        open=Count("pk", filter=Q(phase__in=OPEN)),
        late=Count("pk", filter=due_states.late(at)),
        closed=Count("pk", filter=Q(closed_at__gte=at - timedelta(days=30))),
    )
    return (
        WallCount(str(counted["late"]), _("超期诉求"), "red"),
        WallCount(str(counted["open"]), _("在办诉求")),
        WallCount(str(counted["closed"]), _("近30天销号"), "green"),
    )


def _meeting(on: date) -> tuple[WallLine, ...]:
    """Of the last meeting that was held: how much of what it asked was answered, with its n."""
    last = Meeting.objects.filter(state=Meeting.State.HELD, held_on__lte=on).order_by("-held_on").first()
    if last is None:
        return ()
    asked = last.questions.aggregate(n=Count("pk"), answered=Count("pk", filter=~Q(answer="")))
    words = _("提问%(n)s条，已答复%(answered)s条") % asked
    return (WallLine(last.title, words),)
