"""What supervision does by the clock: the week, reminders, slips, the line; what the lights ask for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenpan.district.ground.jobs.registry import Progress, job
from wenpan.district.ground.jobs.timed import timed
from wenpan.district.supervision.escalation.actions import escalate
from wenpan.district.supervision.escalation.queries import TICK
from wenpan.district.supervision.lights.actions import propose_from_lights
from wenpan.district.supervision.weekly.actions import keep_up

MINUTES = 30


@job(TICK, label=_("每半小时的督办提醒"), heavy=True)
def tick(_args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Safe to run at any time, and again: it does only what should have happened by now and has not."""
    progress(5, "催办")
    done = escalate()
    progress(70, "每周督查")
    cycle, added = keep_up()
    progress(90, "红黄灯")
    lights = propose_from_lights(on=timezone.localdate())
    return {
        "slips": done.slips,
        "raised": done.raised,
        "told": done.told,
        "skipped": done.skipped,
        "week": cycle.week.isoformat() if cycle else "",
        "added": added,
        "lights": lights.total,
    }


timed(TICK, minutes=MINUTES)
