"""What rules do by themselves: reminders, slips, the way up the line. Safe at any time, twice, at once.

What should have happened by now follows from the matter, the calendar and the day (`ladder`, `serving`);
what is missing of it is done, each matter in a transaction of its own that holds the matter first. A second
worker waits for it, looks again, and finds nothing left.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wenpan.district.accounts.permissions import require
from wenpan.district.intake.refusal import Refused
from wenpan.district.supervision import ladder as line
from wenpan.district.supervision import ladder_rules, policy, rules, serving
from wenpan.district.supervision.actions.moving import happen
from wenpan.district.supervision.actions.slips import serve
from wenpan.district.supervision.actions.telling import tell
from wenpan.district.supervision.models import Event, Matter, Notice, Slip
from wenpan.district.supervision.queries import matters as queries
from wenpan.district.supervision.queries import people
from wenpan.district.supervision.rules import Kind
from wenpan.economy.calendars import Calendar
from wenpan.rules.slips import SlipRules, slips_in_force

log = logging.getLogger("wenpan.supervision")
_BATCH = 500


@dataclass(frozen=True)
class Scene:
    """One run: the moment, the day, and the rules of that day."""

    at: datetime
    on: date
    ladder: line.Ladder
    slips: SlipRules | None
    calendar: Calendar
    silent_days: int


@dataclass(frozen=True)
class Left:
    """What a matter still lacks."""

    call: serving.Call | None
    steps: tuple[line.Reached, ...]
    reminder: line.Reminder | None

    def __bool__(self) -> bool:
        return bool(self.call or self.steps or self.reminder)


@dataclass
class Escalated:
    """How much a run did: slips served, matters raised a level, notices made."""

    slips: int = 0
    raised: int = 0
    told: int = 0
    skipped: list[str] = field(default_factory=list)  # numbers that somebody was acting on


def escalate(*, at: datetime | None = None, by: Any = None) -> Escalated:
    """Does what should have happened by `at` and has not. `by` None: the clock; else who may issue slips."""
    if by is not None:
        require(by, "slip.issue")
    scene = _scene(at or timezone.now())
    done = Escalated()
    for pk, number in _lacking(scene):
        try:
            _catch_up(pk, scene, done)
        except Refused as refusal:
            log.info("%s was left for the next run: %s", number, refusal.message)
            done.skipped.append(number)
    return done


def hold(pk: int) -> Matter:
    """The matter as it now is, and nobody else writes to it until the transaction ends."""
    Matter.objects.filter(pk=pk).update(version=F("version"))
    return Matter.objects.select_related("lead", "source").get(pk=pk)


def _scene(at: datetime) -> Scene:
    on = timezone.localdate(at)
    return Scene(
        at, on, ladder_rules.ladder(), slips_in_force(on), policy.calendar(), policy.office().silent_days
    )


def _candidates(scene: Scene) -> QuerySet[Matter]:
    near = max(scene.ladder.far, scene.slips.near if scene.slips else 0)
    wanted = Q(due__lte=line.horizon(scene.on, near, scene.calendar))
    if scene.slips:
        facts = {c.fact for r in scene.slips.rules.rules for c in r.when}
        if "sent_back" in facts:
            wanted |= Q(state=rules.WORKING, returned__gt=0)
        if "silent" in facts:
            wanted |= queries.silent(scene.on)
    return Matter.objects.filter(wanted, state__in=queries.LATE_IN, paused=False, due__isnull=False)


def _lacking(scene: Scene) -> Iterator[tuple[int, str]]:
    """Matters that lack something, read in batches before any of them is written to."""
    pks = list(_candidates(scene).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(pks), _BATCH):
        batch = list(Matter.objects.filter(pk__in=pks[first : first + _BATCH]).order_by("pk"))
        served, told = _history([matter.pk for matter in batch])
        found = [(m.pk, m.number) for m in batch if left(m, served[m.pk], told, scene)]
        yield from found


def _history(pks: Sequence[int]) -> tuple[dict[int, list[serving.Served]], set[str]]:
    """Slips by matter, and the keys (without the person) under which something was said."""
    served: dict[int, list[serving.Served]] = defaultdict(list)
    for slip in Slip.objects.filter(matter__in=pks).order_by("pk"):
        served[slip.matter_id].append(
            serving.Served(
                slip.colour,
                slip.level,
                slip.due,
                slip.answer_due,
                slip.answered_at is not None,
                slip.withdrawn_at is not None,
            )
        )
    keys = Notice.objects.filter(matter__in=pks, level=0).values_list("key", flat=True)
    return served, {key.rpartition(":")[0] for key in keys}


def left(matter: Matter, served: Sequence[serving.Served], told: Iterable[str], scene: Scene) -> Left:
    """What should have happened to the matter by now and has not."""
    if matter.state not in queries.LATE_IN or matter.paused or matter.due is None:
        return Left(None, (), None)
    steps = tuple(
        r
        for r in line.reached(matter.due, scene.on, scene.ladder, scene.calendar)
        if (r.step.level > matter.level if r.step.level else key_of(matter, r.step.code) not in told)
    )
    soon = line.reminder(matter.due, scene.on, scene.ladder, scene.calendar)
    if soon and key_of(matter, soon.code) in told:
        soon = None
    return Left(_call(matter, served, scene), steps, soon)


def _call(matter: Matter, served: Sequence[serving.Served], scene: Scene) -> serving.Call | None:
    asked = serving.Asked(
        matter.state,
        matter.paused,
        matter.due,
        matter.important,
        matter.returned,
        matter.assigned_on,
        matter.news_on,
    )
    return serving.call(scene.slips, asked, served, scene.on, scene.calendar, scene.silent_days)


def key_of(matter: Matter, code: str) -> str:
    """matter:step:due: a new due date starts anew."""
    return f"{matter.pk}:{code}:{matter.due}"


@transaction.atomic
def _catch_up(pk: int, scene: Scene, done: Escalated) -> None:
    matter = hold(pk)
    served, told = _history([pk])
    lacks = left(matter, served[pk], told, scene)
    if lacks.reminder:
        done.told += _say(matter, lacks.reminder.code, 0, lacks.reminder.to, lacks.reminder.text, scene)
    if lacks.call and scene.slips and matter.lead_id:
        call = lacks.call
        serve(matter=matter, found=scene.slips, kind=call.kind, rule=call.rule, reason=call.reason,
              by=None, at=scene.at)  # fmt: skip
        done.slips += 1
    for step in lacks.steps:
        if step.step.level:
            _raise(matter, step, scene)
            done.raised += 1
        s = step.step
        done.told += _say(matter, s.code, s.level, s.to, s.text, scene, after=s.after)


def _raise(matter: Matter, came: line.Reached, scene: Scene) -> Event:
    step = came.step
    return happen(
        matter=matter,
        kind=Kind.RAISED,
        by=None,
        text=f"{step.name}：逾期已满{step.after}个工作日",
        data={
            "level": step.level,
            "step": step.code,
            "due": str(matter.due),
            "day": came.day.isoformat(),
            "estimated": came.estimated,
        },
        at=scene.at,
    )


def raise_by_hand(*, matter: Matter, reason: str, by: Any, at: datetime, seen: int | None = None) -> Event:
    """One level up before its time: the same people are told, and the line goes on from there by itself."""
    level = matter.level + 1
    step = ladder_rules.ladder().level(level)
    data = {"level": level, "step": step.code if step else "", "due": str(matter.due or "")}
    event = happen(matter=matter, kind=Kind.RAISED, by=by, text=reason, data=data, at=at, seen=seen)
    if step:
        lead = matter.lead.short_name if matter.lead else "—"
        words = f"{lead}牵头的{matter.number}《{matter.title[:60]}》提级督办（{step.name}）：{reason}"
        tell(users=people.told(matter.lead, step.to), key=f"{key_of(matter, step.code)}:{level}", text=words,
             matter=matter, level=level, at=at)  # fmt: skip
    return event


def _say(
    matter: Matter, code: str, level: int, to: Sequence[str], text: str, scene: Scene, after: int = 0
) -> int:
    words = text.format(
        number=matter.number,
        title=matter.title[:60],
        due=matter.due,
        unit=matter.lead.short_name if matter.lead else "—",
        after=after,
    )
    return tell(users=people.told(matter.lead, to), key=key_of(matter, code), text=words, matter=matter,
                level=level, at=scene.at)  # fmt: skip
