"""What should have happened to each matter by a moment and has not: read in batches, nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from wenpan.district.supervision.escalation_steps import policy as escalation_policy
from wenpan.district.supervision.escalation_steps import rules as step_rules
from wenpan.district.supervision.log import lifecycle, policy, stored_kinds
from wenpan.district.supervision.log import matter_sets as queries
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Event, Matter, Notice, Slip
from wenpan.district.supervision.slips import rules as serving_rules
from wenpan.district.supervision.slips.state import answered_on, stands_on
from wenpan.economy.time.calendars import Calendar
from wenpan.rules.slips import SlipRules, slips_in_force

_BATCH = 500
_BACK = (EventKind.EXTENSION_REFUSED, EventKind.ROUND)


@dataclass(frozen=True)
class EscalationRun:
    """One run: the moment, the day, and the rules of that day."""

    at: datetime
    on: date
    escalation: step_rules.EscalationRules
    slips: SlipRules | None
    calendar: Calendar
    silent_days: int


@dataclass(frozen=True)
class History:
    """What has come of some matters so far."""

    served: dict[int, list[serving_rules.Served]]
    told: set[str]  # keys, without the person, of what was said under the order that stands, or to its unit
    back_on: dict[int, date]  # since when it is the unit's time again, after it waited for the office


@dataclass(frozen=True)
class Left:
    """What a matter still lacks."""

    call: serving_rules.Call | None
    steps: tuple[step_rules.Reached, ...]
    reminder: step_rules.Reminder | None

    def __bool__(self) -> bool:
        return bool(self.call or self.steps or self.reminder)


def scene_at(at: datetime) -> EscalationRun:
    on = timezone.localdate(at)
    return EscalationRun(
        at,
        on,
        escalation_policy.escalation_rules(),
        slips_in_force(on),
        policy.calendar(),
        policy.office().silent_days,
    )


def _candidates(scene: EscalationRun) -> QuerySet[Matter]:
    near = max(scene.escalation.far, scene.slips.near if scene.slips else 0)
    wanted = Q(due__lte=step_rules.horizon(scene.on, near, scene.calendar))
    if scene.slips:
        facts = {c.fact for r in scene.slips.rules.rules for c in r.when}
        if "sent_back" in facts:
            wanted |= Q(state=lifecycle.WORKING, returned__gt=0)
        if "silent" in facts:
            wanted |= queries.silent(scene.on)
    with_unit = Q(state__in=queries.LATE_IN, paused=False, due__isnull=False, extension_asked=None)
    return Matter.objects.filter(wanted, with_unit)


def lacking(scene: EscalationRun) -> Iterator[tuple[int, str]]:
    """Matters that lack something, read in batches before any of them is written to."""
    pks = list(_candidates(scene).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(pks), _BATCH):
        batch = list(Matter.objects.filter(pk__in=pks[first : first + _BATCH]).order_by("pk"))
        past = history([matter.pk for matter in batch], scene.on)
        found = [(m.pk, m.number) for m in batch if left(m, past, scene)]
        yield from found


def history(pks: Sequence[int], on: date) -> History:
    """Slips, words and answers of the office, read at once for all these matters."""
    served: dict[int, list[serving_rules.Served]] = defaultdict(list)
    for slip in Slip.objects.filter(matter__in=pks).order_by("pk"):
        served[slip.matter_id].append(
            serving_rules.Served(
                slip.colour,
                slip.level,
                slip.due,
                slip.answer_due,
                answered_on(slip, on),
                not stands_on(slip, on),
            )
        )
    since = Event.objects.filter(stored_kinds.stands(), matter__in=pks, kind__in=(*_BACK, EventKind.ASSIGNED))
    ordered_at: dict[int, datetime] = {}
    back_on: dict[int, date] = {}
    for pk, kind, at in since.order_by("at").values_list("matter", "kind", "at"):
        if kind == EventKind.ASSIGNED:
            ordered_at[pk] = at
        else:
            back_on[pk] = timezone.localdate(at)
    told = Notice.objects.filter(matter__in=pks, level=0).values_list(
        "key", "matter", "made_at", "unit", "matter__lead"
    )
    keys = {
        key.rpartition(":")[0]
        for key, pk, at, unit, lead in told
        if unit == lead or pk not in ordered_at or at >= ordered_at[pk]
    }
    return History(served, keys, back_on)


def left(matter: Matter, past: History, scene: EscalationRun) -> Left:
    """What should have happened to the matter by now and has not. Nothing while an extension that was asked
    for in time waits for the office; after that, working days are counted from its answer."""
    if matter.state not in queries.LATE_IN or matter.paused or matter.due is None or matter.extension_asked:
        return Left(None, (), None)
    told = past.told
    counts_from = max(matter.due, past.back_on.get(matter.pk, matter.due))
    steps = tuple(
        r
        for r in step_rules.reached(counts_from, scene.on, scene.escalation, scene.calendar)
        if (r.step.level > matter.level if r.step.level else key_of(matter, r.step.code) not in told)
    )
    soon = step_rules.reminder(matter.due, scene.on, scene.escalation, scene.calendar)
    if soon and key_of(matter, soon.code) in told:
        soon = None
    return Left(_call(matter, past.served[matter.pk], counts_from, scene), steps, soon)


def _call(
    matter: Matter, served: Sequence[serving_rules.Served], counts_from: date, scene: EscalationRun
) -> serving_rules.Call | None:
    asked = serving_rules.MatterColumns(
        matter.state,
        matter.paused,
        matter.due,
        matter.important,
        matter.returned,
        matter.assigned_on,
        matter.feedback_on,
        counts_from,
    )
    return serving_rules.call(scene.slips, asked, served, scene.on, scene.calendar, scene.silent_days)


def key_of(matter: Matter, code: str) -> str:
    """matter:step:due: a new due date starts anew."""
    return f"{matter.pk}:{code}:{matter.due}"
