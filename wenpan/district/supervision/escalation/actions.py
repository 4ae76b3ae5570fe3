"""What rules do by themselves: reminders, slips, the way up the line. Safe at any time, twice, at once.

What should have happened by now follows from the matter, the calendar and the day
(`escalation_steps`, `slips`); what is missing of it is done, each matter in a transaction of its own that
holds the matter first. A second worker waits for it, looks again, and finds nothing left.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.escalation.missing_steps import (
    EscalationRun,
    history,
    key_of,
    lacking,
    left,
    scene_at,
)
from wenpan.district.supervision.escalation_steps import policy
from wenpan.district.supervision.escalation_steps import rules as step_rules
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import recipients
from wenpan.district.supervision.log.event_data import RaisedData
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.notifications import notify
from wenpan.district.supervision.models import Event, Matter
from wenpan.district.supervision.slips.actions import serve

log = logging.getLogger("wenpan.supervision")
# After a long pause of the machine thousands may be late at once: people who write meanwhile get their turn.
IN_ONE_BREATH, BREATH_SECONDS = 25, 0.05


@dataclass
class Escalated:
    """How much a run did: slips served, matters raised a level, notices made."""

    slips: int = 0
    raised: int = 0
    told: int = 0
    skipped: list[str] = field(default_factory=list)  # numbers that somebody was acting on


def escalate(*, at: datetime | None = None, by: User | None = None) -> Escalated:
    """Does what should have happened by `at` and has not. `by` None: the clock; else who may issue slips."""
    if by is not None:
        require(by, "slip.issue")
    scene = scene_at(at or timezone.now())
    done = Escalated()
    for position, (pk, number) in enumerate(lacking(scene)):
        if position >= IN_ONE_BREATH:
            time.sleep(BREATH_SECONDS)
        try:
            _catch_up(pk, scene, done)
        except Refused as refusal:
            log.info("%s was left for the next run: %s", number, refusal.message)
            done.skipped.append(number)
    return done


def _hold(pk: int) -> Matter:
    """The matter as it now is, and nobody else writes to it until the transaction ends."""
    hold()
    Matter.objects.filter(pk=pk).update(version=F("version"))
    return Matter.objects.select_related("lead", "source").get(pk=pk)


@transaction.atomic
def _catch_up(pk: int, scene: EscalationRun, done: Escalated) -> None:
    matter = _hold(pk)
    lacks = left(matter, history([pk], scene.on), scene)
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


def _raise(matter: Matter, came: step_rules.Reached, scene: EscalationRun) -> Event:
    step = came.step
    return event_log.append(
        matter=matter,
        kind=EventKind.RAISED,
        by=None,
        text=f"{step.name}：逾期已满{step.after}个工作日",
        data=RaisedData(
            level=step.level,
            step=step.code,
            due=str(matter.due),
            day=came.day.isoformat(),
            estimated=came.estimated,
        ),
        at=scene.at,
    )


def raise_by_hand(*, matter: Matter, reason: str, by: User, at: datetime, seen: int | None = None) -> Event:
    """One level up before its time: the same people are told, and the line goes on from there by itself."""
    level = matter.level + 1
    step = policy.escalation_rules().level(level)
    data = RaisedData(level=level, step=step.code if step else "", due=str(matter.due or ""))
    event = event_log.append(
        matter=matter, kind=EventKind.RAISED, by=by, text=reason, data=data, at=at, seen=seen
    )
    if step:
        lead = matter.lead.short_name if matter.lead else "—"
        words = f"{lead}牵头的{matter.number}《{matter.title[:60]}》提级督办（{step.name}）：{reason}"
        notify(
            users=recipients.recipients_of(matter.lead, step.to),
            key=f"{key_of(matter, step.code)}:{level}",
            text=words,
            matter=matter,
            level=level,
            kind="raised",
            at=at,
        )
    return event


def _say(
    matter: Matter, code: str, level: int, to: Sequence[str], text: str, scene: EscalationRun, after: int = 0
) -> int:
    words = text.format(
        number=matter.number,
        title=matter.title[:60],
        due=matter.due,
        unit=matter.lead.short_name if matter.lead else "—",
        after=after,
    )
    return notify(
        users=recipients.recipients_of(matter.lead, to),
        key=key_of(matter, code),
        text=words,
        matter=matter,
        level=level,
        kind="raised" if level else "due",
        at=scene.at,
    )
